"""Data augmentation: replaces the outlets and people of a training article, and adjusts its labels.

The network should learn how articles credit outlets and speakers, not which ones are in the news.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from service.attribution.outlets.known import KnownOutlet
from service.attribution.outlets.matcher import OutletMatch
from service.attribution.outlets.registry import OutletRegistry
from service.attribution.text import Span
from service.data.word_lists import given_names
from training.corpus import Article, LabelledAttribution, LabelledQuote

INVENTED = 0.5
"""The share of replacement outlets that the registry does not contain."""

_PAPERS = "Times Herald Tribune Gazette Post Journal Courier Observer Sentinel"
_STATIONS = ("{} Radio", "{} News Radio", "{} TV", "Radio {}", "{} News", "Inside{}", "{}.com", "{} Review")
_PROGRAMMES = (
    *("The {} Show", "The {} Report", "The {} Hour"),
    *("{} Tonight", "{} Today", "Good Morning {}", "{} in the Morning"),
)
_HEADS = "Ash Bel Brad Cal Dor El Fair Gar Gon Hal Hart Kel Kov Lang Mar Mc Nor Oak Oko Pet Pres Ram Rid Rod San Tan"
_TAILS = "berg bourne by dale don ez field ford gate ham ington ley man mond more ner ovic quist ridge sen son well"


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement for ``text[start:end]``."""

    start: int
    end: int
    words: str


def swap_outlets(article: Article, registry: OutletRegistry, rng: random.Random) -> Article:
    """Half of the outlets that the registry finds in the article are replaced, each consistently."""
    edits: list[Edit] = []
    matches = [m for m in registry.find(article.text) if not m.ambiguous]
    for outlet in sorted({m.outlet.id for m in matches}):
        if rng.random() < 0.5:
            own = [m for m in matches if m.outlet.id == outlet]
            edits += _renamed(article.text, own, registry.outlets, rng)
    return edited(article, sorted(edits, key=lambda e: e.start))


def _renamed(
    text: str, matches: Sequence[OutletMatch], outlets: Sequence[KnownOutlet], rng: random.Random
) -> Iterable[Edit]:
    """Replacements for all mentions of one outlet, consistent for each wording."""
    invented = rng.random() < INVENTED
    stranger = rng.choice([o for o in outlets if o.medium == matches[0].outlet.medium])
    place = invented_surname(rng)
    renamed: dict[str, str] = {}
    for match in matches:
        words = text[match.start : match.end]
        if words not in renamed:
            name = _invented_name(match, place, rng) if invented else _known_name(match, stranger, place, rng)
            the = words.startswith("The ") and not name.startswith("The ")
            in_sentence = text[max(0, match.start - 4) : match.start].lower() == "the "
            renamed[words] = f"The {name}" if the else name.removeprefix("The ") if in_sentence else name
        yield Edit(match.start, match.end, renamed[words])


def _invented_name(match: OutletMatch, place: str, rng: random.Random) -> str:
    if match.kind == "programme":
        return rng.choice(_PROGRAMMES).format(place)
    if match.kind == "short":
        return place
    if match.kind == "domain":
        return f"{place}.com".lower()
    if match.outlet.medium in ("newspaper", "magazine"):
        return f"{place} {rng.choice(_PAPERS.split())}"
    return rng.choice(_STATIONS).format(place)


def invented_outlet(rng: random.Random) -> str:
    """A name like those of papers, stations and sites."""
    place = invented_surname(rng)
    paper = f"{place} {rng.choice(_PAPERS.split())}"
    return f"the {paper}" if rng.random() < 0.4 else rng.choice((*_STATIONS, *_PROGRAMMES)).format(place)


def _known_name(match: OutletMatch, stranger: KnownOutlet, place: str, rng: random.Random) -> str:
    if match.kind == "programme":
        return rng.choice(stranger.programmes or _PROGRAMMES).format(place)
    if match.kind == "short":
        return stranger.short_names[0] if stranger.short_names else stranger.name
    if match.kind == "domain":
        return stranger.domain or stranger.name
    return stranger.name


def swap_people(article: Article, rng: random.Random) -> Article:
    """Replace the names of quoted people consistently by another given name of the same sex and another surname."""
    renamed: dict[str, str] = {}
    for quote in article.quotes or ():
        words = (quote.speaker or "").split()
        if quote.type == "person" and 2 <= len(words) <= 3 and all(w[0].isupper() for w in words):
            renamed.setdefault(words[0], _given_like(words[0], rng))
            renamed.setdefault(words[-1], invented_surname(rng))
    lower = set(re.findall(r"\w+", article.text)) & {w.lower() for w in renamed}
    renamed = {old: new for old, new in renamed.items() if old.isalpha() and old.lower() not in lower}
    if not renamed:
        return article
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, renamed)) + r")\b")
    other = edited(article, [Edit(m.start(), m.end(), renamed[m.group()]) for m in pattern.finditer(article.text)])
    quotes = tuple(
        replace(q, speaker=pattern.sub(lambda m: renamed[m.group()], q.speaker)) if q.speaker else q
        for q in other.quotes or ()
    )
    return replace(other, quotes=quotes)


def _given_like(name: str, rng: random.Random) -> str:
    """A given name of the same sex; the name itself if its sex is unknown."""
    names = given_names()
    sex = names.get(name.lower())
    return rng.choice([n for n, s in names.items() if s == sex]).capitalize() if sex else name


def invented_surname(rng: random.Random) -> str:
    """An invented name that may be a person's or a place's."""
    return rng.choice(_HEADS.split()) + rng.choice(_TAILS.split())


def edited(article: Article, edits: Sequence[Edit]) -> Article:
    """The article with the edits applied and all labels adjusted. ``edits`` are in order and do not overlap."""
    if not edits:
        return article
    pieces, at = [], 0
    for edit in edits:
        pieces += [article.text[at : edit.start], edit.words]
        at = edit.end
    moved = _mover(edits)
    return Article(
        article.id,
        "".join(pieces) + article.text[at:],
        None if article.quotes is None else tuple(_moved_quote(q, moved) for q in article.quotes),
        tuple(
            LabelledAttribution(tuple(map(moved, a.source)), tuple(map(moved, a.content))) for a in article.attributions
        ),
    )


def _mover(edits: Sequence[Edit]) -> Callable[[Span], Span]:
    """Maps spans of the original to the edited text. An edge inside an edit moves to the edit's edge on the same
    side."""
    starts, ends = [e.start for e in edits], [e.end for e in edits]
    grown = [0, *accumulate(len(e.words) - (e.end - e.start) for e in edits)]

    def start(offset: int) -> int:
        i = bisect_right(ends, offset)  # edits wholly before
        inside = i < len(edits) and starts[i] < offset
        return (starts[i] if inside else offset) + grown[i]

    def end(offset: int) -> int:
        i = bisect_left(starts, offset)  # edits that begin before
        inside = i > 0 and offset < ends[i - 1]
        return (ends[i - 1] if inside else offset) + grown[i]

    return lambda span: Span(start(span.start), end(span.end))


def _moved_quote(quote: LabelledQuote, moved: Callable[[Span], Span]) -> LabelledQuote:
    return replace(
        quote,
        span=moved(quote.span),
        mention=None if quote.mention is None else tuple(map(moved, quote.mention)),
        outlet_mention=quote.outlet_mention and moved(quote.outlet_mention),
    )
