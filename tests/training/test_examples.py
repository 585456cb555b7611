"""Examples: which questions are asked of each quote, and that the targets mark the right tokens."""

from __future__ import annotations

from itertools import cycle
from typing import Any, ClassVar

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from service.attribution.model.config import CHOICES, LONGEST, POINTERS
from service.attribution.model.features import SHAPE_FEATURES
from service.attribution.outlets.known import KnownOutlet
from service.attribution.outlets.registry import OutletRegistry
from service.attribution.quotations import find_quotations
from service.attribution.text import Span
from tests.attribution.texts import ANY_TEXT
from tests.tiny_model import tiny_tokenizer
from training.corpus import Article, LabelledAttribution, LabelledQuote
from training.examples import GUESSED, UNMARKED, Example, build_example

TEXT = (
    "Ada Brook runs the bridge. “It opens,” she told Tide Radio. Brook doubts “fate”.\n"
    "Dunn hopes that it will hold. Tide Radio agreed."
)
TOKENIZER = tiny_tokenizer()
REGISTRY = OutletRegistry(
    [KnownOutlet("tide", "Tide Radio", "GB", "broadcaster"), KnownOutlet("gull", "The Gull", "GB", "newspaper")]
)


def span(words: str, after: int = 0) -> Span:
    start = TEXT.index(words, after)
    return Span(start, start + len(words))


def label(words: str = "“It opens,”", **values: Any) -> LabelledQuote:
    given: dict[str, Any] = {"kind": "speech", "speaker": None, "type": None, "mention": None}
    given |= {"outlet": None, "outlet_mention": None, "basis": None, "role": None}
    given |= {"span": span(words)}
    return LabelledQuote(**(given | values))


def attribution(source: str | None, content: str) -> LabelledAttribution:
    return LabelledAttribution((span(source),) if source else (), (span(content),))


def example_of(article: Article, text: str | None = None) -> Example | None:
    return build_example(article, article.text if text is None else text, TOKENIZER, REGISTRY, ())


def build(quotes: list[LabelledQuote] | None, *attributions: LabelledAttribution) -> Example:
    example = example_of(Article("a1", TEXT, None if quotes is None else tuple(quotes), attributions))
    assert example is not None
    return example


def words(example: Example, first: int, last: int, text: str = TEXT) -> str:
    return text[example.tokens.starts[first] : example.tokens.ends[last]]


def marked(example: Example, pointer: str, quote: int = 0) -> list[str]:
    """The words of the right spans of a question that is asked, "none" where there are none."""
    targets = example.targets.pointers[pointer]
    if not targets.weights[quote]:
        return []
    spans = zip(targets.first[quote].tolist(), targets.last[quote].tolist(), strict=True)
    present = targets.present[quote].tolist()
    return [words(example, *span) for span, there in zip(spans, present, strict=True) if there] or ["none"]


def pointer_weights(example: Example) -> dict[str, Tensor]:
    return {name: targets.weights for name, targets in example.targets.pointers.items()}


def credited(example: Example, quote: int = 0) -> set[str]:
    """The first mention of each outlet that the chain may credit the quote to, and "none"."""
    chain = example.targets.chain
    named = ["none", *(words(example, int(first[0]), int(last[0])) for first, last in chain.outlets)]
    return {name for name, right in zip(named, chain.allowed[quote].tolist(), strict=True) if right}


def asked(weights: dict[str, Tensor], quote: int = 0) -> dict[str, float]:
    return {name: round(w[quote].item(), 4) for name, w in weights.items() if w[quote] > 0}


def answers(example: Example, quote: int = 0) -> dict[str, str]:
    """The labelled answers to the closed questions that are asked."""
    targets = example.targets
    return {n: CHOICES[n][targets.choices[n][quote]] for n in CHOICES if targets.choice_weights[n][quote] > 0}


def test_targets_have_a_row_a_quote() -> None:
    example = build([label()])
    assert example.article == "a1"
    assert example.targets.pointers.keys() == set(POINTERS)
    for targets in example.targets.pointers.values():
        assert targets.first.shape == targets.last.shape == targets.present.shape
        assert len(targets.first) == len(targets.weights) == 2
    assert len(example.targets.chain.allowed) == 2
    first, last = example.quotes.first.tolist(), example.quotes.last.tolist()
    assert [TEXT[example.tokens.starts[a] : example.tokens.ends[b]] for a, b in zip(first, last, strict=True)] == [
        "“It opens,”",
        "“fate”",
    ]


def test_a_labelled_quote_is_asked_everything() -> None:
    example = build(
        [
            label(
                speaker="Ada Brook",
                type="person",
                mention=(span("she"),),
                outlet="Tide Radio",
                outlet_mention=span("Tide Radio"),
                basis="sentence",
                role="told",
            )
        ]
    )
    assert answers(example) == {"kind": "speech", "type": "person", "basis": "sentence", "role": "told"}
    assert marked(example, "mention") == ["she"]
    assert marked(example, "name") == ["Ada Brook", "Brook"]
    assert marked(example, "outlet") == ["Tide Radio"]
    assert asked(pointer_weights(example)) == dict.fromkeys(POINTERS, 1.0)


def test_a_label_of_ours_means_the_nearest_place_with_its_words() -> None:
    text = "Ada Brook runs it. She waited. “She will, she will,” she told us later."
    quote = Span(text.index("“"), text.index("”") + 1)
    inside = Span(text.index("she will"), text.index("she will") + 3)
    article = Article("a1", text, (label(span=quote, mention=(inside,)),), ())
    example = example_of(article)
    assert example is not None
    targets = example.targets.pointers["mention"]
    assert targets.present[0].tolist() == [True]
    assert example.tokens.starts[targets.first[0, 0]] == text.index("she told")


def test_an_outlet_of_the_context_may_be_found_at_any_of_its_mentions() -> None:
    credit: dict[str, Any] = {"outlet": "Tide Radio", "outlet_mention": span("Tide Radio"), "role": "told"}
    assert marked(build([label(basis="context", **credit)]), "outlet") == ["Tide Radio", "Tide Radio"]
    assert marked(build([label(basis="sentence", **credit)]), "outlet") == ["Tide Radio"]


def test_none_is_an_answer() -> None:
    example = build([label(speaker="UNKNOWN")])
    assert marked(example, "name") == ["none"]
    assert marked(example, "outlet") == ["none"]


def test_a_segment_that_nobody_said_is_asked_nothing_else() -> None:
    example = build([label("“fate”", kind="nonspeech", type="person", mention=(span("Brook doubts"),))])
    assert answers(example, quote=1) == {"kind": "nonspeech"}
    assert not asked(pointer_weights(example), quote=1)


def test_a_quotation_without_a_label_is_asked_nothing() -> None:
    example = build([label("“fate”")])
    assert not answers(example, quote=0)
    assert not asked(pointer_weights(example), quote=0)


def test_an_outlet_that_speaks_itself_may_be_the_mention_too() -> None:
    credit: dict[str, Any] = {"outlet": "Tide Radio", "outlet_mention": span("Tide Radio"), "basis": "sentence"}
    own = build([label(mention=(span("Tide Radio"),), role="own", **credit)])
    assert marked(own, "mention") == ["Tide Radio"]
    told = build([label(mention=(span("Tide Radio"),), role="told", **credit)])
    assert "mention" not in asked(pointer_weights(told))


def test_attributions_give_weaker_answers_where_there_are_no_labels() -> None:
    example = build(None, attribution("Ada Brook", "It opens"))
    assert [answers(example, i) for i in range(2)] == [{"kind": "speech"}, {"kind": "nonspeech"}]
    assert asked(example.targets.choice_weights, 0) == asked(example.targets.choice_weights, 1) == {"kind": GUESSED}
    assert asked(pointer_weights(example)) == {"mention": 1.0, "name": UNMARKED, "outlet": GUESSED}
    assert marked(example, "mention") == ["Ada Brook"]
    assert marked(example, "name") == ["Ada Brook", "Brook"]
    assert marked(example, "outlet") == ["none"]


def test_the_name_of_a_pronoun_is_not_guessed() -> None:
    example = build(None, attribution("she", "It opens"))
    assert asked(pointer_weights(example)) == {"mention": 1.0, "outlet": GUESSED}


def test_indirect_speech_is_asked_for_its_source_but_no_other_quote_may_look_at_it() -> None:
    example = build([label()], attribution("Dunn", "it will hold"), attribution(None, "Tide Radio agreed"))
    assert example.quotes.shape[:, SHAPE_FEATURES.index("unmarked")].tolist() == [0, 0, 1]
    assert marked(example, "mention", quote=2) == ["Dunn"]
    assert asked(pointer_weights(example), quote=2) == {"mention": UNMARKED, "name": UNMARKED}
    assert not answers(example, quote=2)


def test_labels_hold_for_a_rewrite_of_the_same_length() -> None:
    article = Article("a1", TEXT, (label(mention=(span("she"),)),), ())
    rewritten = TEXT.replace("“", '"').replace("”", '"').replace("\n", " ").lower()
    example = example_of(article, rewritten)
    assert example is not None
    assert marked(example, "mention") == ["she"]


@pytest.mark.parametrize("text", ["", " \n", "Nobody said a word."])
def test_an_article_with_nothing_to_ask_is_no_example(text: str) -> None:
    assert example_of(Article("a1", text, (), ())) is None


def test_a_right_span_that_no_pointer_can_mean_is_not_asked_for() -> None:
    over_a_mark = Span(TEXT.index("opens"), TEXT.index("she") + 3)
    assert not marked(build([label(mention=(over_a_mark,))]), "mention")


@pytest.mark.parametrize("pointer", ["mention", "name"])
def test_right_spans_are_such_as_the_pointer_can_mean(pointer: str) -> None:
    long = Span(TEXT.index("Ada"), TEXT.index("“It opens") - 1)
    targets = build([label(speaker="Ada Brook", mention=(long,))]).targets.pointers[pointer]
    lengths = (targets.last - targets.first + 1)[targets.present]
    assert ((lengths >= 1) & (lengths <= LONGEST[pointer])).all()
    assert len(lengths)


class TestChain:
    CREDIT: ClassVar[dict[str, Any]] = {"outlet": "Tide Radio", "basis": "sentence", "role": "told"}

    def test_a_quote_may_be_credited_as_its_label_says(self) -> None:
        example = build([label(outlet_mention=span("Tide Radio"), **self.CREDIT), label("“fate”")])
        assert (credited(example, 0), credited(example, 1)) == ({"Tide Radio"}, {"none"})
        (places,) = example.targets.chain.outlets
        assert {"Tide Radio"} <= {words(example, *place) for place in zip(*map(Tensor.tolist, places), strict=True)}
        starts = {int(example.tokens.starts[first]) for first in places[0].tolist()}
        assert starts == {span("Tide Radio").start, span("Tide Radio agreed").start}

    @pytest.mark.parametrize(
        "values",
        [
            {"kind": "nonspeech"},
            {"doubtful": True},
            {"outlet": "Tide Radio", "basis": "sentence", "role": "told"},  # it is not said where
        ],
    )
    def test_a_quote_whose_credit_is_unknown_may_have_any(self, values: dict[str, Any]) -> None:
        assert credited(build([label(**values)])) == {"none", "Tide Radio"}

    def test_a_quote_without_a_label_may_have_any(self) -> None:
        assert credited(build([label("“fate”")]), 0) == {"none", "Tide Radio"}
        assert credited(build(None, attribution("Ada Brook", "It opens")), 0) == {"none", "Tide Radio"}

    def test_an_outlet_that_nothing_but_the_label_knows_is_one_too(self) -> None:
        example = build([label(outlet="Brook", outlet_mention=span("Brook doubts"), basis="context", role="wrote")])
        assert credited(example) == {"Brook doubts"}

    def test_indirect_speech_is_no_part_of_the_chain(self) -> None:
        example = build([label()], attribution("Dunn", "it will hold"))
        assert (len(example.quotes.first), len(example.targets.chain.allowed)) == (3, 2)


@given(text=ANY_TEXT, data=st.data())
@settings(deadline=None, max_examples=60)
def test_any_text_with_any_labels_makes_sound_targets(text: str, data: st.DataObject) -> None:
    edges = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda pair: Span(*sorted(pair)))
    found = [quotation.outer for quotation in find_quotations(text)]
    credits = {"outlet": "Tide Radio", "basis": "context", "role": "told"}
    quotes = [
        label(span=outer, speaker=speaker, mention=(data.draw(edges),), outlet_mention=data.draw(edges), **credits)
        for outer, speaker in zip(found, cycle(("Ada Brook", "UNKNOWN", "")), strict=False)
    ]
    example = example_of(Article("a1", text, tuple(quotes), ()))
    if example is None:
        return
    assert example.targets.chain.allowed.any(1).all()
    for name, targets in example.targets.pointers.items():
        first, last = targets.first[targets.present], targets.last[targets.present]
        assert ((first <= last) & (last < first + LONGEST[name]) & (last < len(example.tokens))).all()
        regions = example.quotes.regions
        assert torch.equal(regions[first], regions[last])
        assert (regions[first] >= 0).all()
        assert (targets.weights[targets.present.any(1)] > 0).all()
