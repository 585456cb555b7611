"""Data augmentation: generates short texts in which several people are quoted side by side, each with a reporting
clause and perhaps an outlet. Which clause belongs to which quote is known by construction.

The quoted words come from the training articles; names, outlets and clauses are drawn at random.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from service.attribution.outlets.registry import OutletRegistry
from service.attribution.text import Span
from service.data.word_lists import given_names
from training.corpus import Article, LabelledQuote
from training.swaps import Edit, edited, invented_outlet, invented_surname

_THREE_FIRST: Final = ("HuffPost", "the Washington Post", "the Washington Examiner")
_TITLES: Final = ("Sen.", "Rep.", "Mayor", "Gov.", "Dr.", "Judge", "Prof.", "Sheriff", "Councilwoman", "President")
_TOPICS: Final = (
    "the plan",
    "the bill",
    "the vote",
    "the report",
    "the idea",
    "the ruling",
    "it",
    "the deal",
    "the move",
)
_VERBS: Final = (
    "said",
    "added",
    "recalled",
    "argued",
    "replied",
    "wrote",
    "tweeted",
    "explained",
    "warned",
    "insisted",
)
_BEFORE: Final = (
    "The council met on Monday.",
    "Reactions came quickly.",
    "The hearing lasted for three hours.",
    "Not everybody agreed.",
    "The vote is expected next week.",
    "Others saw it differently.",
)


@dataclass
class _Speaker:
    full: str
    short: str
    pronoun: str


@dataclass
class _Page:
    """A text under construction, with the labels of its quotes."""

    text: str = ""
    quotes: list[LabelledQuote] = field(default_factory=list)
    marks: tuple[str, str] = ("“", "”")

    def write(self, words: str) -> Span:
        start = len(self.text)
        self.text += words
        return Span(start, len(self.text))

    def quote(self, words: str, ending: str = "") -> Span:
        return self.write(f"{self.marks[0]}{words}{ending}{self.marks[1]}")

    def label(
        self,
        quote: Span,
        speaker: _Speaker,
        mention: Span,
        outlet: tuple[str, Span] | None,
        role: str,
        basis: str = "sentence",
    ) -> None:
        self.quotes.append(
            LabelledQuote(
                span=quote,
                kind="speech",
                speaker=speaker.full,
                type="person",
                mention=(mention,),
                outlet=outlet[0] if outlet else None,
                outlet_mention=outlet[1] if outlet else None,
                basis=basis if outlet else None,
                role=role if outlet else None,
            )
        )


@dataclass(frozen=True)
class NeighbourMaker:
    """Generates texts from outlets and from quoted sentences and fragments."""

    registry: OutletRegistry
    sentences: Sequence[str]
    fragments: Sequence[str]
    given: Sequence[tuple[str, str | None]]
    surnames: Sequence[str]

    @classmethod
    def of(cls, articles: Sequence[Article], registry: OutletRegistry) -> NeighbourMaker | None:
        """A generator that uses the quotes in ``articles``; None if they have no whole sentence, no fragment or no
        person with a surname."""
        spoken = [
            a.text[q.span.start + 1 : q.span.end - 1] for a in articles for q in a.quotes or () if q.kind == "speech"
        ]
        plain = [s.strip(" ,.") for s in spoken if not set(s) & set('\n“”"‘!?') and s == s.strip()]
        sentences = [s for s in plain if s[:1].isupper() and 2 <= len(s.split()) <= 25]
        fragments = [s for s in plain if s[:1].islower() and 1 <= len(s.split()) <= 6]
        names = {q.speaker.split()[-1] for a in articles for q in a.quotes or () if q.type == "person" and q.speaker}
        surnames = sorted(name for name in names if name.istitle() and name.isalpha() and len(name) > 2)
        if not (sentences and fragments and surnames):
            return None
        return cls(registry, sentences, fragments, sorted(given_names().items()), surnames)

    def inserted(self, article: Article, rng: random.Random) -> Article:
        """The article with a generated text as an additional paragraph, outside all of its quotes."""
        made = self.article(rng, article.id)
        if article.quotes is None or "\n" in made.text:
            return article
        quoted = [quote.span for quote in article.quotes]
        ends = (i + 1 for i, character in enumerate(article.text) if character == "\n")
        breaks = [at for at in ends if not any(span.start < at < span.end for span in quoted)]
        if not breaks:
            return article
        at = rng.choice(breaks)
        longer = edited(article, [Edit(at, at, made.text + "\n")])
        return replace(longer, quotes=(*(longer.quotes or ()), *(_moved(q, at) for q in made.quotes or ())))

    def article(self, rng: random.Random, name: str) -> Article:
        """A text of two to five quotes by two to four people, in one or several paragraphs."""
        page = _Page(marks=rng.choice((("“", "”"), ("“", "”"), ('"', '"'))))
        speakers = [self._speaker(rng) for _ in range(rng.randint(2, 4))]
        outlets = rng.random() < 0.55
        break_ = rng.choice((" ", " ", "\n", "\n\n"))
        if rng.random() < 0.3:
            page.write(rng.choice(_BEFORE) + break_)
        if rng.random() < 0.25:
            self._list(page, speakers, rng)
        else:
            for number, speaker in enumerate(speakers):
                if number:
                    page.write(break_)
                self._turn(page, speaker, outlets and rng.random() < 0.8, rng)
        return Article(name, page.text, tuple(page.quotes), ())

    def _turn(self, page: _Page, speaker: _Speaker, reported: bool, rng: random.Random) -> None:
        """Append one or two sentences of one speaker."""
        frames = _REPORTED if reported else _PLAIN
        rng.choice(frames)(self, page, speaker, rng)
        if rng.random() < 0.15 and page.quotes[-1].outlet is None:
            page.write(" ")
            quote = page.quote(rng.choice(self.sentences), ",")
            page.write(" ")
            mention = page.write(speaker.pronoun)
            page.write(f" {rng.choice(('added', 'said', 'went on'))}.")
            page.label(quote, speaker, mention, None, "told")

    def _list(self, page: _Page, speakers: Sequence[_Speaker], rng: random.Random) -> None:
        """Append a sentence with a fragment by each speaker: "Lee told Reuters it was “odd,” and Wu told CNN it was
        “fine.”"."""
        reported = rng.random() < 0.7
        for number, speaker in enumerate(speakers):
            last = number == len(speakers) - 1
            page.write("" if not number else (" and " if last else " "))
            mention = page.write(speaker.short if rng.random() < 0.4 else speaker.full)
            outlet = None
            if reported:
                page.write(" told ")
                outlet = self._outlet(page, rng)
            else:
                page.write(rng.choice((" called it", " said it was", " described it as")))
            topic = rng.choice(_TOPICS)
            page.write(rng.choice((f" that {topic} was ", f" {topic} was ")) if reported else " ")
            quote = page.quote(rng.choice(self.fragments), "." if last else ",")
            page.label(quote, speaker, mention, outlet, "told")

    def _speaker(self, rng: random.Random) -> _Speaker:
        given, sex = rng.choice(self.given)
        full = f"{given.capitalize()} {rng.choice(self.surnames) if rng.random() < 0.6 else invented_surname(rng)}"
        return _Speaker(
            full, f"{rng.choice(_TITLES)} {full}" if rng.random() < 0.7 else full, "she" if sex == "f" else "he"
        )

    def _outlet(self, page: _Page, rng: random.Random) -> tuple[str, Span]:
        """Append an outlet's name. Returns the name and its span, without "the"."""
        draw = rng.random()
        if draw < 0.35:
            name = rng.choice(_THREE_FIRST)
        elif draw < 0.8:
            name = rng.choice(self.registry.outlets).name
            name = f"the {name.removeprefix('The ')}" if name.startswith("The ") else name
        else:
            name = invented_outlet(rng)
        bare = name.removeprefix("the ")
        page.write("the " if bare != name else "")
        return bare, page.write(bare)


def _moved(quote: LabelledQuote, by: int) -> LabelledQuote:
    def moved(span: Span) -> Span:
        return Span(span.start + by, span.end + by)

    return replace(
        quote,
        span=moved(quote.span),
        mention=tuple(map(moved, quote.mention or ())),
        outlet_mention=quote.outlet_mention and moved(quote.outlet_mention),
    )


Frame = Callable[[NeighbourMaker, _Page, _Speaker, random.Random], None]


def _said_after(maker: NeighbourMaker, page: _Page, speaker: _Speaker, rng: random.Random) -> None:
    quote = page.quote(rng.choice(maker.sentences), ",")
    verb = rng.choice(_VERBS)
    turned = rng.random() < 0.5
    page.write(f" {verb} " if turned else " ")
    mention = page.write(speaker.short)
    page.write("." if turned else f" {verb}.")
    page.label(quote, speaker, mention, None, "told")
    _carry_on(maker, page, speaker, mention, None, rng)


def _said_before(maker: NeighbourMaker, page: _Page, speaker: _Speaker, rng: random.Random) -> None:
    mention = page.write(speaker.short)
    page.write(f" {rng.choice(_VERBS)}{rng.choice((',', ':'))} ")
    quote = page.quote(rng.choice(maker.sentences), ".")
    page.label(quote, speaker, mention, None, "told")


def _called(maker: NeighbourMaker, page: _Page, speaker: _Speaker, rng: random.Random) -> None:
    mention = page.write(speaker.short)
    page.write(rng.choice((f" called {rng.choice(_TOPICS)} ", f" said {rng.choice(_TOPICS)} was ")))
    quote = page.quote(rng.choice(maker.fragments), ".")
    page.label(quote, speaker, mention, None, "told")


def _told_after(maker: NeighbourMaker, page: _Page, speaker: _Speaker, rng: random.Random) -> None:
    quote = page.quote(rng.choice(maker.sentences), ",")
    page.write(" ")
    mention = page.write(speaker.short)
    page.write(rng.choice((" told ", " said in an interview with ", " said to ", " told ")))
    outlet = maker._outlet(page, rng)
    page.write(rng.choice((".", ".", " on Tuesday.", " in an interview.")))
    page.label(quote, speaker, mention, outlet, "told")
    _carry_on(maker, page, speaker, mention, outlet, rng)


def _told_before(maker: NeighbourMaker, page: _Page, speaker: _Speaker, rng: random.Random) -> None:
    mention = page.write(speaker.short)
    page.write(" told ")
    outlet = maker._outlet(page, rng)
    if rng.random() < 0.5:
        page.write(f" that {rng.choice(_TOPICS)} was ")
        quote = page.quote(rng.choice(maker.fragments), ".")
    else:
        page.write(rng.choice((": ", ", ")))
        quote = page.quote(rng.choice(maker.sentences), ".")
    page.label(quote, speaker, mention, outlet, "told")


def _reported_after(maker: NeighbourMaker, page: _Page, speaker: _Speaker, rng: random.Random) -> None:
    mention = page.write(speaker.short)
    page.write(f" called {rng.choice(_TOPICS)} ")
    quote = page.quote(rng.choice(maker.fragments), ",")
    according = rng.random() < 0.5
    page.write(" according to " if according else " ")
    outlet = maker._outlet(page, rng)
    page.write("." if according else " reported.")
    page.label(quote, speaker, mention, outlet, "reported")


def _according_before(maker: NeighbourMaker, page: _Page, speaker: _Speaker, rng: random.Random) -> None:
    page.write(rng.choice(("According to ", "As reported by ", "Speaking to ", "In an interview with ")))
    told = not page.text.endswith(("According to ", "As reported by "))
    outlet = maker._outlet(page, rng)
    page.write(", ")
    mention = page.write(speaker.short)
    page.write(f" said {rng.choice(_TOPICS)} was ")
    quote = page.quote(rng.choice(maker.fragments), ".")
    page.label(quote, speaker, mention, outlet, "told" if told else "reported")


def _said_according(maker: NeighbourMaker, page: _Page, speaker: _Speaker, rng: random.Random) -> None:
    quote = page.quote(rng.choice(maker.sentences), ",")
    page.write(" ")
    mention = page.write(speaker.short)
    page.write(rng.choice((" said, according to ", " said, as first reported by ", " said on ", " wrote in ")))
    role = "aired" if page.text.endswith(" on ") else "wrote" if page.text.endswith("wrote in ") else "reported"
    outlet = maker._outlet(page, rng)
    page.write(".")
    page.label(quote, speaker, mention, outlet, role)


def _resumed(maker: NeighbourMaker, page: _Page, speaker: _Speaker, rng: random.Random) -> None:
    """A quote that continues after its clause, then the outlet that reported it: “It is,” Lee said. “So be it,” CNN
    reported."""
    first = page.quote(rng.choice(maker.sentences), ",")
    page.write(" ")
    mention = page.write(speaker.short)
    page.write(f" {rng.choice(_VERBS)}. ")
    second = page.quote(rng.choice(maker.sentences), ",")
    page.write(" ")
    outlet = maker._outlet(page, rng)
    object_ = {"he": "him", "she": "her"}[speaker.pronoun]
    page.write(rng.choice((" reported.", " reported.", " reported on Tuesday.", f" quoted {object_} as saying.")))
    page.label(first, speaker, mention, outlet, "reported", basis="context")
    page.label(second, speaker, mention, outlet, "reported")


def _carry_on(
    maker: NeighbourMaker,
    page: _Page,
    speaker: _Speaker,
    mention: Span,
    outlet: tuple[str, Span] | None,
    rng: random.Random,
) -> None:
    """With some probability, a second quote directly after the clause."""
    if rng.random() < 0.3:
        page.write(" ")
        quote = page.quote(rng.choice(maker.sentences), ".")
        page.label(quote, speaker, mention, outlet, page.quotes[-1].role or "told")


_PLAIN: Final[tuple[Frame, ...]] = (_said_after, _said_after, _said_before, _called)
_REPORTED: Final[tuple[Frame, ...]] = (
    *(_told_after, _told_after, _told_before, _told_before),
    *(_reported_after, _according_before, _said_according, _resumed, _resumed),
)
