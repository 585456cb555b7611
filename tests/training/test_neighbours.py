"""Made-up texts of quotes side by side: labels are right by construction."""

from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.attribution.outlets.known import KnownOutlet
from service.attribution.outlets.registry import OutletRegistry
from service.attribution.quotations import find_quotations
from service.attribution.text import Span
from tests.training.labelled import article, label
from training.corpus import Article, LabelledQuote
from training.neighbours import NeighbourMaker

REGISTRY = OutletRegistry(
    [
        KnownOutlet("herald", "The Larkfield Herald", "GB", "newspaper"),
        KnownOutlet("tide", "Tide Radio", "GB", "broadcaster"),
    ]
)
TEXT = (
    "“The bridge opens on Monday,” said Ada Brook.\n“It took nine years,” said Carl Dunn.\n"
    "Dunn called it “slow but sure.” Brook called it “a wonder.”"
)
SOURCE = article(
    TEXT,
    label(TEXT, "The bridge opens on Monday,", speaker="Ada Brook"),
    label(TEXT, "It took nine years,", speaker="Carl Dunn"),
    label(TEXT, "slow but sure.", speaker="Carl Dunn"),
    label(TEXT, "a wonder.", speaker="Ada Brook"),
)
WORDS = {"The bridge opens on Monday", "It took nine years", "slow but sure", "a wonder"}


@pytest.fixture(scope="module")
def maker() -> NeighbourMaker:
    made = NeighbourMaker.of([SOURCE], REGISTRY)
    assert made is not None
    return made


def words(made: Article, span: Span) -> str:
    return made.text[span.start : span.end]


def clause(made: Article, quote: LabelledQuote) -> Span:
    """From the last stop, quote or line before a quote to the first stop or line after it: its sentence."""
    others = [q.span for q in made.quotes or () if q != quote]
    start = max([0, *(o.end for o in others if o.end <= quote.span.start)])
    end = min([len(made.text), *(o.start for o in others if o.start >= quote.span.end)])
    return Span(start, end)


seeds = st.integers(0, 100_000)


@given(seed=seeds)
@settings(deadline=None, max_examples=150)
def test_every_quotation_of_a_made_text_is_labelled_and_its_labels_are_verbatim(
    maker: NeighbourMaker, seed: int
) -> None:
    made = maker.article(random.Random(seed), "made")
    quotes = made.quotes or ()
    assert 2 <= len(quotes) <= 12
    assert [q.outer for q in find_quotations(made.text)] == [q.span for q in quotes]
    for quote in quotes:
        assert words(made, quote.span)[1:-1].strip(",.") in WORDS
        (mention,) = quote.mention or ()
        named = words(made, mention)
        assert quote.speaker
        assert named.endswith(quote.speaker) or named in {"he", "she"}
        assert (quote.outlet is None) == (quote.outlet_mention is None) == (quote.basis is None) == (quote.role is None)
        if quote.outlet_mention:
            assert words(made, quote.outlet_mention) == quote.outlet


@given(seed=seeds)
@settings(deadline=None, max_examples=150)
def test_a_clause_belongs_to_its_quote(maker: NeighbourMaker, seed: int) -> None:
    """What names the speaker and the outlet stands next to the quote, or to the same speaker's quote beside it."""
    made = maker.article(random.Random(seed), "made")
    quotes = made.quotes or ()
    for k, quote in enumerate(quotes):
        beside = [other for other in quotes[max(0, k - 1) : k + 2] if other.speaker == quote.speaker]
        for span in (*(quote.mention or ()), *((quote.outlet_mention,) if quote.outlet_mention else ())):
            assert any(clause(made, other).meets(span) for other in beside), (made.text, quote)


@given(seed=seeds)
@settings(deadline=None, max_examples=40)
def test_a_text_is_the_same_for_the_same_seed(maker: NeighbourMaker, seed: int) -> None:
    assert maker.article(random.Random(seed), "a") == maker.article(random.Random(seed), "a")


@given(seed=seeds)
@settings(deadline=None, max_examples=80)
def test_a_text_inserted_into_an_article_leaves_its_labels_verbatim(maker: NeighbourMaker, seed: int) -> None:
    longer = maker.inserted(SOURCE, random.Random(seed))
    originals = [words(SOURCE, q.span) for q in SOURCE.quotes or ()]
    found = sorted(longer.quotes or (), key=lambda quote: quote.span.start)
    assert [q.outer for q in find_quotations(longer.text)] == [q.span for q in found]
    assert [words(longer, q.span) for q in (longer.quotes or ())[: len(originals)]] == originals
    assert set(TEXT.split("\n")) <= set(longer.text.split("\n"))
    assert len(longer.text.split("\n")) in {len(TEXT.split("\n")), len(TEXT.split("\n")) + 1}


def test_nothing_is_inserted_into_a_quote(maker: NeighbourMaker) -> None:
    text = "“It opens.\n“At last,” said Ada Brook."
    whole = LabelledQuote(Span(0, text.index("”") + 1), "speech", "Ada Brook", "person", None, None, None, None, None)
    source = Article("a1", text, (whole,), ())
    assert all(maker.inserted(source, random.Random(seed)) == source for seed in range(20))


def test_who_reports_the_end_of_a_quote_does_not_say_it(maker: NeighbourMaker) -> None:
    texts = [maker.article(random.Random(seed), "made") for seed in range(60)]
    ends = [(made, q) for made in texts for q in made.quotes or () if q.role == "reported" and q.outlet_mention]
    after = [(made, q) for made, q in ends if " reported" in made.text[q.outlet_mention.end :][:10]]  # type: ignore[union-attr]
    assert after
    assert all(quote.speaker != quote.outlet for _, quote in after)
    pairs = [(one, two) for made in texts for one, two in pairwise(made.quotes or ()) if one.basis == "context"]
    assert pairs
    for one, two in pairs:
        assert (one.speaker, one.mention, one.outlet_mention) == (two.speaker, two.mention, two.outlet_mention)
        assert two.basis == "sentence"
        assert two.outlet_mention is not None
        assert two.outlet_mention.start >= two.span.end


def test_unlabelled_articles_stay_as_they_are(maker: NeighbourMaker) -> None:
    source = Article("a1", TEXT, None, ())
    assert all(maker.inserted(source, random.Random(seed)) == source for seed in range(20))


def test_what_is_quoted_is_what_the_articles_quote(maker: NeighbourMaker) -> None:
    assert (set(maker.sentences), set(maker.fragments)) == (
        {"The bridge opens on Monday", "It took nine years"},
        {"slow but sure", "a wonder"},
    )
    assert maker.surnames == ["Brook", "Dunn"]


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_too_few_quotes_make_no_maker(kept: int) -> None:
    assert NeighbourMaker.of([article(TEXT, *(SOURCE.quotes or ())[:kept])], REGISTRY) is None


def test_outlets_are_known_and_invented_ones(maker: NeighbourMaker) -> None:
    made = [maker.article(random.Random(seed), "made") for seed in range(60)]
    named = {q.outlet for text in made for q in text.quotes or () if q.outlet}
    assert {"HuffPost", "Washington Post", "Washington Examiner", "Tide Radio", "Larkfield Herald"} <= named
    assert len(named) > 10
    assert all(re.match(r"\w", name) for name in named)
