"""Everything that the report shows, as counts and samples from a database."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

BINS = 10
_TOP = 25  # speakers and outlets to list
_TABLE_SPEAKERS, _TABLE_OUTLETS = 15, 8
_SAMPLES = 20
_OF_ONE = 8  # samples of one speaker or outlet, and versions of one saying
_MOST_BARS = 60  # in the timeline
_LINKED_CHARS = 80  # of a quote, in the text fragment of its link

OTHERS, NO_OUTLET = "others", "no outlet"


@dataclass(frozen=True, slots=True)
class Sample:
    """A quote to display. ``link`` leads to its words in the article, if that has an address."""

    text: str
    speaker: str | None
    outlet: str | None
    article: str
    date: str | None
    publisher: str | None
    link: str | None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A speaker or an outlet, with counts of its quotes and of the articles they are in, and some of the quotes."""

    name: str
    quotes: int
    articles: int
    samples: Sequence[Sample]


@dataclass(frozen=True, slots=True)
class Cell:
    """A speaker's quotes that are credited to one outlet, with samples if both are listed."""

    quotes: int
    samples: Sequence[Sample] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The quotes by speaker (rows) and credited outlet (columns). Further rows and columns count the speakers and
    outlets that are not listed, and the quotes without an outlet.

    A quote that is credited to several outlets counts for each. ``most`` is the largest count of a listed speaker.
    """

    outlets: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Cell]]]

    @property
    def most(self) -> int:
        return max((cell.quotes for _, cells in self.rows[:-1] for cell in cells), default=0)


@dataclass(frozen=True, slots=True)
class Saying:
    """A quote that several articles share: the first report, then the others with how their words differ."""

    articles: int
    first: Sample
    repeats: Sequence[tuple[str, Sample]]


@dataclass(frozen=True, slots=True)
class Period:
    """The quotes in the articles of a year, month or day, and how many of them are credited to an outlet."""

    name: str
    quotes: int
    credited: int
    samples: Sequence[Sample]


@dataclass(frozen=True, slots=True)
class Figures:
    """The content of the report. Quotes are those in ``counted_quotes``; speakers are those who are named.

    The histograms count quotes, and credits of quotes, in ``BINS`` equal bins of confidence from 0 to 1.
    """

    models: str
    articles: int
    failed: int
    quotes: int
    nonspeech: int
    repeated: int
    speakers: int
    outlets: int
    credited: int
    without_speaker: int
    inferred: int
    sayings: int
    top_speakers: Sequence[Party]
    top_outlets: Sequence[Party]
    table: Table
    timeline: Sequence[Period]
    first_reports: Sequence[Saying]
    speaker_confidence: Sequence[int]
    outlet_confidence: Sequence[int]
    least_certain_speakers: Sequence[Sample]
    least_certain_outlets: Sequence[Sample]
    unattributed: Sequence[Sample]
    failures: Sequence[tuple[str, str]]


def gather(connection: sqlite3.Connection) -> Figures:
    """Compute the figures from a database. Its ``row_factory`` must be ``sqlite3.Row``."""

    def one(query: str) -> Any:
        return connection.execute(query).fetchone()[0]

    speakers = _parties(connection, "speakers", "speaker_id", "named", _BY_SPEAKER)
    outlets = _parties(connection, "outlets", "outlet_id", "true", _TO_OUTLET)
    return Figures(
        models=one("SELECT value FROM about WHERE name = 'models'"),
        articles=one("SELECT count(*) FROM articles"),
        failed=one("SELECT count(*) FROM articles WHERE problem IS NOT NULL"),
        quotes=one("SELECT count(*) FROM counted_quotes"),
        nonspeech=one("SELECT count(*) FROM quotes WHERE kind <> 'speech'"),
        repeated=one("SELECT count(*) FROM quotes WHERE kind = 'speech' AND repeats_id IS NOT NULL"),
        speakers=one("SELECT count(*) FROM speakers WHERE named"),
        outlets=one(f"SELECT count(DISTINCT outlet_id) FROM {_CREDITS}"),
        credited=one(f"SELECT count(*) FROM {_CREDITS} WHERE rank = 1"),
        without_speaker=one("SELECT count(*) FROM counted_quotes WHERE speaker_id IS NULL"),
        inferred=one("SELECT count(*) FROM inferred_speakers"),
        sayings=one("SELECT count(*) FROM sayings"),
        top_speakers=[party for _, party in speakers],
        top_outlets=[party for _, party in outlets],
        table=_table(connection, speakers[:_TABLE_SPEAKERS], outlets[:_TABLE_OUTLETS]),
        timeline=_timeline(connection),
        first_reports=_first_reports(connection),
        speaker_confidence=_histogram(connection, "counted_quotes", "speaker_confidence"),
        outlet_confidence=_histogram(connection, _CREDITS, "credits.confidence"),
        least_certain_speakers=_least_certain(connection, "speaker_confidence", "speaker_confidence"),
        least_certain_outlets=_least_certain(connection, "outlet_confidence", _OF_OUTLETS),
        unattributed=_samples(connection, "speaker_id IS NULL", order="quotes.id", limit=_SAMPLES),
        failures=[
            (name or f"article {number}", problem)
            for number, name, problem in connection.execute(
                f"SELECT id, name, problem FROM articles WHERE problem IS NOT NULL ORDER BY id LIMIT {_SAMPLES}"
            )
        ],
    )


_Ranked = Sequence[tuple[Any, Party]]
"""Parties with their ids, by number of quotes, largest first."""

_CREDITS = "credits JOIN counted_quotes ON counted_quotes.id = quote_id"

# SQL conditions on a quote, with a parameter.
_BY_SPEAKER = "speaker_id = ?"
_TO_OUTLET = "quotes.id IN (SELECT quote_id FROM credits WHERE outlet_id = ?)"
_TO_NONE = "NOT EXISTS (SELECT * FROM credits WHERE quote_id = quotes.id)"
_OF_OUTLETS = "(SELECT min(confidence) FROM credits WHERE quote_id = quotes.id)"  # least confidence
_IN_PERIOD = "date BETWEEN ?1 AND ?1 || '~'"  # ~ sorts after every character of a date


def _parties(connection: sqlite3.Connection, table: str, key: str, condition: str, is_of_one: str) -> _Ranked:
    rows = connection.execute(
        "SELECT parties.id, parties.name, count(DISTINCT quotes.id), count(DISTINCT article_id)"
        f" FROM counted_quotes AS quotes LEFT JOIN credits ON quote_id = quotes.id JOIN {table} AS parties"
        f" ON parties.id = {key} WHERE {condition} GROUP BY parties.id ORDER BY 3 DESC, parties.name, 1 LIMIT {_TOP}"
    ).fetchall()
    return [
        (id_, Party(name, quotes, articles, _samples(connection, is_of_one, id_)))
        for id_, name, quotes, articles in rows
    ]


def _table(connection: sqlite3.Connection, speakers: _Ranked, outlets: _Ranked) -> Table:
    rows = {id_: row for row, (id_, _) in enumerate(speakers)}
    columns = {id_: column for column, (id_, _) in enumerate(outlets)}
    numbers = [[0] * (len(outlets) + 2) for _ in range(len(speakers) + 1)]
    for speaker, outlet, quotes in connection.execute(
        "SELECT speaker_id, outlet_id, count(*) FROM counted_quotes LEFT JOIN credits ON quote_id = id"
        " WHERE speaker_id IS NOT NULL GROUP BY speaker_id, outlet_id"
    ):
        column = len(outlets) + 1 if outlet is None else columns.get(outlet, len(outlets))
        numbers[rows.get(speaker, len(speakers))][column] += quotes
    cells = [
        _cells(connection, speaker, outlets, of_one) for (speaker, _), of_one in zip(speakers, numbers, strict=False)
    ]
    cells.append([Cell(number) for number in numbers[-1]])
    names = [*(party.name for _, party in speakers), OTHERS]
    return Table([*(party.name for _, party in outlets), OTHERS, NO_OUTLET], list(zip(names, cells, strict=True)))


def _cells(connection: sqlite3.Connection, speaker: int, outlets: _Ranked, numbers: Sequence[int]) -> Sequence[Cell]:
    """A speaker's cells, given the number of quotes for each."""
    *to_outlets, to_others, to_none = numbers

    def cell(quotes: int, condition: str, *values: object) -> Cell:
        return Cell(quotes, _samples(connection, f"{_BY_SPEAKER} AND {condition}", speaker, *values) if quotes else ())

    listed = [cell(quotes, _TO_OUTLET, id_) for quotes, (id_, _) in zip(to_outlets, outlets, strict=True)]
    return [*listed, Cell(to_others), cell(to_none, _TO_NONE)]


def _timeline(connection: sqlite3.Connection) -> Sequence[Period]:
    """The quotes by day, or by month or year if there are more than ``_MOST_BARS``."""
    rows: Sequence[tuple[str, int, int]] = ()
    for length in (len("2026-11-30"), len("2026-11"), len("2026")):
        rows = connection.execute(
            "SELECT substr(date, 1, ?), count(*), count(quote_id) FROM counted_quotes AS quotes"
            " JOIN articles ON articles.id = article_id LEFT JOIN credits ON quote_id = quotes.id AND rank = 1"
            " WHERE date IS NOT NULL GROUP BY 1 ORDER BY 1",
            [length],
        ).fetchall()
        if len(rows) <= _MOST_BARS:
            break
    return [Period(name, quotes, credited, _samples(connection, _IN_PERIOD, name)) for name, quotes, credited in rows]


def _first_reports(connection: sqlite3.Connection) -> Sequence[Saying]:
    rows = connection.execute(
        f"SELECT id, first_quote_id, articles FROM sayings ORDER BY articles DESC, quotes DESC, id LIMIT {_SAMPLES}"
    ).fetchall()
    return [Saying(articles, *_versions(connection, saying, first)) for saying, first, articles in rows]


def _versions(connection: sqlite3.Connection, saying: int, first: int) -> tuple[Sample, Sequence[tuple[str, Sample]]]:
    rows = connection.execute(
        "SELECT quote_id, relation FROM versions JOIN quotes ON quotes.id = quote_id"
        " JOIN articles ON articles.id = article_id WHERE saying_id = ? AND quote_id <> ?"
        f" ORDER BY date IS NULL, date, quote_id LIMIT {_OF_ONE}",
        [saying, first],
    ).fetchall()
    (reported,) = _samples(connection, "quotes.id = ?", first)
    return reported, [(relation, *_samples(connection, "quotes.id = ?", quote_id)) for quote_id, relation in rows]


def _least_certain(connection: sqlite3.Connection, column: str, value: str) -> Sequence[Sample]:
    """The quotes with the smallest ``value``, an SQL expression; ``column`` of ``quotations`` holds the same value."""
    return _samples(connection, f"{value} IS NOT NULL", order=f"{value}, quotes.id", limit=_SAMPLES, confidence=column)


def _histogram(connection: sqlite3.Connection, table: str, column: str) -> Sequence[int]:
    counts = dict(
        connection.execute(
            f"SELECT min({BINS - 1}, CAST({column} * {BINS} AS INTEGER)), count(*) FROM {table}"
            f" WHERE {column} IS NOT NULL GROUP BY 1"
        ).fetchall()
    )
    return [counts.get(number, 0) for number in range(BINS)]


def _samples(
    connection: sqlite3.Connection,
    condition: str,
    *values: object,
    order: str = "date IS NULL, date, quotes.id",
    limit: int = _OF_ONE,
    confidence: str | None = None,
) -> Sequence[Sample]:
    rows = connection.execute(
        "WITH found AS MATERIALIZED (SELECT quotes.id FROM counted_quotes AS quotes"
        f" JOIN articles ON articles.id = article_id WHERE {condition} ORDER BY {order} LIMIT {limit})"
        " SELECT quotations.* FROM found JOIN quotations USING (id)",
        values,
    )
    return [_sample(row, row[confidence] if confidence else None) for row in rows]


def _sample(row: Mapping[str, Any], confidence: float | None) -> Sample:
    return Sample(
        text=row["text"],
        speaker=row["speaker"],
        outlet=row["outlet"],
        article=row["article_label"],
        date=row["date"],
        publisher=row["publisher"],
        link=_link(row["uri"], row["text"]),
        confidence=confidence,
    )


def _link(uri: str | None, text: str) -> str | None:
    """The article's address with a text fragment of the quote's first words, to which browsers scroll."""
    if not uri or not uri.lower().startswith(("http://", "https://")):
        return None
    words = text[:_LINKED_CHARS].rsplit(" ", 1)[0] if len(text) > _LINKED_CHARS else text
    escaped = quote(words, safe="").replace("-", "%2D")  # a hyphen has a special meaning in text fragments
    return f"{uri.split('#')[0]}#:~:text={escaped}"
