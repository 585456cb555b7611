"""A report on a result as an HTML page: who was quoted, which outlets were credited, and with what confidence."""
