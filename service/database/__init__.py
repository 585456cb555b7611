"""The quotes of an archive as one SQLite database, and what can be asked of it.

    results -> writer: articles, quotes, credits -> identity, bodies: who is one -> repeats: the same words

``schema.sql`` states the tables and views.
"""

from pathlib import Path

DATASETTE_METADATA = Path(__file__).with_name("datasette.json")
"""Facets and queries for Datasette, of a database that is named ``quotes``."""
