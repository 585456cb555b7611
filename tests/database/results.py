"""Results of an invented archive: three articles that report on one council, and one about something else."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from service.database.writer import Result

DAM = "The old dam above Lindach will not survive another winter like the last one"


def result(
    name: str, text: str, *quotes: Mapping[str, Any], date: str | None = None, publisher: str | None = None
) -> Result:
    """An article that was attributed; quotes as ``quote`` makes them."""
    numbered = [{"id": f"q{n}", **quote, **_span(text, quote["text"])} for n, quote in enumerate(quotes, start=1)]
    ids: dict[str, str] = {}
    for quote in numbered:
        if speaker := quote["speaker"]:
            speaker["id"] = ids.setdefault(speaker["name"], f"s{len(ids) + 1}")
    said = {"date": date, "publisher": publisher, "title": f"Title of {name}"}
    answer = {
        "model": {"name": "fake", "version": "0", "sha256": "00"},
        "publisher": publisher,
        "language": "en",
        "quotes": numbered,
        "text": text,
    }
    return {"id": name, "article": {k: v for k, v in said.items() if v}, "result": answer}


def quote(
    text: str,
    speaker: str | None = None,
    outlet: str | None = None,
    *,
    kind: str = "speech",
    type_: str = "person",
    title: str | None = None,
) -> dict[str, Any]:
    mention = {"text": speaker, "start": 0, "end": 1}
    credit = {"text": outlet, "start": 0, "end": 1}
    return {
        "text": text,
        "kind": kind,
        "confidence": 0.9,
        "closed": True,
        "parent": None,
        "marked": True,
        "continues": None,
        "repeats": None,
        "speaker": {
            "name": speaker,
            "type": type_,
            "mention": mention,
            "confidence": 0.8,
            "named_at": None,
            "title": title,
        }
        if speaker
        else None,
        "outlet": {
            "id": outlet.lower().replace(" ", "-"),
            "name": outlet,
            "mention": credit,
            "basis": "sentence",
            "role": "told",
            "confidence": 0.7,
            "wikidata": None,
        }
        if outlet
        else None,
        "outlets_also": [],
    }


def _span(text: str, words: str) -> dict[str, int]:
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


def archive() -> list[Result]:
    """Ada Brook is quoted on the dam in three articles, one of which names nobody; the last article failed."""
    return [
        result(
            "later.txt",
            f"On Monday the council of Lindach met. “{DAM},” Mayor Brook told the Lindach Courier. “We begin in May.”",
            quote(DAM, "Ada Brook", "Lindach Courier"),
            quote("We begin in May.", "Ada Brook", "Lindach Courier"),
            date="2026-03-05",
            publisher="Valley Post",
        ),
        result(
            "first.txt",
            f"In the town hall of Lindach she said: “{DAM}, and the council knows it.” The Courier was there.",
            quote(f"{DAM}, and the council knows it.", "Ada Brook"),
            date="2026-03-02",
            publisher="Lindach Courier",
        ),
        result(
            "open.txt",
            f"“{DAM.upper()}” stood on a wall in Lindach, near the Courier.",
            quote(DAM.upper(), "a passer-by"),
            date="2026-04-01",
        ),
        result(
            "other.txt",
            "Elsewhere the pianist Raj Patel played in Ostrow. “A café closes at ten,” he said. It is called “Ten”.",
            quote("A café closes at ten,", "Raj Patel"),
            quote("Ten", kind="nonspeech"),
        ),
        {"id": "failed.txt", "article": {"date": "2026-05-01"}, "problem": {"detail": "text: is empty"}},
    ]


def rows(connection: sqlite3.Connection, query: str) -> list[tuple[object, ...]]:
    """What a query finds."""
    return connection.execute(query).fetchall()
