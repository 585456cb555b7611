"""Makes up answers to labelled articles: what the labels say, with errors of every kind drawn at random."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from service.attribution.text import Span
from training.corpus import Article, LabelledQuote

PROGRAMMES = ("Meet the Press", "the View", "Hannity", "Newshour", "This Week", "The Lead", "State of the Union")
TITLES = ("President", "the late Sen.", "Chef", "Mr.", "former Vice President", "spokeswoman")
ENDINGS = ("Jr.", "III", "Group", "of the Center", "’s", "Inc.", "and others", "survey")

_SINGLE_MARK = re.compile(r"[‘'`‚‹](?=\w)")


@dataclass(frozen=True)
class Perturber:
    """Draws from the names and the outlets that some articles are labelled with."""

    names: Sequence[str]
    outlets: Sequence[str]

    @classmethod
    def of(cls, articles: Sequence[Article]) -> Perturber:
        labels = [label for article in articles for label in article.quotes or ()]
        return cls(
            sorted({label.speaker for label in labels if label.speaker}),
            sorted({label.outlet for label in labels if label.outlet}),
        )

    def answer(self, article: Article, rng: random.Random) -> list[dict[str, Any]]:
        """The quotes of an answer, as the HTTP contract has them."""
        spans = [
            (span, label)
            for label in article.quotes or ()
            if rng.random() < (0.92 if label.kind == "speech" else 0.4)
            for span in _extents(label.span, len(article.text), rng)
        ]
        anywhere = [(span, None) for span in _elsewhere(article.text, rng)]
        return [
            self._quote(f"q{number}", article, span, label, rng)
            for number, (span, label) in enumerate((*spans, *anywhere), 1)
        ]

    def _quote(
        self, name: str, article: Article, span: Span, label: LabelledQuote | None, rng: random.Random
    ) -> dict[str, Any]:
        speaker = self.name(label.speaker if label else None, rng)
        outlet = self.outlet(label.outlet if label else None, rng)
        mention = _mention(article, label, rng)
        return {
            "id": name,
            "text": article.text[span.start : span.end],
            "start": span.start,
            "end": span.end,
            "kind": rng.choice(("speech", "speech", "nonspeech")),
            "closed": True,
            "parent": None,
            "continues": None,
            "speaker": speaker
            and {"id": "s", "name": speaker, "type": "person", "mention": mention, "confidence": 0.5},
            "outlet": outlet
            and {"id": "o", "name": outlet, "mention": {"text": "", "start": 0, "end": 0}}
            | {"basis": "sentence", "role": "told", "confidence": 0.5},
            "confidence": 0.5,
        }

    def name(self, right: str | None, rng: random.Random) -> str | None:
        """The right name as often as not; else another, a part of it, more than it, or none."""
        other = rng.choice(self.names)
        if not right or rng.random() < 0.1:
            return rng.choice((other, None))
        words = right.split()
        wrong = (
            words[0],
            words[-1],
            f"{words[0][0]}. {words[-1]}",
            f"{words[0][:3]} {words[-1]}",
            f"{other.split()[0]} {words[-1]}",
            f"{words[0]} {other.split()[-1]}",
            f"{other.split()[-1]} {right}",
            f"{rng.choice(TITLES)} {right}",
            f"{right} {rng.choice(ENDINGS)}",
            f"{other} and {right}",
            f"the {words[-1]}",
            right.upper(),
            "".join(word[0] for word in words).upper(),
            " ".join(rng.sample(words, len(words))),
            " ".join(rng.sample(words, max(1, len(words) - 1))),
        )
        return right if rng.random() < 0.5 else rng.choice(wrong)

    def outlet(self, right: str | None, rng: random.Random) -> str | None:
        """The right outlet as often as not; else another, a programme, another form of the name, or none."""
        other = rng.choice((*self.outlets, *PROGRAMMES))
        if not right or rng.random() < 0.15:
            return rng.choice((other, None, None, None))
        bare = re.sub("^the ", "", right, flags=re.IGNORECASE)
        wrong = (
            f"The {bare}",
            f"{right} News",
            f"{right} News Radio",
            f"{right}.com",
            right.replace(" ", "-"),
            right.lower(),
            "".join(word[0] for word in bare.split()).upper(),
        )
        return right if rng.random() < 0.5 else rng.choice(wrong)


def _extents(labelled: Span, length: int, rng: random.Random) -> Iterator[Span]:
    """The labelled words, less or more of them, a part, two halves, or the words and some nested in them."""
    inner = Span(labelled.start + 1, max(labelled.start + 1, labelled.end - 1))
    middle = rng.randint(inner.start, inner.end)
    match rng.randrange(10):
        case 0:
            yield Span(middle, min(length, inner.end + rng.randint(0, 40)))
        case 1:
            yield Span(max(0, inner.start - rng.randint(0, 40)), middle)
        case 2:
            yield from (Span(inner.start, middle), Span(middle, inner.end))
        case 3:
            yield from (inner, Span(middle, rng.randint(middle, inner.end)))
        case _:
            yield inner


def _elsewhere(text: str, rng: random.Random) -> Iterator[Span]:
    """Places of the text that may be anywhere, and some that follow a single mark."""
    marks = [match.end() for match in _SINGLE_MARK.finditer(text)]
    starts = [rng.randrange(len(text)) for _ in range(rng.randint(0, 3))] + rng.sample(marks, min(2, len(marks)))
    return (Span(start, min(len(text), start + rng.randint(1, 30))) for start in starts)


def _mention(article: Article, label: LabelledQuote | None, rng: random.Random) -> dict[str, Any] | None:
    anywhere = rng.randrange(len(article.text))
    place = rng.choice((*(label.mention or () if label else ()), Span(anywhere, anywhere + 5), None))
    if place is None:
        return None
    return {"text": article.text[place.start : place.end], "start": place.start, "end": place.end}
