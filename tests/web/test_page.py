"""The page as a person uses it."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from service.errors import INVALID, PROBLEM_TYPES, UNAUTHORIZED, UNAVAILABLE, ProblemType
from service.records import Attribution
from tests.web.conftest import OpenPage
from tests.web.newsroom import ARTICLE, INJECTION, Newsroom

pytestmark = pytest.mark.slow

ATTRIBUTIONS = "**/v1/attributions"


def quoted(page: Page, quote: str) -> str:
    """The words that are highlighted as a quote."""
    return "".join(page.locator(f"#article .quote[data-quote={quote}]").all_text_contents())


def ask(page: Page, text: str = ARTICLE) -> None:
    """Paste an article, ask, and wait for its answer."""
    page.get_by_label("Article text").fill(text)
    page.get_by_role("button", name="Find the quotes").click()
    expect(page.locator("#result")).to_be_visible()


@pytest.fixture
def answer() -> Attribution:
    return Newsroom().attribute(ARTICLE, include_nonspeech=True)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """The page with the article's answer on it."""
    page = open_page()
    ask(page)
    return page


def test_the_article_comes_back_verbatim_with_its_quotes(page: Page, answer: Attribution) -> None:
    shown = page.locator("#article .paragraph p").all_text_contents()
    assert shown == [line for line in ARTICLE.split("\n") if line]
    for quote in answer.quotes:
        if quote.kind == "speech":
            assert quoted(page, quote.id) == quote.text
    expect(page.locator("#summary")).to_have_text("4 quotes · 2 speakers · 2 outlets")


def test_the_speaker_and_the_outlet_stand_beside_a_quote(page: Page) -> None:
    note = page.locator(".note[data-quote=q3]")
    expect(note).to_contain_text("Noe\u0301l Achterberg, confidence 0.61")
    expect(note).to_contain_text("told HuffPost (in another sentence), confidence 0.70")
    expect(page.locator(".note[data-quote=q5]")).to_contain_text("No speaker found")
    beside, words = note.bounding_box(), page.locator(".quote[data-quote=q3]").first.bounding_box()
    assert beside
    assert words
    assert beside["x"] > words["x"] + words["width"]


def test_each_speaker_has_a_colour_and_a_letter(page: Page) -> None:
    def look(quote: str) -> tuple[str | None, Any]:
        first = page.locator(f".quote[data-quote={quote}]").first
        return first.get_attribute("data-letter"), first.evaluate("e => getComputedStyle(e).borderBottomColor")

    assert look("q1") == look("q2")
    assert look("q1")[0] == "A"
    assert look("q3")[0] == "B"
    assert look("q5")[0] == "?"
    assert len({look(quote)[1] for quote in ("q1", "q3", "q5")}) == 3


def test_pointing_at_a_quote_marks_the_words_that_name_its_speaker_and_outlet(page: Page) -> None:
    page.locator(".quote[data-quote=q2]").hover()
    expect(page.locator(".mention")).to_have_text("she")
    expect(page.locator(".outlet-mention")).to_have_text("Reuters")
    expect(page.locator(".note-item.pointed")).to_contain_text("Ada Brook")
    page.get_by_role("heading", level=1).hover()
    expect(page.locator(".mention")).to_have_count(0)


def test_a_click_keeps_the_marks_and_escape_lets_go(page: Page) -> None:
    page.locator(".quote[data-quote=q3]").click()
    page.get_by_role("heading", level=1).hover()
    expect(page.locator(".mention")).to_have_text("Noe\u0301l Achterberg")
    expect(page.locator(".note[data-quote=q3]")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator(".note[aria-expanded=true]")).to_have_count(0)
    expect(page.locator(".note[data-quote=q3]")).to_be_focused()


def test_it_works_from_the_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the results")).to_be_focused()
    page.get_by_label("Article text").focus()
    page.keyboard.insert_text(ARTICLE)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#result")).to_be_focused()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(".note:focus").count():
            break
    expect(page.locator(".note[data-quote=q1]")).to_be_focused()
    expect(page.locator(".mention")).to_have_text("Ada Brook")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".note[data-quote=q2]")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".note[data-quote=q1]")).to_be_focused()


def test_the_lists_filter_the_text(page: Page) -> None:
    speakers = page.locator("#speakers")
    expect(speakers.get_by_role("button")).to_have_text(
        ["AAda Brook2 quotes", "BNoe\u0301l Achterberg1 quote", "?No speaker1 quote"]
    )
    speakers.get_by_role("button", name="Achterberg").click()
    expect(page.locator("#shown")).to_contain_text("1 of 4 shown.")
    expect(page.locator(".note:visible")).to_have_count(1)
    expect(page.locator(".quote[data-quote=q1]").first).to_have_class("quote hue-0 line-0 out")
    expect(page.locator(".paragraph.out")).to_have_count(4)
    page.locator("#outlets").get_by_role("button", name="Reuters").click()
    expect(page.locator(".note:visible")).to_have_count(0)
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".note:visible")).to_have_count(4)
    page.locator("#outlets").get_by_role("button", name="No outlet").click()
    expect(page.locator(".note:visible")).to_have_count(1)


def test_the_settings_choose_from_the_answer_that_is_there(page: Page) -> None:
    page.route(ATTRIBUTIONS, lambda route: route.abort())  # nothing is asked again
    assert quoted(page, "q4") == ""
    page.get_by_label("Show quoted words that are not speech").check()
    expect(page.locator(".quote.nonspeech")).to_have_text("the Wave")
    expect(page.locator(".note[data-quote=q4]")).to_contain_text("Not speech")
    expect(page.locator("#summary")).to_contain_text("4 quotes")
    page.get_by_label("Hide names below confidence").fill("0.8")
    expect(page.locator("#confidence-shown")).to_have_text("0.80")
    note = page.locator(".note[data-quote=q3]")
    expect(note).to_contain_text("Speaker hidden")
    expect(note).to_contain_text("Outlet hidden")
    note.click()
    expect(page.locator("#why-q3")).to_contain_text("Hidden speakerNoe\u0301l Achterberg, confidence 0.61")
    expect(page.locator("#why-q3")).to_contain_text("Hidden outletHuffPost, confidence 0.70")
    expect(page.locator(".note[data-quote=q5]")).to_contain_text("No speaker found")
    expect(page.locator("#speakers")).to_contain_text("No speaker, or hidden")
    assert page.locator(".quote[data-quote=q1]").first.get_attribute("data-letter") == "A"
    page.get_by_label("Hide names below confidence").fill("0.5")
    expect(note).to_contain_text("Noe\u0301l Achterberg")
    expect(page.get_by_role("alert")).to_have_text("")


def test_the_link_keeps_the_settings_and_never_the_text(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_label("Published by").fill("The Ferry Post")
    page.get_by_label("Hide names below confidence").fill("0.5")
    page.get_by_label("Show quoted words that are not speech").check()
    ask(page)
    link = page.url
    assert link.endswith("#publisher=The+Ferry+Post&confidence=0.5&nonspeech=1")
    again = open_page("#" + link.partition("#")[2])
    assert again.get_by_label("Published by").input_value() == "The Ferry Post"
    assert again.get_by_label("Hide names below confidence").input_value() == "0.5"
    assert again.get_by_label("Show quoted words that are not speech").is_checked()


def test_nothing_in_an_article_is_run_or_becomes_markup(page: Page) -> None:
    assert quoted(page, "q2") == INJECTION
    assert page.title().startswith("Quote attribution")
    assert page.locator("#result img, #result script, #result b").count() == 0
    expect(page.locator("#warnings li").last).to_have_text("this is a <b>test</b>")


def test_the_browser_refuses_to_make_markup_of_a_string(page: Page) -> None:
    refused = page.evaluate(
        "(text) => { try { document.body.innerHTML = text; return false } catch { return true } }", INJECTION
    )
    assert refused


def test_every_error_of_the_contract_is_explained(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_label("Article text").fill("a")
    alert = page.get_by_role("alert")
    for kind in PROBLEM_TYPES:
        page.unroute_all()
        page.route(ATTRIBUTIONS, partial(fail, kind))
        page.get_by_role("button", name="Find the quotes").click()
        expect(alert).to_contain_text(f"Request id: {kind.name}")
        expect(alert).to_contain_text("In detail.")
        expect(alert.locator("h2")).not_to_have_text(kind.title)  # but words for readers
        expect(page.locator("#working")).to_be_hidden()


def fail(kind: ProblemType, route: Route, retry_after: str = "") -> None:
    """Answer a request with a problem of this kind."""
    body: dict[str, Any] = {"type": kind.uri, "title": kind.title, "status": int(kind.status), "detail": "In detail."}
    if kind is INVALID:
        body["errors"] = [{"field": "text", "detail": "In detail."}]
    route.fulfill(
        status=int(kind.status),
        headers={"Content-Type": "application/problem+json", "Retry-After": retry_after},
        body=json.dumps(body | {"request_id": kind.name}),
    )


def test_a_real_error_of_the_service_is_explained(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_label("Article text").fill("“a” " * 60_000)
    page.get_by_role("button", name="Find the quotes").click()
    expect(page.get_by_role("alert")).to_contain_text("The article is too long")
    expect(page.get_by_role("alert")).to_contain_text("the limit is 200000")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            {"status": 502, "content_type": "text/html", "body": "<h1>Bad gateway</h1>"},
            "A proxy answered with status 502",
        ),
        (None, "The service cannot be reached"),
    ],
)
def test_an_answer_that_is_not_the_service_s(open_page: OpenPage, answer: dict[str, Any] | None, message: str) -> None:
    page = open_page()
    page.route(ATTRIBUTIONS, lambda route: route.fulfill(**answer) if answer else route.abort())
    page.get_by_label("Article text").fill("a")
    page.get_by_role("button", name="Find the quotes").click()
    expect(page.get_by_role("alert")).to_contain_text(message)


def test_an_empty_article_is_asked_for(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_role("button", name="Find the quotes").click()
    expect(page.get_by_role("alert")).to_contain_text("No article yet")
    expect(page.get_by_label("Article text")).to_be_focused()


def test_it_shows_that_it_works_and_can_be_stopped(open_page: OpenPage) -> None:
    page = open_page()
    page.route(ATTRIBUTIONS, lambda _: None)  # never answered
    page.get_by_label("Article text").fill("a")
    page.get_by_role("button", name="Find the quotes").click()
    expect(page.get_by_role("progressbar", name="Reading the article")).to_be_visible()
    expect(page.locator("#elapsed")).not_to_have_text("0.0 s")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#working")).to_be_hidden()
    expect(page.locator("#status")).to_have_text("Stopped.")


def test_a_service_that_starts_is_waited_for(open_page: OpenPage) -> None:
    page = open_page()
    page.route(ATTRIBUTIONS, partial(fail, UNAVAILABLE, retry_after="1"), times=1)
    page.get_by_label("Article text").fill(ARTICLE)
    page.get_by_role("button", name="Find the quotes").click()
    expect(page.get_by_role("alert")).to_contain_text("This page tries again in 1 s.")
    expect(page.locator("#result")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_text("")


def test_a_service_that_wants_a_key_is_given_one(open_page: OpenPage) -> None:
    page = open_page()
    page.route(ATTRIBUTIONS, partial(fail, UNAUTHORIZED), times=1)
    page.get_by_label("Article text").fill(ARTICLE)
    page.get_by_role("button", name="Find the quotes").click()
    expect(page.get_by_label("API key")).to_be_focused()
    page.keyboard.insert_text("ké")
    with page.expect_request(ATTRIBUTIONS) as asked:
        page.keyboard.press("Enter")
    assert asked.value.headers["authorization"].encode("latin-1").decode() == "Bearer ké"
    expect(page.locator("#result")).to_be_visible()


def test_it_fits_a_phone(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    ask(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    words, note = (
        page.locator(".quote[data-quote=q3]").first.bounding_box(),
        page.locator(".note[data-quote=q3]").bounding_box(),
    )
    assert words
    assert note
    assert note["y"] > words["y"]
    page.locator(".quote[data-quote=q3]").first.tap()
    expect(page.locator(".outlet-mention")).to_have_text("HuffPost")
