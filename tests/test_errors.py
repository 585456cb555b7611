"""Errors as problem documents."""

from __future__ import annotations

from service.errors import INVALID, PROBLEM_TYPES, QUEUE_FULL, FieldError, Problem


def test_every_type_of_problem_has_an_address_of_its_own() -> None:
    assert len({problem.uri for problem in PROBLEM_TYPES}) == len(PROBLEM_TYPES)
    assert all(problem.status >= 400 for problem in PROBLEM_TYPES)


def test_a_problem_has_the_members_of_the_standard() -> None:
    assert Problem(QUEUE_FULL, "Later.").members() == {
        "type": "urn:problem-type:quote-attribution:queue-full",
        "title": QUEUE_FULL.title,
        "status": 429,
        "detail": "Later.",
    }


def test_fields_at_fault_are_among_them() -> None:
    members = Problem(INVALID, "text: is empty", errors=[FieldError("text", "is empty")]).members()
    assert members["errors"] == [{"field": "text", "detail": "is empty"}]
