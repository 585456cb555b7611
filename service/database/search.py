"""Searches a database for quotes by words, speaker, credited outlet and date."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

Row = Mapping[str, Any]
"""A quote: a row of the view ``quotations``."""

_PHRASE_OR_WORD = re.compile(r'"([^"]+)"|(\S+)')


class DatabaseError(Exception):
    """The file is not a database of quotes, or cannot be read. The message is for the user."""


@dataclass(frozen=True, slots=True)
class Search:
    """The conditions of a search; a quote must meet all of them.

    ``words`` are words of the quote in any inflection ("resign" finds "resigned"), or phrases in double quotation
    marks; ``speaker`` holds words of any name that articles use for the speaker; ``outlet`` is the id or a part of the
    name of a credited outlet. ``since`` and ``until`` are ISO 8601 dates or prefixes of them, both inclusive.
    """

    words: str = ""
    speaker: str = ""
    outlet: str = ""
    since: str = ""
    until: str = ""
    limit: int = 20


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A read-only connection to a database. Raises ``DatabaseError``, also for errors while it is in use."""
    if not path.is_file():
        raise DatabaseError(f"{path} does not exist")
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            yield connection
    except sqlite3.DatabaseError as error:
        raise DatabaseError(f"{path} is not a database of quotes: {error}") from error


def search(connection: sqlite3.Connection, asked: Search) -> Sequence[Row]:
    """The quotes that match: with words, the most relevant first, else the earliest first."""
    conditions, texts = _conditions(asked)
    values = {name: text.encode("utf-8", "replace").decode("utf-8") for name, text in texts.items()}
    counted = "counted_quotes AS quotes"
    table = f"quotes_fts JOIN {counted} ON quotes.id = quotes_fts.rowid" if "words" in values else counted
    order = "quotes_fts.rank, quotes.id" if "words" in values else "articles.date IS NULL, articles.date, quotes.id"
    query = f"""
        WITH found AS MATERIALIZED (
            SELECT quotes.id, row_number() OVER (ORDER BY {order}) AS place
            FROM {table} JOIN articles ON articles.id = quotes.article_id
            WHERE {" AND ".join(conditions) or "true"}
            ORDER BY {order} LIMIT :limit
        )
        SELECT quotations.* FROM found JOIN quotations USING (id) ORDER BY place
    """
    return [dict(row) for row in connection.execute(query, {**values, "limit": asked.limit})]


def _conditions(asked: Search) -> tuple[list[str], dict[str, str]]:
    conditions: list[str] = []
    values: dict[str, str] = {}
    if words := _terms(asked.words):
        conditions.append("quotes_fts MATCH :words")
        values["words"] = words
    if speaker := _terms(asked.speaker):
        conditions.append(
            "quotes.speaker_id IN (SELECT speaker_id FROM speaker_names_fts"
            " JOIN speaker_names ON speaker_names.id = speaker_names_fts.rowid WHERE speaker_names_fts MATCH :speaker)"
        )
        values["speaker"] = speaker
    if asked.outlet:
        conditions.append(
            "quotes.id IN (SELECT quote_id FROM credits JOIN outlets ON outlets.id = outlet_id"
            " WHERE outlet_id = :outlet OR instr(lower(outlets.name), lower(:outlet)))"
        )
        values["outlet"] = asked.outlet
    if asked.since:
        conditions.append("articles.date >= :since")
        values["since"] = asked.since
    if asked.until:
        conditions.append("substr(articles.date, 1, length(:until)) <= :until")
        values["until"] = asked.until
    return conditions, values


def _terms(words: str) -> str:
    """The words and phrases as an FTS5 query for all of them, with special characters escaped."""
    terms = (phrase or word for phrase, word in _PHRASE_OR_WORD.findall(words.replace("\0", " ")))
    return " ".join(f'"{term.replace(chr(34), "")}"' for term in terms if any(c.isalnum() for c in term))
