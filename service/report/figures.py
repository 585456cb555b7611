"""What a database of quotes comes to, as counts and samples: everything that the page shows."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

BINS = 10
_TOP = 25  # speakers and outlets that are listed
_TABLE_SPEAKERS, _TABLE_OUTLETS = 15, 8
_SAMPLES = 20
_OF_ONE = 8  # samples of one speaker or outlet, and versions of one saying
_MOST_BARS = 60  # of the timeline
_LINKED_CHARS = 80  # of a quote, by which a browser finds it in the page

OTHERS, NO_OUTLET = "others", "no outlet"


@dataclass(frozen=True, slots=True)
class Sample:
    """A quote to look up. ``link`` leads to its words in the article, if that has an address."""

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
    """A speaker or an outlet: the quotes that it has, the articles that it has them in, and some of the quotes."""

    name: str
    quotes: int
    articles: int
    samples: Sequence[Sample]


@dataclass(frozen=True, slots=True)
class Table:
    """Quotes by speaker (rows) and outlet (columns), those that are not listed as others; and credited to none.

    ``most`` is the largest number of a speaker who is listed.
    """

    outlets: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int]]]

    @property
    def most(self) -> int:
        return max((number for _, numbers in self.rows[:-1] for number in numbers), default=0)


@dataclass(frozen=True, slots=True)
class Saying:
    """The same words in several articles: the first report, then the others with what they did to its words."""

    articles: int
    first: Sample
    repeats: Sequence[tuple[str, Sample]]


@dataclass(frozen=True, slots=True)
class Period:
    """Quotes of the articles of a year, month or day, and those of them that are credited to an outlet."""

    name: str
    quotes: int
    credited: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What an archive comes to. Quotes are those that somebody said; speakers are those who are named.

    The histograms count quotes in ``BINS`` equal bins of confidence from 0 to 1.
    """

    models: str
    articles: int
    failed: int
    quotes: int
    nonspeech: int
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
    """Count what there is in a database whose rows are ``sqlite3.Row``."""

    def one(query: str) -> Any:
        return connection.execute(query).fetchone()[0]

    speakers = _parties(connection, "speakers", "quotes.speaker_id", "parties.named")
    outlets = _parties(connection, "outlets", "credits.outlet_id", "true")
    return Figures(
        models=one("SELECT value FROM about WHERE name = 'models'"),
        articles=one("SELECT count(*) FROM articles"),
        failed=one("SELECT count(*) FROM articles WHERE problem IS NOT NULL"),
        quotes=one("SELECT count(*) FROM quotes WHERE kind = 'speech'"),
        nonspeech=one("SELECT count(*) FROM quotes WHERE kind <> 'speech'"),
        speakers=one("SELECT count(*) FROM speakers WHERE named"),
        outlets=one("SELECT count(DISTINCT outlet_id) FROM credits"),
        credited=one("SELECT count(*) FROM credits WHERE rank = 1"),
        without_speaker=one("SELECT count(*) FROM quotes WHERE kind = 'speech' AND speaker_id IS NULL"),
        inferred=one("SELECT count(*) FROM inferred_speakers"),
        sayings=one("SELECT count(*) FROM sayings"),
        top_speakers=[party for _, party in speakers],
        top_outlets=[party for _, party in outlets],
        table=_table(connection, speakers[:_TABLE_SPEAKERS], outlets[:_TABLE_OUTLETS]),
        timeline=_timeline(connection),
        first_reports=_first_reports(connection),
        speaker_confidence=_histogram(connection, "quotes", "speaker_confidence"),
        outlet_confidence=_histogram(connection, "credits", "confidence"),
        least_certain_speakers=_least_certain(connection, "speaker_confidence"),
        least_certain_outlets=_least_certain(connection, "outlet_confidence"),
        unattributed=_samples(connection, "speaker_id IS NULL AND kind = 'speech' ORDER BY quotes.id", limit=_SAMPLES),
        failures=[
            (name or f"article {number}", problem)
            for number, name, problem in connection.execute(
                f"SELECT id, name, problem FROM articles WHERE problem IS NOT NULL ORDER BY id LIMIT {_SAMPLES}"
            )
        ],
    )


_Ranked = Sequence[tuple[Any, Party]]
"""Parties with their ids, the most quoted first."""

_CREDITED = "LEFT JOIN credits ON credits.quote_id = quotes.id AND credits.rank = 1"


def _parties(connection: sqlite3.Connection, table: str, key: str, condition: str) -> _Ranked:
    rows = connection.execute(
        f"SELECT parties.id, parties.name, count(*), count(DISTINCT quotes.article_id) FROM quotes {_CREDITED}"
        f" JOIN {table} AS parties ON parties.id = {key} WHERE kind = 'speech' AND {condition}"
        f" GROUP BY parties.id ORDER BY count(*) DESC, parties.name, parties.id LIMIT {_TOP}"
    ).fetchall()
    return [
        (id_, Party(name, quotes, articles, _samples(connection, f"{key} = ? AND kind = 'speech' ORDER BY date", id_)))
        for id_, name, quotes, articles in rows
    ]


def _table(connection: sqlite3.Connection, speakers: _Ranked, outlets: _Ranked) -> Table:
    rows = {id_: row for row, (id_, _) in enumerate(speakers)}
    columns = {id_: column for column, (id_, _) in enumerate(outlets)}
    numbers = [[0] * (len(outlets) + 2) for _ in range(len(speakers) + 1)]
    for speaker, outlet, quotes in connection.execute(
        f"SELECT speaker_id, outlet_id, count(*) FROM quotes {_CREDITED}"
        " WHERE kind = 'speech' AND speaker_id IS NOT NULL GROUP BY speaker_id, outlet_id"
    ):
        column = len(outlets) + 1 if outlet is None else columns.get(outlet, len(outlets))
        numbers[rows.get(speaker, len(speakers))][column] += quotes
    names = [*(party.name for _, party in speakers), OTHERS]
    return Table([*(party.name for _, party in outlets), OTHERS, NO_OUTLET], list(zip(names, numbers, strict=True)))


def _timeline(connection: sqlite3.Connection) -> Sequence[Period]:
    """Days if there are few, else months, else years."""
    periods: Sequence[Period] = ()
    for length in (len("2026-11-30"), len("2026-11"), len("2026")):
        periods = [
            Period(*row)
            for row in connection.execute(
                f"SELECT substr(date, 1, ?), count(*), count(credits.quote_id) FROM quotes {_CREDITED}"
                " JOIN articles ON articles.id = article_id WHERE kind = 'speech' AND date IS NOT NULL"
                " GROUP BY 1 ORDER BY 1",
                [length],
            )
        ]
        if len(periods) <= _MOST_BARS:
            break
    return periods


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


def _least_certain(connection: sqlite3.Connection, column: str) -> Sequence[Sample]:
    table = "quotes.speaker_confidence" if column == "speaker_confidence" else "credits.confidence"
    condition = f"{table} IS NOT NULL AND kind = 'speech' ORDER BY {table}, quotes.id"
    return _samples(connection, condition, limit=_SAMPLES, confidence=column)


def _histogram(connection: sqlite3.Connection, table: str, column: str) -> Sequence[int]:
    counts = dict(
        connection.execute(
            f"SELECT min({BINS - 1}, CAST({column} * {BINS} AS INTEGER)), count(*) FROM {table}"
            f" WHERE {column} IS NOT NULL GROUP BY 1"
        ).fetchall()
    )
    return [counts.get(number, 0) for number in range(BINS)]


def _samples(
    connection: sqlite3.Connection, condition: str, *values: object, limit: int = _OF_ONE, confidence: str | None = None
) -> Sequence[Sample]:
    rows = connection.execute(
        f"WITH found AS MATERIALIZED (SELECT quotes.id FROM quotes {_CREDITED}"
        f" JOIN articles ON articles.id = article_id WHERE {condition} LIMIT {limit})"
        " SELECT quotations.* FROM found JOIN quotations USING (id)",
        values,
    )
    return [_sample(row, row[confidence] if confidence else None) for row in rows]


def _sample(row: Mapping[str, Any], confidence: float | None) -> Sample:
    return Sample(
        text=row["text"],
        speaker=row["speaker"],
        outlet=row["outlet"],
        article=row["title"] or row["article"] or f"article {row['article_id']}",
        date=row["date"],
        publisher=row["publisher"],
        link=_link(row["uri"], row["text"]),
        confidence=confidence,
    )


def _link(uri: str | None, text: str) -> str | None:
    """The address of the article with the first words of the quote, which browsers scroll to."""
    if not uri or not uri.lower().startswith(("http://", "https://")):
        return None
    words = text[:_LINKED_CHARS].rsplit(" ", 1)[0] if len(text) > _LINKED_CHARS else text
    escaped = quote(words, safe="").replace("-", "%2D")  # a hyphen has a meaning of its own there
    return f"{uri.split('#')[0]}#:~:text={escaped}"
