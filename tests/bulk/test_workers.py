from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from service.bulk.answering import Options, give_up
from service.bulk.entries import Entry
from service.bulk.errors import LoadError
from service.bulk.workers import Workers
from tests.bulk.faked import KILLER, die_loading, fail_to_load, load_fake
from tests.fakes import POISON

pytestmark = pytest.mark.slow


def workers(load: object = load_fake, processes: int = 2) -> Workers:
    assert callable(load)
    return Workers(partial(load, Path(), Options()), partial(give_up, Options()), processes)


def test_each_article_gets_its_line_in_order_whatever_dies() -> None:
    texts = [f"“{number}”" for number in range(30)]
    texts[3], texts[11] = POISON, KILLER
    entries = [Entry({"id": str(number), "text": text}, number) for number, text in enumerate(texts)]
    with workers() as pool:
        answered = list(pool.answer(entries))
    assert [entry for entry, _ in answered] == entries
    lines = [json.loads(line) for _, line in answered]
    assert [line["id"] for line in lines] == [str(number) for number in range(30)]
    failed = {int(line["id"]): line["problem"]["detail"] for line in lines if "problem" in line}
    assert set(failed) == {3, 11}
    assert "died" in failed[11]
    assert all(line["result"]["quotes"][0]["text"] == line["id"] for line in lines if "result" in line)


def test_entries_are_read_no_further_ahead_than_needed() -> None:
    read: list[int] = []

    def entries() -> object:
        for number in range(1000):
            read.append(number)
            yield Entry({"text": "a"}, number)

    with workers(processes=1) as pool:
        next(pool.answer(entries()))  # type: ignore[arg-type]
    assert len(read) < 20


@pytest.mark.parametrize(("load", "complaint"), [(fail_to_load, "no weights here"), (die_loading, "died")])
def test_a_model_that_cannot_be_loaded_is_told(load: object, complaint: str) -> None:
    with workers(load) as pool, pytest.raises(LoadError, match=complaint):
        list(pool.answer([Entry({"text": "a"}, 0)]))
