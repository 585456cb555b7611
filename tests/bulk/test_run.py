from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from service.bulk import run
from service.bulk.entries import Entry, Source
from service.bulk.errors import RunMismatch, TargetError
from service.bulk.results import Totals
from service.bulk.run import attribute_archive, identity_of
from service.bulk.sources import Lines

IDENTITY = {"archive": "1", "model": "2"}
ARTICLES = 10


class Killed(Exception):
    """Stands for a kill."""


@pytest.fixture
def source(tmp_path: Path) -> Source:
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps({"id": number}) + "\n" for number in range(ARTICLES)))
    return Lines(path, 1000)


class Engine:
    """Answers that nothing was quoted, until it is killed."""

    def __init__(self, kill_at: int = ARTICLES) -> None:
        self.kill_at = kill_at
        self.answered: list[int] = []

    def __call__(self, source: Source, done: int) -> Iterator[tuple[int, bytes]]:
        for number, entry in enumerate(source.entries()):
            if number < done:
                continue
            if number == self.kill_at:
                raise Killed
            self.answered.append(number)
            yield entry.position, self.line(entry)

    @staticmethod
    def line(entry: Entry) -> bytes:
        return json.dumps({"id": str(entry.value["id"]), "result": {"quotes": [], "publisher": None}}).encode() + b"\n"


def attribute(source: Source, target: Path, engine: Engine, identity: dict[str, str] = IDENTITY) -> Totals | None:
    return attribute_archive(source, target, identity, engine, Console(file=io.StringIO()))


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.csv"])
def test_a_run_gone_on_with_makes_what_an_uninterrupted_one_does(source: Source, tmp_path: Path, name: str) -> None:
    whole, target = tmp_path / f"whole-{name}", tmp_path / name
    assert attribute(source, whole, Engine()) == Totals(ARTICLES)
    with pytest.raises(Killed):
        attribute(source, target, Engine(kill_at=4))
    assert not target.exists()
    journal = tmp_path / f"{name}.partial" / "answers.jsonl"
    journal.write_bytes(journal.read_bytes()[:-3])  # torn
    second = Engine()
    assert attribute(source, target, second) == Totals(ARTICLES)
    assert second.answered == list(range(3, ARTICLES))
    assert target.read_bytes() == whole.read_bytes()
    assert not journal.parent.exists()


def test_a_finished_run_is_left_alone(source: Source, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    attribute(source, target, Engine())
    (tmp_path / "out.jsonl.partial").mkdir()  # killed before it had cleared up
    again = Engine()
    assert attribute(source, target, again) is None
    assert again.answered == []
    assert not (tmp_path / "out.jsonl.partial").exists()


def test_a_run_killed_while_it_wrote_its_table_writes_it_again(source: Source, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    with pytest.raises(Killed):
        attribute(source, target, Engine(kill_at=4))
    (tmp_path / "out.csv.partial" / "finished").write_text("half a tab")
    attribute(source, target, Engine())
    assert target.read_text().startswith("article,")


def test_it_is_told_what_the_writing_of_a_database_is_at(source: Source, tmp_path: Path) -> None:
    class Modelled(Engine):
        @staticmethod
        def line(entry: Entry) -> bytes:
            answer: dict[str, Any] = {"model": {"name": "fake"}, "quotes": [], "publisher": None}
            return json.dumps({"id": str(entry.value["id"]), "result": answer}).encode() + b"\n"

    printed = io.StringIO()
    attribute_archive(source, tmp_path / "out.db", IDENTITY, Modelled(), Console(file=printed))
    assert printed.getvalue().splitlines()[:2] == ["writing out.db", "10 articles written, with 0 quotes"]
    assert printed.getvalue().splitlines()[-1] == "indexing"


def test_another_run_is_not_gone_on_with(source: Source, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    with pytest.raises(Killed):
        attribute(source, target, Engine(kill_at=4))
    with pytest.raises(RunMismatch, match="another model"):
        attribute(source, target, Engine(), IDENTITY | {"model": "3"})
    assert attribute(source, target, Engine()) is not None


def test_an_empty_archive_has_an_empty_result(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").touch()
    assert attribute(Lines(tmp_path / "in.jsonl", 1000), tmp_path / "out.jsonl", Engine()) == Totals()
    assert (tmp_path / "out.jsonl").read_bytes() == b""


def test_a_result_of_no_known_format(source: Source, tmp_path: Path) -> None:
    with pytest.raises(TargetError, match=r"\.csv"):
        attribute(source, tmp_path / "out.doc", Engine())


def test_the_identity_changes_with_what_makes_the_answers(source: Source, tmp_path: Path) -> None:
    model = tmp_path / "model"
    model.mkdir()
    (model / "weights").write_bytes(b"1")
    one = identity_of(source, model, {"min_confidence": 0.0})
    assert identity_of(source, model, {"min_confidence": 0.0}) == one
    assert identity_of(source, model, {"min_confidence": 0.5})["options"] != one["options"]
    (model / "weights").write_bytes(b"2")
    assert identity_of(source, model, {"min_confidence": 0.0})["model"] != one["model"]


@pytest.mark.parametrize("file", ["data/outlets.toml", "data/given_names.txt", "attribution/text.py", "intake/html.py"])
def test_the_identity_changes_with_the_rules(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    copied = tmp_path / "service"
    for folder in ("attribution", "data", "intake"):
        shutil.copytree(run.SERVICE / folder, copied / folder)
    monkeypatch.setattr(run, "SERVICE", copied)
    one = identity_of(source, tmp_path, {})
    assert identity_of(source, tmp_path, {}) == one
    with (copied / file).open("a") as changed:
        changed.write("# another rule\n")
    assert identity_of(source, tmp_path, {})["rules"] != one["rules"]
