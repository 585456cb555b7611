"""What an archive's result comes to, as one page: who was quoted, by which outlets, and how sure that is."""
