from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from service.bulk import results as module
from service.bulk.errors import SourceError, TargetError
from service.bulk.results import Failures, Totals, count, failures_in, form_of, read
from tests.formats.results import Results


def test_totals(results: Results) -> None:
    assert count(results) == Totals(articles=3, quotes=4, failures=Failures(1, [("c", "text: is empty")]))


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.csv", "out.excel.csv", "out.parquet", "out.db"])
def test_failures_are_counted_in_every_form(name: str, lines: Path, tmp_path: Path) -> None:
    target = tmp_path / name
    form = form_of(target)
    if form.write:
        form.write(lines, target)
    else:
        target.write_bytes(lines.read_bytes())
    assert failures_in(target) == Failures(1, [("c", "text: is empty")])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.jsonl", b"[1]\n2\n"),
        ("x.jsonl", b'{"problem": 1}\n'),
        ("x.jsonl.gz", gzip.compress(b"{}\n")[:-9]),
        ("x.csv", b"a,b\n1,2\n"),
        ("x.csv", b"\xff"),
        ("x.parquet", b"PAR1"),
        ("x.db", b"no database" * 100),
        ("x.db", b""),
    ],
)
def test_what_is_no_result_has_no_failures(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match="damaged"):
        failures_in(tmp_path / name)


@pytest.mark.parametrize("name", ["out.jsonl", "out.x.ndjson.gz", "out.csv", "a.b/out.parquet"])
def test_a_form_goes_by_the_name(name: str) -> None:
    assert Path(name).name.endswith(form_of(Path(name)).suffixes)


@pytest.mark.parametrize("name", ["out", "out.txt", "out.csv.gz", "csv"])
def test_a_name_of_no_form_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(TargetError, match=r"\*\.jsonl, .*\*\.parquet"):
        form_of(Path(name))


def test_what_is_not_installed_is_named_before_any_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    assert form_of(Path("out.jsonl"))
    with pytest.raises(TargetError, match="pyarrow"):
        form_of(Path("out.parquet"))


def test_results_are_read_back(lines: Path, results: Results) -> None:
    assert list(read(lines)) == results


def test_a_table_of_quotes_does_not_hold_all() -> None:
    with pytest.raises(TargetError, match="csv"):
        list(read(Path("out.csv")))


def test_what_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text('{"id": "a", "resu')
    with pytest.raises(SourceError, match="damaged"):
        list(read(path))
