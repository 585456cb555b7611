from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from service.bulk.entries import Source
from service.bulk.errors import SourceError
from service.bulk.run import working_folder
from service.bulk.sources import keep_standard_input, open_source
from service.errors import INVALID, MALFORMED_JSON, TOO_LARGE, Problem

LINES = b'{"id": 1}\n\n{"id": 2}\r\n7\n{"id": 3}'


def opened(path: Path) -> Source:
    return open_source(path, id_field="id", text_field="text", max_line_bytes=1000)


@pytest.mark.parametrize("name", ["in.jsonl", "in.ndjson", "in.jsonl.gz"])
def test_lines(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(LINES) if name.endswith(".gz") else LINES)
    source = opened(path)
    entries = list(source.entries())
    assert [entry.value for entry in entries] == [{"id": 1}, {"id": 2}, 7, {"id": 3}]
    positions = [entry.position for entry in entries]
    assert positions == sorted(positions)
    assert positions[-1] == source.size
    assert list(source.entries()) == entries, "the same each time"


def test_a_line_at_fault_is_an_entry_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b'{\n"' + b"x" * 5000 + b'"\n{"id": 3}\n')
    malformed, too_long, good = (entry.value for entry in opened(path).entries())
    assert isinstance(malformed, Problem)
    assert malformed.type is MALFORMED_JSON
    assert isinstance(too_long, Problem)
    assert too_long.type is TOO_LARGE
    assert good == {"id": 3}


@pytest.mark.parametrize("damage", [lambda b: b[:-9], lambda b: b[:12] + b"\0\0\0" + b[15:], lambda _: b"plain"])
def test_a_damaged_archive_is_told(tmp_path: Path, damage: object) -> None:
    path = tmp_path / "in.jsonl.gz"
    assert callable(damage)
    path.write_bytes(damage(gzip.compress(b"".join(json.dumps({"id": n}).encode() + b"\n" for n in range(999)))))
    with pytest.raises(SourceError, match="damaged"):
        list(opened(path).entries())


def test_what_a_run_has_noted_in_the_folder_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“Ja”", encoding="utf-8")
    before = opened(tmp_path).fingerprint
    working = working_folder(tmp_path / "quotes.db")
    working.mkdir()
    (working / "run.json").write_text("{}")
    assert [entry.id for entry in opened(tmp_path).entries()] == ["a.txt"]
    assert opened(tmp_path).fingerprint == before, "so that the run can resume"


def test_a_folder(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.txt").write_text("“Zwei”", encoding="utf-8")
    (tmp_path / "a.txt").write_bytes(b"\xff")
    (tmp_path / "notes.md").write_text("not an article")
    source = opened(tmp_path)
    broken, two = source.entries()
    assert (two.id, two.value, two.position) == ("b/two.txt", {"text": "“Zwei”"}, source.size)
    assert broken.id == "a.txt"
    assert isinstance(broken.value, Problem)
    assert broken.value.type is INVALID


def test_a_byte_order_mark_is_no_part_of_an_article(tmp_path: Path) -> None:
    for name, content in {
        "a.txt": "“Eins”",
        "b.html": "“Zwei”",
        "c.json": '{"text": "“Drei”"}',
        "d.jsonl": '{"text": "“Vier”"}\n{"text": "\ufeff"}',
    }.items():
        (tmp_path / name).write_text(content, encoding="utf-8-sig")
    (tmp_path / "d.jsonl.gz").write_bytes(gzip.compress((tmp_path / "d.jsonl").read_bytes()))
    values = [entry.value for entry in opened(tmp_path).entries()]
    assert values == [{"text": "“Eins”"}, {"html": "“Zwei”"}, {"text": "“Drei”"}]
    for lines in ("d.jsonl", "d.jsonl.gz"):
        assert [entry.value for entry in opened(tmp_path / lines).entries()] == [{"text": "“Vier”"}, {"text": "\ufeff"}]


def test_xml_files(tmp_path: Path) -> None:
    nitf = "<nitf><body><body.content>“Né”</body.content></body></nitf>"
    declared = f"<?xml version='1.0' encoding='iso-8859-1'?>{nitf.replace('“', '«').replace('”', '»')}"
    (tmp_path / "a.xml").write_text(nitf, encoding="utf-8-sig")
    (tmp_path / "b.xml").write_bytes(declared.encode("iso-8859-1"))
    (tmp_path / "c.xml").write_text(nitf, encoding="utf-16")
    assert [entry.value for entry in opened(tmp_path).entries()] == [{"xml": nitf}, {"xml": declared}, {"xml": nitf}]


@pytest.mark.parametrize("encoding", [b"idna", b"undefined", b"hex", b"none-such"])
def test_a_page_may_name_what_is_no_encoding_of_text(tmp_path: Path, encoding: bytes) -> None:
    (tmp_path / "a.html").write_bytes(b"<meta charset=" + encoding + b"><p>\xe9..")
    (entry,) = opened(tmp_path).entries()
    assert entry.value["html"].endswith("<p>é..")


def test_a_folder_of_pages_and_ninjs_documents(tmp_path: Path) -> None:
    ninjs = {"uri": "urn:1", "bodies": [{"value": "“Eins”"}]}
    (tmp_path / "a.html").write_text("<p>“Zwei”, né", encoding="utf-8")
    (tmp_path / "b.HTM").write_bytes('<meta charset="latin1"><p>né'.encode("latin1"))
    (tmp_path / "c.htm").write_bytes("<p>“né”".encode("cp1252"))
    (tmp_path / "d.json").write_text(json.dumps(ninjs))
    (tmp_path / "e.json").write_text('{"text": "“Drei”", "date": "2026-11-30"}')
    (tmp_path / "f.json").write_text("{")
    *values, broken = (entry.value for entry in opened(tmp_path).entries())
    assert values == [
        {"html": "<p>“Zwei”, né"},
        {"html": '<meta charset="latin1"><p>né'},
        {"html": "<p>“né”"},
        {"ninjs": ninjs},
        {"text": "“Drei”", "date": "2026-11-30"},
    ]
    assert isinstance(broken, Problem)
    assert broken.type is MALFORMED_JSON


def test_a_line_may_be_a_ninjs_document(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(
        '{"uri": "urn:1", "bodies": []}\n{"text": "a", "bodies": []}\n{"uri": "urn:1", "body_html": "a"}'
    )
    third, article, first = (entry.value for entry in opened(tmp_path / "in.jsonl").entries())
    assert third == {"ninjs": {"uri": "urn:1", "bodies": []}}
    assert article == {"text": "a", "bodies": []}
    assert first == {"ninjs": {"uri": "urn:1", "body_html": "a"}}


def test_standard_input_is_kept_to_go_on_with(tmp_path: Path) -> None:
    kept = keep_standard_input(io.BytesIO(LINES), tmp_path / "out.partial")
    assert kept.read_bytes() == LINES
    before = opened(kept).fingerprint
    assert opened(keep_standard_input(io.BytesIO(LINES), tmp_path / "out.partial")).fingerprint == before


def test_the_fingerprint_changes_with_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(LINES)
    before = opened(path).fingerprint
    assert opened(path).fingerprint == before
    path.write_bytes(LINES + b"\n{}")
    assert opened(path).fingerprint != before


@pytest.mark.parametrize("name", ["none.jsonl", "in.doc"])
def test_what_is_no_archive(tmp_path: Path, name: str) -> None:
    (tmp_path / "in.doc").write_text("x")
    with pytest.raises(SourceError, match=name):
        opened(tmp_path / name)
