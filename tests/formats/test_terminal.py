"""The table for a person to read."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

from rich.console import Console

from service.formats.article import AttributedArticle
from service.formats.terminal import print_table
from service.records import Attribution


def printed(attribution: Attribution) -> str:
    console = Console(file=StringIO(), width=160)
    print_table(attribution, "[bold]article", console)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_each_quote_has_its_speaker_and_its_outlet(answer: AttributedArticle) -> None:
    table = printed(answer.attribution)
    assert "[bold]article" in table
    (row,) = [line for line in table.splitlines() if "We are ready," in line]
    assert "Ada Brook (80%)" in row
    assert "Reuters (70%)" in row
    (row,) = [line for line in table.splitlines() if "Unclosed" in line]
    assert row.split() == ["Unclosed", "-", "-"]


def test_without_quotes_there_is_no_table_and_warnings_come_last(answer: AttributedArticle) -> None:
    nothing = replace(answer.attribution, quotes=(), warnings=("[it] is odd",))
    assert printed(nothing) == "[bold]article: no quotes\nWarning: [it] is odd\n"
