"""Which name in a phrase is its head."""

from __future__ import annotations

import pytest

from tests.attribution.mentions.naming import name_in

PHRASES = (
    "Howard’s niece, state Del. Ann Price (D-Norford), said no. So did Rep. T.K. Velmont (D-N.C.), head of a caucus. "
    "Karen Finch, a spokeswoman for Velez, agreed. A spokesman for Velez did not. Tolland’s campaign manager Kelly "
    "Anwar spoke; Price’s letter too, and the Herald newspaper. Norbank’s chief John Farley sat. A friend of Velez "
    "stood. Tolland aides ran. Velez herself came. The 44-year-old Bo Katz cheered."
)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Howard’s niece, state Del. Ann Price (D-Norford)", "Ann Price"),
        ("Rep. T.K. Velmont (D-N.C.), head of a caucus", "T.K. Velmont"),
        ("Karen Finch, a spokeswoman for Velez", "Karen Finch"),
        ("A spokesman for Velez", None),
        ("A friend of Velez", None),
        ("Tolland aides", None),
        ("Tolland’s campaign manager Kelly Anwar", "Kelly Anwar"),
        ("Price’s letter", "Ann Price"),
        ("the Herald newspaper", "Herald"),
        ("Norbank’s chief John Farley", "John Farley"),
        ("Velez herself", "Velez"),
        ("The 44-year-old Bo Katz", "Bo Katz"),
    ],
)
def test_the_head_of_a_phrase_is_whom_it_names(words: str, name: str | None) -> None:
    assert name_in(PHRASES, words) == name


@pytest.mark.parametrize(
    "words", ["Velez said", "said Velez", "Ohio. Velez", "it,” Velez", "Velez complained", "Ohio, Velez", "Velez. “We"]
)
def test_a_span_may_be_a_word_too_wide(words: str) -> None:
    text = (
        "Ann Velez flew to Ohio. Velez said so. “I like it,” Velez complained. In Ohio, Velez was loved. “Yes,” said "
        "Velez. “We won.”"
    )
    assert name_in(text, words) == "Ann Velez"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("House Ways and Means Chairman Kevin Lind", "Kevin Lind"),
        ("Norland Health and Human Services director Alec Loft", "Alec Loft"),
        ("Issues and Insights founder John Lind", "John Lind"),
        ("House Ways and Means Chairman Kevin Lind and chairman Bo Katz", "Kevin Lind and Bo Katz"),
        ("Brook and Sen. Ann Velez", "Brook and Ann Velez"),
        ("Carl Bridge and Trade Minister Ann Velez", "Carl Bridge and Ann Velez"),
        ("Zell and Trade Minister Ann Velez", "Zell and Ann Velez"),
        ("Courier editor in chief Alec Loft", "Alec Loft"),
        ("the editor for chief Alec Loft", None),
    ],
)
def test_what_a_role_is_for_is_no_second_speaker(text: str, name: str | None) -> None:
    assert name_in(f"“No,” said {text}.", text) == name


def test_several_speakers_are_joined() -> None:
    text = (
        "Sens. Ada Warwick and Sherman Brooks wrote. Warwick and Brooks agreed. Warwick, Brooks and Rex Tolland voted. "
        "Warwick and her aides left."
    )
    assert name_in(text, "Sens. Ada Warwick and Sherman Brooks") == "Ada Warwick and Sherman Brooks"
    assert name_in(text, "Warwick and Brooks") == "Ada Warwick and Sherman Brooks"
    assert name_in(text, "Warwick, Brooks and Rex Tolland") == "Ada Warwick and Sherman Brooks and Rex Tolland"
    assert name_in(text, "Warwick and her aides") == "Ada Warwick and her aides"


UTTERANCES = (
    "The Norland Courier wrote. Ann Velez left. A statement from the Trade Ministry, an editorial in the Norland "
    "Courier, the Velez letter, the Courier headline, and a letter from Velez were read."
)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("A statement from the Trade Ministry", "Trade Ministry"),
        ("an editorial in the Norland Courier", "Norland Courier"),
        ("the Velez letter", "Ann Velez"),
        ("the Courier headline", "Norland Courier"),
        ("a letter from Velez", None),
    ],
)
def test_what_is_written_speaks_for_whoever_it_comes_from(words: str, name: str | None) -> None:
    assert name_in(UTTERANCES, words) == name
