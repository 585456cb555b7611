"""Names in an article: where they stand, who bears them, and what a reader would call a speaker."""
