"""Speakers from predictions made by hand: the evidence for each candidate, and whom a scorer chooses by it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.attribution.document import Document
from service.attribution.model.config import SPEAKER_FEATURES
from service.attribution.model.decoding import Candidate, PointerPrediction, QuotePrediction
from service.attribution.outlets.registry import OutletIdentity
from service.attribution.resolve.outlets import OutletAnswer
from service.attribution.resolve.speakers import (
    CONSIDERED,
    CandidateGatherer,
    Candidates,
    Scorer,
    SpeakerAnswer,
    find_speakers,
)
from service.attribution.text import Span
from service.records import OutletRole
from tests.attribution.resolve.predictions import pointer, predicted, prediction, read, span_of

TEXT = (
    "Ada Brook leads the Harbour Board. “It opens,” Brook said. “At last,” she added.\n"
    "Carl Dunn, her deputy, agreed: “So it does.” A tired welder wept. The board met, who knows where."
)
DOCUMENT = read(TEXT)
ADA, CARL = "Ada Brook", "Carl Dunn"


def gather(
    index: int,
    mention: Mapping[str, float] | None = None,
    name: Mapping[str, float] | None = None,
    answers: Mapping[str, str] | None = None,
    before: Sequence[str | None] = (),
    outlet: OutletAnswer | None = None,
    document: Document = DOCUMENT,
) -> Candidates:
    """The candidates for a quote by what its pointers weigh."""
    own = prediction(
        answers, mention=pointer(document.text, mention or {}), name=pointer(document.text, name or {}, none=0.25)
    )
    n_quotes = len(document.quotations)
    return CandidateGatherer(document, predicted(document, [own] * n_quotes, [outlet] * n_quotes)).candidates(
        index, before
    )


def evidence(candidates: Candidates, name: str | None) -> dict[str, float]:
    """The features of a candidate that say something."""
    row = candidates.features[candidates.names.index(name)]
    return {feature: value for feature, value in zip(SPEAKER_FEATURES, row, strict=True) if value}


def scorer(**weights: float) -> Scorer:
    """Scores by a few features, the underscores of their names for spaces."""

    def probabilities(features: Sequence[Sequence[float]]) -> list[float]:
        columns = {SPEAKER_FEATURES.index(name.replace("_", " ")): weight for name, weight in weights.items()}
        odds = [math.exp(sum(row[i] * weight for i, weight in columns.items())) for row in features]
        return [o / sum(odds) for o in odds]

    return probabilities


def test_the_candidates_are_whom_the_pointers_mean_who_was_quoted_last_and_nobody() -> None:
    candidates = gather(2, {"A tired welder": 0.9}, {"Ada Brook": 0.5}, before=[None, CARL])
    assert candidates.names == (ADA, "A tired welder", CARL, None)
    assert candidates.mention == span_of(TEXT, "A tired welder")
    assert evidence(candidates, None)["nobody"] == 1.0
    assert "nobody" not in evidence(candidates, ADA)


def test_a_name_in_the_clause_is_evidence_for_whom_it_names_in_full() -> None:
    candidates = gather(0, {"Brook said": 0.9}, {"Ada Brook": 0.8})
    assert candidates.names == (ADA, None)
    assert evidence(candidates, ADA)["named"] == pytest.approx(0.9)
    assert evidence(candidates, ADA)["pointed x named"] == pytest.approx(0.9 * evidence(candidates, ADA)["pointed"])


@pytest.mark.parametrize(("name", "agreeing", "opposed"), [("Ada Brook", 0.9, 0), ("Carl Dunn", 0, 0.9)])
def test_a_pronoun_agrees_with_a_name_or_not(name: str, agreeing: float, opposed: float) -> None:
    own = evidence(gather(1, {"she": 0.9}, {name: 0.5}), name)
    assert (own.get("agreeing", 0), own.get("opposed", 0)) == pytest.approx((agreeing, opposed))
    assert own["near x pronoun"] == pytest.approx(0.9 * own["near"])


def test_several_speak_for_an_organisation() -> None:
    document = read("The Harbour Board met. “We open,” they said.")
    own = evidence(gather(0, {"they": 0.9}, {"Harbour Board": 0.5}, document=document), "Harbour Board")
    assert own["several, organisation"] == pytest.approx(0.9)


def test_who_takes_up_the_name_before_it() -> None:
    document = read("“Never,” said Ada Brook, who once said, “Always.” Carl Dunn laughed.")
    candidates = gather(1, {"who once": 0.9}, {"Carl Dunn": 0.6}, document=document)
    assert evidence(candidates, ADA)["who"] == pytest.approx(0.9)
    assert "who" not in evidence(candidates, CARL)


def test_an_office_is_evidence_for_its_holder() -> None:
    document = read("Senator Ada Brook and Carl Dunn met. “It opens,” the senator said.")
    own = evidence(gather(0, {"the senator": 0.9}, document=document), ADA)
    assert own["holder"] == pytest.approx(0.9)


def test_a_description_is_a_candidate_and_counts_by_what_the_speaker_is() -> None:
    own = evidence(gather(2, {"A tired welder": 0.8}, answers={"type": "person"}), "A tired welder")
    assert own["described"] == pytest.approx(0.8)
    assert own["described person"] == pytest.approx(0.8 * 0.9)
    assert own["described organization"] == pytest.approx(0.8 * 0.1 / 4)
    assert "bears a name" not in own


def test_a_description_may_end_in_a_word_of_a_name() -> None:
    candidates = gather(2, {"The board": 0.8}, {"Harbour Board": 0.5})
    assert evidence(candidates, "Harbour Board")["shares the head"] == pytest.approx(0.8)
    assert "shares the head" not in evidence(candidates, "The board")


def test_who_was_quoted_before_is_told_by_how_long_ago() -> None:
    candidates = gather(2, name={"A tired welder": 0.5}, before=[CARL, ADA])
    assert evidence(candidates, ADA)["last"] == evidence(candidates, CARL)["last but one"] == 1.0
    assert not {"last", "last but one"} & evidence(candidates, "A tired welder").keys()
    again = gather(2, before=[CARL, CARL])
    assert again.names == (CARL, None)


def test_who_was_quoted_last_counts_the_more_the_closer_by() -> None:
    gaps = [q.outer.start - p.outer.end for p, q in zip(DOCUMENT.quotations, DOCUMENT.quotations[1:], strict=False)]
    near, far = (evidence(gather(i, before=[ADA] * i), ADA)["last, close by"] for i in (1, 2))
    assert gaps[0] < gaps[1]
    assert 1 > near > far > 0
    assert "last, close by" not in evidence(gather(1, {"Carl Dunn": 0.5}, before=[ADA]), CARL)


def test_a_place_of_hardly_any_weight_is_no_evidence() -> None:
    assert gather(0, {"Brook said": CONSIDERED / 2}).names == (None,)
    assert gather(0, {"Brook said": CONSIDERED}).names == (ADA, None)


def test_what_is_the_same_for_all_candidates() -> None:
    candidates = gather(0, {"Brook said": 0.5, "A tired welder": 0.25}, answers={"type": "document"})
    for name in candidates.names:
        own = evidence(candidates, name)
        assert own["no mention"] == pytest.approx(0.25)
        assert own["nobody, by the pointer"] == pytest.approx(0.25)
        assert own["is document or group"] == pytest.approx(0.9 + 0.1 / 4)


@pytest.mark.parametrize(("role", "reports", "own_words"), [("told", 0.975, 0.025), ("own", 0.1, 0.9)])
def test_the_credited_outlet_reports_or_speaks_for_itself(role: OutletRole, reports: float, own_words: float) -> None:
    credit = OutletAnswer(
        OutletIdentity("board", "the Harbour Board"), span_of(TEXT, "Harbour Board"), "sentence", role, 0.9
    )
    candidates = gather(0, {"Brook said": 0.5}, {"Harbour Board": 0.5}, {"role": role}, outlet=credit)
    own = evidence(candidates, "Harbour Board")
    assert (own["reports"], own["own words"]) == pytest.approx((reports, own_words))
    assert not {"reports", "own words"} & evidence(candidates, ADA).keys()


@pytest.mark.parametrize(
    ("clause", "reported"),
    [
        ("the Gazette reported", 1.0),
        ("the Gazette first reported", 1.0),
        ("the Gazette said", 0.0),
        ("the Gazette’s reporters wrote", 0.0),
    ],
)
def test_the_credited_outlet_may_have_reported(clause: str, reported: float) -> None:
    document = read(f"“It opens,” {clause}.")
    credit = OutletAnswer(
        OutletIdentity("gazette", "Gazette"), span_of(document.text, "Gazette"), "sentence", "reported", 0.9
    )
    candidates = gather(0, {"Gazette": 0.5}, {"Gazette": 0.5}, outlet=credit, document=document)
    name = next(name for name in candidates.names if name and "Gazette" in name)
    assert evidence(candidates, name).get("has reported", 0.0) == reported


def test_a_quote_within_a_quote_knows_who_says_the_outer_one() -> None:
    document = read("“He said ‘never’ twice,” said Ada Brook to Carl Dunn.")
    candidates = gather(1, name={"Carl Dunn": 0.5}, before=[ADA], document=document)
    assert evidence(candidates, ADA)["around"] == 1.0
    assert "around" not in evidence(candidates, CARL)


def test_the_turns_of_a_transcript_are_labelled_with_their_speakers() -> None:
    document = read("Carl Dunn spoke to Ada Brook:\n\n“DUNN: Is it open?\n\n“BROOK: It is.\n\n“WARNING: Keep off.”")
    candidates = [gather(index, document=document, before=[None] * index) for index in range(3)]
    assert [c.names for c in candidates] == [(CARL, None), (ADA, None), (None,)]
    assert evidence(candidates[0], CARL)["labelled"] == 1.0
    assert candidates[0].mention == span_of(document.text, "DUNN")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Three readers.\n“It holds.” — Ada Brook, welder", ADA),
        ("• “It holds.”\n― Sen. Ada Brook (Ind.)\nNo.", ADA),
        ("“It holds.” - Ada Brook", ADA),
        ("“It holds” — Ada Brook insists on it.", None),
        ("So “it holds” — Ada Brook, welder, was glad.", None),
        ("“It holds.” — which Ada Brook denied.", None),
        ("“It holds.” -Ada Brook", None),
    ],
)
def test_a_name_after_a_dash_signs_a_quote_that_opens_its_line(text: str, name: str | None) -> None:
    candidates = gather(0, document=read(text))
    assert [n for n in candidates.names if n and evidence(candidates, n).get("labelled")] == ([name] if name else [])


def find(predictions: Sequence[QuotePrediction], by: Scorer) -> list[SpeakerAnswer | None]:
    return find_speakers(DOCUMENT, predicted(DOCUMENT, predictions), by)


def test_whom_the_scorer_gives_most_is_the_speaker_with_that_confidence() -> None:
    named = prediction(mention=pointer(TEXT, {"Brook said": 0.9}))
    (answer, *_) = find([named] * 3, scorer(named=math.log(4) / 0.9))
    assert answer is not None
    assert (answer.name, answer.mention) == (ADA, span_of(TEXT, "Brook said"))
    assert answer.confidence == pytest.approx(0.8)


def test_a_speaker_comes_with_where_the_article_names_and_introduces_them() -> None:
    document = read("Mayor Ada Brook met us. “It opens,” Brook said.")
    own = prediction(mention=pointer(document.text, {"Brook said": 0.9}))
    (answer,) = find_speakers(document, predicted(document, [own]), scorer(named=9.0))
    assert answer is not None
    assert (answer.named_at, answer.title) == (span_of(document.text, "Ada Brook"), span_of(document.text, "Mayor"))


def test_nobody_may_be_named() -> None:
    named = prediction(mention=pointer(TEXT, {"Brook said": 0.9}))
    assert find([named] * 3, scorer(nobody=9.0)) == [None] * 3


def test_who_was_quoted_is_evidence_for_the_next_quote_if_somebody_said_it() -> None:
    named, silent = prediction(mention=pointer(TEXT, {"Brook said": 0.9})), prediction()
    by = scorer(last=2.0, named=2.0, nobody=1.0)
    assert [answer and answer.name for answer in find([named, silent, silent], by)] == [ADA] * 3
    unsaid = prediction({"kind": "nonspeech"}, mention=pointer(TEXT, {"Brook said": 0.9}))
    assert [answer and answer.name for answer in find([unsaid, silent, silent], by)] == [ADA, None, None]


spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, 20)).map(lambda t: Span(t[0], min(len(TEXT), sum(t))))
pointers = st.builds(
    PointerPrediction,
    st.lists(st.builds(Candidate, spans, st.floats(0, 1), st.floats(0, 1)), max_size=4).map(tuple),
    st.floats(0, 1),
)


@given(
    mention=pointers, name=pointers, before=st.lists(st.sampled_from([None, ADA, CARL, "A tired welder"]), max_size=2)
)
@settings(deadline=None)
def test_what_holds_of_the_candidates_of_any_prediction(
    mention: PointerPrediction, name: PointerPrediction, before: list[str | None]
) -> None:
    own = prediction(mention=mention, name=name)
    candidates = CandidateGatherer(DOCUMENT, predicted(DOCUMENT, [own] * 3)).candidates(len(before), before)
    assert candidates.names[-1] is None
    assert len(set(candidates.names)) == len(candidates.names) == len(candidates.features)
    assert all(n is None or n.strip() for n in candidates.names)
    assert all(len(row) == len(SPEAKER_FEATURES) and all(map(math.isfinite, row)) for row in candidates.features)
    assert candidates.mention in {None, *(candidate.span for candidate in mention.candidates)}
