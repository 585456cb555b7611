"""Reads labelled articles from JSON lines, plain or gzipped.

A line holds ``id``, ``text`` and ``quotes`` (our labels, or null), and optionally ``attributions``, the manual labels
of PolNeAR (Newell, Margolin and Ruths, LREC 2018). Spans are half-open code-point offsets into ``text``. Labels may
also be in a separate file, which refers to articles by their ids.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.attribution.text import Span


@dataclass(frozen=True, slots=True)
class LabelledQuote:
    """One labelled segment; ``span`` includes its quotation marks.

    ``mention`` is None if no label gives the speaker's mention, and empty if there is known to be none. ``speaker`` is
    "UNKNOWN" if a reader cannot tell. The outlet's fields are None if no outlet is credited.
    """

    span: Span
    kind: str
    speaker: str | None
    type: str | None
    mention: tuple[Span, ...] | None
    outlet: str | None
    outlet_mention: Span | None
    basis: str | None
    role: str | None
    doubtful: bool = False
    """Whether the label marks its outlet, or the absence of one, as doubtful."""


@dataclass(frozen=True, slots=True)
class LabelledAttribution:
    """An attribution from PolNeAR, of direct or indirect speech: the spans of its source, which may be empty, and of
    its content."""

    source: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article with its labels; ``quotes`` is None if it has not been labelled."""

    id: str
    text: str
    quotes: tuple[LabelledQuote, ...] | None
    attributions: tuple[LabelledAttribution, ...]


Labels = Mapping[str, list[dict[str, Any]]]
"""The records of quotes by article id."""


def read_articles(path: Path, labels: Labels | None = None) -> Iterator[Article]:
    """The articles of a file, in order. ``labels`` are used for articles without labels of their own."""
    for record in _records(path):
        quotes = record.get("quotes")
        yield _article({**record, "quotes": quotes if quotes is not None else (labels or {}).get(record["id"])})


def read_labels(paths: Iterable[Path]) -> Labels:
    """Labels stored apart from the texts: JSON lines with the ``id`` and ``quotes`` of one article each."""
    return {record["id"]: record["quotes"] for path in paths for record in _records(path)}


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def source_of(span: Span, attributions: tuple[LabelledAttribution, ...]) -> LabelledAttribution | None:
    """The attribution whose content overlaps ``span`` most; None if none does."""
    best = max(attributions, key=lambda a: content_overlap(span, a), default=None)
    return best if best is not None and content_overlap(span, best) > 0 else None


def content_overlap(span: Span, attribution: LabelledAttribution) -> int:
    """The number of characters of ``span`` in an attribution's content."""
    return sum(max(0, min(c.end, span.end) - max(c.start, span.start)) for c in attribution.content)


def _article(record: dict[str, Any]) -> Article:
    attributions = tuple(
        LabelledAttribution(_spans(a["source"]), _spans(a["content"])) for a in record.get("attributions") or ()
    )
    quotes = record.get("quotes")
    return Article(
        id=record["id"],
        text=record["text"],
        quotes=None if quotes is None else tuple(_quote(q, attributions) for q in quotes),
        attributions=attributions,
    )


def _quote(record: dict[str, Any], attributions: tuple[LabelledAttribution, ...]) -> LabelledQuote:
    span = Span(record["start"], record["end"])
    source = source_of(Span(span.start + 1, span.end - 1), attributions)
    mention: tuple[Span, ...] | None = None
    if record.get("mention"):
        mention = _spans([record["mention"]])
    elif source is not None and source.source:
        mention = source.source
    outlet_mention = record.get("outlet_mention")
    return LabelledQuote(
        span=span,
        kind=record["kind"],
        speaker=record.get("speaker"),
        type=record.get("type"),
        mention=mention,
        outlet=record.get("outlet"),
        outlet_mention=Span(*outlet_mention) if outlet_mention else None,
        basis=record.get("basis"),
        role=record.get("role"),
        doubtful="outlet?" in (record.get("note") or ""),
    )


def _spans(pairs: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)
