from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import service.cli as cli
from service.database.search import DatabaseError, Search, opened, search
from service.database.writer import write_database
from tests.database.conftest import publisher
from tests.database.results import DAM, quote, result

TYPED = st.text(st.characters(exclude_categories=()))  # whatever a terminal lets through, lone surrogates too


def found(database: Path, **asked: object) -> list[str]:
    with opened(database) as connection:
        return [row["text"] for row in search(connection, Search(**asked))]  # type: ignore[arg-type]


def test_words_in_any_form(database: Path) -> None:
    assert found(database, words="begins") == ["We begin in May."]
    assert found(database, words="CAFE closing") == ["A café closes at ten,"]
    assert len(found(database, words="dam Lindach")) == 3
    assert found(database, words="dam pianist") == []


def test_a_phrase(database: Path) -> None:
    assert len(found(database, words='"another winter"')) == 3
    assert found(database, words='"winter another"') == []


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"speaker": "brook"}, 3),
        ({"speaker": "Ada Patel"}, 0),
        ({"outlet": "lindach-courier"}, 2),
        ({"outlet": "courier"}, 2),
        ({"since": "2026-03-05"}, 3),
        ({"since": "2026-03", "until": "2026-03"}, 3),
        ({"until": "2026-03-02"}, 1),
        ({"speaker": "Brook", "words": "dam", "outlet": "Courier", "since": "2026-03-03"}, 1),
        ({}, 5),
        ({"limit": 2}, 2),
    ],
)
def test_all_that_is_asked_holds(database: Path, asked: dict[str, object], number: int) -> None:
    assert len(found(database, **asked)) == number


def test_a_row_has_every_outlet_of_its_quote(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    both = quote("It is so", "Ada Brook", "Reuters") | {"outlets_also": [quote("x", outlet="Valley Post")["outlet"]]}
    write_database([result("a", "“It is so”", both)], tmp_path / "quotes.db", publisher)
    monkeypatch.setenv("COLUMNS", "200")
    assert cli.main(["search", str(tmp_path / "quotes.db"), "--outlet", "Valley"]) == 0
    assert "Reuters, Valley Post" in capsys.readouterr().out


def test_a_pull_quote_is_not_found_beside_what_it_repeats(tmp_path: Path) -> None:
    said = quote(DAM, "Ada Brook")
    write_database([result("a", DAM, said, said | {"repeats": "q1"})], tmp_path / "quotes.db", publisher)
    assert found(tmp_path / "quotes.db") == found(tmp_path / "quotes.db", words="dam") == [DAM]


def test_without_a_publisher_the_articles_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [result(name, DAM, quote(DAM, "Ada Brook")) for name in ("a.txt", "b.txt")]
    for article in articles:
        article["article"].clear()
    write_database(articles, tmp_path / "quotes.db", publisher)
    monkeypatch.setenv("COLUMNS", "200")
    assert cli.main(["search", str(tmp_path / "quotes.db"), "--limit", "1"]) == 0
    table = capsys.readouterr().out
    assert "a.txt (of 2 articles)" in table
    assert table.count("a.txt") == 2


def test_without_words_the_earliest_come_first(database: Path) -> None:
    assert found(database, speaker="Ada Brook") == [f"{DAM}, and the council knows it.", DAM, "We begin in May."]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=TYPED, speaker=TYPED, outlet=TYPED, since=TYPED)
@example(words="0\0", speaker='"\0', outlet="\ud800", since="\0")
def test_no_question_breaks_it(database: Path, words: str, speaker: str, outlet: str, since: str) -> None:
    found(database, words=words, speaker=speaker, outlet=outlet, since=since)


def test_a_database_is_only_read(database: Path) -> None:
    with pytest.raises(DatabaseError), opened(database) as connection:
        connection.execute("DELETE FROM quotes")


@pytest.mark.parametrize("content", [None, b"", b"no database" * 100])
def test_what_is_no_database(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "no.db").write_bytes(content)
    with pytest.raises(DatabaseError, match=r"no\.db"):
        found(tmp_path / "no.db", words="dam")
