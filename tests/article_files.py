"""Reads ``tests/articles``: invented news articles, each with every quote a reader would find in it.

``NAME.txt`` is the article, ``NAME.toml`` its answer; ``tests/articles/README.md`` says how one is written.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from service.records import QuoteKind

ARTICLES = Path(__file__).resolve().parent / "articles"


@dataclass(frozen=True, slots=True)
class ExpectedQuote:
    """A quote of an article as a careful reader would attribute it.

    ``start`` and ``end`` are code points into the article, the quotation marks excluded. ``speaker`` is None where a
    reader cannot tell, ``outlet`` where the article credits none; ``closed`` is false where the utterance never gets
    its closing mark. ``parent`` (the quote it is nested in) and ``continues`` (the quote before it, whose utterance it
    carries on in a new paragraph) are indices into the article's quotes.
    """

    text: str
    start: int
    end: int
    kind: QuoteKind
    speaker: str | None
    outlet: str | None
    closed: bool
    parent: int | None
    continues: int | None


@dataclass(frozen=True, slots=True)
class Article:
    """An article and its quotes, in the order in which they begin. ``about`` says what it is there to test."""

    name: str
    about: str
    text: str
    quotes: tuple[ExpectedQuote, ...]


def load_articles(directory: Path = ARTICLES) -> tuple[Article, ...]:
    """Every article of ``directory``, by name.

    Raises:
        ValueError: a quote does not stand in its article as often as its answer says.
        TypeError: an answer has a key that is not known.
    """
    return tuple(_load(path) for path in sorted(directory.glob("*.txt")))


def _load(path: Path) -> Article:
    text = path.read_bytes().decode("utf-8")  # bytes, for line ends are part of the test
    answer = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
    quotes: list[ExpectedQuote] = []
    for entry in answer["quotes"]:
        try:
            quotes.append(_locate(text, quotes, **entry))
        except ValueError as error:
            raise ValueError(f"{path.stem}: {error}") from error
    return Article(path.stem, answer["about"], text, tuple(quotes))


def _locate(
    article: str,
    earlier: list[ExpectedQuote],
    /,
    *,
    text: str,
    occurrence: int | None = None,
    kind: QuoteKind = "speech",
    speaker: str | None = None,
    outlet: str | None = None,
    closed: bool = True,
    continues: bool = False,
) -> ExpectedQuote:
    """Give an entry its place; its keywords are the keys that an answer may have."""
    start = _find(article, text, occurrence)
    end = start + len(text)
    around = [i for i, quote in enumerate(earlier) if quote.start <= start and end <= quote.end]
    return ExpectedQuote(
        text=text,
        start=start,
        end=end,
        kind=kind,
        speaker=speaker,
        outlet=outlet,
        closed=closed,
        parent=around[-1] if around else None,
        continues=len(earlier) - 1 if continues else None,
    )


def _find(article: str, text: str, occurrence: int | None) -> int:
    """Where ``text`` stands: its only place, or the ``occurrence``-th of several, counted from 1."""
    places = [i for i in range(len(article)) if article.startswith(text, i)]
    if occurrence is None and len(places) > 1:
        raise ValueError(f"{text!r} stands in {len(places)} places and its occurrence is not given")
    if len(places) < (occurrence or 1):
        raise ValueError(f"{text!r} stands in {len(places)} places")
    return places[(occurrence or 1) - 1]
