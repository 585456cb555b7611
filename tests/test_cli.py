from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from gunicorn.app.wsgiapp import WSGIApplication

import service.cli as cli
from service.formats.article import AttributedArticle
from service.formats.contract import contract_body
from service.settings import Settings, markdown_table
from tests.fakes import FakeAttributor


@pytest.fixture(autouse=True)
def fake_checkpoint(monkeypatch: pytest.MonkeyPatch, attributor: FakeAttributor) -> None:
    monkeypatch.setattr(cli, "_load", lambda _path, _device, _precision: attributor)


@pytest.fixture
def file(tmp_path: Path, article: str) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(article, encoding="utf-8")
    return path


def test_a_table_for_people(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["attribute", str(file)]) == 0
    output = capsys.readouterr().out
    for cell in ("The bridge opens", "Ada Brook (80%)", "Reuters (70%)", "We are ready,"):
        assert cell in output


def test_json_is_the_contract_s(
    file: Path, article: str, attributor: FakeAttributor, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["attribute", "--json", "--offset-unit", "utf16", str(file)]) == 0
    printed = json.loads(capsys.readouterr().out)
    expected = contract_body(AttributedArticle(attributor.attribute(article), article, offset_unit="utf16"))
    assert printed == json.loads(json.dumps(expected))


def test_several_files_are_a_line_each(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["attribute", "--json", str(file), str(file)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["id"] for line in lines] == [str(file), str(file)]
    assert all(line["result"]["quotes"] for line in lines)


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_standard_input(
    arguments: list[str], article: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(article.encode())))
    assert cli.main(["attribute", *arguments]) == 0
    assert "Ada Brook" in capsys.readouterr().out


def test_what_looks_like_markup_is_printed_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "[red].txt"
    path.write_text("“[bold]Yes[/bold] [/]”", encoding="utf-8")
    assert cli.main(["attribute", str(path)]) == 0
    assert "[bold]Yes[/bold] [/]" in capsys.readouterr().out


def test_an_article_without_a_quote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "quiet.txt"
    path.write_text("Nobody spoke.")
    assert cli.main(["attribute", "--include-nonspeech", str(path)]) == 0
    output = capsys.readouterr().out
    assert "no quotes" in output
    assert "Warning: nonspeech included" in output


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "marked.txt"
    path.write_text("“Yes”", encoding="utf-8-sig")
    assert cli.main(["attribute", "--json", str(path)]) == 0
    assert json.loads(capsys.readouterr().out)["quotes"][0]["start"] == 1


@pytest.mark.parametrize(("content", "complaint"), [(b"", "empty"), (b"\xff", "utf-8"), (None, "No such file")])
def test_a_bad_file_does_not_stop_the_others(
    file: Path, tmp_path: Path, content: bytes | None, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.txt"
    if content is not None:
        bad.write_bytes(content)
    assert cli.main(["attribute", "--json", str(bad), str(file)]) == 1
    printed = capsys.readouterr()
    assert complaint in printed.err
    assert json.loads(printed.out)["id"] == str(file)


@pytest.mark.parametrize("value", ["2", "-0.1", "nan", "high"])
def test_a_confidence_that_is_none(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["attribute", "--min-confidence", value])
    assert "--min-confidence: must be a number from 0 to 1" in capsys.readouterr().err


@pytest.mark.parametrize("value", ["0", "1.5", "many"])
def test_a_number_of_processes_that_is_none(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["bulk", "--processes", value, "in", "out"])
    assert "--processes: must be a whole number of at least 1" in capsys.readouterr().err


def test_help_needs_no_settings(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PORT", "none")
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    assert ended.value.code == 0
    assert "COMMAND" in capsys.readouterr().out


def test_serve_becomes_gunicorn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(WSGIApplication, "run", lambda _: started.append(sys.argv))
    monkeypatch.setattr(sys, "argv", [])
    monkeypatch.setenv("MODEL_PATH", str(tmp_path))
    monkeypatch.setenv("PORT", "8000")
    monkeypatch.chdir(tmp_path)
    cli.main(["serve", "--port", "9001"])
    assert started == [["gunicorn", "--config", "python:service.http.gunicorn_conf"]]
    assert Settings().port == 9001


def test_serve_without_a_checkpoint_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MODEL_PATH", str(tmp_path / "none"))
    assert cli.main(["serve"]) == 1
    assert "MODEL_PATH" in capsys.readouterr().err


def test_a_bad_setting_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PORT", "none")
    assert cli.main(["settings"]) == 1
    assert "port" in capsys.readouterr().err


def test_settings_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["settings"]) == 0
    assert capsys.readouterr().out.strip() == markdown_table()


def test_ctrl_c_before_a_command_is_at_work_prints_no_traceback() -> None:
    waiting = "import time, service.__main__ as main, service.cli as cli\n"
    waiting += "cli.main = lambda: (print('here', flush=True), time.sleep(300))\nmain.main()"
    process = subprocess.Popen([sys.executable, "-c", waiting], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (-signal.SIGINT, b"")
