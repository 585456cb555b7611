"""Reads invented articles, whose labels are in braces after each quote and the punctuation that follows it.

    “The bridge is safe,” {{Ada Brook; m=she}} she told KXTV. “Twice.” {{Ada Brook; m=she; o=KXTV; om=KXTV; s; told}}

A label begins with the speaker, with ``/o``, ``/g`` or ``/d`` for an organisation, a group or a document, ``?`` for one
whom a reader cannot tell, or ``~`` if nobody speaks. ``m`` is the mention in the reporting clause, ``o`` the outlet and
``om`` the words that name it, ``s`` or ``c`` its basis (sentence, context); its role comes last. ``m`` and ``om`` refer
to the nearest occurrence of their words. Lines of ``=====`` separate the articles of a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from service.attribution.model.config import ROLES
from service.attribution.quotations import find_quotations
from service.attribution.text import Span
from training.corpus import Article, LabelledQuote
from training.wording import nearest_wording

_LABEL: Final = re.compile(r" ?\{\{(.*?)\}\}", re.DOTALL)
_SEPARATOR: Final = re.compile(r"^=====[ ]*\n?", re.MULTILINE)
_PUNCTUATION: Final = ".,;:!?)—–-"
_TYPE: Final = re.compile(r" ?/([ogdp])$")
_TYPES: Final[Mapping[str, str]] = {"o": "organization", "g": "group", "d": "document", "p": "person"}
_BASES: Final[Mapping[str, str]] = {"s": "sentence", "c": "context"}


def read_invented(path: Path) -> Iterator[Article]:
    """The articles of one file. Raises ``ValueError`` if a label cannot be parsed or does not follow a quotation."""
    written = [piece for piece in _SEPARATOR.split(path.read_text(encoding="utf-8")) if piece.strip()]
    for number, piece in enumerate(written, 1):
        yield _article(f"{path.stem}-{number}", piece.strip("\n "))


def _article(name: str, written: str) -> Article:
    """The text without its labels, and a quote for each of them."""
    pieces, labels, at = [], [], 0
    for found in _LABEL.finditer(written):
        pieces.append(written[at : found.start()])
        labels.append((sum(map(len, pieces)), found.group(1)))
        at = found.end()
    text = "".join(pieces) + written[at:]
    outer_by_end = {q.outer.end: q.outer for q in find_quotations(text)}
    try:
        spans = [_quotation_before(end, text, outer_by_end) for end, _ in labels]
        quotes = tuple(_quote(text, span, spans, label) for span, (_, label) in zip(spans, labels, strict=True))
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error
    return Article(name, text, quotes, attributions=())


def _quotation_before(offset: int, text: str, outer_by_end: Mapping[int, Span]) -> Span:
    """The quotation that ends at ``offset``, or before the punctuation there."""
    end = offset if offset in outer_by_end else len(text[:offset].rstrip(_PUNCTUATION))
    if end not in outer_by_end:
        raise ValueError(f"no quotation ends after {text[max(0, end - 40) : end]!r}")
    return outer_by_end[end]


def _quote(text: str, span: Span, spans: list[Span], label: str) -> LabelledQuote:
    speaker, *rest = (field.strip() for field in label.split(";"))
    if speaker == "~":
        return LabelledQuote(span, "nonspeech", None, None, None, None, None, None, None)
    letter = _TYPE.search(speaker)
    named = dict(field.split("=", 1) for field in rest if "=" in field)
    flags = {field for field in rest if field and "=" not in field}
    if unknown := (flags - _BASES.keys() - set(ROLES)) | (named.keys() - {"m", "o", "om"}):
        raise ValueError(f"{sorted(unknown)} in the label {{{{{label}}}}}")

    def place(key: str) -> Span | None:
        return nearest_wording(text, named[key], span, spans) if key in named else None

    mention = place("m")
    return LabelledQuote(
        span=span,
        kind="speech",
        speaker="UNKNOWN" if speaker[0] == "?" else _TYPE.sub("", speaker),
        type=_TYPES[letter.group(1)] if letter else "unknown" if speaker == "?" else "person",
        mention=(mention,) if mention else None,
        outlet=named.get("o"),
        outlet_mention=place("om"),
        basis=next((basis for letter, basis in _BASES.items() if letter in flags), None),
        role=next((role for role in ROLES if role in flags), None),
    )
