"""The engine end to end, with a model that answers at random: whatever it answers must hold together."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.attribution import QuoteAttributor, document
from service.attribution.model.decoding import QuotePrediction
from service.attribution.quotations import find_quotations
from service.records import Attribution, Mention, Outlet, Quote
from tests.attribution.texts import ANY_TEXT, BRIDGE

few = settings(deadline=None, max_examples=25)


def mentions(quote: Quote) -> list[Mention]:
    named = (quote.speaker.mention if quote.speaker else None, quote.outlet.mention if quote.outlet else None)
    return [mention for mention in named if mention is not None]


def check_quotes(text: str, quotes: tuple[Quote, ...]) -> None:
    ids = [q.id for q in quotes]
    assert ids == [f"q{n}" for n in range(1, len(quotes) + 1)]
    assert [q.start for q in quotes] == sorted(q.start for q in quotes)
    for number, quote in enumerate(quotes):
        assert quote.text == text[quote.start : quote.end] != ""
        assert all(m.text == text[m.start : m.end] != "" for m in mentions(quote))
        assert {quote.parent, quote.continues} <= {None, *ids[:number]}
        assert quote.kind == "speech" or (quote.speaker is None and quote.outlet is None)
        assert 0.5 <= quote.confidence <= 1
        assert all(0 <= party.confidence <= 1 for party in (quote.speaker, quote.outlet) if party)


def credited(quote: Quote) -> tuple[Outlet, ...]:
    return (*((quote.outlet,) if quote.outlet else ()), *quote.outlets_also)


def check_groups(attribution: Attribution) -> None:
    quotes = attribution.quotes
    assert [(s.id, s.quotes) for s in attribution.speakers] == [
        (key, tuple(q.id for q in quotes if q.speaker and q.speaker.id == key))
        for key in dict.fromkeys(q.speaker.id for q in quotes if q.speaker)
    ]
    assert [(o.id, o.quotes) for o in attribution.outlets] == [
        (key, tuple(q.id for q in quotes if key in {outlet.id for outlet in credited(q)}))
        for key in dict.fromkeys(outlet.id for q in quotes for outlet in credited(q))
    ]
    names = {s.id: s.name for s in attribution.speakers}
    assert len(set(names.values())) == len(names)
    assert all(q.speaker.name == names[q.speaker.id] for q in quotes if q.speaker)


@given(text=ANY_TEXT)
@example(BRIDGE)
@example("")
@example("“\u0301”")
@example("“\x00\ud800”")
@example('"' * 500)
@few
def test_what_holds_of_the_answer_to_any_text(engine: QuoteAttributor, text: str) -> None:
    everything = engine.attribute(text, include_nonspeech=True)
    spoken = engine.attribute(text)
    assert len(everything.quotes) == len(find_quotations(text))
    for answer in (everything, spoken):
        check_quotes(text, answer.quotes)
        check_groups(answer)
    assert [(q.start, q.end) for q in spoken.quotes] == [
        (q.start, q.end) for q in everything.quotes if q.kind == "speech"
    ]


@given(text=ANY_TEXT)
@example(BRIDGE)
@few
def test_nothing_is_surer_than_certain(engine: QuoteAttributor, text: str) -> None:
    answer = engine.attribute(text, min_confidence=1.01)
    assert not answer.speakers
    assert not answer.outlets
    assert all(q.speaker is None and q.outlet is None for q in answer.quotes)


@given(texts=st.lists(ANY_TEXT, max_size=4))
@example([BRIDGE, "", "No quote.", "“Yes,” said Ada Brook."])
@few
def test_articles_in_a_batch_are_answered_as_one_by_one(engine: QuoteAttributor, texts: list[str]) -> None:
    assert engine.attribute_batch(texts) == [engine.attribute(text) for text in texts]


def test_windows_of_several_articles_may_be_encoded_in_any_company(engine: QuoteAttributor) -> None:
    first, second = engine.read(BRIDGE), engine.read("“Yes,” said Ada Brook.")
    assert len(first.windows) > 1
    begun = engine.encode(first.windows[:1])
    *rest, last = engine.encode([*first.windows[1:], *second.windows])
    assert engine.answer(first, [*begun, *rest]) == engine.attribute(first.text)
    assert engine.answer(second, [last], include_nonspeech=True) == engine.attribute(
        second.text, include_nonspeech=True
    )


def test_the_answers_of_the_tiny_model_are_worth_testing(engine: QuoteAttributor) -> None:
    answer = engine.attribute(BRIDGE)
    assert len(answer.quotes) > 2
    assert answer.speakers
    assert answer.outlets


@pytest.mark.parametrize("text", ["", "\n", "Nobody said a word.", "It’s the players’ union, 6' 2\" tall."])
def test_a_text_without_quotes_has_an_empty_answer(engine: QuoteAttributor, text: str) -> None:
    assert engine.attribute(text) == Attribution(engine.model, (), (), ())


def test_no_articles_have_no_answers(engine: QuoteAttributor) -> None:
    assert engine.attribute_batch([]) == []


def test_an_article_of_many_sections_is_answered_in_full(engine: QuoteAttributor) -> None:
    text = "“Yes,” he said. " * 250
    answer = engine.attribute(text, include_nonspeech=True)
    assert len(answer.quotes) == 250
    check_quotes(text, answer.quotes)
    check_groups(answer)


def test_what_is_out_of_a_sections_reach_changes_none_of_its_predictions(engine: QuoteAttributor) -> None:
    """Long stretches of words stand between the quotes: of the second none is in reach of the first, or the reverse."""
    far = "it rained and rained. " * 700
    document = engine.read(f"{far}“Yes,” said Ada Brook.\n{far}“No,” said Carl Dunn.\n{far}")
    first, second = document.sections
    assert len(document.tokens) > first.within.stop
    assert first.within.stop < second.within.start
    width = engine.encode(document.windows[:1])[0].shape[1]
    vectors = torch.randn(len(document.tokens), width, generator=torch.Generator().manual_seed(0))

    def predicted(changed: range) -> list[QuotePrediction]:
        other = vectors.clone()
        other[changed.start : changed.stop] += 1.0
        return list(engine.predict(document, other).quotes)

    plain = predicted(range(0))
    for out_of_reach in (range(first.within.start), range(first.within.stop, second.within.start)):
        assert len(out_of_reach) > 1000
        assert predicted(out_of_reach) == plain
    assert predicted(second.within)[0] == plain[0] != predicted(first.within)[0]
    assert predicted(first.within)[1] == plain[1] != predicted(second.within)[1]


def test_predictions_of_a_text_without_quotes_are_empty(engine: QuoteAttributor) -> None:
    document = engine.read("Nobody said a word.")
    predicted = engine.predict(document, engine.join(document, engine.encode(document.windows)))
    assert (len(predicted.quotes), len(predicted.outlets)) == (0, 0)


def test_an_article_of_hundreds_of_outlets_and_quotes_is_answered(engine: QuoteAttributor) -> None:
    """As a list of credits might be: the chain's work must not grow with the square of the outlets."""
    text = "".join(f"“Yes,” he told {letter}{ending} Radio.\n" for letter in "BCDFGHKLMN" for ending in _ENDINGS)
    answer = engine.attribute(text, include_nonspeech=True)
    assert len(answer.quotes) == 10 * len(_ENDINGS)
    check_quotes(text, answer.quotes)


_ENDINGS = ("arn", "eld", "ost", "usk", "alm", "erf", "oft", "unt", "ask", "imb", "ord", "ulv")


def test_quotes_past_the_limit_are_left_out_with_a_warning(
    engine: QuoteAttributor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "MAX_QUOTATIONS", 3)
    answer = engine.attribute("“Yes,” he said. " * 5, include_nonspeech=True)
    assert len(answer.quotes) == 3
    (warning,) = answer.warnings
    assert "3" in warning
    assert "2" in warning
    assert not engine.attribute("“Yes,” he said. " * 3).warnings


def test_a_model_directory_is_all_it_takes(model_directory: Path) -> None:
    engine = QuoteAttributor.load(str(model_directory))
    assert engine.model.name == "tiny"
    assert engine.precision in {"float32", "bfloat16", "float16", "int8"}
    assert engine.attribute("“Yes,” said Ada Brook.", include_nonspeech=True).quotes[0].text == "Yes,"
