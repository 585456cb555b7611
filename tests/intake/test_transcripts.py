"""Turns of transcripts that have no quotation marks, and what only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.intake.reading import TRANSCRIPT, read_text
from service.intake.transcripts import unmarked_turns

TRANSLATED = """Ana Lopez left her town in March.

ANA LOPEZ (through translator): We waited nine hours.

JUDY REED: And then?

ANA LOPEZ (through translator): They closed the gate.  """


def turns(text: str) -> list[str]:
    return [text[start:end] for start, end in unmarked_turns(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TRANSLATED, ["We waited nine hours.", "And then?", "They closed the gate."]),
        ("Q: Why?\nA: Because.\nQ: Would you?\nA: Never.", ["Why?", "Because.", "Would you?", "Never."]),
        ("Q. Why?\nA. Because.\nQ. Would you?", ["Why?", "Because.", "Would you?"]),
        ("Judy Reed: Why?\nAna Lopez, Ashby: Why not?\nJudy Reed: Well.", ["Why?", "Why not?", "Well."]),
        ("**Q: Why?**\n\nA: Because.\n\n**Q: Would you?**", ["Why?", "Because.", "Would you?"]),
        ("**Judy Reed:** Why?\n**Ana Lopez**: No.\n__Judy Reed:__ Well.", ["Why?", "No.", "Well."]),
        ("JUDY REED, HOST: Why?\nANA LOPEZ: Why not?\nREED: Well.", ["Why?", "Why not?", "Well."]),
        (">> JUDY REED: WHY?\n>> ANA LOPEZ: WHY NOT?\n>> JUDY REED: WELL.", ["WHY?", "WHY NOT?", "WELL."]),
        ("UNKNOWN MALE #1: Why?\nUNKNOWN MALE #2: No.\nUNKNOWN MALE #1: Well.", ["Why?", "No.", "Well."]),
        ("THE MAYOR:  Hello.\n\nQ    Why?\n\nTHE MAYOR:  Well.", ["Hello.", "Why?", "Well."]),
        ("Ana Lopez left.\nJudy: Why?\nAna: No.\nJudy: Why?\nAna: Well.", ["Why?", "No.", "Why?", "Well."]),
        ("[0:05] Judy Reed: Why?\n[0:12] Ana Lopez: No.\n[1:00:15] Judy Reed: Well.", ["Why?", "No.", "Well."]),
        ("Judy Reed (00:05):\nWhy?\n\nAna Lopez [00:12]:\nNo.\n\nJudy Reed 0:15:\nWell.", ["Why?", "No.", "Well."]),
    ],
)
def test_turns(text: str, words: list[str]) -> None:
    assert turns(text) == words
    assert TRANSCRIPT in read_text(text).warnings


@pytest.mark.parametrize(
    "text",
    [
        "NOTE: We moved.\nWARNING: Keep off.\nJUDY REED: And then?",  # no label twice
        "JUDY REED: Why?\nJUDY REED: Why?\nJUDY REED: Why?",  # no second one
        "JUDY REED: Why?\nANA LOPEZ: Why not?",
        "The mayor said: No.\nThe mayor said: Yes.\nShe said: Why?",
        "A. Lopez won.\nB. Reed lost.\nA. Lopez wept.",
        "Q    a\nA    b\nQ    c",  # a table
        "Note: We moved.\nWarning: Why?\nNote: We came.\nWarning: Keep off.",  # nobody is named
        "Ana Lopez left.\nAna: No.\nJudy: Yes.\nAna: No.\nJudy: Yes.",  # nobody asks
        "10:30 The mayor spoke.\n10:45 Ana Lopez left.\n11:00 The mayor left.",
    ],
)
def test_what_is_no_transcript(text: str) -> None:
    assert turns(text) == []


def test_a_turn_goes_on_until_the_next_label() -> None:
    text = (
        "ANA LOPEZ: We waited.\n\nNine hours, all of us.  \n\nJUDY REED: And then?\n\n(LAUGHTER)\n\nThat was all?\n\n"
        "ANA LOPEZ: No.\n\nShe wept. “It was cold,” she said.\n\nJUDY REED: Thank you.\n\nShe left for home."
    )
    assert turns(text) == ["We waited.\n\nNine hours, all of us.", "And then?", "That was all?", "No.", "Thank you."]
    assert "ANA LOPEZ: “We waited.\n\n“Nine hours, all of us.”" in read_text(text).read


@pytest.mark.parametrize(
    ("label", "paragraph"),
    [
        ("JUDY REED", "“Nine hours,” she said."),
        ("JUDY REED", "THE SECRETARY OF STATE FOR WALES: Nine hours."),
        ("JUDY REED", "Vale: Nine hours."),
        ("RON VALE", "He was to wait again."),
    ],
)
def test_a_turn_ends_before_what_may_be_nobodys_or_anothers(label: str, paragraph: str) -> None:
    text = f"{TRANSLATED}\n\nJUDY REED: Yes.\n\n{label}: We waited.\n\n{paragraph}\n\nANA LOPEZ: No."
    assert turns(text)[-2] == "We waited."


def test_a_turn_in_an_excerpt_is_its_line() -> None:
    article = "\n".join(f"The town of Ashby is {n} years old." for n in range(3))
    text = "ANA LOPEZ: We waited.\nNine hours, all of us.\nJUDY REED: And then?\nANA LOPEZ: No."
    assert turns(text) == ["We waited.\nNine hours, all of us.", "And then?", "No."]
    assert turns(f"{article}\n{text}\n“Yes.”") == ["We waited.", "And then?", "No."]


def test_a_turn_in_an_article_is_its_line() -> None:
    article = "\n".join(f"The town of Ashby is {n} years old." for n in range(20))
    text = TRANSLATED.replace("JUDY", f"{article}\nJUDY")
    assert turns(text) == ["We waited nine hours.", "And then?", "They closed the gate."]
    assert turns(f"{text}\n“Yes.”") == []


@pytest.mark.parametrize(
    ("turn", "read"),
    [
        ("Nobody spoke.", "ANA LOPEZ: “Nobody spoke.”"),
        ("The “gate” closed.", "ANA LOPEZ: “The ‘gate’ closed.”"),
        ("He said, “Go home,” and left.", "ANA LOPEZ: “He said, ‘Go home,’ and left.”"),
        ("“They closed the gate.”", "ANA LOPEZ: “They closed the gate.”"),
        ("‘They closed the gate.’", "ANA LOPEZ: ‘They closed the gate.’"),
    ],
)
def test_marks_count_in_their_own_turn(turn: str, read: str) -> None:
    after = "\n\nJUDY REED: “Yes.”\n\nShe wept. “It was cold,” she said."
    assert read_text(f"{TRANSLATED}\n\nANA LOPEZ: {turn}{after}").read.endswith(f"{read}{after}")


def test_links_to_other_articles_are_no_turns() -> None:
    links = "READ MORE: Mill sold to the highest bidder\nWATCH: The wheel turns\nREAD MORE: Ashby votes\n"
    text = f"“We won,” said Ida Marsh.\n{links}“At last,” she said."
    assert turns(text) == []


@given(st.text(alphabet="QA:. JREED\n", max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    read = read_text(text)
    assert read.text == text
    assert len(turns(text)) != 1
