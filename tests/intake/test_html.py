from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.intake.html import MAX_DEPTH, TooDeepError, read_html
from tests.attribution.growth import grows_with_length

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
    assert read_html(html).text == text


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
    assert read_html(html).text == text


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
        "<aside class='pullquote'><p>“We knew.”</p></aside>",
        "<aside><figure><figcaption>“A”</figcaption></figure><article><cite>b</cite></article></aside>",
        "<aside class='related'><blockquote>We won.</blockquote></aside>",
        "<aside hidden><blockquote>We won.</blockquote></aside>",
    ],
)
def test_boilerplate_is_left_out(boilerplate: str) -> None:
    assert read_html(f"<p>Before.</p>{boilerplate}<p>After.</p>").text == "Before.\nAfter."


def test_what_is_left_out_does_not_join_the_words_around_it() -> None:
    assert read_html("Before<aside>No</aside>after").text == "Before\nafter"


PROSE = (
    "<p>The bridge will open on Monday after nine years.</p><p>“We waited for it for nine long years,” said Brook.</p>"
    "<p>The council will pay for all works out of its reserve.</p>"
)
READ = PROSE.replace("</p><p>", "\n").replace("<p>", "").replace("</p>", "")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (f"<nav><ul><li>Home<li>News</ul>{PROSE}", f"Home\nNews\n{READ}"),
        (f"<body><nav><a>Home</a>{PROSE}</body>", f"Home\n{READ}"),
        (f"<body><div><nav><a>Home</a></div>{PROSE}", READ),
        (f"<aside>Read more{PROSE}", f"Read more\n{READ}"),
        (f"<form id='page'><nav>Home</nav>{PROSE}</form>", READ),
        (f"<nav><nav>{PROSE}</nav></nav>", READ),
    ],
)
def test_navigation_that_takes_in_the_article_is_read(html: str, text: str) -> None:
    assert read_html(html).text == text


@pytest.mark.parametrize(
    "box",
    [
        f"<aside>{PROSE}</aside>",
        f"<nav hidden>{PROSE}</nav>",
        "<nav><ul><li>Home. News. Sport. Weather. Travel. Food. Books. Shop.</ul></nav>",
        "<form><p>Sign up and get the best of our stories every morning.</p><p>You agree to our terms.</p></form>",
    ],
)
def test_what_has_its_end_tag_and_no_article_is_left_out(box: str) -> None:
    assert read_html(f"<p>Before.</p>{box}<p>After.</p>").text == "Before.\nAfter."


def test_a_q_has_its_quotation_marks() -> None:
    assert read_html("<q>She said <q>no</q>,</q> he said. <q>So.</q>").text == "“She said ‘no’,” he said. “So.”"


@given(HTML)
def test_any_html_has_a_text_that_is_no_longer_and_can_be_sent(html: str) -> None:
    text = read_html(html).text
    text.encode("utf-8")
    assert len(text) <= len(html)
    assert all(line and not line.startswith(" ") and not line.endswith(" ") for line in text.split("\n") if text)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="<>&\0\r\ufeff")))
def test_words_stay_as_they_are(words: str) -> None:
    assert read_html(f"<p>{words}</p>").text.split() == words.split()


def test_depth_has_a_bound() -> None:
    assert read_html("<b>" * (MAX_DEPTH - 10) + "deep").text == "deep"
    assert read_html("<p><b>One</b></p>" * MAX_DEPTH).text.count("One") == MAX_DEPTH
    with pytest.raises(TooDeepError, match=str(MAX_DEPTH)):
        read_html("<b>" * (MAX_DEPTH + 1))


PAGE = """<!DOCTYPE html><html><head><title>The Ashby Gazette</title></head><body class="has-sidebar">
<header class="site-header"><a href="/">The Ashby Gazette</a> “Best paper of 2019”</header>
<nav><ul><li>News</li><li>Sport</li></ul></nav>
<div id="cookie-banner" role="dialog">“We value your privacy,” say our partners.</div>
<main>
  <article><header><h1>Mill to reopen</h1><p>By Ann Lee</p></header>
    <p>“It will turn again,” said Ida Marsh.</p>
    <div class="related-posts"><p>“We were robbed,” says coach</p></div>
    <p style="display: none">“Hidden,” said nobody.</p>
    <figure><img src="mill.jpg"><figcaption>The mill. (Photo: A. Brook)</figcaption></figure>
    <figure><img src="vale.jpg"><figcaption>Ron Vale: “I helped.”</figcaption></figure>
  </article>
  <section class="newsletter"><p>“A must-read,” says everyone. Sign up</p></section>
</main>
<footer>© 2026 “The Ashby Gazette”</footer>
</body></html>"""


def test_of_a_page_only_the_article_is_read() -> None:
    assert read_html(PAGE).text == (
        "Mill to reopen\nBy Ann Lee\n“It will turn again,” said Ida Marsh.\nRon Vale: “I helped.”"
    )


@pytest.mark.parametrize(
    "box",
    [
        '<h2 class="related-title">Related</h2>',
        '<ul><li class="most-read">“Mill sold”</li></ul>',
        '<a class="read-more" href="/">“Mill sold”</a>',
        '<p class="readMore">“Mill sold”</p>',
    ],
)
def test_boxes_beside_the_article_are_left_out(box: str) -> None:
    assert read_html(f"<p>The first of two paragraphs.</p>{box}<p>The second.</p>").text == (
        "The first of two paragraphs.\nThe second."
    )


@pytest.mark.parametrize(
    "html",
    [
        '<p class="read-moreover">One.</p>Two.',
        '<p>One.</p><h1 class="related">Two.</h1>',
        '<p>One.</p><p><a class="related-link" href="/">Two</a>.</p>',
    ],
)
def test_what_is_named_otherwise_or_stands_in_a_sentence_is_read(html: str) -> None:
    assert read_html(html).text == "One.\nTwo."


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<figcaption>‘I helped,’ said Ron Vale.</figcaption>", "‘I helped,’ said Ron Vale."),
        ("<figcaption>Ron Vale’s mill and the miller’s.</figcaption>", ""),
        ('<figcaption>The wheel is 12" wide.</figcaption>', ""),
    ],
)
def test_quoted_words_beside_the_article_are_read(html: str, text: str) -> None:
    assert read_html(f"<p>Before.</p>{html}<p>After.</p>").text.split("\n") == ["Before.", *text.splitlines(), "After."]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('<div class="content-sidebar-wrap"><p>All there is.</p></div>', "All there is."),
        ('<div class="article-share"><p>A short one.</p><p>And more.</p></div>', "A short one.\nAnd more."),
        ("<header><h1>Head</h1></header><p>Body.</p><footer>By Ann Lee</footer>", "Head\nBody.\nBy Ann Lee"),
        ('<section class="has-sidebar no-ads"><p>One.</p></section>Two.', "One.\nTwo."),
        ("<article><p>A teaser</p></article><article><p>Another one</p></article>", "A teaser\nAnother one"),
        (f"<p>{'Long text. ' * 20}</p><article>Teaser</article>", f"{'Long text. ' * 19}Long text.\nTeaser"),
    ],
)
def test_a_body_that_is_all_there_is_stays_whole(body: str, text: str) -> None:
    assert read_html(body).text == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("One.\n\nTwo.\n<b>Three</b>.", "One.\nTwo. Three."),
        ("<p>One.\n\nStill one.</p>", "One. Still one."),
    ],
)
def test_blank_lines_part_paragraphs_where_no_element_does(html: str, text: str) -> None:
    assert read_html(html).text == text


def test_lines_part_paragraphs_in_what_should_be_plain_text() -> None:
    assert read_html("One <b>b</b>.\nTwo.", in_text=True).text == "One b.\nTwo."


@pytest.mark.parametrize(
    ("html", "in_text", "text"),
    [
        ("<p>Add a <script> tag.</p><p>Two.</p>", True, "Add a tag.\nTwo."),
        ("<p>Add a <script>let it = 1</script> tag.</p>", True, "Add a tag."),
        ("<p>One.</p><!-- Two.", True, "One.\n<!-- Two."),
        ("<p>One.</p>2 <y and so on", True, "One.\n2 <y and so on"),
        ("<p>One.</p><script>let it = 1", False, "One."),
        ("<p>One.</p><!-- Two.", False, "One."),
        ("<p>One.</p>2 <y and so on", False, "One.\n2"),
    ],
)
def test_what_never_ends_takes_in_the_rest_of_html_but_not_of_text(html: str, in_text: bool, text: str) -> None:
    assert read_html(html, in_text=in_text).text == text


@pytest.mark.parametrize(("html", "has_elements"), [("&lt;p&gt;One.", False), ("One.<br>", True), ("</p>One.", True)])
def test_whether_there_are_elements(html: str, has_elements: bool) -> None:
    assert read_html(html).has_elements == has_elements


def quoted(html: str) -> list[tuple[str, str | None]]:
    read = read_html(html)
    elements = read.layout.quoted
    return [(read.text[slice(*e.passage)], read.text[slice(*e.credit)] if e.credit else None) for e in elements]


@pytest.mark.parametrize(
    ("html", "elements"),
    [
        ("<blockquote><p>One.</p><p>Two.</p></blockquote>", [("One.\nTwo.", None)]),
        ("<blockquote><p>One.</p><cite>Ida Marsh, mayor</cite></blockquote>", [("One.", "Ida Marsh, mayor")]),
        ("<blockquote>One. <cite>Ida Marsh</cite></blockquote>", [("One.", "Ida Marsh")]),
        ("<blockquote><p>One.</p><small>Ida Marsh</small></blockquote>", [("One.", "Ida Marsh")]),
        ("<div class=pull-quote><i>One</i><span class='quote__author'>Ida</span></div>", [("One", "Ida")]),
        ("<figure><blockquote>One.</blockquote><p class=attribution>Ida</p></figure>Two.", [("One.", "Ida")]),
        ("<blockquote><p>One <small>and a bit</small> more.</p></blockquote>", [("One and a bit more.", None)]),
        ("<blockquote>One.</blockquote><p class=author>Ann Lee</p>", [("One.", None)]),
        ("<blockquote class=source-list><p class=resource>One.</p></blockquote>", [("One.", None)]),
        (
            "<blockquote><p>One.</p><footer>— Ida Marsh in <cite>Mills</cite></footer></blockquote>",
            [("One.", "— Ida Marsh in Mills")],
        ),
        (
            "<figure><blockquote>One.</blockquote><figcaption>Ida Marsh</figcaption></figure>Two.",
            [("One.", "Ida Marsh")],
        ),
        (
            "<blockquote class='twitter-tweet'><p>One.</p>&mdash; Ida (@ida) <a href='#'>May 1</a></blockquote>",
            [("One.", "— Ida (@ida) May 1")],
        ),
        ("<blockquote><p>The <cite>Courier</cite> has it.</p></blockquote>", [("The Courier has it.", None)]),
        ("<blockquote>One.</blockquote><p><cite>Mills</cite> says two.</p>", [("One.", None)]),
        (
            "<figure class='wp-block-pullquote'><blockquote><p>One.</p><cite>Ida</cite></blockquote></figure>",
            [("One.", "Ida")],
        ),
        ("<div class='pullquote'>One.</div>", [("One.", None)]),
        ("<figure class='pullquote'>One.<figcaption>Ida</figcaption></figure>", [("One.", "Ida")]),
        ("<figure><blockquote>One.</blockquote><footer>Ida</footer></figure>", [("One.", "Ida")]),
        ("<blockquote>One.</blockquote><cite>Ida</cite><p>Two.</p>", [("One.", "Ida")]),
        ("<blockquote>One.</blockquote><figure><figcaption>Photo: Tom Hale</figcaption></figure>", [("One.", None)]),
        ("<blockquote>One.</blockquote><footer>Reporting by Ann Lee</footer>", [("One.", None)]),
        ("<blockquote>We left.<br>- by night</blockquote>", [("We left.\n- by night", None)]),
        ("<blockquote>- By day<br>- By night</blockquote>", [("- By day\n- By night", None)]),
        ("<blockquote>One.<br>- Élise Marsh</blockquote>", [("One.", "- Élise Marsh")]),
        ("<blockquote>A <blockquote>B</blockquote></blockquote>", [("A\nB", None)]),
        ("<blockquote></blockquote><p>Two.</p>", []),
    ],
)
def test_quote_elements_and_their_credits(html: str, elements: list[tuple[str, str | None]]) -> None:
    assert quoted(html) == elements


@given(HTML)
def test_every_word_is_found_in_the_html_again(html: str) -> None:
    read = read_html(html)
    for start, character in enumerate(read.text):
        low, high = read.copy.to_source((start, start + 1))
        if character.isalnum() and "&" not in html[low:high]:
            assert html[low:high] == character


@pytest.mark.parametrize("unit", ["<p>a</p>", "<i></b>", "<li>a", "<a <", "&amp;", "<!--", "</q>", "<p><b>", " a "])
def test_time_is_linear(unit: str) -> None:
    def read(html: str) -> None:
        with suppress(TooDeepError):
            read_html(html)

    assert grows_with_length(read, unit, 4000)


def test_time_is_linear_in_quote_elements_and_credits() -> None:
    assert grows_with_length(read_html, "<blockquote>a</blockquote><cite>b</cite>", 40_000)


@pytest.mark.parametrize("unit", ["<script>", "a<title> "])
def test_time_is_linear_in_what_never_ends(unit: str) -> None:
    assert grows_with_length(lambda text: read_html(text, in_text=True), unit, 8000)


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<h2>Why?</h2><p><b>Who?</b></p><p>We <b>won</b>.</p><p><em>How?</em><br>So.</p>", ["Why?", "Who?", "How?"]),
        ("<h3><strong>Why?</strong></h3>", ["Why?"]),
        ("<aside><h3>Why?</h3></aside><p><b>Who?</b></p>", ["Who?"]),
        ("<figure><figcaption><b>Why?</b></figcaption></figure><p><b></b>So.</p>", []),
    ],
)
def test_lines_that_are_all_heading_or_emphasis(html: str, lines: list[str]) -> None:
    read = read_html(html)
    assert [read.text[slice(*span)] for span in read.layout.set_apart] == lines
