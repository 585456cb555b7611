"""How far a name runs."""

from __future__ import annotations

import pytest

from service.attribution.mentions.detect import find_mentions
from service.attribution.text import words_of
from tests.attribution.mentions.naming import name_in


@pytest.mark.parametrize("opening", ["Meanwhile ", "But ", "When ", "According to ", "In March ", "On Monday "])
def test_the_word_before_a_name_is_not_part_of_it(opening: str) -> None:
    text = f"Ann Velez flew in. {opening}Velez said so."
    assert name_in(text, f"{opening}Velez") == "Ann Velez"


def test_will_asks_or_is_a_name() -> None:
    text = "Ann Velez spoke. Will Velez win? Will Dorsey thinks so. “No,” said Dorsey."
    assert name_in(text, "Velez") == "Ann Velez"
    assert name_in(text, "Dorsey.") == "Will Dorsey"


def test_names_that_are_other_words_too() -> None:
    text = "Nora May met Larry King, Will Dorsey and John Major. May said so. King and Major agreed. Mr. Dorsey left."
    assert name_in(text, "May") == "Nora May"
    assert name_in(text, "King and Major") == "Larry King and John Major"
    assert name_in(text, "Mr. Dorsey") == "Will Dorsey"


def test_a_body_for_a_cause_is_one_name() -> None:
    text = "The group Citizens for Clean Water sued. A spokesman for Citizens for Clean Water declined."
    assert name_in(text, "The group Citizens for Clean Water") == "Citizens for Clean Water"


def test_a_day_is_no_part_of_an_outlet_name() -> None:
    assert name_in("The story in the Times on Saturday said so.", "the Times on Saturday") == "Times"


@pytest.mark.parametrize("name", ["Human Rights Watch", "Doctors Without Borders"])
def test_a_body_keeps_the_function_words_of_its_name(name: str) -> None:
    assert name_in(f"“It hurts,” {name} said on Monday.", name) == name


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The House Energy and Trade Committee Chairman Fred Quell spoke.", "Quell", "Fred Quell"),
        ("The Department of State Secretary Kirtje Nilsen spoke.", "Nilsen", "Kirtje Nilsen"),
        ("The Writers’ Association President Jeff Moss spoke.", "Moss", "Jeff Moss"),
        ("Sen. Dean Quell and Publisher A.G. Sorrel left.", "A.G. Sorrel", "A.G. Sorrel"),
        ("Sen. Dean Quell and Publisher A.G. Sorrel left.", "Quell", "Dean Quell"),
        ("John Quell & Nancy Moss spoke.", "Nancy Moss", "Nancy Moss"),
        ("George Will spoke to them. Will said so.", "Will said", "George Will"),
        ("Mr. Quell Friday said so.", "Quell", "Quell"),
        ("Clifford D. May spoke. Mr. May left.", "Mr. May", "Clifford D. May"),
        ("Ann Velez R-Norland spoke. Velez left.", "Velez left", "Ann Velez"),
        ("Alex Velez spoke. Van Velez left.", "Van Velez", "Van Velez"),
        ("They won the Senate for Ann Velez.", "Velez", "Ann Velez"),
        ("Ann Velez spoke of Team Velez. Velez left.", "Velez left", "Ann Velez"),
        ("Ann Velez spoke. Wacko Ann Velez left.", "Wacko Ann Velez", "Ann Velez"),
        ("Senator Ann Velez Dorothy Ann VelezVoters wait. Velez left.", "Velez left", "Ann Velez"),
        ("Speaker Ann Velez Ann Dorothy Velez Voters wait. Velez left.", "Velez left", "Ann Velez"),
        ("The Committee to Protect Writers spoke.", "The Committee to Protect Writers", "Committee to Protect Writers"),
        ("It was the Committee to Elect Ann Velez.", "Ann Velez", "Committee to Elect Ann Velez"),
        ("Backbencher Stephen Quell said so.", "Quell", "Stephen Quell"),
        ("Then the FBI and IRS official Jeff Quell left.", "the FBI and IRS official Jeff Quell", "Jeff Quell"),
        ("Democracy for Norland chairman Ann Lee left.", "Democracy for Norland chairman Ann Lee", "Ann Lee"),
        ("It was said by an Iowa Democrat.", "an Iowa Democrat", None),
        ("Adil Abdul Mazin spoke. Abdul Mazin left.", "Abdul Mazin left", "Adil Abdul Mazin"),
        ("Tolland spoke. Rex Tolland Jr. did not. Tolland left.", "Tolland left", "Tolland"),
        ("Sen. Lindsey Moss spoke. Mr. Moss left.", "Mr. Moss", "Lindsey Moss"),
        ("Special Agent in Charge Rene Quell spoke.", "Special Agent in Charge Rene Quell", "Rene Quell"),
        ("Ambassador at Large Bo Lim spoke.", "Ambassador at Large Bo Lim", "Bo Lim"),
        ("The Commander in Chief spoke.", "The Commander in Chief", None),
        ("They met Senator Quell in Large.", "Senator Quell", "Quell"),
        ("Steve King of Norland spoke.", "Steve King of Norland", "Steve King"),
        ("The King of Norland spoke.", "The King of Norland", None),
    ],
)
def test_offices_and_neighbours_leave_the_name_alone(text: str, words: str, name: str | None) -> None:
    assert name_in(text, words) == name


def test_a_picture_s_credit_is_no_part_of_a_name() -> None:
    assert name_in("Rita Marden/AP. The AP reported it.", "The AP") == "AP"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Velez Admits “I was wrong”", ["Ann Velez"]),
        ("“He lied,” President Velez Says Again", ["Velez"]),
        ("Mayor Field Tells CNN “no”", ["Field", "CNN"]),
        ("Velez Slams CNN", ["Velez", "CNN"]),
        ("Says Velez of CNN: “no”", ["Velez", "CNN"]),
        ("The United States won", ["United States"]),
        ("The Gulf States met", ["Gulf States"]),
        ("He wrote for Field Notes today", ["Field Notes"]),
    ],
)
def test_a_name_ends_before_a_verb_of_saying_in_a_headline(text: str, names: list[str]) -> None:
    found = [mention.name for mention in find_mentions(text, words_of(text)) if not mention.weak]
    assert found == names
