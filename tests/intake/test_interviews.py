"""Interviews by their questions alone, and what only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.intake.html import read_html
from service.intake.interviews import unmarked_interview
from service.intake.reading import INTERVIEW, TRANSCRIPT, ReadableText, read_derived, read_text
from service.intake.unquoted import QUESTIONS
from service.records import Attribution
from tests.attribution.growth import grows_with_length
from tests.intake.test_reading import MODEL, answer

ASKED = ["Why did you stay?", "And the river?", "Would you go?"]
SAID = ["I had no choice.", "It rose, to my horror.", "Never."]
BOTH = [words for pair in zip(ASKED, SAID, strict=True) for words in pair]
INTRODUCTION = "Jane Doe runs the mill."


def text_of(form: str, between: str = "\n\n") -> str:
    """An interview in plain text, each question in a ``form``."""
    turns = (f"{form.format(asked)}{between}{said}" for asked, said in zip(ASKED, SAID, strict=True))
    return "\n\n".join((INTRODUCTION, *turns))


def html_of(form: str) -> str:
    """The same in HTML, each question and answer in a ``form``."""
    turns = (form.format(asked, said) for asked, said in zip(ASKED, SAID, strict=True))
    return f"<p>{INTRODUCTION}</p>{''.join(turns)}"


def quoted(readable: ReadableText) -> list[str]:
    found = answer(readable)
    assert not any(quote.marked for quote in found.quotes)
    return [quote.text for quote in found.quotes]


@pytest.mark.parametrize("form", ["{}", "**{}**", "__{}__", "### {}", "Q: {}", "**Q:** {}", "**Q: {}**", "Gazette: {}"])
def test_questions_in_text(form: str) -> None:
    readable = read_text(text_of(form))
    assert quoted(readable) == BOTH
    assert readable.warnings == (INTERVIEW,)


def test_an_answer_may_stand_beside_its_question() -> None:
    readable = read_text(text_of("**{}**", " "))
    assert quoted(readable) == BOTH
    assert "\n**Q: “Why did you stay?”** \n“I had no choice.”\n" in readable.read


@pytest.mark.parametrize(
    "form",
    [
        "<p><strong>{}</strong></p><p>{}</p>",
        "<h3>{}</h3><p>{}</p>",
        "<p><b>{}</b><br>{}</p>",
        "<p><em>{}</em></p><div>{}</div>",
    ],
)
def test_questions_in_html(form: str) -> None:
    assert quoted(read_derived(read_html(html_of(form)))) == BOTH


def test_a_request_ends_an_answer_and_is_no_quote() -> None:
    html = html_of("<p><b>{}</b></p><p>{}</p>").replace("And the river?", "Tell me of the river.")
    more = "<p><b>Who would you ask?</b></p><p>My son.</p><h3>About us</h3><p>We print on Mondays.</p>"
    said = [*BOTH[:2], *BOTH[3:], "Who would you ask?", "My son."]
    assert quoted(read_derived(read_html(html + more))) == said


def test_an_answer_goes_on_over_paragraphs_but_not_over_an_epilogue() -> None:
    text = text_of("**{}**").replace("no choice.", "no choice.\n\nThe mill stood.") + "\n\nI will not.\n\nShe left."
    assert quoted(read_text(text)) == [*BOTH[:2], "The mill stood.", *BOTH[2:], "I will not."]


@pytest.mark.parametrize(
    ("text", "warnings"),
    [
        ("Who pays?\n\nThe town.\n\nWho gains?\n\nThe mill.\n\nWhat next?\n\nNobody knows.", ()),
        ("Do you need a visa?\n\nYou do.\n\nDo you need cash?\n\nNo.\n\nCan you drive?\n\nYou can.", ()),
        ("What can I do?\n\nAsk.\n\nWhom can I ask?\n\nUs.\n\nWhere can I write to you?\n\nHere.", ()),
        ("Who are you?\n\nI am Ada.\n\nWhy come?\n\nTo see.\n\nWhat for?\n\nNothing.", (QUESTIONS,)),
        ("Who are you?\n\nI am Ada.\n\nWhy did you come?\n\nI had to.", ()),
    ],
)
def test_what_is_no_interview(text: str, warnings: tuple[str, ...]) -> None:
    readable = read_text(text)
    assert readable.read == text
    assert readable.answer(Attribution(MODEL, (), (), ())).warnings == warnings


def test_answers_in_marks_are_left_as_they_are() -> None:
    text = "\n\n".join(BOTH).replace("I had no choice.", "“I had no choice,” she said.").replace("Never.", "“Never.”")
    assert read_text(text).read == text


def test_a_transcript_is_read_by_its_labels() -> None:
    text = text_of("Q: {}").replace("\n\nI", "\n\nA: I").replace("\n\nNever", "\n\nA: Never")
    assert TRANSCRIPT in read_text(text).warnings


@given(st.text(alphabet="QI:? *_#you\n", max_size=200))
def test_turns_are_in_order_and_have_words(text: str) -> None:
    reached = 0
    for turn in unmarked_interview(text):
        for start, end in filter(None, (turn.question, *turn.answer)):
            assert reached <= start < end
            reached = end
    assert read_text(text).text == text


@pytest.mark.parametrize("piece", ["Why do you?\n\nI do.\n\n", "**Do you? ", "A? I\n", "Ab Cd Ef "])
def test_time_is_linear(piece: str) -> None:
    assert grows_with_length(unmarked_interview, piece, 20_000)
