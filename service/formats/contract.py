"""The contract's JSON for one article, made from the records; used by HTTP and the command line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from service.formats.article import AttributedArticle
from service.intake.source import Source
from service.records import OffsetUnit


def contract_json(answer: AttributedArticle) -> str:
    """The answer as JSON text."""
    return json.dumps(contract_body(answer))


def contract_body(answer: AttributedArticle) -> dict[str, Any]:
    """The answer as JSON values, with offsets in the requested unit."""
    body = asdict(answer.attribution)
    spans = list(_spans(body["quotes"]))
    offsets = convert_offsets(
        answer.text, (offset for span in spans for offset in (span["start"], span["end"])), answer.offset_unit
    )
    for span in spans:
        span["start"], span["end"] = offsets[span["start"]], offsets[span["end"]]
    optional = {
        **{name: getattr(answer, name) for name in ("uri", "headline", "byline")},
        "text": answer.text if answer.text_is_derived else None,
    }
    echoed = {"publisher": answer.publisher, "language": answer.language}
    given = {name: value for name, value in optional.items() if value is not None}
    source = {"source": _source(answer.source, answer)} if answer.source and answer.with_source else {}
    return {"model": body.pop("model"), **echoed, **given, **source, **body}


def _source(source: Source, answer: AttributedArticle) -> dict[str, Any]:
    """The position of each quote in the HTML that was sent, from its first character to past its last."""
    places = {id_: (found[0].start, found[-1].end) for id_, found in answer.quote_extents().items() if found}
    offsets = convert_offsets(source.html, (end for place in places.values() for end in place), answer.offset_unit)
    quotes = [{"id": id_, "start": offsets[start], "end": offsets[end]} for id_, (start, end) in places.items()]
    return {"field": source.field, "quotes": quotes}


def convert_offsets(text: str, offsets: Iterable[int], unit: OffsetUnit) -> dict[int, int]:
    """Map code point offsets into ``text`` to the same positions counted in ``unit``.

    Raises ``UnicodeEncodeError`` if ``text`` contains a lone surrogate, which has no position in UTF-8.
    """
    converted: dict[int, int] = {}
    position = units = 0
    for offset in sorted(set(offsets)):
        units += _length(text[position:offset], unit)
        position = offset
        converted[offset] = units
    return converted


def _length(text: str, unit: OffsetUnit) -> int:
    match unit:
        case "codepoint":
            return len(text)
        case "utf16":
            return len(text.encode("utf-16-le")) // 2
        case "utf8":
            return len(text.encode("utf-8"))


def _spans(value: Any) -> Iterator[dict[str, Any]]:
    """Every object within ``value`` that has a ``start`` and an ``end``: the quotes and the mentions."""
    if isinstance(value, dict):
        if "start" in value:
            yield value
        for member in value.values():
            yield from _spans(member)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _spans(item)
