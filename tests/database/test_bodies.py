from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from service.database.bodies import acronym_of, initials_of, stands_in, written_out
from service.database.writer import Result, write_database
from tests.database.conftest import publisher
from tests.database.results import quote, result

WEIRS, WATERS = "Lindach Weir Authority", "Lindach Water Alliance"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("LWA", "LWA"), ("the LWA", "LWA"), ("The L.W.A.", "LWA"), ("Lwa", None), ("L", None), ("the", None), ("", None)],
)
def test_acronyms(name: str, letters: str | None) -> None:
    assert acronym_of(name) == letters


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Lindach Weir Authority", {"LWA"}),
        ("the Bureau of Weirs and Dams", {"BOWAD", "BWD"}),
        ("Anti-Dam League", {"ADL"}),
        ("Courier", set()),
        ("", set()),
    ],
)
def test_initials(name: str, initials: set[str]) -> None:
    assert initials_of(name) == initials


def test_an_acronym_is_written_out_where_it_may_stand_for_one_name_alone() -> None:
    assert written_out([WEIRS, "LWA", "L.W.A.", "BWD"]) == {"LWA": WEIRS, "L.W.A.": WEIRS}
    assert written_out([WEIRS, WATERS, "LWA"]) == {}


def test_a_name_stands_in_a_text_as_it_is() -> None:
    assert stands_in("the Lindach Weir Authority", "At the Lindach\nWeir Authority’s hall")
    assert not stands_in("LWA", "LWAs and lwa")


def said_by(name: str, text: str = "", *, type_: str = "organization") -> Result:
    return result(name, f"“So it is,” said {name}. {text}", quote("So it is,", name, type_=type_))


def speakers(folder: Path, *results: Result) -> list[str]:
    write_database(results, folder / "quotes.db", publisher)
    connection = sqlite3.connect(folder / "quotes.db")
    return [name for (name,) in connection.execute("SELECT name FROM speakers ORDER BY name")]


def test_an_organisation_is_one_under_its_acronym(tmp_path: Path) -> None:
    assert speakers(tmp_path, said_by("the LWA"), said_by(WEIRS, "The LWA met."), said_by("LWA")) == [WEIRS]


def test_it_is_two_where_no_article_has_both_names(tmp_path: Path) -> None:
    assert speakers(tmp_path, said_by("LWA"), said_by(WEIRS)) == ["LWA", WEIRS]


def test_of_two_with_the_same_initials_neither_has_the_acronym(tmp_path: Path) -> None:
    both = (said_by(WEIRS, "The LWA met."), said_by(WATERS, "The LWA met."))
    assert speakers(tmp_path, *both, said_by("LWA")) == ["LWA", WATERS, WEIRS]


def test_a_document_has_no_acronym(tmp_path: Path) -> None:
    assert speakers(tmp_path, said_by("LWA", type_="document"), said_by(WEIRS, "The LWA met.")) == ["LWA", WEIRS]


def test_without_texts_who_is_quoted_in_one_article_tells(tmp_path: Path) -> None:
    both = result("a", "“So” it “is”", quote("So", "LWA", type_="group"), quote("is", WEIRS, type_="organization"))
    del both["result"]["text"]
    assert speakers(tmp_path, both) == [WEIRS]
