"""CSV (RFC 4180) for spreadsheets: a header, then a row for each quote, of one article or of an archive."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from service.formats.article import AttributedArticle
from service.formats.contract import contract_body
from service.formats.json_lines import Result, read_lines

COLUMNS = (
    "id",
    "text",
    "start",
    "end",
    "speaker",
    "speaker_type",
    "speaker_mention",
    "speaker_confidence",
    "outlet",
    "outlet_id",
    "outlet_mention",
    "outlet_basis",
    "outlet_role",
    "outlet_confidence",
    "kind",
    "confidence",
    "closed",
    "parent",
    "continues",
    "speaker_id",
    "speaker_named_at",
    "speaker_title",
    "outlet_wikidata",
    "outlets_also",
    "marked",
    "repeats",
)
"""The columns of a quote. A speaker and an outlet are their names; of a mention there are the words, of further outlets
the names, joined by semicolons."""

ARCHIVE_COLUMNS = ("article", "publisher", *COLUMNS, "problem")
"""Those of an archive's quotes. An article that failed has a row of its own, with its problem."""

# A cell that begins like this is run as a formula by spreadsheets, and an article may have been written to that end.
_FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")

Row = dict[str, Any]


def csv_table(article: AttributedArticle, *, byte_order_mark: bool = False) -> str:
    """The quotes of an article as a table. Words that a spreadsheet would run as a formula get an apostrophe first."""
    table = io.StringIO(newline="")
    table.write("\ufeff" if byte_order_mark else "")
    _write(table, COLUMNS, map(quote_row, contract_body(article)["quotes"]))
    return table.getvalue()


def write_csv(lines: Path, target: Path, *, byte_order_mark: bool = False) -> None:
    """Write the quotes of an archive's result as a table, in UTF-8; with a byte order mark, Excel takes it for that."""
    with target.open("w", encoding="utf-8-sig" if byte_order_mark else "utf-8", newline="") as file:
        _write(file, ARCHIVE_COLUMNS, (row for result in read_lines(lines) for row in archive_rows(result)))


def archive_rows(result: Result) -> Iterator[Row]:
    """The rows of an article of an archive."""
    if "problem" in result:
        yield {"article": result["id"], "problem": result["problem"]["detail"]}
        return
    for quote in result["result"]["quotes"]:
        yield {"article": result["id"], "publisher": result["result"]["publisher"], **quote_row(quote)}


def quote_row(quote: Mapping[str, Any]) -> Row:
    """A quote of the contract's JSON, its speaker and outlet spread over columns of their own."""
    parties = ("speaker", "outlet", "outlets_also")
    row = {name: value for name, value in quote.items() if name not in parties}
    for party in ("speaker", "outlet"):
        if facts := quote[party]:
            row |= {party: facts["name"]} | {f"{party}_{k}": _words(v) for k, v in facts.items() if k != "name"}
    return row | {"outlets_also": "; ".join(outlet["name"] for outlet in quote["outlets_also"])}


def _words(value: Any) -> Any:
    """A mention's words; any other value as it is."""
    return value["text"] if isinstance(value, dict) else value


def _write(file: io.TextIOBase, columns: Iterable[str], rows: Iterable[Row]) -> None:
    writer = csv.DictWriter(file, list(columns), restval="")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_BEGINNINGS) else value
