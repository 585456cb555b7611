"""The contract's JSON for one article, made from the domain's records; HTTP and the command line share it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from service.formats.answer import Answer
from service.records import Attribution, OffsetUnit


def contract_json(answer: Answer) -> str:
    """The answer as the contract has it, as text."""
    return json.dumps(contract_body(answer))


def contract_body(answer: Answer) -> dict[str, Any]:
    """The answer as the contract has it, as JSON values."""
    return render(
        answer.attribution,
        answer.text,
        offset_unit=answer.offset_unit,
        publisher=answer.publisher,
        language=answer.language,
        uri=answer.uri,
        with_text=answer.text_is_derived,
    )


def render(
    attribution: Attribution,
    text: str,
    *,
    offset_unit: OffsetUnit = "codepoint",
    publisher: str | None = None,
    language: str | None = None,
    uri: str | None = None,
    with_text: bool = False,
) -> dict[str, Any]:
    """The answer to an article as JSON values, its offsets into ``text`` counted in ``offset_unit``.

    ``text`` is the article that was attributed and holds no surrogates. ``publisher`` and ``language`` are echoed as
    given, ``uri`` where there is one, and ``text`` too where ``with_text`` is set.
    """
    body = asdict(attribution)
    spans = list(_spans(body["quotes"]))
    offsets = convert_offsets(text, [offset for span in spans for offset in (span["start"], span["end"])], offset_unit)
    for span in spans:
        span["start"], span["end"] = offsets[span["start"]], offsets[span["end"]]
    optional = {"uri": uri, "text": text if with_text else None}
    echoed = {"publisher": publisher, "language": language, **{k: v for k, v in optional.items() if v is not None}}
    return {"model": body.pop("model"), **echoed, **body}


def convert_offsets(text: str, offsets: Iterable[int], unit: OffsetUnit) -> dict[int, int]:
    """Map code point offsets into ``text`` to the same positions counted in ``unit``.

    Raises ``UnicodeEncodeError`` where ``text`` holds a lone surrogate, which has no position in UTF-8.
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


def _spans(quotes: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every object with a ``start`` and an ``end``: the quotes and the mentions in them."""
    for quote in quotes:
        yield quote
        for party in (quote["speaker"], quote["outlet"]):
            if party and party["mention"]:
                yield party["mention"]
