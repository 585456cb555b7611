"""Wrapped lines: joined where a text is wrapped, left alone in all others."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.intake.offsets import Copy
from service.intake.wrapping import unwrapped, with_line_ends
from tests.article_files import load_articles
from tests.attribution.growth import grows_with_length


def joined(text: str) -> str:
    return Copy(text).edited(unwrapped(text)).text


def wrapped(text: str, width: int) -> str:
    return "\n\n".join(textwrap.fill(line, width) for line in text.split("\n") if line)


PARAGRAPHS = (
    "The council of Ashby will vote on Tuesday on whether to sell the old mill by the river, which has stood empty for "
    "eleven years and costs the town some 40,000 crowns a year to keep dry.\n"
    "“We have no use for it, and nobody else has asked for it either,” said the mayor, Ida Marsh, who was born in the "
    "house beside it. “But I would rather see it turn again than see it fall down.”\n"
    "Ron Vale, a long-serving architect, called the plan “a sale of the family’s silver” in the Ashby Gazette."
)


@pytest.mark.parametrize("width", [50, 60, 72, 80, 100])
def test_wrapped_paragraphs_are_whole_again(width: int) -> None:
    assert joined(wrapped(PARAGRAPHS, width)) == PARAGRAPHS.replace("\n", "\n\n")


def test_line_ends_of_windows_and_indents() -> None:
    text = wrapped(PARAGRAPHS, 72)
    assert " ".join(joined(text.replace("\n", "\r\n")).split()) == " ".join(PARAGRAPHS.split())
    assert joined(textwrap.indent(text, "    ")).split("\n\n")[0].strip() == PARAGRAPHS.split("\n")[0]


def test_every_line_end_becomes_a_line_feed() -> None:
    text = "one\r\ntwo\rthree\u2028four\n\r\nfive"
    assert Copy(text).edited(with_line_ends(text)).text == "one\ntwo\nthree\nfour\n\nfive"


def test_indented_first_lines_part_paragraphs() -> None:
    text = "\n".join(textwrap.fill(p, 64, initial_indent="    ") for p in PARAGRAPHS.split("\n"))
    assert joined(text) == "\n".join(f"    {p}" for p in PARAGRAPHS.split("\n"))


@pytest.mark.parametrize("name", [article.name for article in load_articles()])
def test_articles_with_a_paragraph_a_line_stay_as_they_are(name: str) -> None:
    article = next(a for a in load_articles() if a.name == name)
    assert joined(article.text) == article.text


@pytest.mark.parametrize(
    "text",
    [
        "The river is rising, and the mill is rising with it,\nit turns and it grinds,\nand nobody sees.\n"
        "The miller is gone,\nthe wheel is of stone,\nand under the bridge\nit is cold.",
        "In the box:\n- two letters from the mayor, none of them signed by her\n- a key\n- a photograph of the mill",
        "1. The bridge opens on Monday at nine in the morning\n2. The mill is sold to the man who asked last\n3. Rain",
        "BROOK: Good morning, and welcome to the council of Ashby town.\nMARSH: Thank you. I have little to say now.\n"
        "BROOK: Then say it.\nMARSH: The mill is sold, and it is sold to a man who will not\nBROOK: Who is it?",
        "Mill to be sold\nBy Ann Lee\n“We have no use for it,” said Ida Marsh.\n“None at all.”",
        '"We close," Sam Ito said, "we are closing early\nThe shop had been open for 40 years and more.\n"It is sad."',
        "Name  Votes\nMarsh 1,204\nVale  988\n",
        "one line",
        "",
    ],
)
def test_verse_lists_transcripts_and_tables_stay_as_they_are(text: str) -> None:
    assert joined(text) == text


def test_a_list_in_a_wrapped_text_stays_one() -> None:
    text = wrapped(PARAGRAPHS, 60) + "\n\n- Ida Marsh, the mayor of Ashby, who voted for the plan, twice\n- Ron Vale\n"
    assert joined(text).endswith("twice\n- Ron Vale\n")


@given(st.text(st.sampled_from("ab, .A“”-\n\n") | st.characters(exclude_categories=["Cs"]), max_size=300))
def test_nothing_but_white_space_is_lost(text: str) -> None:
    assert "".join(joined(text).split()) == "".join(text.split())


@pytest.mark.parametrize("unit", ["word ", "a\n", "\n", "> ", "-", "words that go on in a line of text for a\nwhile "])
def test_time_is_linear(unit: str) -> None:
    assert grows_with_length(joined, unit, 8000)
