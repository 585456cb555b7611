"""Writes the database: a run's results as rows, then the links between articles."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from service import __version__
from service.database.joining import join_sayings, join_speakers
from service.database.progress import LOG, log_progress

_HERE = Path(__file__).parent
_FAST = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"  # safe, as an interrupted run writes the database afresh

Result = Mapping[str, Any]
"""The result of one article: ``id``, ``article`` with its metadata, and ``result`` as in the HTTP contract or a
``problem``."""

Outlet = tuple[str, str, str | None]
"""An outlet's id, its name and its Wikidata item."""


def write_database(results: Iterable[Result], target: Path, publisher: Callable[[str], Outlet | None]) -> None:
    """Write the results as a new database, replacing ``target``. The same results give the same rows and ids.

    ``publisher`` returns the outlet with a publisher's name, if there is one. The results' offsets must count code
    points. Progress goes to ``progress.LOG``.
    """
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        connection.executescript(_FAST + (_HERE / "schema.sql").read_text(encoding="utf-8"))
        connection.execute("BEGIN")
        writer = _Writer(connection, publisher)
        for result in log_progress(results, "articles written"):
            writer.add(result)
        writer.finish()
        LOG.info("resolving speakers")
        join_speakers(connection)
        LOG.info("finding quotes that several articles share")
        join_sayings(connection)
        LOG.info("indexing")
        connection.execute("COMMIT")
        connection.executescript((_HERE / "indexes.sql").read_text(encoding="utf-8"))


class _Writer:
    """Inserts articles and quotes. Both are numbered from 1, quotes across all articles."""

    def __init__(self, connection: sqlite3.Connection, publisher: Callable[[str], Outlet | None]) -> None:
        self._connection = connection
        self._publisher = publisher
        self._publishers: dict[str, str | None] = {}
        self._outlets: set[str] = set()
        self._models: dict[str, None] = {}
        self._articles = self._quotes = self._bearers = 0

    def add(self, result: Result) -> None:
        self._articles += 1
        answer = result.get("result", {})
        self._add_article(result, answer)
        if answer:
            self._models[" ".join(answer["model"].values())] = None
            self._add_quotes(answer["quotes"])

    def finish(self) -> None:
        LOG.info("%s articles written, with %s quotes", f"{self._articles:,}", f"{self._quotes:,}")
        about = {"version": __version__, "models": ", ".join(self._models)}
        self._insert("about", [{"name": name, "value": value} for name, value in about.items()])

    def _add_article(self, result: Result, answer: Mapping[str, Any]) -> None:
        said = result.get("article", {})
        publisher = said.get("publisher") or answer.get("publisher")
        row = {
            "id": self._articles,
            "name": result["id"],
            "publisher": publisher,
            "publisher_id": self._publisher_id(publisher) if publisher else None,
            "date": said.get("date"),
            "title": said.get("title"),
            "uri": said.get("uri") or answer.get("uri"),
            "language": said.get("language") or answer.get("language"),
            "text": answer.get("text"),
            "problem": result["problem"]["detail"] if "problem" in result else None,
        }
        self._insert("articles", [row])

    def _publisher_id(self, publisher: str) -> str | None:
        if publisher not in self._publishers:
            outlet = self._publisher(publisher)
            self._publishers[publisher] = self._outlet_id(*outlet) if outlet else None
        return self._publishers[publisher]

    def _outlet_id(self, id_: str, name: str, wikidata: str | None) -> str:
        if id_ not in self._outlets:
            self._outlets.add(id_)
            self._insert("outlets", [{"id": id_, "name": name, "wikidata": wikidata}])
        return id_

    def _add_quotes(self, quotes: Sequence[Mapping[str, Any]]) -> None:
        ids = {quote["id"]: self._quotes + number for number, quote in enumerate(quotes, start=1)}
        self._quotes += len(quotes)
        bearers = self._add_bearers(quotes)
        self._insert("quotes", [self._quote(quote, ids) for quote in quotes])
        said = [quote for quote in quotes if quote["speaker"]]
        self._insert("spoken", [{"quote_id": ids[q["id"]], "bearer_id": bearers[q["speaker"]["id"]]} for q in said])
        self._insert("credits", [credit for quote in quotes for credit in self._credits(quote, ids[quote["id"]])])

    def _add_bearers(self, quotes: Iterable[Mapping[str, Any]]) -> dict[str, int]:
        """Insert the article's speakers. Returns the row id of each by its id in the answer."""
        speakers = {quote["speaker"]["id"]: quote["speaker"] for quote in quotes if quote["speaker"]}
        ids = {id_: self._bearers + number for number, id_ in enumerate(speakers, start=1)}
        self._bearers += len(ids)
        rows = [
            {"id": ids[id_], "article_id": self._articles, "name": speaker["name"], "type": speaker["type"]}
            for id_, speaker in speakers.items()
        ]
        self._insert("bearers", rows)
        return ids

    def _quote(self, quote: Mapping[str, Any], ids: Mapping[str, int]) -> Mapping[str, Any]:
        speaker = quote["speaker"] or {}
        return {
            "id": ids[quote["id"]],
            "article_id": self._articles,
            "number": quote["id"],
            **{name: quote[name] for name in ("text", "start", "end", "kind", "confidence", "closed", "marked")},
            "parent_id": ids.get(quote["parent"]),
            "continues_id": ids.get(quote["continues"]),
            "repeats_id": ids.get(quote["repeats"]),
            "speaker_name": speaker.get("name"),
            "speaker_title": speaker.get("title"),
            **_mention("speaker_mention", speaker.get("mention")),
            **_mention("speaker_named_at", speaker.get("named_at")),
            "speaker_confidence": speaker.get("confidence"),
        }

    def _credits(self, quote: Mapping[str, Any], quote_id: int) -> Iterator[Mapping[str, Any]]:
        outlets = [quote["outlet"], *quote["outlets_also"]] if quote["outlet"] else []
        for rank, outlet in enumerate(outlets, start=1):
            yield {
                "quote_id": quote_id,
                "rank": rank,
                "outlet_id": self._outlet_id(outlet["id"], outlet["name"], outlet["wikidata"]),
                **_mention("mention", outlet["mention"]),
                **{name: outlet[name] for name in ("basis", "role", "confidence")},
            }

    def _insert(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows, which must have the same columns."""
        if rows:
            columns = ", ".join(f'"{name}"' for name in rows[0])
            values = ", ".join(f":{name}" for name in rows[0])
            self._connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({values})", rows)


def _mention(name: str, mention: Mapping[str, Any] | None) -> dict[str, Any]:
    """The columns for a mention, null if there is none."""
    said = mention or {}
    return {name: said.get("text"), f"{name}_start": said.get("start"), f"{name}_end": said.get("end")}
