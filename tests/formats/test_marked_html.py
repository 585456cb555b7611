"""The article with its quotes marked."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

from service.formats.article import AttributedArticle
from service.formats.marked_html import marked_html
from service.intake.source import Extent, Source


class Words(HTMLParser):
    """The text of each marked quote, by its id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "span":
            self._open.append(dict(attrs).get("data-quote") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "span":
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for name in self._open:
            self.found[name] = self.found.get(name, "") + data


def test_every_quote_of_a_text_is_marked_with_whose_it_is(answer: AttributedArticle) -> None:
    html = marked_html(answer)
    assert Words(html).found == {quote.id: quote.text for quote in answer.attribution.quotes}
    assert 'data-quote="q1" data-kind="speech" data-speaker="Ada Brook" data-outlet="Reuters"' in html
    assert html.count("<p>") == 2


def test_a_text_s_own_characters_are_escaped(answer: AttributedArticle) -> None:
    odd = replace(answer, text=answer.text.replace("🌉", "<"))
    assert marked_html(odd).startswith("<p>&lt; “")


def test_html_stays_as_it_was_sent_but_for_the_marks(answer: AttributedArticle) -> None:
    html = f"<div>{answer.text}</div>"
    source = Source("html", html, lambda start, end: (Extent(start + 5, end + 5),))
    marked = marked_html(replace(answer, source=source))
    assert Words(marked).found == {quote.id: unescape(quote.text) for quote in answer.attribution.quotes}
    assert marked.startswith("<div>🌉 “<span")
    assert marked.endswith("</div>")
