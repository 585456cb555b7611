"""The evaluation as it is called, against a service that answers in advance."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.training.labelled import returned
from training.evaluate import main
from training.holdout import is_held_back

TEXT = "“The ferry is late,” said Mirela Dobos. “Again,” she told CNN."
QUOTES = [
    returned(TEXT, "The ferry is late,", speaker="Mirela Dobos", mention="Mirela Dobos"),
    returned(TEXT, "Again,", speaker="Tove Lind", outlet="CNN", speaker_confidence=0.25),
]
LABELS = [
    {"start": 0, "end": 20, "kind": "speech", "speaker": "Mirela Dobos", "type": "person", "mention": [26, 38]},
    {"start": 40, "end": 48, "kind": "speech", "speaker": "Mirela Dobos", "type": "person", "outlet": "CNN"}
    | {"outlet_mention": [58, 61], "basis": "sentence", "role": "told"},
]


class _Service(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        known = self.path == "/v1/attributions" and asked == {"text": TEXT}
        model = {"name": "invented", "version": "7", "sha256": "abc"}
        body = json.dumps({"model": model, "quotes": [asdict(q) for q in QUOTES]}).encode()
        self.send_response(200 if known else 404)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Service)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A file with one labelled article among some that have nothing to measure."""
    path = tmp_path / "harbour.jsonl.gz"
    articles = [
        {"id": "a1", "text": TEXT, "quotes": LABELS},
        {"id": "a2", "text": "Nothing was said.", "quotes": []},
        {"id": "a3", "text": "“Nobody labelled this.”", "quotes": None},
    ]
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(article) + "\n" for article in articles)
    return path


def test_json_report(url: str, corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    predictions = tmp_path / "quotes.jsonl"
    options = ["--predictions", str(predictions), "--json", "--errors", "5", "--breakdown"]
    main(["--url", url, "--articles", str(corpus), *options])
    report = json.loads(capsys.readouterr().out)
    assert report["model"]["sha256"] == "abc"
    assert report["figures"]["harbour"]["speaker name"] == 50
    assert report["figures"]["harbour"]["outlet F1"] == 100
    assert report["curves"]["harbour"]["0.5"]["speaker precision"] == 100
    assert report["calibration"]["harbour"]["outlet"] == pytest.approx(10)
    assert report["breakdown"]["role of the outlet"]["told"]["outlet"] == 100
    assert [error["kind"] for error in report["errors"]] == ["name"]
    (line,) = predictions.read_text(encoding="utf-8").splitlines()
    assert json.loads(line) == {"id": "a1", "quotes": json.loads(json.dumps([asdict(q) for q in QUOTES]))}


def test_printed_report(url: str, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--url", url, "--articles", str(corpus), "--errors", "1", "--breakdown"])
    printed = capsys.readouterr().out
    assert "invented, version 7, sha256 abc" in printed
    assert "speaker  expected Mirela Dobos, given Tove Lind (25%)" in printed
    assert "outlet   expected CNN, given CNN (90%)" in printed
    for heading in ("harbour", "speaker name", "place of the mention", "calibration", "min_confidence 0.95"):
        assert heading in printed


def test_several_corpora_are_also_measured_together(url: str, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again = corpus.with_name("lighthouse.jsonl.gz")
    again.write_bytes(corpus.read_bytes())
    main(["--url", url, "--articles", str(corpus), str(again), "--json", "--breakdown"])
    report = json.loads(capsys.readouterr().out)
    for part in ("figures", "calibration", "curves"):
        assert list(report[part]) == ["harbour", "lighthouse", "together"]
    assert report["figures"]["together"]["speech segments"] == 4
    assert list(report["breakdown"]["corpus"]) == ["harbour", "lighthouse"]


@pytest.mark.parametrize("identifier", ["a1", "a5"])
def test_only_articles_that_are_held_back(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], identifier: str
) -> None:
    path = tmp_path / "harbour.jsonl"
    path.write_text(json.dumps({"id": identifier, "text": TEXT, "quotes": LABELS}), encoding="utf-8")
    main(["--url", url, "--articles", str(path), "--json", "--held-back"])
    counted = json.loads(capsys.readouterr().out)["figures"]["harbour"]["speech segments"]
    assert counted == (2 if is_held_back(identifier) else 0)


def test_figures_alone_unless_more_is_asked_for(url: str, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--url", url, "--articles", str(corpus), "--json"])
    report = json.loads(capsys.readouterr().out)
    assert report["errors"] == []
    assert report["breakdown"] is report["calibration"] is report["curves"] is None


def test_model_and_url_exclude_each_other(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--model", "model", "--url", "http://127.0.0.1", "--articles", str(corpus)])
    assert "not allowed with" in capsys.readouterr().err
