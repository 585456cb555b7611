from __future__ import annotations

from benchmarks.timing import in_turn


def test_things_take_turns_after_a_warm_up() -> None:
    ran: list[str] = []
    times = in_turn({"a": lambda: ran.append("a"), "b": lambda: ran.append("b")}, rounds=2)
    assert ran == ["a", "b"] * 3
    assert times.keys() == {"a", "b"}


def test_the_warm_up_can_be_left_out() -> None:
    ran: list[str] = []
    in_turn({"a": lambda: ran.append("a")}, rounds=2, warm_up=False)
    assert ran == ["a", "a"]
