"""Error analysis: the figures by properties of the labelled quotes, their speakers and their outlets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from service.attribution.mentions.index import is_pronoun
from service.attribution.outlets.known import read_outlets
from service.attribution.text import Span
from service.data.word_lists import ABBREVIATIONS
from training.corpus import Article, LabelledQuote
from training.metrics import Figures, Judgement, overlap, percent, share
from training.sameness import outlet_key

Breakdown = dict[str, dict[str, Figures]]

NONE = "none labelled"
DISTANCES = (5, 10, 25, 100)
LENGTHS = (300, 600, 1200)
"""The lower bounds, in words, of the groups of distances and of article lengths."""

_SENTENCE_END = re.compile(r"(\b\w+|[^\w\s])[.!?…][\"”’')\]]*\s+(?![a-z\s])")


def breakdown(judgements: Mapping[str, Sequence[Judgement]]) -> Breakdown:
    """The figures of each group of labelled speech, for each way of grouping. ``judgements`` are by corpus."""
    speech = {corpus: [j for j in one if j.is_speech] for corpus, one in judgements.items()}
    together = [j for one in speech.values() for j in one]
    return {
        "corpus": {corpus: _group_figures(one) for corpus, one in speech.items()},
        **{name: _split(together, group) for name, group in DIMENSIONS.items()},
    }


def mention_kind(article: Article, label: LabelledQuote) -> str:
    """The kind of the speaker's mention: (part of) the labelled name, a pronoun or a description."""
    if not label.mention:
        return NONE
    words = " ".join(article.text[span.start : span.end] for span in label.mention)
    if is_pronoun(words):
        return "pronoun"
    names = {word for word in re.findall(r"\w+", label.speaker or "") if word[0].isupper()}
    return "description" if (names - {"The"}).isdisjoint(re.findall(r"\w+", words)) else "name"


def mention_place(article: Article, label: LabelledQuote) -> str:
    """Where the speaker's mention is relative to the quote: in its sentence, before or after it, or between two parts
    of a quoted sentence."""
    if not label.mention:
        return NONE
    mention = _nearest(label.mention, label.span)
    if overlap(mention, label.span):
        return "in the quote"
    narration = _narration(article, _between(mention, label.span))
    after = mention.start > label.span.start
    if "\n" in narration:
        return f"another paragraph, {'after' if after else 'before'}"
    if _ends_sentence(narration):
        return f"another sentence, {'after' if after else 'before'}"
    if any(_is_other_part(article, label, mention, other) for other in article.quotes or ()):
        return "same sentence, between quotes"
    return f"same sentence, {'after' if after else 'before'}"


def mention_distance(article: Article, label: LabelledQuote) -> str:
    """The number of words between the quote and the speaker's mention."""
    if not label.mention:
        return NONE
    between = _between(_nearest(label.mention, label.span), label.span)
    return _bucket(len(article.text[between.start : between.end].split()), DISTANCES)


def article_length(article: Article, _: LabelledQuote) -> str:
    """The number of words of the article."""
    return _bucket(len(article.text.split()), LENGTHS)


def outlet_place(article: Article, label: LabelledQuote) -> str:
    """Where the labelled outlet is named relative to the quote's paragraph."""
    if label.outlet_mention is None:
        return NONE
    if "\n" not in _narration(article, _between(label.outlet_mention, label.span)):
        return "same paragraph"
    return "paragraph before" if label.outlet_mention.start < label.span.start else "paragraph after"


def outlet_known(_: Article, label: LabelledQuote) -> str:
    """Whether the registry contains the labelled outlet."""
    if not label.outlet:
        return NONE
    return "known" if outlet_key(label.outlet) in _known_outlets() else "unknown"


DIMENSIONS: dict[str, Callable[[Article, LabelledQuote], str]] = {
    "speaker's mention": mention_kind,
    "place of the mention": mention_place,
    "words to the mention": mention_distance,
    "words of the article": article_length,
    "outlet and the registry": outlet_known,
    "place of the outlet's name": outlet_place,
    "basis of the outlet": lambda _, label: label.basis or NONE,
    "role of the outlet": lambda _, label: label.role or NONE,
}


def _split(speech: Iterable[Judgement], group: Callable[[Article, LabelledQuote], str]) -> dict[str, Figures]:
    groups: dict[str, list[Judgement]] = {}
    for judgement in speech:
        groups.setdefault(group(judgement.article, judgement.label), []).append(judgement)
    return {name: _group_figures(members) for name, members in sorted(groups.items(), key=_group_order)}


def _group_figures(speech: Sequence[Judgement]) -> Figures:
    """The figures of a group, in per cent of its quotes: found; labelled mention correct (of those found that have
    one); name correct; outlet or its absence correct; name and outlet correct."""
    return {
        "quotes": len(speech),
        "found": percent(sum(j.found for j in speech), len(speech)),
        "mention": share(speech, lambda j: j.mention),
        "name": share(speech, lambda j: j.name),
        "outlet": share(speech, lambda j: j.outlet),
        "all right": share(speech, lambda j: j.right),
    }


def _group_order(item: tuple[str, object]) -> tuple[bool, int, str]:
    """Sort key: ranges by size, other groups by name, groups without a label last."""
    name = item[0]
    number = re.match(r"\d+", name)
    return name == NONE, int(number.group()) if number else 0, name


def _bucket(count: int, limits: Sequence[int]) -> str:
    bounds = (0, *limits)
    lower = max(bound for bound in bounds if bound <= count)
    return f"{lower} or more" if lower == bounds[-1] else f"{lower} to {bounds[bounds.index(lower) + 1] - 1}"


def _nearest(spans: Iterable[Span], to: Span) -> Span:
    return min(spans, key=lambda span: max(span.start - to.end, to.start - span.end, 0))


def _between(one: Span, other: Span) -> Span:
    """The span between two spans that do not overlap."""
    start = min(one.end, other.end)
    return Span(start, max(start, one.start, other.start))


def _narration(article: Article, stretch: Span) -> str:
    """The text of a span without the quotes in it."""
    start, pieces = stretch.start, []
    for quoted in sorted((label.span for label in article.quotes or ()), key=lambda span: span.start):
        if start <= quoted.start and quoted.end <= stretch.end:
            pieces.append(article.text[start : quoted.start])
            start = quoted.end
    return "".join((*pieces, article.text[start : stretch.end]))


def _is_other_part(article: Article, label: LabelledQuote, mention: Span, other: LabelledQuote) -> bool:
    """Whether ``other`` is on the far side of the mention, in the same sentence and by the same speaker."""
    before = mention.start < label.span.start
    beyond = other.span.end <= mention.start if before else mention.end <= other.span.start
    if not beyond or other.speaker != label.speaker:
        return False
    narration = _narration(article, _between(mention, other.span))
    return "\n" not in narration and not _ends_sentence(narration)


def _ends_sentence(narration: str) -> bool:
    """Whether a sentence ends within the text and another begins; full stops of initials and "Mr." do not count."""
    ends = (match.group(1).lower() for match in _SENTENCE_END.finditer(narration))
    return any(word not in ABBREVIATIONS and not (len(word) == 1 and word.isalpha()) for word in ends)


@cache
def _known_outlets() -> frozenset[str]:
    """The keys of all names and programmes in the registry."""
    return frozenset(
        outlet_key(name) for outlet in read_outlets() for name in (outlet.name, *outlet.aliases, *outlet.programmes)
    )
