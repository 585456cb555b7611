"""CSV (RFC 4180) for spreadsheets: a header, then one row per quote, for one article or an archive."""

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
"""The columns of a quote. Speakers and outlets are given by name, mentions by their words; further outlets are
separated by semicolons."""

ARCHIVE_COLUMNS = ("article", "publisher", *COLUMNS, "problem")
"""The columns for an archive. An article that failed has a row of its own, with its problem."""

# Spreadsheets execute a cell that begins like this as a formula, which an article's author may exploit.
_FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")

Row = dict[str, Any]


def csv_table(article: AttributedArticle, *, byte_order_mark: bool = False) -> str:
    """An article's quotes as a table. Cells that a spreadsheet would execute as a formula are prefixed with an
    apostrophe."""
    table = io.StringIO(newline="")
    table.write("\ufeff" if byte_order_mark else "")
    _write(table, COLUMNS, map(quote_row, contract_body(article)["quotes"]))
    return table.getvalue()


def write_csv(lines: Path, target: Path, *, byte_order_mark: bool = False) -> None:
    """Write the quotes of an archive's result as a table in UTF-8. Excel needs the byte-order mark to detect UTF-8."""
    with target.open("w", encoding="utf-8-sig" if byte_order_mark else "utf-8", newline="") as file:
        _write(file, ARCHIVE_COLUMNS, (row for result in read_lines(lines) for row in archive_rows(result)))


def archive_rows(result: Result) -> Iterator[Row]:
    """The rows of one article of an archive."""
    if "problem" in result:
        yield {"article": result["id"], "problem": result["problem"]["detail"]}
        return
    for quote in result["result"]["quotes"]:
        yield {"article": result["id"], "publisher": result["result"]["publisher"], **quote_row(quote)}


def quote_row(quote: Mapping[str, Any]) -> Row:
    """The row for a quote in the contract's JSON."""
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
