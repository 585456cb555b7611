"""One article of an archive: from its entry to its line of the result."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from service import libraries
from service.bulk.entries import Entry
from service.bulk.facts import Facts, facts_of
from service.errors import INTERNAL, FieldError, Problem
from service.formats.article import AttributedArticle
from service.formats.contract import contract_body
from service.intake.article import read_article
from service.intake.parsing import invalid, parse_json, validated
from service.intake.schemas import ARTICLE_FORMS, ArticleRequest
from service.libraries import Device, Precision
from service.records import Attribution, OffsetUnit

Answer = Callable[[Entry], bytes]
"""Returns the line for an entry: JSON with ``id``, ``article`` (the metadata), and ``result`` or ``problem`` as in a
line of the batch endpoint."""


class Attributor(Protocol):
    """The interface of the engine that is used here; ``service.attribution.QuoteAttributor`` implements it."""

    def attribute(self, text: str, *, min_confidence: float = 0.0, include_nonspeech: bool = False) -> Attribution: ...


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a run.

    ``id_field`` and ``text_field`` are the names of the fields that hold an article's id and text. With ``with_text``,
    an answer includes the article's text.
    """

    id_field: str = "id"
    text_field: str = "text"
    min_confidence: float = 0.0
    include_nonspeech: bool = False
    offset_unit: OffsetUnit = "codepoint"
    with_text: bool = False
    max_article_chars: int = 200_000
    device: Device = "auto"
    precision: Precision = "auto"


def load_answer(model_path: Path, options: Options) -> Answer:
    """Load a checkpoint for answering articles in one thread. Raises what ``QuoteAttributor.load`` raises."""
    libraries.prepare(threads=1)
    with libraries.loading():
        from service.attribution import QuoteAttributor  # imports torch, hence after prepare()

        attributor = QuoteAttributor.load(model_path, options.device, options.precision)
    return lambda entry: answer(entry, attributor, options)


def answer(entry: Entry, attributor: Attributor, options: Options) -> bytes:
    """The line for an article: its answer or its problem.

    Articles are attributed one at a time: in a shared pass, rounding would change the confidences slightly.
    """
    entry = _with_document(entry)
    facts = _facts(entry)
    try:
        article = _article(entry, options)
        sent = read_article(article, options.max_article_chars)
        attribution = attributor.attribute(
            sent.read, min_confidence=article.min_confidence, include_nonspeech=article.include_nonspeech
        )
        attributed = AttributedArticle(
            sent.answer(attribution, facts.publisher),
            sent.text,
            publisher=facts.publisher,
            language=facts.language,
            offset_unit=article.offset_unit,
            uri=facts.uri,
            text_is_derived=options.with_text or article.text is None,
        )
        return _line(entry, options, facts, result=contract_body(attributed))
    except Problem as problem:
        return _failed(entry, options, facts, problem)
    except Exception as error:
        return _failed(entry, options, facts, Problem(INTERNAL, f"{type(error).__name__}: {error}"))


def give_up(options: Options, entry: Entry, why: str) -> bytes:
    """The line for an article that could not be processed."""
    return _failed(entry, options, _facts(_with_document(entry)), Problem(INTERNAL, why))


def _with_document(entry: Entry) -> Entry:
    """The entry with its ninjs document parsed, if it is JSON text, as in a column of a table."""
    document = entry.value.get("ninjs") if isinstance(entry.value, dict) else None
    if not isinstance(document, str):
        return entry
    try:
        return replace(entry, value={**entry.value, "ninjs": parse_json(document.encode("utf-8", "replace"))})
    except Problem:
        return entry  # the schema will refuse it


def _article(entry: Entry, options: Options) -> ArticleRequest:
    """The entry's article. Raises ``Problem`` 422, or the problem that the entry consists of."""
    if isinstance(entry.value, Problem):
        raise entry.value
    if not isinstance(entry.value, dict):
        raise invalid([FieldError("body", "is not an object")])
    forms = {form: form for form in ARTICLE_FORMS} | {"text": options.text_field}
    fields = {form: entry.value[name] for form, name in forms.items() if name in entry.value}
    return validated(
        ArticleRequest,
        fields
        | {
            "min_confidence": options.min_confidence,
            "include_nonspeech": options.include_nonspeech,
            "offset_unit": options.offset_unit,
        },
    )


def _facts(entry: Entry) -> Facts:
    """The article's metadata; empty if it cannot be read, so that the article still gets a line."""
    if not isinstance(entry.value, dict):
        return Facts()
    try:
        return facts_of(entry.value, entry.id)
    except Exception:
        return Facts()


def _failed(entry: Entry, options: Options, facts: Facts, problem: Problem) -> bytes:
    return _line(entry, options, facts, problem=problem.members())


def _line(entry: Entry, options: Options, facts: Facts, **outcome: dict[str, Any]) -> bytes:
    said = {name: value for name, value in asdict(facts).items() if value is not None}
    line = json.dumps({"id": _id(entry, options), "article": said, **outcome}, ensure_ascii=False)
    return line.encode("utf-8", "replace") + b"\n"  # an id may hold a lone surrogate, which has no UTF-8


def _id(entry: Entry, options: Options) -> str | None:
    value = entry.value.get(options.id_field) if isinstance(entry.value, dict) else None
    id_ = entry.id if entry.id is not None else value
    return str(id_) if isinstance(id_, str | int) else None
