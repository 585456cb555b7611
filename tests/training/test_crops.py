"""Excerpts of articles: every label that is left stands over the words it stood over."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.attribution.text import Span
from tests.training.labelled import article, label
from training.corpus import Article, LabelledAttribution, LabelledQuote
from training.crops import crop, excerpt

PARAGRAPHS = (
    "Ada Brook runs the bridge.",
    "“It opens,” she told Tide Radio.",
    "Nobody was surprised. Brook had said so.",
    "“At last,” Brook said in the same interview.",
    "Carl Dunn, a welder, told The Larkfield Herald that “it holds.”",
    "Tide Radio asked him too. “It has to,” he said. “Always.”",
)
TEXT = "\n\n".join(PARAGRAPHS)
FIRST_TIDE = Span(TEXT.index("Tide Radio"), TEXT.index("Tide Radio") + len("Tide Radio"))


def _credited(quote: LabelledQuote, basis: str) -> LabelledQuote:
    """Credited with the first mention of Tide Radio, which is named twice."""
    return LabelledQuote(
        quote.span, quote.kind, quote.speaker, quote.type, quote.mention, "Tide Radio", FIRST_TIDE, basis, "told"
    )


ARTICLE = article(
    TEXT,
    _credited(label(TEXT, "It opens,", speaker="Ada Brook", mention="she"), "sentence"),
    _credited(label(TEXT, "At last,", speaker="Ada Brook", mention="Brook said"), "context"),
    label(
        TEXT,
        "it holds.",
        speaker="Carl Dunn",
        mention="Carl Dunn",
        outlet="The Larkfield Herald",
        outlet_mention="The Larkfield Herald",
        basis="sentence",
        role="told",
    ),
    label(TEXT, "It has to,", speaker="Carl Dunn", mention="he"),
    label(TEXT, "Always.", speaker="UNKNOWN"),
)


def paragraphs(first: int, last: int) -> Span:
    """From the start of one paragraph to the end of another, inclusive."""
    start = TEXT.index(PARAGRAPHS[first])
    return Span(start, TEXT.index(PARAGRAPHS[last]) + len(PARAGRAPHS[last]))


def quotes_of(found: Article) -> dict[str, LabelledQuote]:
    return {found.text[q.span.start + 1 : q.span.end - 1]: q for q in found.quotes or ()}


def labelled_spans(found: Article) -> Iterator[Span]:
    for quote in found.quotes or ():
        yield from (quote.span, *(quote.mention or ()))
        if quote.outlet_mention:
            yield quote.outlet_mention
    for attribution in found.attributions:
        yield from (*attribution.source, *attribution.content)


def test_labels_are_those_of_the_quotes_that_are_left() -> None:
    part = excerpt(ARTICLE, paragraphs(3, 4))
    assert part.text == "\n\n".join(PARAGRAPHS[3:5])
    assert list(quotes_of(part)) == ["At last,", "it holds."]
    assert quotes_of(part)["it holds."].outlet == "The Larkfield Herald"


def test_a_speaker_goes_by_the_fullest_name_that_is_left() -> None:
    assert quotes_of(excerpt(ARTICLE, paragraphs(0, 3)))["At last,"].speaker == "Ada Brook"
    assert quotes_of(excerpt(ARTICLE, paragraphs(2, 3)))["At last,"].speaker == "Brook"


def test_a_speaker_who_is_not_named_is_not_asked_for() -> None:
    quotes = quotes_of(excerpt(ARTICLE, paragraphs(5, 5)))
    assert quotes["It has to,"].speaker is None
    assert quotes["Always."].speaker == "UNKNOWN"
    assert quotes["Always."].mention is None


def test_an_outlet_that_is_named_is_credited() -> None:
    assert quotes_of(excerpt(ARTICLE, paragraphs(1, 3)))["At last,"].outlet == "Tide Radio"


def test_an_outlet_that_is_not_named_is_not_credited() -> None:
    quote = quotes_of(excerpt(ARTICLE, paragraphs(2, 4)))["At last,"]
    assert (quote.outlet, quote.outlet_mention, quote.basis, quote.role, quote.doubtful) == (
        None,
        None,
        None,
        None,
        False,
    )


def test_an_outlet_whose_mention_is_cut_off_but_is_named_elsewhere_is_in_doubt() -> None:
    quote = quotes_of(excerpt(ARTICLE, paragraphs(2, 5)))["At last,"]
    assert (quote.outlet, quote.doubtful) == (None, True)


def test_an_outlet_cut_out_of_the_quotes_own_sentence_is_in_doubt() -> None:
    start = TEXT.index("“It opens,”")
    quote = quotes_of(excerpt(ARTICLE, Span(start, start + len("“It opens,” she"))))["It opens,"]
    assert (quote.outlet, quote.doubtful) == (None, True)


def test_a_quote_that_is_cut_has_no_label() -> None:
    assert not excerpt(ARTICLE, Span(TEXT.index("opens"), TEXT.index("Nobody"))).quotes


def test_attributions_move_along() -> None:
    source, content = ("Carl Dunn, a welder", "it holds.")
    spans = [Span(TEXT.index(words), TEXT.index(words) + len(words)) for words in (source, content)]
    whole = Article("a1", TEXT, None, (LabelledAttribution((spans[0],), (spans[1],)),))
    part = excerpt(whole, paragraphs(4, 5))
    assert part.quotes is None
    assert [part.text[span.start : span.end] for span in labelled_spans(part)] == [source, content]
    assert excerpt(whole, paragraphs(0, 3)).attributions == ()


@pytest.mark.parametrize("text", ["", "“It opens,” she said.", "Nobody spoke.\nNobody at all.\n" * 9])
def test_what_has_no_labels_or_no_paragraphs_stays_as_it_is(text: str) -> None:
    for seed in range(8):
        assert crop(article(text), random.Random(seed)) == article(text)


def test_a_short_article_stays_as_it_is() -> None:
    text = "“It opens,” she said."
    short = article(text, label(text, "It opens,"))
    assert crop(short, random.Random(0)) == short


@given(seed=st.integers(0, 10_000))
@settings(deadline=None, max_examples=60)
def test_an_excerpt_is_whole_paragraphs_with_a_quote_and_every_label_is_verbatim(seed: int) -> None:
    part = crop(ARTICLE, random.Random(seed))
    assert part.text in TEXT
    assert part.quotes
    assert set(part.text.split("\n\n")) <= set(PARAGRAPHS)
    originals = quotes_of(ARTICLE)
    shift = TEXT.index(part.text)
    before = set(labelled_spans(ARTICLE))
    assert {Span(span.start + shift, span.end + shift) for span in labelled_spans(part)} <= before
    for words, quote in quotes_of(part).items():
        original = originals[words]
        assert (quote.kind, quote.type) == (original.kind, original.type)
        assert quote.speaker in {None, original.speaker, (original.speaker or "").split()[-1]}
        assert quote.outlet in {None, original.outlet}
        assert (quote.outlet is None) == (quote.outlet_mention is None)
