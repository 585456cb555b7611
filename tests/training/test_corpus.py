"""Reading labelled articles: JSON lines, compressed or not, with labels of two origins."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from service.attribution.text import Span
from training.corpus import (
    Article,
    LabelledAttribution,
    LabelledQuote,
    content_overlap,
    read_articles,
    read_labels,
    source_of,
)

TEXT = "“It opens,” she told Tide Radio. “At last.”"
SHE = LabelledAttribution(source=(Span(12, 15),), content=(Span(1, 10), Span(34, 42)))
NOBODY = LabelledAttribution(source=(), content=(Span(8, 10),))


def record(**values: Any) -> dict[str, Any]:
    return {"id": "a1", "text": TEXT, "quotes": None, **values}


def read(path: Path, *records: dict[str, Any]) -> list[Article]:
    path.write_text("\n\n".join(map(json.dumps, records)), encoding="utf-8")
    return list(read_articles(path))


def test_an_article_without_labels(tmp_path: Path) -> None:
    assert read(tmp_path / "a.jsonl", record()) == [Article("a1", TEXT, None, ())]


def test_compressed_files_read_the_same(tmp_path: Path) -> None:
    plain = read(tmp_path / "a.jsonl", record(), record(id="a2"))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress((tmp_path / "a.jsonl").read_bytes()))
    assert list(read_articles(tmp_path / "a.jsonl.gz")) == plain
    assert [a.id for a in plain] == ["a1", "a2"]


def test_labels_from_a_file_of_their_own_are_for_articles_without_any(tmp_path: Path) -> None:
    quote = {"start": 0, "end": 11, "kind": "nonspeech"}
    (tmp_path / "labels.jsonl").write_text(
        "".join(json.dumps({"id": name, "quotes": [quote]}) + "\n" for name in ("a1", "a2")), encoding="utf-8"
    )
    labels = read_labels([tmp_path / "labels.jsonl"])
    (tmp_path / "a.jsonl").write_text(
        "\n".join(map(json.dumps, [record(), record(id="a2", quotes=[]), record(id="a3")])), encoding="utf-8"
    )
    first, *others = read_articles(tmp_path / "a.jsonl", labels)
    assert [q.span for q in first.quotes or ()] == [Span(0, 11)]
    assert [a.quotes for a in others] == [(), None]


def test_a_quote_with_all_its_labels(tmp_path: Path) -> None:
    quote = {"start": 0, "end": 11, "kind": "speech", "speaker": "Ada Brook", "type": "person", "mention": [12, 15]}
    credit = {"outlet": "Tide Radio", "outlet_mention": [21, 31], "basis": "sentence", "role": "told"}
    (article,) = read(tmp_path / "a.jsonl", record(quotes=[quote | credit]))
    assert article.quotes == (
        LabelledQuote(
            span=Span(0, 11),
            kind="speech",
            speaker="Ada Brook",
            type="person",
            mention=(Span(12, 15),),
            outlet="Tide Radio",
            outlet_mention=Span(21, 31),
            basis="sentence",
            role="told",
        ),
    )


@pytest.mark.parametrize(
    ("note", "doubtful"),
    [("outlet? named in the lead alone", True), ("programme title", False), ("", False), (None, False)],
)
def test_a_note_may_put_the_credit_in_doubt(tmp_path: Path, note: str | None, doubtful: bool) -> None:
    (article,) = read(tmp_path / "a.jsonl", record(quotes=[{"start": 0, "end": 11, "kind": "speech", "note": note}]))
    assert article.quotes is not None
    assert article.quotes[0].doubtful == doubtful


@pytest.mark.parametrize(
    ("attributions", "mention"),
    [
        ([{"source": [[12, 15]], "cue": [], "content": [[1, 10]]}], (Span(12, 15),)),
        ([{"source": [], "cue": [], "content": [[1, 10]]}], None),
        ([{"source": [[12, 15]], "cue": [], "content": [[34, 42]]}], None),
        (None, None),
    ],
)
def test_a_mention_that_is_not_labelled_is_the_source_of_the_attribution(
    tmp_path: Path, attributions: object, mention: tuple[Span, ...] | None
) -> None:
    quotes = [{"start": 0, "end": 11, "kind": "speech"}]
    (article,) = read(tmp_path / "a.jsonl", record(quotes=quotes, attributions=attributions))
    assert article.quotes is not None
    assert article.quotes[0].mention == mention


def test_the_source_is_that_of_the_content_that_overlaps_most() -> None:
    assert content_overlap(Span(0, 40), SHE) == 9 + 6
    assert source_of(Span(0, 10), (NOBODY, SHE)) == SHE
    assert source_of(Span(12, 20), (NOBODY, SHE)) is None
    assert source_of(Span(0, 10), ()) is None
