"""The list of wrong answers."""

from __future__ import annotations

from tests.training.labelled import article, label, returned
from training.errors import Answer, Error, list_errors
from training.metrics import Answered, judge

TEXT = "“The ferry is late,” said Mirela Dobos. “Again,” she told the Lindach Courier. “Nobody asked,” said Ivo Petrak."
LATE = label(TEXT, "The ferry is late,", speaker="Mirela Dobos")
AGAIN = label(TEXT, "Again,", speaker="Mirela Dobos", outlet="Lindach Courier")
NOTHING = Answer(None, None, None)


def test_right_answers_are_not_listed() -> None:
    right = returned(TEXT, "The ferry is late,", speaker="Mirela Dobos")
    assert list(list_errors(judge(Answered(article(TEXT, LATE), (right,))))) == []


def test_every_kind_of_error_is_listed_with_what_was_expected_and_given() -> None:
    wrong = returned(TEXT, "The ferry is late,", speaker="Ivo Petrak", speaker_confidence=0.6)
    extra = returned(TEXT, "Nobody asked,", speaker="Ivo Petrak", speaker_confidence=0.8)
    errors = list(list_errors(judge(Answered(article(TEXT, LATE, AGAIN), (wrong, extra)))))
    assert errors == [
        Error("invented", "name", "“The ferry is late,”", Answer("Mirela Dobos", "Ivo Petrak", 0.6), NOTHING),
        Error(
            "invented",
            "not found",
            "“Again,”",
            Answer("Mirela Dobos", None, None),
            Answer("Lindach Courier", None, None),
        ),
        Error("invented", "not labelled", "Nobody asked,", Answer(None, "Ivo Petrak", 0.8), NOTHING),
    ]
