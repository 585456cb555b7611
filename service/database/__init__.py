"""The quotes of an archive as one SQLite database, and what can be asked of it.

    results -> writer: articles, quotes, credits -> identity: people over articles -> repeats: the same words

``schema.sql`` states the tables and views.
"""
