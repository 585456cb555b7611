from __future__ import annotations

import sqlite3
from pathlib import Path

from service.database.writer import write_database
from tests.database.conftest import publisher
from tests.database.results import DAM, archive, quote, result, rows


def test_articles_keep_what_the_archive_says(connection: sqlite3.Connection) -> None:
    found = rows(connection, "SELECT id, name, publisher, publisher_id, date, title, language, problem FROM articles")
    assert found[0] == (1, "later.txt", "Valley Post", "valley-post", "2026-03-05", "Title of later.txt", "en", None)
    assert found[4] == (5, "failed.txt", None, None, "2026-05-01", None, None, "text: is empty")
    assert len(found) == 5


def test_every_quote_is_verbatim_where_it_says(connection: sqlite3.Connection) -> None:
    found = rows(connection, 'SELECT quotes.text, substr(articles.text, start + 1, "end" - start), kind, number '
                 "FROM quotes JOIN articles ON articles.id = article_id ORDER BY quotes.id")  # fmt: skip
    assert [text for text, *_ in found] == [verbatim for _, verbatim, *_ in found]
    assert [kind for _, _, kind, _ in found] == ["speech"] * 5 + ["nonspeech"]
    assert found[1][3] == "q2"


def test_credits(connection: sqlite3.Connection) -> None:
    assert rows(connection, "SELECT quote_id, rank, outlet_id, role FROM credits ORDER BY quote_id") == [
        (1, 1, "lindach-courier", "told"),
        (2, 1, "lindach-courier", "told"),
    ]


def test_the_views_have_all_there_is(connection: sqlite3.Connection) -> None:
    assert rows(connection, "SELECT count(*) FROM quotations") == [(6,)]
    assert rows(connection, "SELECT speaker, outlet, quotes, articles FROM speakers_by_outlet ORDER BY 1, 2") == [
        ("Ada Brook", None, 1, 1),
        ("Ada Brook", "Lindach Courier", 2, 1),
        ("Raj Patel", None, 1, 1),
        ("a passer-by", None, 1, 1),
    ]


def test_references_hold(connection: sqlite3.Connection) -> None:
    assert rows(connection, "PRAGMA foreign_key_check") == []
    assert rows(connection, "PRAGMA integrity_check") == [("ok",)]


def test_the_same_results_give_the_same_rows(database: Path, connection: sqlite3.Connection, tmp_path: Path) -> None:
    again = tmp_path / "again.db"
    again.write_text("half a database")  # of a run that was killed
    write_database(archive(), again, publisher)
    second = sqlite3.connect(again)
    assert list(second.iterdump()) == list(connection.iterdump())
    assert again.read_bytes() == database.read_bytes()


def test_further_outlets_have_ranks_and_nested_quotes_parents(tmp_path: Path) -> None:
    outer, inner = quote("He said ‘never’ to me,", "Ada Brook", "Reuters"), quote("never", "Raj Patel")
    outer["outlets_also"] = [quote("x", outlet="Valley Post")["outlet"]]
    inner |= {"parent": "q1", "continues": "q1"}
    path = tmp_path / "quotes.db"
    write_database([result("a", "“He said ‘never’ to me,” she told them.", outer, inner)], path, publisher)
    connection = sqlite3.connect(path)
    assert rows(connection, "SELECT rank, outlet_id FROM credits") == [(1, "reuters"), (2, "valley-post")]
    assert rows(connection, "SELECT parent_id, continues_id FROM quotes") == [(None, None), (1, 1)]
    assert rows(connection, "SELECT outlet, outlet_ids, role, outlet_confidence FROM quotations") == [
        ("Reuters, Valley Post", '["reuters","valley-post"]', "told, told", 0.7),
        (None, "[]", None, None),
    ], "one row a quote"
    assert rows(connection, "SELECT speaker, outlet, quotes FROM speakers_by_outlet ORDER BY 1, 2") == [
        ("Ada Brook", "Reuters", 1),
        ("Ada Brook", "Valley Post", 1),
        ("Raj Patel", None, 1),
    ]


def test_all_that_an_answer_says_is_kept(tmp_path: Path) -> None:
    said = quote("It is so", "Ada Brook", "Reuters", title="Mayor") | {"marked": False}
    said["speaker"]["named_at"] = {"text": "Ada Brook", "start": 11, "end": 20}
    said["outlet"]["wikidata"] = "Q130879"
    path = tmp_path / "quotes.db"
    write_database([result("a", "“It is so” Ada Brook.", said, publisher="Valley Post")], path, publisher)
    connection = sqlite3.connect(path)
    assert rows(
        connection,
        "SELECT marked, speaker_title, speaker_named_at, speaker_named_at_start, speaker_named_at_end FROM quotes",
    ) == [(0, "Mayor", "Ada Brook", 11, 20)]
    assert rows(connection, "SELECT id, wikidata FROM outlets ORDER BY id") == [
        ("reuters", "Q130879"),
        ("valley-post", "Q11"),
    ]


def test_a_pull_quote_is_kept_and_counts_for_nobody(tmp_path: Path) -> None:
    said = quote(DAM, "Ada Brook", "Reuters")
    pulled = said | {"repeats": "q1"}
    other = result("b", f"“{DAM}”", quote(DAM, "Ada Brook"), date="2026-03-05")
    path = tmp_path / "quotes.db"
    write_database([result("a", f"“{DAM}”", said, pulled, date="2026-03-02"), other], path, publisher)
    connection = sqlite3.connect(path)
    assert rows(connection, "SELECT id, repeats_id FROM quotes") == [(1, None), (2, 1), (3, None)]
    assert rows(connection, "SELECT id FROM quotations") == [(1,), (3,)]
    assert rows(connection, "SELECT outlet, quotes FROM speakers_by_outlet ORDER BY 1") == [(None, 1), ("Reuters", 1)]
    assert rows(connection, "SELECT quotes, articles FROM sayings") == [(2, 2)]
    assert rows(connection, "SELECT quote_id FROM versions ORDER BY 1") == [(1,), (3,)]


def test_the_first_report_is_named_without_a_publisher_too(tmp_path: Path) -> None:
    articles = [result(name, f"“{DAM}”", quote(DAM, "Ada Brook")) for name in ("a.txt", "b.txt", "c.txt")]
    articles[0]["article"].clear()
    path = tmp_path / "quotes.db"
    write_database(articles, path, publisher)
    connection = sqlite3.connect(path)
    assert rows(connection, "SELECT DISTINCT first_article FROM quotations") == [("a.txt",)]
    assert rows(connection, "SELECT first_article FROM first_reports") == [("a.txt",)]
    assert rows(connection, "SELECT article, first_article FROM repeats ORDER BY quote_id") == [
        ("Title of b.txt", "a.txt"),
        ("Title of c.txt", "a.txt"),
    ]


def test_an_article_may_always_be_called_by_something(tmp_path: Path) -> None:
    articles: list[dict[str, object]] = [
        {"id": name, "article": {"title": title} if title else {}, "problem": {"detail": "no"}}
        for name, title in (("a", "The dam"), ("b", None), ("", None), (None, None))
    ]
    write_database(articles, tmp_path / "quotes.db", publisher)
    found = rows(sqlite3.connect(tmp_path / "quotes.db"), "SELECT label FROM articles ORDER BY id")
    assert found == [("The dam",), ("b",), ("article 3",), ("article 4",)]


def test_results_without_text_are_written_too(tmp_path: Path) -> None:
    results = archive()
    for each in results:
        each.get("result", {}).pop("text", None)
    write_database(results, tmp_path / "quotes.db", publisher)
    connection = sqlite3.connect(tmp_path / "quotes.db")
    assert rows(connection, "SELECT name FROM speakers WHERE named ORDER BY 1") == [("Ada Brook",), ("Raj Patel",)]


def test_an_empty_archive(tmp_path: Path) -> None:
    write_database([], tmp_path / "quotes.db", publisher)
    assert rows(sqlite3.connect(tmp_path / "quotes.db"), "SELECT count(*) FROM quotations") == [(0,)]
