"""Invented articles, with their labels in braces."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.attribution.text import Span
from service.settings import PROJECT_ROOT
from training.corpus import Article
from training.invented import read_invented

SHIPPED = sorted((PROJECT_ROOT / "training" / "articles").glob("*.txt"))


def read(path: Path, written: str) -> list[Article]:
    path.write_text(written, encoding="utf-8")
    return list(read_invented(path))


def test_braces_leave_the_text_as_it_would_be_without(tmp_path: Path) -> None:
    written = "\n“Go,” {{Ada Brook; m=she}} she said. “A ‘song.’” {{~}}\nEnd.\n=====\nNo quotes.\n"
    first, second = read(tmp_path / "a.txt", written)
    assert first.text == "“Go,” she said. “A ‘song.’”\nEnd."
    assert second == Article("a-2", "No quotes.", (), ())


def test_all_of_a_label(tmp_path: Path) -> None:
    label = "the council /o; m=It; o=Tide Radio; om=Tide; c; told"
    (article,) = read(tmp_path / "a.txt", f"Tide asked the council. It said “no” {{{{{label}}}}} twice.")
    (quote,) = article.quotes or ()
    assert article.text[slice(quote.span.start, quote.span.end)] == "“no”"
    assert (quote.kind, quote.speaker, quote.type) == ("speech", "the council", "organization")
    assert quote.mention == (Span(24, 26),)
    assert (quote.outlet, quote.outlet_mention, quote.basis, quote.role) == (
        *("Tide Radio", Span(0, 4)),
        *("context", "told"),
    )


@pytest.mark.parametrize(
    ("label", "speaker", "kind", "type_"),
    [
        ("~", None, "nonspeech", None),
        ("?", "UNKNOWN", "speech", "unknown"),
        ("? /g", "UNKNOWN", "speech", "group"),
        ("Bo and Al /g", "Bo and Al", "speech", "group"),
        ("the bill /d", "the bill", "speech", "document"),
    ],
)
def test_speakers(tmp_path: Path, label: str, speaker: str | None, kind: str, type_: str | None) -> None:
    (article,) = read(tmp_path / "a.txt", f"“No.” {{{{{label}}}}} So it is.")
    (quote,) = article.quotes or ()
    assert (quote.speaker, quote.kind, quote.type, quote.mention) == (speaker, kind, type_, None)


@pytest.mark.parametrize("written", ["He said no {{Bo}}.", "“No” {{Bo; x=y}}", "“No” {{Bo; sometimes}}"])
def test_what_cannot_be_read_is_an_error(tmp_path: Path, written: str) -> None:
    with pytest.raises(ValueError, match="a-1: "):
        read(tmp_path / "a.txt", written)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_articles_have_whole_labels(path: Path) -> None:
    for article in read_invented(path):
        for quote in article.quotes or ():
            credit = (quote.outlet, quote.outlet_mention, quote.basis, quote.role)
            assert all(credit) or not any(credit), (article.id, quote)
            assert quote.kind == "nonspeech" or quote.speaker, (article.id, quote)
