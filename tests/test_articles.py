"""The invented articles themselves: their answers hold together, and among them they cover what they are there for."""

from __future__ import annotations

import re
import unicodedata

import pytest

from tests.article_files import ARTICLES, Article, load_articles

LOADED = load_articles()
PAIRS = {"“": "”", '"': '"', "‘": "’", "'": "'", "«": "»", "„": "“", "‚": "‘", "``": "''", "''": "''", "`": "'"}

each_article = pytest.mark.parametrize("article", LOADED, ids=lambda article: article.name)


def _opening_mark(article: Article, start: int) -> str:
    """The mark that ends at ``start``; of a doubled one, both characters."""
    doubled = article.text[max(0, start - 2) : start]
    return doubled if doubled in PAIRS else article.text[max(0, start - 1) : start]


def _continued(article: Article, index: int) -> bool:
    return index + 1 < len(article.quotes) and article.quotes[index + 1].continues == index


def test_every_article_has_an_answer_and_every_answer_an_article() -> None:
    texts = {path.stem for path in ARTICLES.glob("*.txt")}
    answers = {path.stem for path in ARTICLES.glob("*.toml")}
    assert texts == answers
    assert len(texts) >= 18


@each_article
def test_quotes_stand_between_their_marks(article: Article) -> None:
    for index, quote in enumerate(article.quotes):
        opening = _opening_mark(article, quote.start)
        assert article.text[quote.start : quote.end] == quote.text
        assert opening in PAIRS, quote.text
        if quote.closed and not _continued(article, index):
            assert article.text.startswith(PAIRS[opening], quote.end), quote.text
        else:
            assert article.text[quote.end : quote.end + 1] in {"\r", "\n", ""}, quote.text


@each_article
def test_quotes_are_in_order_and_overlap_only_where_nested(article: Article) -> None:
    for index, quote in enumerate(article.quotes):
        for earlier_index, earlier in enumerate(article.quotes[:index]):
            assert earlier.start < quote.start
            assert earlier.end <= quote.start or quote.end <= earlier.end
            if quote.end <= earlier.end:
                assert quote.parent is not None
                assert quote.parent >= earlier_index


@each_article
def test_no_double_mark_is_left_without_an_answer(article: Article) -> None:
    """Inches apart (a straight mark after a digit), every double mark opens or closes one of the expected quotes."""
    begins = {quote.start for quote in article.quotes}
    ends = {quote.end for quote in article.quotes}
    for mark in re.finditer(r"[“”„«»]|``|''|(?<!\d)\"", article.text):
        assert mark.end() in begins or mark.start() in ends, article.text[max(0, mark.start() - 20) : mark.end() + 20]


@each_article
def test_continued_quotes_open_the_next_paragraph_with_the_same_speaker(article: Article) -> None:
    for quote in article.quotes:
        if quote.continues is not None:
            previous = article.quotes[quote.continues]
            opening = _opening_mark(article, quote.start)
            between = article.text[previous.end : quote.start - len(opening)]
            assert between.strip() == ""
            assert "\n" in between
            assert (quote.speaker, quote.outlet) == (previous.speaker, previous.outlet)


@each_article
def test_names_of_speakers_are_words_of_the_article(article: Article) -> None:
    for quote in article.quotes:
        for word in (quote.speaker or "").split():
            assert word in article.text, quote.speaker


@each_article
def test_what_nobody_said_has_neither_speaker_nor_outlet(article: Article) -> None:
    for quote in article.quotes:
        assert quote.kind in {"speech", "nonspeech"}
        if quote.kind == "nonspeech":
            assert quote.speaker is None
            assert quote.outlet is None


def test_every_style_of_quotation_mark_is_used() -> None:
    used = {_opening_mark(article, quote.start) for article in LOADED for quote in article.quotes}
    assert used == set(PAIRS)


def test_every_shape_of_quote_is_there() -> None:
    quotes = [quote for article in LOADED for quote in article.quotes]
    assert any(quote.parent is not None and quote.kind == "speech" for quote in quotes)
    assert any(quote.continues is not None for quote in quotes)
    assert any(not quote.closed for quote in quotes)
    assert any(quote.kind == "nonspeech" for quote in quotes)
    assert any(quote.kind == "speech" and quote.speaker is None for quote in quotes)
    assert any(not article.quotes for article in LOADED)


def test_several_outlets_are_credited_side_by_side() -> None:
    credited = {article.name: {quote.outlet for quote in article.quotes} - {None} for article in LOADED}
    assert set().union(*credited.values()) >= {"HuffPost", "The Washington Post", "Washington Examiner"}
    assert sum(len(outlets) >= 2 for outlets in credited.values()) >= 5
    assert sum(not outlets for outlets in credited.values()) >= 2


def test_no_editor_has_tidied_the_articles() -> None:
    """Windows line ends, combining marks and emoji of several code points are easily lost on saving."""
    texts = [article.text for article in LOADED]
    assert any("\r\n" in text and "\n" not in text.replace("\r\n", "") for text in texts)
    assert any(unicodedata.normalize("NFC", text) != text for text in texts)
    assert any("\ufe0f" in text and "\U0001f3fd" in text for text in texts)


def test_articles_have_the_length_of_news() -> None:
    lengths = sorted(len(article.text.split()) for article in LOADED)
    assert lengths[0] >= 120
    assert 1200 <= lengths[-2] <= lengths[-1] <= 2000
    assert lengths[-3] <= 600
