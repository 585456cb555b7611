"""Prints an attribution as a table."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from service.records import Attribution, Outlet, Quote, Speaker


def print_table(attribution: Attribution, title: str, console: Console) -> None:
    """Print each quote of an article with its speaker, its outlet and the confidence in each, then the warnings."""
    if attribution.quotes:
        console.print(_table(attribution, title))
    else:
        console.print(Text(f"{title}: no quotes"), soft_wrap=True)
    for warning in attribution.warnings:
        console.print(Text(f"Warning: {warning}"), soft_wrap=True)


def _table(attribution: Attribution, title: str) -> Table:
    table = Table(title=Text(title), title_justify="left", box=box.SIMPLE_HEAD, show_lines=True)
    table.add_column("Quote", ratio=4)
    table.add_column("Speaker", ratio=2)
    table.add_column("Outlet", ratio=2)
    for quote in attribution.quotes:
        table.add_row(*_row(quote))
    return table


def _row(quote: Quote) -> Sequence[Text]:
    # Text, not str: rich would read an article's square brackets as markup.
    return Text(quote.text), _party(quote.speaker), _party(quote.outlet)


def _party(party: Speaker | Outlet | None) -> Text:
    return Text(f"{party.name} ({party.confidence:.0%})") if party else Text("-")
