"""The shipped metadata's queries, with SQLite alone and, where it is installed, with datasette."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from service.database import DATASETTE_METADATA
from tests.database.results import DAM

pytestmark = pytest.mark.slow

METADATA = json.loads(DATASETTE_METADATA.read_text())
ASKED = {"speaker": "Brook", "words": "dam", "since": "2026-03", "outlet": "lindach-courier"}
ANSWERS = {"said": 2, "credited": 2, "repeated": 1, "changed": 0, "least_certain": 5, "inferred": 1}


def queries() -> dict[str, dict[str, Any]]:
    of_database: dict[str, dict[str, Any]] = METADATA["databases"]["quotes"]["queries"]
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
    for table, settings in METADATA["databases"]["quotes"]["tables"].items():
        columns = {row[1] for row in connection.execute(f"PRAGMA table_xinfo({table})")}
        facets = {facet if isinstance(facet, str) else facet["array"] for facet in settings.get("facets", ())}
        named = {settings.get("label_column"), settings.get("sort"), *facets} - {None}
        assert named <= columns, table


def test_datasette_takes_it(database: Path) -> None:
    app = pytest.importorskip("datasette.app")

    async def answers() -> dict[str, int]:
        datasette = app.Datasette([str(database)], metadata=METADATA)
        page = await datasette.client.get("/quotes/quotes?_search=dam")
        assert page.status_code == 200
        assert DAM in page.text
        faceted = await datasette.client.get("/quotes/quotations.json?_facet_size=max")
        outlets = faceted.json()["facet_results"]["outlet_ids"]["results"]
        assert [(outlet["value"], outlet["count"]) for outlet in outlets] == [("lindach-courier", 2)]
        found = {}
        for name, query in queries().items():
            params = {key: ASKED[key] for key in query.get("params", ())}
            answer = await datasette.client.get(f"/quotes/{name}.json", params=params | {"_shape": "array"})
            assert answer.status_code == 200, answer.text
            found[name] = len(answer.json())
        return found

    assert asyncio.run(answers()) == ANSWERS
