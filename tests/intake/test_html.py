from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from service.intake import html as reader
from service.intake.html import MAX_DEPTH, TooDeepError, text_of_html

TOKENS = st.sampled_from(
    "<p> </p> <b> </b> <div> </div> <aside> </aside> <q> </q> <br/> <td> <li> <script> </script> <a href=' '> <!-- --> "
    "<![CDATA[ ]]> <?xml < & &amp ; &#xD800; &#0; <meta\tcharset=latin1> é 🌉 “ \n \0".split(" ")
)
HTML = st.lists(TOKENS | st.text(max_size=3)).map("".join)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One.</p>\n<p>Two.</p>", "One.\nTwo."),
        ("<p>One.<p>Two.", "One.\nTwo."),
        ("One.<br>Two.<br/><br/>Three.", "One.\nTwo.\nThree."),
        ("<h2>One</h2>Two<ul><li>Three<li>Four</ul>", "One\nTwo\nThree\nFour"),
        ("<blockquote><p>One.</p></blockquote>Two.", "One.\nTwo."),
        ("<table><tr><td>One<td>Two</table>", "One\nTwo"),
        ("no <b>b</b><i>lock</i> <x-mark>here</x-mark>", "no block here"),
        ("  of \t one\r\n line ", "of one line"),
        ("<p>&nbsp;</p><p>10&nbsp;km</p>", "10\xa0km"),
        ("<html><head><title>No</title></head><body><p>Yes", "Yes"),
        ("plain", "plain"),
        ("<!-- nothing -->", ""),
        ("", ""),
    ],
)
def test_paragraphs_are_lines(html: str, text: str) -> None:
    assert text_of_html(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("&ldquo;R&amp;D&rdquo; &lt;b&gt; &#8217;&#x1F309;", "“R&D” <b> ’🌉"),
        ("&unknown; AT&T", "&unknown; AT&T"),
        ("<meta charset=latin1>é “”", "é “”"),
        ("&#xD800;", "\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_characters(html: str, text: str) -> None:
    assert text_of_html(html) == text


@pytest.mark.parametrize(
    "boilerplate",
    [
        "<script>if (1 < 2) document.write('<p>')</script>",
        "<style>p > a {}</style>",
        "<nav><ul><li>Home</ul></nav>",
        "<aside><p>Read <b>more</b></p></aside>",
        "<form><label>Name</label><input value=x><button>Subscribe</button></form>",
        "<figure><img alt='A bridge'><figcaption>A bridge. (Photo: A. Brook)</figcaption></figure>",
        "<noscript><p>Turn it on</p></noscript>",
        "<svg><title>Icon</title><text>Icon</text></svg>",
        "<div hidden>Not <p>yet</p></div>",
        "<aside>a<aside>b</aside>c</aside>",
    ],
)
def test_boilerplate_is_left_out(boilerplate: str) -> None:
    assert text_of_html(f"<p>Before.</p>{boilerplate}<p>After.</p>") == "Before.\nAfter."


def test_what_is_left_out_does_not_join_the_words_around_it() -> None:
    assert text_of_html("Before<aside>No</aside>after") == "Before\nafter"


def test_a_q_has_its_quotation_marks() -> None:
    assert text_of_html("<q>She said <q>no</q>,</q> he said. <q>So.</q>") == "“She said ‘no’,” he said. “So.”"


@given(HTML)
def test_any_html_has_a_text_that_is_no_longer_and_can_be_sent(html: str) -> None:
    text = text_of_html(html)
    text.encode("utf-8")
    assert len(text) <= len(html)
    assert all(line and not line.startswith(" ") and not line.endswith(" ") for line in text.split("\n") if text)


@given(HTML, st.integers(1, 9))
def test_it_does_not_matter_where_it_is_cut_for_the_parser(html: str, chunk: int) -> None:
    whole = text_of_html(html)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_CHUNK", chunk)
        assert text_of_html(html) == whole


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="<>&\0\r\ufeff")))
def test_words_stay_as_they_are(words: str) -> None:
    assert text_of_html(f"<p>{words}</p>").split() == words.split()


def test_depth_has_a_bound() -> None:
    assert text_of_html("<b>" * (MAX_DEPTH - 10) + "deep") == "deep"
    assert text_of_html("<p><b>One</b></p>" * MAX_DEPTH).count("One") == MAX_DEPTH
    with pytest.raises(TooDeepError, match=str(MAX_DEPTH)):
        text_of_html("<b>" * (MAX_DEPTH + 1))


@pytest.mark.parametrize("unit", ["<b></p>", "<div>", "<a><div>", "<b><table>", "<i></b>"])
def test_what_is_too_deep_is_read_no_further(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past the bound each element costs more than the one before."""
    fed = 0

    class Parser:
        def __init__(self, **options: object) -> None:
            self._parser = etree_parser(**options)

        def feed(self, data: bytes) -> None:
            nonlocal fed
            fed += len(data)
            self._parser.feed(data)

    etree_parser = etree.HTMLParser
    monkeypatch.setattr(etree, "HTMLParser", Parser)
    with pytest.raises(TooDeepError):
        text_of_html(unit * 20_000)
    assert fed <= (MAX_DEPTH + 1) * len(unit) + reader._CHUNK
