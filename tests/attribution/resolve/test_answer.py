"""The answer for an article, composed from decisions made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from service.attribution.outlets.registry import OutletIdentity
from service.attribution.quotations import find_quotations
from service.attribution.resolve.answer import Decision, compose
from service.attribution.resolve.outlets import OutletAnswer
from service.attribution.resolve.speakers import SpeakerAnswer
from service.records import Attribution, CreditedOutlet, Mention, ModelInfo, QuotedSpeaker
from tests.attribution.resolve.predictions import prediction, span_of

MODEL = ModelInfo("tiny", "1", "00")
TEXT = "Ada Brook told Tide Radio: “It opens.” “The ‘bridge’ does,” she said."


def speaker(name: str = "Ada Brook", confidence: float = 0.8, words: str | None = "she") -> SpeakerAnswer:
    return SpeakerAnswer(name, span_of(TEXT, words) if words else None, confidence)


def outlet(key: str = "tide", confidence: float = 0.7) -> OutletAnswer:
    identity = OutletIdentity(key, key.title())
    return OutletAnswer(identity, span_of(TEXT, "Tide Radio"), "sentence", "told", confidence)


def said(who: SpeakerAnswer | None = None, where: OutletAnswer | None = None) -> Decision:
    return Decision(prediction(), "speech", who, where)


def unsaid() -> Decision:
    return Decision(prediction({"kind": "nonspeech"}), "nonspeech", speaker(), outlet())


def answer(decisions: Sequence[Decision], text: str = TEXT, **options: Any) -> Attribution:
    return compose(MODEL, text, find_quotations(text), decisions, **options)


def test_quotes_are_verbatim_and_numbered_in_order() -> None:
    result = answer([said(), said(), said()])
    assert [(q.id, q.text, q.kind, q.parent) for q in result.quotes] == [
        ("q1", "It opens.", "speech", None),
        ("q2", "The ‘bridge’ does,", "speech", None),
        ("q3", "bridge", "speech", "q2"),
    ]
    assert all(TEXT[q.start : q.end] == q.text and q.closed and q.continues is None for q in result.quotes)
    assert all(q.confidence == 0.9 for q in result.quotes)
    assert (result.model, result.speakers, result.outlets, result.warnings) == (MODEL, (), (), ())


def test_speaker_and_outlet_are_given_with_their_mentions() -> None:
    quote = answer([said(speaker(), outlet()), said(), said()]).quotes[0]
    assert quote.speaker is not None
    assert (quote.speaker.name, quote.speaker.type, quote.speaker.confidence) == ("Ada Brook", "person", 0.8)
    start = TEXT.index("she")
    assert quote.speaker.mention == Mention("she", start, start + 3)
    assert quote.outlet is not None
    assert (quote.outlet.id, quote.outlet.name) == ("tide", "Tide")
    assert (quote.outlet.basis, quote.outlet.role, quote.outlet.confidence) == ("sentence", "told", 0.7)
    assert quote.outlet.mention.text == "Tide Radio"


def test_a_speaker_may_have_no_mention() -> None:
    quote = answer([said(speaker(words=None)), said(), said()]).quotes[0]
    assert quote.speaker is not None
    assert quote.speaker.mention is None


def test_a_speaker_comes_with_the_full_name_and_title_in_the_articles_words() -> None:
    who = replace(speaker(), named_at=span_of(TEXT, "Ada Brook"), title=span_of(TEXT, "Tide"))
    (quote, *_) = answer([said(who), said(), said()]).quotes
    assert quote.speaker is not None
    assert quote.speaker.named_at == Mention("Ada Brook", 0, 9)
    assert quote.speaker.title == "Tide"


def test_segments_that_nobody_said_are_left_out() -> None:
    result = answer([said(), unsaid(), said()])
    assert [(q.id, q.text, q.parent) for q in result.quotes] == [("q1", "It opens.", None), ("q2", "bridge", None)]


def test_segments_that_nobody_said_come_without_speaker_and_outlet() -> None:
    result = answer([said(speaker()), unsaid(), said()], include_nonspeech=True)
    assert [(q.id, q.kind, q.parent) for q in result.quotes] == [
        ("q1", "speech", None),
        ("q2", "nonspeech", None),
        ("q3", "speech", "q2"),
    ]
    assert result.quotes[1].speaker is None
    assert result.quotes[1].outlet is None
    assert result.quotes[1].confidence == 0.9


def test_quotes_are_grouped_by_speaker_and_outlet() -> None:
    ada, carl = speaker(), speaker("Carl Dunn")
    result = answer([said(ada, outlet()), said(carl, outlet("herald")), said(ada, outlet())])
    assert [q.speaker.id for q in result.quotes if q.speaker] == ["s1", "s2", "s1"]
    assert result.speakers == (
        QuotedSpeaker("s1", "Ada Brook", "person", ("q1", "q3")),
        QuotedSpeaker("s2", "Carl Dunn", "person", ("q2",)),
    )
    assert result.outlets == (
        CreditedOutlet("tide", "Tide", ("q1", "q3")),
        CreditedOutlet("herald", "Herald", ("q2",)),
    )


def test_a_speaker_has_one_type_throughout() -> None:
    group = Decision(prediction({"type": "group"}), "speech", speaker(), None)
    result = answer([said(speaker()), group, said()])
    assert {q.speaker.type for q in result.quotes if q.speaker} == {s.type for s in result.speakers}


@pytest.mark.parametrize(("least", "has_speaker", "has_outlet"), [(0.7, True, True), (0.71, True, False)])
def test_what_is_less_sure_than_asked_is_left_out(least: float, has_speaker: bool, has_outlet: bool) -> None:
    result = answer([said(speaker(), outlet()), said(), said()], min_confidence=least)
    assert (result.quotes[0].speaker is not None, result.quotes[0].outlet is not None) == (has_speaker, has_outlet)
    assert (len(result.speakers), len(result.outlets)) == (has_speaker, has_outlet)


def test_nothing_is_surer_than_certain() -> None:
    result = answer([said(speaker(confidence=1.0), outlet(confidence=1.0))] * 3, min_confidence=1.01)
    assert len(result.quotes) == 3
    assert not result.speakers
    assert not result.outlets


def test_warnings_are_passed_on() -> None:
    assert answer([said()] * 3, warnings=("too long",)).warnings == ("too long",)


def test_probabilities_are_rounded_and_stay_probabilities() -> None:
    result = answer([said(speaker(confidence=2 / 3), outlet(confidence=1 + 1e-9)), said(), said()])
    assert result.quotes[0].speaker is not None
    assert result.quotes[0].speaker.confidence == 0.6667
    assert result.quotes[0].outlet is not None
    assert result.quotes[0].outlet.confidence == 1


def test_parts_of_an_utterance_share_the_surest_answer() -> None:
    text = "“It opens.\n“At last.\n“On Monday,” said Ada Brook. “So?”"
    unsure, sure = SpeakerAnswer("Carl Dunn", None, 0.3), SpeakerAnswer("Ada Brook", None, 0.9)
    result = answer([said(unsure), said(), said(sure), said(unsure)], text)
    assert [(q.id, q.continues) for q in result.quotes] == [("q1", None), ("q2", "q1"), ("q3", "q2"), ("q4", None)]
    assert [q.speaker.name for q in result.quotes if q.speaker] == [*["Ada Brook"] * 3, "Carl Dunn"]
