"""The shipped metadata's queries, with SQLite alone and, where it is installed, with datasette."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.database.results import DAM

pytestmark = pytest.mark.slow

METADATA = Path(__file__).resolve().parents[2] / "service" / "database" / "datasette.json"
ASKED = {"speaker": "Brook", "words": "dam", "since": "2026-03", "outlet": "lindach-courier"}
ANSWERS = {"said": 2, "credited": 2, "repeated": 1, "changed": 0, "least_certain": 5, "inferred": 1}


def queries() -> dict[str, dict[str, Any]]:
    of_database: dict[str, dict[str, Any]] = json.loads(METADATA.read_text())["databases"]["quotes"]["queries"]
    return of_database


def test_every_query_is_answered(connection: sqlite3.Connection) -> None:
    connection.create_function("escape_fts", 1, lambda words: f'"{words}"')  # which datasette has
    answers = {
        name: connection.execute(query["sql"], {key: ASKED[key] for key in query.get("params", ())}).fetchall()
        for name, query in queries().items()
    }
    assert {name: len(rows) for name, rows in answers.items()} == ANSWERS
    assert all(row[4].startswith(DAM) and row[6] == "Lindach Courier" for row in answers["said"])


def test_it_names_only_what_there_is(connection: sqlite3.Connection) -> None:
    tables = json.loads(METADATA.read_text())["databases"]["quotes"]["tables"]
    for table, settings in tables.items():
        columns = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        named = {settings.get("label_column"), settings.get("sort"), *settings.get("facets", ())} - {None}
        assert named <= columns, table


def test_datasette_takes_it(database: Path) -> None:
    app = pytest.importorskip("datasette.app")

    async def answers() -> dict[str, int]:
        datasette = app.Datasette([str(database)], metadata=json.loads(METADATA.read_text()))
        page = await datasette.client.get("/quotes/quotes?_search=dam")
        assert page.status_code == 200
        assert DAM in page.text
        found = {}
        for name, query in queries().items():
            params = {key: ASKED[key] for key in query.get("params", ())}
            answer = await datasette.client.get(f"/quotes/{name}.json", params=params | {"_shape": "array"})
            assert answer.status_code == 200, answer.text
            found[name] = len(answer.json())
        return found

    assert asyncio.run(answers()) == ANSWERS
