"""The ``search`` command: prints quotes from a database as a table or as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from service.database.search import DatabaseError, Row, Search, opened, search


def run(arguments: argparse.Namespace) -> int:
    """Print the quotes that match. Returns the exit status: 1 if the database cannot be read."""
    asked = Search(
        words=" ".join(arguments.words),
        speaker=arguments.speaker,
        outlet=arguments.outlet,
        since=arguments.since,
        until=arguments.until,
        limit=arguments.limit,
    )
    try:
        with opened(arguments.database) as connection:
            rows = search(connection, asked)
    except DatabaseError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    if arguments.json:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
    else:
        _print_table(rows, Console(highlight=False))
    return 0


def _print_table(rows: Sequence[Row], console: Console) -> None:
    if not rows:
        console.print("nothing found")
        return
    table = Table(box=box.SIMPLE_HEAD, show_lines=True)
    for heading, ratio in (("Date", 2), ("Published in", 2), ("Speaker", 2), ("Quote", 6), ("Outlet", 2), ("First", 3)):
        table.add_column(heading, ratio=ratio)
    for row in rows:
        place = row["publisher"] or row["article_label"]
        cells = (row["date"], place, _speaker(row), row["text"], row["outlet"], _first(row))
        table.add_row(*(Text(cell or "-") for cell in cells))
    console.print(table)


def _speaker(row: Row) -> str | None:
    """The speaker; one inferred from other articles is marked as such."""
    return row["speaker"] or (f"{row['inferred_speaker']} (by other articles)" if row["inferred_speaker"] else None)


def _first(row: Row) -> str | None:
    """Where a quote found in several articles was reported first: the publisher or else the article, and the date."""
    if row["articles_with_it"] is None:
        return None
    first = ", ".join(part for part in (row["first_publisher"] or row["first_article"], row["first_date"]) if part)
    return f"{first} (of {row['articles_with_it']} articles)"
