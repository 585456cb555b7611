"""What confidence is worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.labelled import article, label, returned
from training.calibrate import Claim
from training.confidence import calibration, claims, confidence_curve, expected_calibration_error
from training.metrics import Answered, judge
from training.sameness import UNKNOWN

TEXT = "“Rain,” said Ida Berg. “Snow,” said Tove Lind, the Courier reported. “Fog,” someone said."
ARTICLE = article(
    TEXT,
    label(TEXT, "Rain,", speaker="Ida Berg"),
    label(TEXT, "Snow,", speaker="Tove Lind", outlet="Courier", basis="sentence", role="reported"),
    label(TEXT, "Fog,", speaker=UNKNOWN),
)
ANSWERED = Answered(
    ARTICLE,
    (
        returned(TEXT, "Rain,", speaker="Ida Berg", speaker_confidence=0.95),
        returned(
            TEXT, "Snow,", speaker="Ida Berg", speaker_confidence=0.55, outlet="The Courier", outlet_confidence=0.6
        ),
        returned(TEXT, "Fog,", speaker="Tove Lind", speaker_confidence=0.35),
    ),
)


def test_confidence_that_is_borne_out_has_no_error() -> None:
    answers = [Claim(0.75, True), Claim(0.75, True), Claim(0.75, True), Claim(0.75, False), Claim(1.0, True)]
    assert expected_calibration_error(answers) == pytest.approx(0)


def test_the_error_is_the_distance_of_confidence_from_accuracy_weighted_by_size() -> None:
    answers = [Claim(0.95, False), Claim(0.55, True), Claim(0.55, False), Claim(0.55, False)]
    assert expected_calibration_error(answers) == pytest.approx(100 * (0.95 + 3 * (0.55 - 1 / 3)) / 4)
    assert expected_calibration_error([]) is None


@given(st.lists(st.builds(Claim, st.floats(0, 1), st.booleans()), min_size=1), st.integers(1, 20))
def test_the_error_stays_between_none_and_all(answers: list[Claim], bins: int) -> None:
    error = expected_calibration_error(answers, bins)
    assert error is not None
    assert 0 <= error <= 100 + 1e-9


def test_calibration_is_of_what_was_returned() -> None:
    result = calibration([judge(ANSWERED)])
    assert result["speaker"] == pytest.approx(100 * (0.05 + 0.55 + 0.35) / 3)
    assert result["outlet"] == pytest.approx(40)


def test_calibration_of_speakers_is_also_by_their_labelled_type() -> None:
    text = "“Rain,” said Ida Berg. “Snow,” said the Tide Watch. “Fog,” the report says."
    labelled = article(
        text,
        label(text, "Rain,", speaker="Ida Berg"),
        label(text, "Snow,", speaker="Tide Watch", type="organization"),
        label(text, "Fog,", speaker="the report", type="document"),
    )
    quotes = (
        returned(text, "Rain,", speaker="Ida Berg", speaker_confidence=0.95),
        returned(text, "Snow,", speaker="Ida Berg", speaker_confidence=0.75),
        returned(text, "Fog,"),
    )
    result = calibration([judge(Answered(labelled, quotes))])
    assert result["speaker, person"] == pytest.approx(5)
    assert result["speaker, organization"] == pytest.approx(75)
    assert result["speaker, document"] is result["speaker, group"] is result["outlet"] is None


def test_credits_in_doubt_say_nothing_about_confidence() -> None:
    text = "“Rain,” said Ida Berg."
    labelled = article(text, label(text, "Rain,", speaker="Ida Berg", doubtful=True))
    quote = returned(text, "Rain,", speaker="Ida Berg", outlet="Courier", outlet_confidence=0.9)
    assert claims([judge(Answered(labelled, (quote,)))]) == {"speaker": [Claim(0.9, True)], "outlet": []}


def test_a_higher_threshold_withholds_what_is_less_sure() -> None:
    curve = confidence_curve([ANSWERED], [0.0, 0.5, 0.9, 1.0])
    assert [curve[t]["speaker precision"] for t in (0.0, 0.5, 0.9, 1.0)] == [pytest.approx(100 / 3), 50, 100, None]
    assert [curve[t]["speaker recall"] for t in (0.0, 0.5, 0.9, 1.0)] == [50, 50, 50, 0]
    assert [curve[t]["outlet recall"] for t in (0.0, 0.5, 0.9, 1.0)] == [100, 100, 0, 0]


def test_a_speaker_withheld_is_right_where_a_reader_cannot_tell_either() -> None:
    curve = confidence_curve([ANSWERED], [0.0, 0.5])
    assert curve[0.0]["all right F1"] == pytest.approx(100 / 3)
    assert curve[0.5]["all right F1"] == pytest.approx(200 / 3)
