"""Who is who, and which quotes are the same words, over all articles of a database."""

from __future__ import annotations

import sqlite3

from tests.database.results import DAM, rows


def test_one_row_for_a_speaker_of_several_articles(connection: sqlite3.Connection) -> None:
    assert rows(connection, "SELECT name, type, named FROM speakers ORDER BY name") == [
        ("Ada Brook", "person", 1),
        ("Raj Patel", "person", 1),
        ("a passer-by", "person", 0),
    ]
    assert rows(connection, "SELECT name, articles FROM speaker_names WHERE articles > 1") == [("Ada Brook", 2)]
    assert rows(connection, "SELECT count(*) FROM quotes WHERE speaker_id IS NULL") == [(1,)]


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
