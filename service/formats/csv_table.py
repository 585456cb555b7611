"""CSV (RFC 4180) for spreadsheets: a header, then a row for each quote."""

from __future__ import annotations

import csv
import io
from typing import Any

from service.formats.answer import Answer
from service.formats.contract import contract_body

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
)

# A cell that begins like this is run as a formula by spreadsheets, and an article may have been written to that end.
_FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")


def csv_table(answer: Answer) -> str:
    """The quotes as a table. Words that a spreadsheet would run as a formula get an apostrophe before them."""
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, COLUMNS, restval="", extrasaction="ignore")
    writer.writeheader()
    quotes = contract_body(answer)["quotes"]
    writer.writerows({name: _cell(value) for name, value in _row(quote).items()} for quote in quotes)
    return table.getvalue()


def _row(quote: dict[str, Any]) -> dict[str, Any]:
    """A quote of the contract's, its speaker and outlet spread over columns of their own."""
    row = {name: value for name, value in quote.items() if name not in ("speaker", "outlet")}
    for party in ("speaker", "outlet"):
        if facts := quote[party]:
            mention = facts["mention"]
            columns = {f"{party}_{name}": value for name, value in facts.items()}
            row |= columns | {party: facts["name"], f"{party}_mention": mention["text"] if mention else None}
    return row


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_BEGINNINGS) else value
