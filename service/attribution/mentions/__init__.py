"""Names in an article: where they are, whom they name, and how speakers are called."""
