from __future__ import annotations

import time
from typing import cast

import pytest

from benchmarks import fairness
from benchmarks.server import Answer, Server

OK = Answer(200, b"", 0)


def test_short_articles_have_a_long_one_beside_them_to_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, ended = {True: list[float](), False: list[float]()}, {True: list[float](), False: list[float]()}

    def timed(_: Server, body: bytes) -> tuple[Answer, float]:
        is_long = body == fairness._LONG
        begun[is_long].append(time.monotonic())
        time.sleep(0.1 if is_long else 0.02)
        ended[is_long].append(time.monotonic())
        return OK, 1.0

    monkeypatch.setattr(fairness, "_timed", timed)
    monkeypatch.setattr(fairness, "_get", lambda *_: OK)
    monkeypatch.setattr(fairness, "_PAUSE", 0.02)
    fairness.long_beside_short(cast(Server, None))
    assert len(begun[False]) == len(fairness._SHORT) + fairness._SHORTS
    assert max(begun[False]) < max(ended[True])
