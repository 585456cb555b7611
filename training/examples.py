"""Converts labelled articles to the network's inputs and targets.

Labels have several origins. An article's own labels take precedence. If it only has PolNeAR's attributions, a quotation
inside one counts as speech, one outside all of them as nonspeech, and no outlet is assumed to be credited, all with
less weight. Stretches of indirect speech are also asked for their source, as a related task.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from service.attribution.mentions.index import NameIndex
from service.attribution.model.chain import Places
from service.attribution.model.config import CHOICES, LONGEST, POINTERS
from service.attribution.model.features import Tokens, locate_quotations, read_tokens
from service.attribution.model.inputs import QuoteInputs
from service.attribution.outlets.matcher import OutletMatch
from service.attribution.outlets.registry import OutletRegistry
from service.attribution.outlets.unlisted import likely_outlets
from service.attribution.quotations import Quotation, find_quotations
from service.attribution.text import Span
from training.corpus import Article, LabelledQuote, content_overlap, source_of
from training.wording import nearest_wording

GUESSED = 0.3
"""The weight of targets that are inferred rather than labelled."""
UNMARKED = 0.5
"""The weight of indirect speech."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The targets of one quote, as code-point spans. A task that is missing is not trained on.

    ``choices`` maps a closed question to its answer, ``pointers`` a pointer to its right spans, any of which is
    accepted (an empty tuple means "none"); each with its weight.
    """

    choices: dict[str, tuple[str, float]]
    pointers: dict[str, tuple[tuple[Span, ...], float]]


@dataclass(frozen=True, slots=True)
class SpanTargets:
    """The right spans of one pointer for Q quotes, any of which is accepted: first and last tokens [Q, N], masked by
    ``present`` [Q, N]. For a quote without any, "none" is right. ``weights`` is [Q]."""

    first: Tensor
    last: Tensor
    present: Tensor
    weights: Tensor


@dataclass(frozen=True, slots=True)
class ChainTargets:
    """The outlets that the first Q quotes, those in marks, may be credited to: ``outlets`` are the places of the
    article's K outlets, ``allowed`` [Q, K + 1] the right states of each quote, "none" first; all of them if it has no
    target."""

    outlets: tuple[Places, ...]
    allowed: Tensor


@dataclass(frozen=True, slots=True)
class Targets:
    """The targets of Q quotes as tensors: class numbers and weights [Q], right spans, and the chain of outlets."""

    choices: dict[str, Tensor]
    choice_weights: dict[str, Tensor]
    pointers: dict[str, SpanTargets]
    chain: ChainTargets


@dataclass(frozen=True, slots=True)
class Example:
    """The inputs and targets of one article."""

    article: str
    tokens: Tokens
    quotes: QuoteInputs
    targets: Targets


def build_example(
    article: Article,
    text: str,
    tokenizer: PreTrainedTokenizerBase,
    registry: OutletRegistry,
    outlets: Sequence[OutletMatch],
) -> Example | None:
    """An article's example; None if it has no tokens or no targets. ``text`` may be a rewrite of equal length,
    ``outlets`` are the outlets to treat as known."""
    quotations = find_quotations(text)
    names = NameIndex.read(article.text)
    asked = _marked(article, quotations, names)
    unmarked = _unmarked(article, quotations, names)
    written = names if text == article.text else NameIndex.read(text)
    tokens = read_tokens(text, tokenizer, quotations, outlets, written)
    everything = (*quotations, *(q for q, _ in unmarked))
    if not len(tokens) or not everything:
        return None
    answers = [*asked, *(a for _, a in unmarked)]
    placed = locate_quotations(text, tokens, everything)
    inputs = QuoteInputs.of(placed, tokens)
    chain = _chain(article, text, quotations, tokens, registry)
    return Example(article.id, tokens, inputs, _targets(answers, tokens, chain))


def _marked(article: Article, quotations: Sequence[Quotation], names: NameIndex) -> list[Answer]:
    """The targets of each quotation found in the text; empty if no label applies."""
    if article.quotes is None:
        return [_guess(article, q, names) if q.parent is None else Answer({}, {}) for q in quotations]
    labels = sorted(article.quotes, key=lambda q: q.span.start)
    return [
        _labelled(article, label, names) if (label := match_label(q, labels)) else Answer({}, {}) for q in quotations
    ]


def match_label(quotation: Quotation, labels: Iterable[LabelledQuote]) -> LabelledQuote | None:
    """The label of a quotation: the one with which its intersection is more than half of their union."""
    for label in labels:
        shared = min(label.span.end, quotation.outer.end) - max(label.span.start, quotation.outer.start)
        joint = max(label.span.end, quotation.outer.end) - min(label.span.start, quotation.outer.start)
        if shared > 0.5 * joint:
            return label
    return None


def _labelled(article: Article, label: LabelledQuote, names: NameIndex) -> Answer:
    choices = {"kind": (label.kind, 1.0)}
    if label.kind != "speech":
        return Answer(choices, {})
    if label.type:
        choices["type"] = (label.type, 1.0)
    pointers: dict[str, tuple[tuple[Span, ...], float]] = {}
    own = label.role == "own"
    mention = _mention(article, label)
    if mention and (own or not _overlap_any(mention, label.outlet_mention)):
        pointers["mention"] = (mention, 1.0)
    if label.speaker == "UNKNOWN":
        pointers["name"] = ((), 1.0)
    elif label.speaker and (spans := names.mentions_of(label.speaker)):
        pointers["name"] = (spans, 1.0)
    if label.doubtful:
        return Answer(choices, pointers)
    if label.outlet is None:
        pointers["outlet"] = ((), 1.0)
    elif label.outlet_mention is not None and label.basis and label.role:
        pointers["outlet"] = (_outlet_spans(article.text, label.outlet_mention, label.basis), 1.0)
        choices["basis"], choices["role"] = (label.basis, 1.0), (label.role, 1.0)
    return Answer(choices, pointers)


def _mention(article: Article, label: LabelledQuote) -> tuple[Span, ...] | None:
    """The labelled mention. Our own labels give its words but not its place, so the nearest occurrence is used."""
    if article.attributions or label.mention is None or len(label.mention) != 1:
        return label.mention
    (span,) = label.mention
    spans = [quote.span for quote in article.quotes or ()]
    place = nearest_wording(article.text, article.text[span.start : span.end], label.span, spans)
    return (place or span,)


def _outlet_spans(text: str, mention: Span, basis: str) -> tuple[Span, ...]:
    """In the quote's own sentence, the mention itself; otherwise any mention with the same words."""
    if basis == "sentence":
        return (mention,)
    words = re.escape(text[mention.start : mention.end])
    return (mention, *(Span(m.start(), m.end()) for m in re.finditer(rf"(?<!\w){words}(?!\w)", text)))


def _overlap_any(spans: Iterable[Span], other: Span | None) -> bool:
    return other is not None and any(map(other.meets, spans))


def _guess(article: Article, quotation: Quotation, names: NameIndex) -> Answer:
    """The targets that PolNeAR's attributions imply for an unlabelled quotation."""
    source = source_of(quotation.inner, article.attributions)
    if source is None:
        return Answer({"kind": ("nonspeech", GUESSED)}, {})
    if not source.source or content_overlap(quotation.inner, source) < 0.5 * len(quotation.inner):
        return Answer({}, {})
    pointers = {"mention": (source.source, 1.0), "outlet": ((), GUESSED), **_guessed_name(names, source.source)}
    return Answer({"kind": ("speech", GUESSED)}, pointers)


def _guessed_name(names: NameIndex, source: tuple[Span, ...]) -> dict[str, tuple[tuple[Span, ...], float]]:
    """A source that names somebody stands for all mentions of them; for any other, the name is not trained on."""
    name = names.name_of(source[0])
    return {} if name is None else {"name": (names.mentions_of(name) or source, UNMARKED)}


def _unmarked(article: Article, quotations: Sequence[Quotation], names: NameIndex) -> list[tuple[Quotation, Answer]]:
    """Stretches of attributed speech that are not mostly a quotation, with their sources."""
    found = []
    for attribution in article.attributions:
        if not attribution.source or not attribution.content:
            continue
        span = attribution.content[0]
        quoted = sum(max(0, min(span.end, q.outer.end) - max(span.start, q.outer.start)) for q in quotations)
        if quoted < 0.5 * len(span):
            pointers = {"mention": (attribution.source, UNMARKED), **_guessed_name(names, attribution.source)}
            found.append((Quotation(outer=span, inner=span), Answer({}, pointers)))
    return found


def _targets(answers: Sequence[Answer], tokens: Tokens, chain: ChainTargets) -> Targets:
    choices = {name: torch.zeros(len(answers), dtype=torch.long) for name in CHOICES}
    choice_weights = {name: torch.zeros(len(answers)) for name in CHOICES}
    for i, answer in enumerate(answers):
        for name, (label, weight) in answer.choices.items():
            choices[name][i] = CHOICES[name].index(label)
            choice_weights[name][i] = weight
    pointers = {name: _span_targets([a.pointers.get(name) for a in answers], tokens, name) for name in POINTERS}
    return Targets(choices, choice_weights, pointers, chain)


def _span_targets(asked: Sequence[tuple[tuple[Span, ...], float] | None], tokens: Tokens, pointer: str) -> SpanTargets:
    """The targets of one pointer. A quote whose right spans are all out of the pointer's reach has none."""
    places = [tokens.places(right[0], LONGEST[pointer]) if right else [] for right in asked]
    width = max(1, *map(len, places))
    table = torch.zeros(len(asked), width, 2, dtype=torch.long)
    present = torch.zeros(len(asked), width, dtype=torch.bool)
    weights = torch.zeros(len(asked))
    for i, (right, found) in enumerate(zip(asked, places, strict=True)):
        if found:
            table[i, : len(found)] = torch.tensor(found)
            present[i, : len(found)] = True
        if right and (found or not right[0]):
            weights[i] = right[1]
    return SpanTargets(table[..., 0], table[..., 1], present, weights)


def _chain(
    article: Article,
    text: str,
    quotations: Sequence[Quotation],
    tokens: Tokens,
    registry: OutletRegistry,
) -> ChainTargets:
    """The outlets that the article names, and those that each quote may be credited to."""
    matches = registry.find(text)
    ordered = sorted(article.quotes or (), key=lambda quote: quote.span.start)
    labels = [match_label(quotation, ordered) for quotation in quotations]
    spans = [Span(m.start, m.end) for m in matches if not m.ambiguous]
    likely = list(likely_outlets(text))
    spans += [*likely, *(label.outlet_mention for label in labels if label and label.outlet_mention)]
    by_outlet: dict[str, set[Span]] = {}
    for span in spans:
        identity = registry.identify(text, span.start, span.end, matches, likely)
        if identity is not None:
            by_outlet.setdefault(identity.id, set()).add(span)
    found = {key: tokens.places(sorted(s, key=lambda s: s.start), LONGEST["outlet"]) for key, s in by_outlet.items()}
    keys = [k for k, places in found.items() if places]
    allowed = torch.zeros(len(quotations), len(keys) + 1, dtype=torch.bool)
    for i, label in enumerate(labels):
        allowed[i, _right_states(label, text, keys, registry, matches, likely) or slice(None)] = True
    outlets = tuple((torch.tensor([a for a, _ in found[k]]), torch.tensor([b for _, b in found[k]])) for k in keys)
    return ChainTargets(outlets, allowed)


def _right_states(
    label: LabelledQuote | None,
    text: str,
    keys: Sequence[str],
    registry: OutletRegistry,
    matches: Sequence[OutletMatch],
    likely: Sequence[Span],
) -> list[int]:
    """The states that the label accepts; empty if it does not determine them."""
    if label is None or label.kind != "speech" or label.doubtful:
        return []
    if label.outlet is None:
        return [0]
    if label.outlet_mention is None:
        return []
    span = label.outlet_mention
    identity = registry.identify(text, span.start, span.end, matches, likely)
    return [1 + keys.index(identity.id)] if identity is not None and identity.id in keys else []
