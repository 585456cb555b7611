from __future__ import annotations

import csv
import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import service.cli as cli
from service.database.search import Search, opened, search
from service.settings import PROJECT_ROOT
from tests.article_files import ARTICLES
from tests.bulk import faked, kills
from tests.waiting import wait_for

pytestmark = pytest.mark.slow


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    kills.write_archive(path, 30)
    return path


def test_an_archive(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out.jsonl"
    assert faked.main([str(archive), str(target), "--processes", "1", "--allow-failures"]) == 0
    assert "30 articles, 3 of them failed, 27 quotes" in capsys.readouterr().err
    assert kills.faults(archive, target) == []
    assert faked.main([str(archive), str(target), "--allow-failures"]) == 0
    assert "already exists" in capsys.readouterr().err


def test_an_archive_as_a_database_killed_and_gone_on_with(archive: Path, tmp_path: Path) -> None:
    whole, target = tmp_path / "whole.db", tmp_path / "out.db"
    assert kills.run(archive, whole, kills.STAND_IN)
    kills.kill(archive, target, kills.STAND_IN, times=2, most=20_000)
    kills.run(archive, target, kills.STAND_IN)
    assert kills.faults(archive, target) == []
    assert kills.database_rows(target) == kills.database_rows(whole)
    with opened(target) as connection:
        assert len(search(connection, Search(speaker="Brook", outlet="reuters", limit=99))) == 27


def test_offsets_of_a_database_count_code_points(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert faked.main([str(archive), str(tmp_path / "out.db"), "--offset-unit", "utf8"]) == 1
    assert "code points" in capsys.readouterr().err


def test_standard_input_is_gone_on_with_too(archive: Path, tmp_path: Path) -> None:
    arguments = [sys.executable, "-m", "tests.bulk.faked", "-", str(tmp_path / "out.jsonl"), "--allow-failures"]
    done = subprocess.run(arguments, cwd=PROJECT_ROOT, input=archive.read_bytes(), capture_output=True, check=True)
    assert b"30 articles" in done.stderr
    assert kills.faults(archive, tmp_path / "out.jsonl") == []
    assert not (tmp_path / "out.jsonl.partial").exists()


def test_failures_are_listed_and_fail_the_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = tmp_path / "in.jsonl"
    archive.write_text('{"text": "“a”"}\n' + '{"id": "blank", "text": " "}\n' * 12)
    assert faked.main([str(archive), str(tmp_path / "out.jsonl"), "--processes", "1"]) == 1
    listed = capsys.readouterr().err
    assert listed.count("failed: blank: text: is empty") == 10
    assert f"and 2 more, each with its problem in {tmp_path / 'out.jsonl'}" in listed


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv", "out.db"])
def test_the_failures_of_an_earlier_run_fail_this_one_too(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = tmp_path / "in.jsonl"
    archive.write_text('{"text": "“a”"}\n' + '{"id": "blank", "text": " "}\n')
    arguments = [str(archive), str(tmp_path / name), "--processes", "1"]
    assert faked.main([*arguments, "--allow-failures"]) == 0
    capsys.readouterr()
    assert faked.main(arguments) == 1
    said = capsys.readouterr().err
    assert "already exists" in said
    assert "failed: blank: text: is empty" in said
    assert faked.main([*arguments, "--allow-failures"]) == 0


def test_a_file_in_the_way_that_is_no_result_is_told(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out.csv").write_text("a,b\n1,2\n")
    assert faked.main([str(archive), str(tmp_path / "out.csv")]) == 1
    assert capsys.readouterr().err.startswith("error: ")


@pytest.mark.parametrize(("options", "status"), [([], 1), (["--allow-failures"], 0)])
def test_an_archive_without_articles_fails_the_run(tmp_path: Path, options: list[str], status: int) -> None:
    (tmp_path / "in.jsonl").touch()
    assert faked.main([str(tmp_path / "in.jsonl"), str(tmp_path / "out.jsonl"), *options]) == status


def test_a_kill_at_a_random_moment_loses_and_doubles_nothing(archive: Path, tmp_path: Path) -> None:
    """``python -m tests.bulk.kills`` does this at length."""
    whole, target = tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    faked.main([str(archive), str(whole), "--processes", "1"])
    kills.run(archive, target, kills.STAND_IN, kill_at=random.randint(0, whole.stat().st_size))
    kills.run(archive, target, kills.STAND_IN)
    assert kills.faults(archive, target) == []
    assert target.read_bytes() == whole.read_bytes()


@pytest.mark.parametrize(
    ("source", "target", "complaint"),
    [
        ("none.jsonl", "out.jsonl", "does not exist"),
        ("in.jsonl", "out.doc", "not named"),
        ("in.jsonl", "no/out.csv", "No such"),
    ],
)
def test_a_run_that_cannot_begin(
    archive: Path, source: str, target: str, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert faked.main([str(archive.with_name(source)), str(archive.parent / target)]) == 1
    error = capsys.readouterr().err
    assert error.startswith("error: ")
    assert complaint in error


def test_ctrl_c_says_how_to_resume(archive: Path, tmp_path: Path) -> None:
    process = interruptible(["tests.bulk.faked", str(archive), str(tmp_path / "out.jsonl"), "--allow-failures"])
    journal = tmp_path / "out.jsonl.partial"
    wait_for(lambda: journal.exists() or process.poll() is not None, seconds=300)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=300)
    if process.returncode:  # it may have been done by then
        assert process.returncode == 130
        assert b"repeat the command to resume" in errors
        assert b"Traceback" not in errors


def interruptible(module: list[str]) -> subprocess.Popen[bytes]:
    """A module that is run in a group of its own, all of which gets Ctrl-C as from a terminal."""
    return subprocess.Popen([sys.executable, "-m", *module], cwd=PROJECT_ROOT, stderr=subprocess.PIPE, process_group=0)


@pytest.mark.model
def test_a_folder_becomes_a_table_of_quotes(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    names = ["island-ferries.txt", "stadium-loan.txt"]
    for name in names:
        (folder / name).write_bytes((ARTICLES / name).read_bytes())
    (folder / "blank.txt").write_text("\n")
    target = tmp_path / "quotes.csv"
    assert cli.main(["bulk", str(folder), str(target), "--processes", "1"]) == 1, "one is blank"
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["article"] for row in rows} == {*names, "blank.txt"}
    assert [row["problem"] for row in rows if row["article"] == "blank.txt"] == ["text: is empty"]
    quotes = [row for row in rows if not row["problem"]]
    assert len(quotes) > 10
    texts = {name: (ARTICLES / name).read_bytes().decode() for name in names}
    assert all(texts[row["article"]][int(row["start"]) : int(row["end"])] == row["text"] for row in quotes)
    assert any(row["speaker"] for row in quotes)


@pytest.mark.model
def test_the_command_line_and_an_archive_give_one_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = ARTICLES / "island-ferries.txt"
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "a", "text": article.read_bytes().decode()}))
    assert cli.main(["bulk", str(tmp_path / "in.jsonl"), str(tmp_path / "out.jsonl"), "--processes", "1"]) == 0
    capsys.readouterr()
    assert cli.main(["attribute", "--json", str(article)]) == 0
    alone = json.loads(capsys.readouterr().out)
    (line,) = (tmp_path / "out.jsonl").read_text().splitlines()
    assert [q["text"] for q in json.loads(line)["result"]["quotes"]] == [q["text"] for q in alone["quotes"]]


@pytest.mark.model
def test_from_a_folder_to_who_said_what_in_two_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    ferries = (ARTICLES / "island-ferries.txt").read_text(encoding="utf-8")
    (folder / "2026-03-05.txt").write_text(ferries, encoding="utf-8")
    (folder / "2026-03-02.html").write_text(
        f'<meta property="og:site_name" content="Reuters"><body><p>{ferries}', encoding="utf-8"
    )
    assert cli.main(["bulk", str(folder), str(tmp_path / "quotes.db"), "--processes", "1"]) == 0
    capsys.readouterr()
    assert cli.main(["search", str(tmp_path / "quotes.db"), "--json", "--limit", "999", "--since", "2026-03-03"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    repeated = [row for row in rows if row["saying_id"]]
    assert len(repeated) > 3
    assert {(row["first_publisher"], row["first_date"]) for row in repeated} == {("Reuters", "2026-03-02")}
    assert any(row["speaker"] and row["outlet"] for row in rows)
