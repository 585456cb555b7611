"""Warnings for a text in which no quote was found."""

from __future__ import annotations

from service.intake.unquoted import EMPHASIS, NOTHING_QUOTED, QUESTIONS, unquoted_warnings

INTERVIEW = "Who are you?\nI am Ada.\nWhy did you come?\nTo see my mill.\nWhat for?\nNothing."


def test_a_text_without_signs_of_quotation_gets_no_warning() -> None:
    assert unquoted_warnings("The mill is old. It's ours.", (), has_turns=False) == ()


def test_each_sign_has_its_warning() -> None:
    assert unquoted_warnings("*It is old,* she said of the “mill”.", (), has_turns=False) == (NOTHING_QUOTED, EMPHASIS)


def test_an_interview_gets_a_warning_unless_it_was_read_as_one() -> None:
    assert unquoted_warnings(INTERVIEW, (), has_turns=False) == (QUESTIONS,)
    assert unquoted_warnings(INTERVIEW, (), has_turns=True) == ()
