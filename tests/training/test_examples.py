"""Examples: which questions are asked of each quote, and that the targets mark the right tokens."""

from __future__ import annotations

from typing import Any

import pytest
from torch import Tensor

from service.attribution.model.config import CHOICES, POINTERS
from service.attribution.text import Span
from tests.tiny_model import tiny_tokenizer
from training.corpus import Article, LabelledAttribution, LabelledQuote
from training.examples import GUESSED, UNMARKED, Example, build_example

TEXT = (
    "Ada Brook runs the bridge. “It opens,” she told Tide Radio. Brook doubts “fate”.\n"
    "Dunn hopes that it will hold. Tide Radio agreed."
)
TOKENIZER = tiny_tokenizer()


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


def build(quotes: list[LabelledQuote] | None, *attributions: LabelledAttribution) -> Example:
    example = build_example(
        Article("a1", TEXT, None if quotes is None else tuple(quotes), attributions), TEXT, TOKENIZER, ()
    )
    assert example is not None
    return example


def marked(example: Example, pointer: str, quote: int = 0) -> list[str]:
    """The words from each right start to the right end with the same rank; "none" where that is right."""
    columns = example.targets.starts[pointer][quote], example.targets.ends[pointer][quote]
    pairs = zip(*(column.nonzero().flatten().tolist() for column in columns), strict=True)
    tokens = example.tokens
    return ["none" if a == len(tokens) else TEXT[tokens.starts[a] : tokens.ends[b]] for a, b in pairs]


def asked(weights: dict[str, Tensor], quote: int = 0) -> dict[str, float]:
    return {name: round(w[quote].item(), 4) for name, w in weights.items() if w[quote] > 0}


def answers(example: Example, quote: int = 0) -> dict[str, str]:
    """The labelled answers to the closed questions that are asked."""
    targets = example.targets
    return {n: CHOICES[n][targets.choices[n][quote]] for n in CHOICES if targets.choice_weights[n][quote] > 0}


def test_targets_have_a_row_a_quote_and_a_column_more_than_tokens() -> None:
    example = build([label()])
    assert example.article == "a1"
    for columns in (example.targets.starts, example.targets.ends):
        assert {name: tuple(t.shape) for name, t in columns.items()} == dict.fromkeys(
            POINTERS, (2, len(example.tokens) + 1)
        )
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
    assert asked(example.targets.pointer_weights) == dict.fromkeys(POINTERS, 1.0)


def test_a_label_of_ours_means_the_nearest_place_with_its_words() -> None:
    text = "Ada Brook runs it. She waited. “She will, she will,” she told us later."
    quote = Span(text.index("“"), text.index("”") + 1)
    inside = Span(text.index("she will"), text.index("she will") + 3)
    article = Article("a1", text, (label(span=quote, mention=(inside,)),), ())
    example = build_example(article, text, TOKENIZER, ())
    assert example is not None
    (column,) = example.targets.starts["mention"][0].nonzero().flatten().tolist()
    assert example.tokens.starts[column] == text.index("she told")


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
    assert not asked(example.targets.pointer_weights, quote=1)


def test_a_quotation_without_a_label_is_asked_nothing() -> None:
    example = build([label("“fate”")])
    assert not answers(example, quote=0)
    assert not asked(example.targets.pointer_weights, quote=0)


def test_an_outlet_that_speaks_itself_may_be_the_mention_too() -> None:
    credit: dict[str, Any] = {"outlet": "Tide Radio", "outlet_mention": span("Tide Radio"), "basis": "sentence"}
    own = build([label(mention=(span("Tide Radio"),), role="own", **credit)])
    assert marked(own, "mention") == ["Tide Radio"]
    told = build([label(mention=(span("Tide Radio"),), role="told", **credit)])
    assert "mention" not in asked(told.targets.pointer_weights)


def test_attributions_give_weaker_answers_where_there_are_no_labels() -> None:
    example = build(None, attribution("Ada Brook", "It opens"))
    assert [answers(example, i) for i in range(2)] == [{"kind": "speech"}, {"kind": "nonspeech"}]
    assert asked(example.targets.choice_weights, 0) == asked(example.targets.choice_weights, 1) == {"kind": GUESSED}
    assert asked(example.targets.pointer_weights) == {"mention": 1.0, "name": UNMARKED, "outlet": GUESSED}
    assert marked(example, "mention") == ["Ada Brook"]
    assert marked(example, "name") == ["Ada Brook", "Brook"]
    assert marked(example, "outlet") == ["none"]


def test_the_name_of_a_pronoun_is_not_guessed() -> None:
    example = build(None, attribution("she", "It opens"))
    assert asked(example.targets.pointer_weights) == {"mention": 1.0, "outlet": GUESSED}


def test_indirect_speech_is_asked_for_its_source_but_no_other_quote_may_look_at_it() -> None:
    example = build([label()], attribution("Dunn", "it will hold"), attribution(None, "Tide Radio agreed"))
    assert example.quotes.listed.tolist() == [True, True, False]
    assert marked(example, "mention", quote=2) == ["Dunn"]
    assert asked(example.targets.pointer_weights, quote=2) == {"mention": UNMARKED, "name": UNMARKED}
    assert not answers(example, quote=2)


def test_labels_hold_for_a_rewrite_of_the_same_length() -> None:
    article = Article("a1", TEXT, (label(mention=(span("she"),)),), ())
    rewritten = TEXT.replace("“", '"').replace("”", '"').replace("\n", " ").lower()
    example = build_example(article, rewritten, TOKENIZER, ())
    assert example is not None
    assert marked(example, "mention") == ["she"]


@pytest.mark.parametrize("text", ["", " \n", "Nobody said a word."])
def test_an_article_with_nothing_to_ask_is_no_example(text: str) -> None:
    assert build_example(Article("a1", text, (), ()), text, TOKENIZER, ()) is None
