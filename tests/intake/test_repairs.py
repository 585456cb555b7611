"""Mangled characters: what is mended, what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.intake.offsets import Copy
from service.intake.repairs import repaired


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("\x93The mill is old,\x94 she said. \x93It\x92s ours.\x94", "“The mill is old,” she said. “It’s ours.”"),
        ("â€œThe mill is old,â€\x9d she said.", "“The mill is old,” she said."),
        ("â\x80\x9cThe mill is old,â\x80\x9d she said.", "“The mill is old,” she said."),
        ("In the cafÃ© she said “no”.", "In the café she said “no”."),
        ("&#8220;It&#8217;s old,&#x201D; she said.", "“It’s old,” she said."),
        ("&ldquo;R&amp;D,&rdquo; she said.", "“R&D,” she said."),
        ("&amp;quot;Old,&amp;quot; she said.", '"Old," she said.'),
        (r"\"Old,\" she said.\n\n\"Ours.\"", '"Old," she said.\n\n"Ours."'),
        (r"\u201cIt\u2019s old,\u201d she said.", "“It’s old,” she said."),
        ("\ufffdOld,\ufffd she said. \ufffd\ufffd\ufffdIt\ufffds ours.\ufffd", '"Old," she said. "It’s ours."'),
        ("\ufffdWe won\ufffd said Ada.\nIt\ufffds \ufffda start\ufffd.", '"We won" said Ada.\nIt’s "a start".'),
        ('""Old,"" she said. ""Ours.""', '"Old," she said. "Ours."'),
    ],
)
def test_what_is_mended(sent: str, read: str) -> None:
    copy, warnings = repaired(Copy(sent))
    assert copy.text == read
    assert len(warnings) == 1


@pytest.mark.parametrize(
    "text",
    [
        "“The mill is old,” she said. “It’s ours.”",
        "AT&T and R&D; the file is C:\\new\\users, she said.",
        "Ångström, naïve, São Paulo, Œuvre, “ça va” – 5 €, 10 £, 20 °C, «oui», ½.",
        'He said "" and "x".',
        "Привет, мир. 我们赢了。 “Да.”",
        "The caf\ufffd of M\ufffdnchen, 20 \ufffdC.",
        "The \ufffdlan of it.\nThe caf\ufffd is shut.",
        "The \ufffdlan of \ufffdmile, the caf\ufffd, the caf\ufffd.",
        "&unknown; &; & &#; a&b;",
        "",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert repaired(Copy(text)) == (Copy(text), ())


def test_a_word_is_found_in_what_was_sent() -> None:
    sent = 'â€œIt&#8217;s \\"old\\",â€\x9d said Ada.'
    copy, warnings = repaired(Copy(sent))
    assert copy.text == '“It’s "old",” said Ada.'
    assert len(warnings) == 3
    start = copy.text.index("It’s")
    low, high = copy.to_source((start, start + 4))
    assert sent[low:high] == "It&#8217;s"
    start = copy.text.index("Ada")
    low, high = copy.to_source((start, start + 3))
    assert sent[low:high] == "Ada"


@given(st.text(st.sampled_from('a &#8;qt\\"u01âÃ\x80\x93\x9c€œ“x\n') | st.characters(exclude_categories=["Cs"])))
def test_any_text_can_be_mended_and_sent(text: str) -> None:
    copy, warnings = repaired(Copy(text))
    copy.text.encode("utf-8")
    assert bool(warnings) == (copy.text != text or bool(copy.steps))
