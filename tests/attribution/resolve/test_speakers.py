"""Speakers from readings made by hand: which name wins, and when nobody does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.attribution.mentions.index import NameIndex
from service.attribution.model.decoding import Candidate, Pointing
from service.attribution.quotations import find_quotations
from service.attribution.resolve.speakers import SpeakerAnswer, SpeakerFinder
from service.attribution.text import Span
from tests.attribution.resolve.readings import pointing, reading, span_of

TEXT = (
    "Ada Brook leads the office. “It opens,” Brook said. “At last,” she added.\n"
    "Carl Dunn, her deputy, agreed. A tired welder wept."
)
FINDER = SpeakerFinder(TEXT, NameIndex.read(TEXT))
FIRST, SECOND = find_quotations(TEXT)


def find(mention: dict[str, float], name: dict[str, float], none: float = 0.0) -> SpeakerAnswer | None:
    """The speaker by what the pointers weigh; "none" takes all of a mention's weight that its words leave."""
    pointed = pointing(TEXT, mention, 1 - sum(mention.values()))
    return FINDER.find(FIRST.outer, reading(mention=pointed, name=pointing(TEXT, name, none)))


def test_a_name_in_the_clause_is_given_in_full() -> None:
    answer = find({"Brook said": 0.9}, {"Ada Brook": 0.8}, none=0.1)
    assert answer is not None
    assert answer.name == "Ada Brook"
    assert answer.mention == span_of(TEXT, "Brook said")
    assert 0.8 < answer.confidence < 1


def test_a_pronoun_gets_the_name_that_is_pointed_at() -> None:
    answer = find({"she": 0.9}, {"Ada Brook": 0.6, "Carl Dunn": 0.2}, none=0.2)
    assert answer is not None
    assert (answer.name, answer.mention) == ("Ada Brook", span_of(TEXT, "she"))
    assert answer.confidence > 0.6


def test_a_pronoun_is_no_name_of_the_other_sex() -> None:
    answer = find({"she": 0.9}, {"Carl Dunn": 0.5, "Ada Brook": 0.3}, none=0.2)
    assert answer is not None
    assert answer.name == "Ada Brook"


def test_a_pronoun_may_take_up_whoever_was_quoted_last() -> None:
    by_name = reading(mention=pointing(TEXT, {"Brook said": 0.9}, 0.1))
    by_pronoun = reading(mention=pointing(TEXT, {"she": 0.9}, 0.1))
    first, second = FINDER.find_all([FIRST, SECOND], [by_name, by_pronoun])
    assert first is not None
    assert second == SpeakerAnswer("Ada Brook", span_of(TEXT, "she"), second.confidence if second else 0)
    nonspeech = replace(by_name, choices=reading({"kind": "nonspeech"}).choices)
    assert FINDER.find_all([FIRST, SECOND], [nonspeech, by_pronoun])[1] is None


def test_a_description_of_a_named_person_gets_the_name() -> None:
    answer = find({"her deputy": 0.9}, {"Carl Dunn": 0.8}, none=0.1)
    assert answer is not None
    assert (answer.name, answer.mention) == ("Carl Dunn", span_of(TEXT, "her deputy"))


@pytest.mark.parametrize("name", [{}, {"A tired welder": 0.7}])
def test_a_source_that_is_never_named_keeps_its_description(name: dict[str, float]) -> None:
    answer = find({"A tired welder": 0.9}, name, none=0.2)
    assert answer is not None
    assert (answer.name, answer.mention) == ("A tired welder", span_of(TEXT, "A tired welder"))


def test_a_quote_without_a_clause_of_its_own_may_have_a_speaker() -> None:
    answer = find({}, {"Ada Brook": 0.75}, none=0.25)
    assert answer is not None
    assert (answer.name, answer.mention) == ("Ada Brook", None)
    assert answer.confidence == pytest.approx(0.75, abs=0.01)


def test_places_that_name_one_person_vote_together() -> None:
    answer = find({}, {"Carl Dunn": 0.375, "Ada Brook": 0.25, "Brook said": 0.25}, none=0.125)
    assert answer is not None
    assert answer.name == "Ada Brook"
    assert answer.confidence == pytest.approx(0.5, abs=0.05)


def test_a_name_that_only_stands_far_away_counts_for_little() -> None:
    text = TEXT + "\n" + "Nobody else spoke. " * 100 + "Edda Fenn slept."
    pointed = pointing(text, {"Edda Fenn": 0.6, "Carl Dunn": 0.3}, 0.1)
    answer = SpeakerFinder(text, NameIndex.read(text)).find(FIRST.outer, reading(name=pointed))
    assert answer is not None
    assert answer.name == "Carl Dunn"


def test_who_takes_up_the_name_before_it() -> None:
    text = "“Never,” said Ada Brook, who once said, “Always.” Carl Dunn laughed."
    second = find_quotations(text)[1]
    read = reading(mention=pointing(text, {"who once": 0.9}, 0.1), name=pointing(text, {"Carl Dunn": 0.6}, 0.1))
    answer = SpeakerFinder(text, NameIndex.read(text)).find(second.outer, read)
    assert answer is not None
    assert answer.name == "Ada Brook"


def test_a_body_gets_its_name_where_another_thing_keeps_its_description() -> None:
    text = "The Harbour Board met. “It opens,” the board said. “Soon,” the letter said."
    finder = SpeakerFinder(text, NameIndex.read(text))
    names = []
    for words in ("the board", "the letter"):
        pointed = pointing(text, {words: 0.9}, 0.1)
        read = reading({"type": "organization"}, mention=pointed, name=pointing(text, {"The Harbour Board": 0.6}, 0.1))
        answer = finder.find(find_quotations(text)[0].outer, read)
        names.append(answer and answer.name)
    assert names == ["Harbour Board", "the letter"]


def test_the_turns_of_a_transcript_name_their_speakers() -> None:
    text = "Carl Dunn spoke to Ada Brook:\n\n“DUNN: Is it open?\n\n“BROOK: It is.\n\n“WARNING: Keep off.”"
    finder = SpeakerFinder(text, NameIndex.read(text))
    quotations = find_quotations(text)
    answers = finder.find_all(quotations, [reading()] * 3)
    assert [answer and answer.name for answer in answers] == ["Carl Dunn", "Ada Brook", None]
    assert answers[0] is not None
    assert answers[0].mention == span_of(text, "DUNN")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Three readers.\n“It holds.” — Ada Brook, welder", "Ada Brook"),
        ("• “It holds.”\n― Sen. Ada Brook (Ind.)\nNo.", "Ada Brook"),
        ("“It holds.” - Ada Brook", "Ada Brook"),
        ("“It holds” — Ada Brook insists on it.", None),
        ("So “it holds” — Ada Brook, welder, was glad.", None),
        ("“It holds.” — which Ada Brook denied.", None),
        ("“It holds.” -Ada Brook", None),
    ],
)
def test_a_name_after_a_dash_signs_a_quote_that_opens_its_line(text: str, name: str | None) -> None:
    (answer,) = SpeakerFinder(text, NameIndex.read(text)).find_all(find_quotations(text), [reading()])
    assert (answer and answer.name) == name


def test_nobody_said_it() -> None:
    assert find({}, {}, none=1.0) is None
    assert find({}, {"Ada Brook": 0.3}, none=0.7) is None
    assert find({"she": 0.2}, {"Ada Brook": 0.3}, none=0.7) is None


def test_a_pronoun_that_nothing_explains_names_nobody() -> None:
    assert find({"she": 0.9}, {"she": 0.9}, none=0.1) is None


def test_names_without_any_weight_name_nobody() -> None:
    assert find({"she": 1.0}, {"she": 1.0, "Carl Dunn": 0.0}) is None


spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, 20)).map(lambda t: Span(t[0], min(len(TEXT), sum(t))))
candidates = st.builds(Candidate, spans, st.floats(0, 1), st.floats(0, 1))
pointings = st.builds(Pointing, st.lists(candidates, max_size=4).map(tuple), st.floats(0, 1))


@given(mention=pointings, name=pointings)
@settings(deadline=None)
def test_what_holds_of_any_answer(mention: Pointing, name: Pointing) -> None:
    answer = FINDER.find(FIRST.outer, reading(mention=mention, name=name))
    if answer is not None:
        assert answer.name.strip()
        assert 0 <= answer.confidence <= 1
        assert answer.mention in {None, *(c.span for c in mention.candidates)}
