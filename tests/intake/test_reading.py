"""What the engine reads, and its answer taken back to the text that was sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.attribution.quotations import find_quotations
from service.intake.html import read_html
from service.intake.reading import (
    ESCAPED,
    MARKUP,
    SOURCE_CODE,
    TAGS,
    WRAPPED,
    ReadableText,
    read_derived,
    read_text,
)
from service.intake.unquoted import ANGLES, DASHES, EMPHASIS, LOST, NOTHING_QUOTED
from service.records import Attribution, Mention, ModelInfo, Quote, QuotedSpeaker, Speaker

MODEL = ModelInfo("fake", "0", "0" * 64)


def answer(readable: ReadableText, name: str | None = None) -> Attribution:
    """The answer about a text in which everything quoted was said by ``name``, who is mentioned first."""
    at = readable.read.find(name) if name else -1
    mention = Mention(name, at, at + len(name)) if name and at >= 0 else None
    speaker = Speaker("s1", name, "person", mention, 0.9) if name else None
    quotes = tuple(
        Quote(
            id=f"q{n}",
            text=readable.read[q.inner.start : q.inner.end],
            start=q.inner.start,
            end=q.inner.end,
            kind="speech",
            closed=q.closed,
            parent=None,
            continues=None,
            speaker=speaker,
            outlet=None,
            confidence=0.9,
        )
        for n, q in enumerate(find_quotations(readable.read), 1)
    )
    speakers = (QuotedSpeaker("s1", name, "person", tuple(q.id for q in quotes)),) if name else ()
    return readable.answer(Attribution(MODEL, quotes, speakers, ()))


def quoted(readable: ReadableText) -> list[str]:
    return [quote.text for quote in answer(readable).quotes]


@pytest.mark.parametrize(
    ("sent", "quotes"),
    [
        ("&#8220;It&#8217;s old,&#8221; she said.", ["It&#8217;s old,"]),
        ("\x93It\x92s old,\x94 she said.", ["It\x92s old,"]),
        (r"\"It is old,\" she said. \"Yes.\"", ["It is old,", "Yes."]),
        ("<p>“It is <b>old</b>,” she said.</p><p>“Yes.”</p>", ["It is <b>old</b>,", "Yes."]),
        ("&lt;p&gt;&amp;ldquo;Old,&amp;rdquo; she said.&lt;/p&gt;", ["Old,"]),
        ("The plan is “[dead](https://news.example/a)”, she said.", ["dead"]),
        ("“Old,” she said. [Axios](https://news.example/a)", ["Old,"]),
        ("“Add a <script> and a <p> tag,” said Ada. “Yes.”", ["Add a <script> and a <p> tag,", "Yes."]),
        ("<p>“Add a <script> tag,” said Ada.</p><p>“Yes.”</p>", ["Add a <script> tag,", "Yes."]),
        ("“Old,”\r\nshe said.\r“New.”", ["Old,", "New."]),
    ],
)
def test_quotes_are_verbatim(sent: str, quotes: list[str]) -> None:
    assert quoted(read_text(sent)) == quotes


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("It is old. [Axios](https://a.example/b)", "It is old. [Axios]"),
        ("It is [old](https://a.example/b)", "It is old"),
        ("It is old. [She](https://a.example/b) left.", "It is old. She left."),
    ],
)
def test_a_link_after_the_last_sentence_of_a_line_stays_in_its_brackets(sent: str, read: str) -> None:
    assert read_text(sent).read == read


def test_names_are_clean_and_mentions_verbatim() -> None:
    sent = (
        "“The bridge that we built is a good bridge and it will open\n"
        "on Monday,” said the mayor, who was born beside it, Ada\n"
        "Brook, and who had waited for it since the spring of last\n"
        "year."
    )
    readable = read_text(sent)
    assert readable.warnings == (WRAPPED,)
    (quote,) = answer(readable, "Ada Brook").quotes
    assert quote.speaker is not None
    assert quote.speaker.name == "Ada Brook"
    assert quote.speaker.mention is not None
    assert quote.speaker.mention.text == "Ada\nBrook"
    assert sent[quote.speaker.mention.start : quote.speaker.mention.end] == "Ada\nBrook"


@pytest.mark.parametrize(
    ("html", "read", "marked"),
    [
        ("<p>She wrote:</p><blockquote><p>One.</p><p>Two.</p></blockquote>", "She wrote:\n“One.\n“Two.”", False),
        ("<blockquote><p>One.</p><cite>Ida Marsh</cite></blockquote><p>Two.</p>", "“One.” — Ida Marsh\nTwo.", False),
        ("<blockquote><p>“One.”</p><cite>— Ida Marsh</cite></blockquote>", "“One.” — Ida Marsh", True),
        ("<blockquote>Marsh said: “One.”</blockquote>", "Marsh said: “One.”", True),
        ("<p><q>One</q>, she said.</p>", "“One”, she said.", False),
        ("<p><q>“One”</q>, she said.</p>", "“One”, she said.", True),
        ("<p>“One.”</p><p>— Ida Marsh, mayor</p>", "“One.” — Ida Marsh, mayor", True),
        ("<p>“One.”</p><p>— Ann Lee contributed.</p>", "“One.”\n— Ann Lee contributed.", True),
        ("<p>“One.”</p><p>- Ida Marsh</p><p>- Ron Vale</p>", "“One.”\n- Ida Marsh\n- Ron Vale", True),
    ],
)
def test_what_layout_says(html: str, read: str, marked: bool) -> None:
    text = read_html(html)
    readable = read_derived(text)
    assert readable.read == read
    quotes = answer(readable).quotes
    assert {quote.marked for quote in quotes} == {marked}
    assert all(quote.text == text.text[quote.start : quote.end] for quote in quotes)
    assert all("“" not in quote.text for quote in quotes)


def test_a_block_quote_with_a_scare_quote_in_it_is_a_quote() -> None:
    text = read_html("<blockquote><p>The “deal” is dead.</p><cite>Ida Marsh</cite></blockquote>")
    readable = read_derived(text)
    assert readable.read == "“The ‘deal’ is dead.” — Ida Marsh"
    found = answer(readable).quotes
    assert [(quote.text, quote.marked) for quote in found] == [("The “deal” is dead.", False), ("deal", True)]


def test_tags_that_html_says_are_words() -> None:
    html = "<p>“A &lt;div&gt; and a &lt;script&gt; tag,” said Ada.</p><p>“Yes.”</p>"
    assert quoted(read_derived(read_html(html))) == ["A <div> and a <script> tag,", "Yes."]


@pytest.mark.parametrize(
    ("html", "warnings"),
    [
        ("<p>“Old,” she said.</p>", ()),
        ("<p>See &lt;b&gt;this&lt;/b&gt;</p>", (TAGS,)),
        ("&lt;p&gt;“Old,” she said.&lt;/p&gt;", (ESCAPED,)),
    ],
)
def test_warnings_about_html_are_true(html: str, warnings: tuple[str, ...]) -> None:
    assert answer(read_derived(read_html(html))).warnings == warnings


@pytest.mark.parametrize(
    "sent",
    [
        "<li>“Old,” she said.</li>",
        "<pre>“Old,” she said.",
        "<!-- wp:paragraph -->\n“Old,” she said.",
        '<img src="a.jpg" alt="a">\n“Old,” she said.',
        '<a href="http://x.example">“Old,” she said.',
        "[quote]“Old,” she said.[/quote]",
        "<b>" * 300 + "“Old,” she said.</b>",
        "“The <b> and </b> tags,” she said.",
        "<p></p>",
    ],
)
def test_markup_that_is_left_is_warned_of(sent: str) -> None:
    readable = read_text(sent)
    assert readable.read == sent
    assert readable.warnings == (TAGS,)


@pytest.mark.parametrize(
    "sent",
    ["“Old,” she <i>said</i>.", "“Old,” <br>she said.", "“It is <b>old </b> by now,” she said.", "“Old”</b>, yes."],
)
def test_markup_in_a_sentence_is_read_as_such(sent: str) -> None:
    assert "<" not in read_text(sent).read


@pytest.mark.parametrize(
    ("sent", "warnings"),
    [
        ("‘Old,’ she said.", (NOTHING_QUOTED,)),
        ("'Old,' she said.", (NOTHING_QUOTED,)),
        ("‹Old,› she said.", (NOTHING_QUOTED,)),
        ("\ufffdOld she said.", (LOST,)),
        ("She frowned.\n— It is old, said Ada Brook.", (DASHES,)),
        ("— The mill is old.\n— Ada Brook, who said so, left.", ()),
        ("—El molino es viejo —dijo Ada Brook.", (DASHES,)),
        ("The mill — old — is shut.\n- The mill is old - and shut.", ()),
        ("《Old》 she said.", (NOTHING_QUOTED,)),
        ("She was blunt:\n\n> The mill is old.", (ANGLES,)),
        ("The mill is >5 years old.", ()),
        ("*The mill is old,* said Ada Brook.", (EMPHASIS,)),
        ("The *Ashby Gazette* and __init__, 2 * 3.5 * 4.", ()),
        ('{"text": "It is old."}', (SOURCE_CODE, NOTHING_QUOTED)),
        (r"{\rtf1 It is old.\par}", (SOURCE_CODE,)),
        ("{It is old.}", ()),
        ("[1]", (SOURCE_CODE,)),
        ("The caf\ufffd is old.", ()),
        ('He is 6\'4" tall, and 30" wide.', ()),
        ("The players' union didn't like the '90s.", ()),
        ('<p class="a">Old.</p>', (MARKUP,)),
        ("<blockquote>Old.</blockquote>", (MARKUP,)),
    ],
)
def test_warnings_where_nothing_is_quoted(sent: str, warnings: tuple[str, ...]) -> None:
    assert read_text(sent).answer(Attribution(MODEL, (), (), ())).warnings == warnings


def test_wrapped_lines_may_end_in_any_way() -> None:
    sent = (
        "“The bridge that we built is a good bridge and it will open\n"
        "on Monday,” said the mayor, who was born beside it, Ada\n"
        "Brook, and who had waited for it since the spring of last\n"
        "year."
    )
    for end in ("\r\n", "\r", "\u2028", "\v", "\f", "\n\f", "\\r\\n"):
        assert read_text(sent.replace("\n", end).replace("“", "\\u201c")).read == sent.replace("\n", " ")


@pytest.mark.parametrize(
    ("sent", "warnings"),
    [
        ("“Old,” she said.", ()),
        ("Nothing is quoted, not even it’s ours.", ()),
        ("<p>“Old,” she said.</p>", (MARKUP,)),
        ("The “mill.", ()),
        ("A lone ” stands here.", (NOTHING_QUOTED,)),
        ("2 < 3 and <nobody> said 5 > 4.", ()),
    ],
)
def test_warnings_are_true(sent: str, warnings: tuple[str, ...]) -> None:
    assert answer(read_text(sent)).warnings == warnings


def test_a_pull_quote_repeats_the_body() -> None:
    text = "“We knew the dam was weak, and said so,” said Ida Marsh.\n“We knew the dam was weak”\n“Yes.”"
    found = answer(read_text(text), "Ida Marsh")
    assert [quote.repeats for quote in found.quotes] == [None, "q1", None]
    assert found.speakers[0].quotes == ("q1", "q3")


def test_what_is_said_twice_in_sentences_is_no_pull_quote() -> None:
    text = "“We knew the dam,” said Ida Marsh. “We knew the dam,” she said."
    assert [quote.repeats for quote in answer(read_text(text), "Ida Marsh").quotes] == [None, None]


PIECES = st.lists(
    st.sampled_from(
        '“ ” " \' <p> </p> <b> </b> <blockquote> </blockquote> <cite> </cite> &quot; &amp;ldquo; \x93 \x94 â€œ \\" \n '
        "\n\n — Ada said, word [x](http://a.b) <q> </q> <script> <br> . é".split(" ")
    )
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=3),
    max_size=40,
)


@given(PIECES.map(" ".join) | PIECES.map("".join))
def test_whatever_is_sent_the_answer_is_verbatim(sent: str) -> None:
    readable = read_text(sent)
    readable.read.encode("utf-8")
    found = answer(readable)
    for quote in found.quotes:
        assert quote.text == sent[quote.start : quote.end]
    assert (NOTHING_QUOTED in found.warnings) <= (not found.quotes)
    if readable.read != sent and not readable.warnings:  # only layout was changed
        assert "".join(readable.read.split()) != "" or not sent.split()


@given(PIECES.map("".join))
def test_whatever_html_is_sent_the_answer_is_verbatim_in_both(sent: str) -> None:
    html = read_html(sent)
    for quote in answer(read_derived(html)).quotes:
        assert quote.text == html.text[quote.start : quote.end]
        low, high = html.copy.to_source((quote.start, quote.end))
        assert 0 <= low <= high <= len(sent)
