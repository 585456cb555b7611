"""An archive's quotes as one SQLite database, and search in it.

    results -> writer: articles, quotes, credits -> identity, bodies: entity resolution -> repeats: quotes in common

``schema.sql`` defines the tables and views.
"""

from pathlib import Path

DATASETTE_METADATA = Path(__file__).with_name("datasette.json")
"""Datasette's facets and queries for a database named ``quotes``."""
