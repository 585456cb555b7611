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
        ("â€œOld,â€ she said. â€œOurs.â€\nâ€œYes.â€?", "“Old,” she said. “Ours.”\n“Yes.”"),
        ("‚ÄúIt‚Äôs old,‚Äù said Jos√©.", "“It’s old,” said José."),
        ("ΓÇ£It's old,ΓÇ¥ said Jos├⌐.", "“It's old,” said José."),
        ("&amp;amp;ldquo;Old,&amp;amp;rdquo; she said.", "“Old,” she said."),
        ("&#8220Old,&#8221 she said. &ldquoOurs.&rdquo", "“Old,” she said. “Ours.”"),
        ("âOld,â she said. âItâs ours.â", '"Old," she said. "It’s ours."'),
        ("?Old,? she said. ?It?s ours.? Who?", '"Old," she said. "It’s ours." Who?'),
        ("ÒOld,Ó she said. ÒItÕs ours.Ó", '"Old," she said. "It’s ours."'),
        ("ìOld,î she said. ìItís ours.î", '"Old," she said. "It’s ours."'),
        ("\ufffdOld,\ufffd said Jos\ufffd. \ufffdOurs.\ufffd", '"Old," said Jos\ufffd. "Ours."'),
        ("❝Old,❞ she said. ❛It´s ours.❜", "“Old,” she said. ‘It's ours.’"),
        ("″Old,″ she said. ‘Itʼs ours.ʼ", '"Old," she said. ‘It’s ours.’'),
        ("‶Old,″ she said. ʺOurs.ʺ ״Yes.״", '"Old," she said. "Ours." "Yes."'),
        ("🙶Old,🙷 she said.", "“Old,” she said."),
        ("=E2=80=9CThe mi=\nll,=E2=80=9D she said in the caf=C3=A9.", "“The mill,” she said in the café."),
        ("=93Old,=94 she said. a=3Db", "“Old,” she said. a=b"),
        ("<<Old>>, she said. ,,Ours.“", "«Old», she said. „Ours.“"),
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
        "IQ=93, a=3D, x =22 and y=E9=\nz",
        "A 12ʺ board, צה״ל and 5ʺ.",
        "The caf\ufffd of M\ufffdnchen, 20 \ufffdC.",
        "The \ufffdlan of it.\nThe caf\ufffd is shut.",
        "The \ufffdlan of \ufffdmile, the caf\ufffd, the caf\ufffd.",
        "&unknown; &; & &#; a&b; &ldquota &#8",
        "L’âge d’or, la pâte, là. Où? ‚Ärger‘ und Ölî.",
        "What? Who?? See /?id=3. ?",
        "6′4″ tall, at 51°30′26″N; a << b, x >> 2; ,, Sloviansʼk, Hawaiʻi.",
        ">> JUDY REED: Why?",
        "",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert repaired(Copy(text)) == (Copy(text), ())


@pytest.mark.parametrize(
    "sent", ["&#226;&#8364;&#339;Old,&#226;&#8364;&#157; she said.", r"\xe2\x80\x9cOld,\xe2\x80\x9d she said."]
)
def test_characters_that_were_mangled_twice(sent: str) -> None:
    copy, warnings = repaired(Copy(sent))
    assert copy.text == "“Old,” she said."
    assert len(warnings) == 2


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
