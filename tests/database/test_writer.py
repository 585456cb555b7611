from __future__ import annotations

import sqlite3
from pathlib import Path

from service.database.writer import write_database
from tests.database.conftest import publisher
from tests.database.results import DAM, archive, quote, result


def rows(connection: sqlite3.Connection, query: str) -> list[tuple[object, ...]]:
    return connection.execute(query).fetchall()


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


def test_one_row_for_a_speaker_of_several_articles(connection: sqlite3.Connection) -> None:
    assert rows(connection, "SELECT name, type, named FROM speakers ORDER BY name") == [
        ("Ada Brook", "person", 1),
        ("Raj Patel", "person", 1),
        ("a passer-by", "person", 0),
    ]
    assert rows(connection, "SELECT name, articles FROM speaker_names WHERE articles > 1") == [("Ada Brook", 2)]
    assert rows(connection, "SELECT count(*) FROM quotes WHERE speaker_id IS NULL") == [(1,)]


def test_credits(connection: sqlite3.Connection) -> None:
    assert rows(connection, "SELECT quote_id, rank, outlet_id, role FROM credits ORDER BY quote_id") == [
        (1, 1, "lindach-courier", "told"),
        (2, 1, "lindach-courier", "told"),
    ]


def test_the_same_words_with_their_first_report(connection: sqlite3.Connection) -> None:
    assert rows(connection, "SELECT text, first_publisher, articles, credited_outlets FROM first_reports") == [
        (f"{DAM}, and the council knows it.", "Lindach Courier", 3, "Lindach Courier")
    ]
    assert rows(connection, "SELECT relation, publisher, first_publisher FROM repeats ORDER BY quote_id") == [
        ("shorter", "Valley Post", "Lindach Courier"),
        ("shorter", None, "Lindach Courier"),
    ]


def test_who_is_left_open_is_inferred_and_kept_apart(connection: sqlite3.Connection) -> None:
    found = rows(connection, "SELECT speaker, inferred_speaker FROM quotations WHERE inferred_speaker IS NOT NULL")
    assert found == [("a passer-by", "Ada Brook")]
    assert rows(connection, "SELECT articles, articles_naming FROM inferred_speakers") == [(2, 2)]


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
    assert rows(connection, "SELECT count(*) FROM quotations") == [(2,)], "one row a quote"


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
