"""The page as an editor's desk, on an answer of 20 quotes that the shipped checkpoint once gave, some of them wrong."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from pydantic import TypeAdapter

from service.records import Attribution
from tests.web.conftest import OpenPage, served
from tests.web.recorded import ANSWER, ARTICLE, Recorded
from tests.web.test_page import ATTRIBUTIONS, ask

pytestmark = pytest.mark.slow

TITLE, MIRACLE, KNOT, ESSAY = "q1", "q5", "q13", "q17"
"""The Salt Road, a film; a word of Variety's; a sentence of the director's; one from The New York Times."""


@pytest.fixture(scope="module")
def recorded() -> Iterator[str]:
    with served(Recorded) as address:
        yield address


@pytest.fixture
def page(open_page: OpenPage, recorded: str) -> Page:
    page = open_page(at=recorded)
    ask(page, ARTICLE)
    return page


def note(page: Page, quote: str) -> Locator:
    return page.locator(f".note[data-quote={quote}]")


def why(page: Page, quote: str) -> Locator:
    return page.locator(f"#why-{quote}")


def correct(page: Page, quote: str, **fields: str) -> None:
    """Open a quote's form, fill fields of it in by their labels, and save it."""
    note(page, quote).click()
    why(page, quote).get_by_role("button", name="Correct").click()
    for label, value in fields.items():
        field = why(page, quote).get_by_label(label.replace("_", " "), exact=True)
        field.fill(value)
        field.blur()
    why(page, quote).get_by_role("button", name="Save").click()


def saved(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def explained(route: Route) -> None:
    """The service's answer with everything that a quote may have besides."""
    answer = json.loads(json.dumps(ANSWER))
    restful = next(quote for quote in answer["quotes"] if quote["text"].startswith("It was very restful"))
    start = ARTICLE.index("Edward")
    name = restful["speaker"]["name"]
    restful["speaker"] |= {"title": "The veteran producer"}
    restful["speaker"] |= {"named_at": {"text": name, "start": start, "end": start + len(name)}}
    restful["outlet"] |= {"wikidata": "Q61503"}
    restful |= {
        "repeats": "q2",
        "marked": False,
        "outlets_also": [restful["outlet"] | {"id": "variety", "name": "Variety"}],
    }
    route.fulfill(json=answer)


def test_an_open_note_says_why(open_page: OpenPage, recorded: str) -> None:
    page = open_page(at=recorded)
    page.route(ATTRIBUTIONS, explained)
    ask(page, ARTICLE)
    note(page, "q10").click()
    facts = why(page, "q10").locator("dt, dd").all_text_contents()
    assert dict(zip(facts[::2], facts[1::2], strict=True)) == {
        "Speaker named as": "“he”",
        "Full name": "“Edward “Thunder” Malone”",
        "Title": "The veteran producer",
        "Outlet named as": "“The Hollywood Reporter” (in another sentence)",
        "Also credited": "Variety",
        "Wikidata": "Q61503",
        "Repeats": "“more to say in its silences than most p…”",
        "Quotation marks": "none: the layout shows that it is a quote",
        "Speech": "confidence 1.00",
    }
    assert "".join(page.locator(".full-name").all_text_contents()) == "Edward “Thunder” Malone"
    link = why(page, "q10").get_by_role("link", name="The Hollywood Reporter on Wikidata")
    expect(link).to_have_attribute("href", "https://www.wikidata.org/wiki/Q61503")
    why(page, "q10").get_by_role("button", name="more to say").click()
    expect(note(page, "q2")).to_be_focused()
    expect(note(page, "q2")).to_have_attribute("aria-expanded", "true")


def test_a_quote_is_found_under_every_outlet_that_is_credited(open_page: OpenPage, recorded: str) -> None:
    answer = json.loads(json.dumps(ANSWER))
    restful = next(quote for quote in answer["quotes"] if quote["text"].startswith("It was very restful"))
    restful |= {"outlets_also": [restful["outlet"] | {"id": "variety", "name": "Variety"}]}
    page = open_page(at=recorded)
    page.route(ATTRIBUTIONS, lambda route: route.fulfill(json=answer))
    ask(page, ARTICLE)
    for outlet in ("Variety", "The Hollywood Reporter"):
        page.locator("#outlets").get_by_role("button", name=outlet).click()
        expect(note(page, "q10")).to_be_visible()
        expect(page.locator(".note:visible")).not_to_have_count(16)


def test_the_least_certain_are_reviewed_one_after_the_other(page: Page) -> None:
    review = page.locator("#review")
    expect(review).to_contain_text("0 of 16 reviewed")
    review.get_by_role("list").get_by_role("button").first.click()
    expect(note(page, TITLE)).to_be_focused()
    why(page, TITLE).get_by_role("button", name="Not speech").click()
    expect(note(page, TITLE)).to_contain_text("Not speech")
    expect(note(page, TITLE)).to_contain_text("Corrected")
    expect(note(page, "q2")).to_be_focused()  # the next in line
    page.keyboard.press("a")
    expect(note(page, "q2")).to_contain_text("Accepted")
    expect(note(page, MIRACLE)).to_be_focused()
    expect(review).to_contain_text("2 of 16 reviewed")
    review.get_by_role("button", name="Accept the rest").click()
    expect(review).to_have_text("Review16 of 16 reviewedNothing left to review.Accept the restUndo")


def test_a_quote_is_corrected_and_the_correction_taken_back(page: Page) -> None:
    correct(page, MIRACLE, Speaker="Variety", Outlet="Variety")
    expect(note(page, MIRACLE)).to_contain_text("Variety")
    expect(note(page, MIRACLE)).to_contain_text("in the words of Variety")
    expect(note(page, MIRACLE)).to_be_focused()
    expect(page.locator("#speakers")).to_contain_text("Variety")
    expect(page.locator("#speakers")).not_to_contain_text("The Guardian")
    assert page.locator(f".quote[data-quote={MIRACLE}]").get_attribute("data-letter") == "J"  # the tenth speaker
    assert page.locator(".quote[data-quote=q6]").first.get_attribute("data-letter") == "D"  # the others keep theirs
    page.keyboard.press("Control+z")
    expect(note(page, MIRACLE)).to_contain_text("The Guardian")
    correct(page, KNOT, Speaker="Zoë Brännström-Okoye")
    expect(note(page, KNOT)).to_contain_text("Zoë Brännström-Okoye")
    note(page, KNOT).click()
    why(page, KNOT).get_by_role("button", name="Clear decision").click()
    expect(note(page, KNOT)).to_contain_text("Jean-Luc d’Aubigny")


def test_words_that_do_not_stand_in_the_article_are_not_taken(page: Page) -> None:
    note(page, MIRACLE).click()
    why(page, MIRACLE).get_by_role("button", name="Correct").click()
    field = why(page, MIRACLE).get_by_label("Speaker named as")
    field.fill("the magazine")
    why(page, MIRACLE).get_by_role("button", name="Save").click()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    why(page, MIRACLE).get_by_role("button", name="Cancel").click()
    expect(why(page, MIRACLE).get_by_role("button", name="Accept")).to_be_visible()
    expect(page.locator("#kept-corrections")).to_be_hidden()


def test_outlets_are_offered_from_the_registry(page: Page) -> None:
    note(page, ESSAY).click()
    expect(page.locator("#registry option").nth(100)).to_be_attached()
    why(page, ESSAY).get_by_role("button", name="Correct").click()
    why(page, ESSAY).get_by_label("Outlet", exact=True).fill("The New York Times")
    why(page, ESSAY).get_by_label("Outlet", exact=True).blur()
    expect(why(page, ESSAY).get_by_label("Outlet named as")).to_have_value("The New York Times")
    expect(why(page, ESSAY).get_by_label("Named in")).to_have_value("sentence")
    why(page, ESSAY).get_by_label("Outlet’s role").select_option("wrote")
    why(page, ESSAY).get_by_role("button", name="Save").click()
    expect(note(page, ESSAY)).to_contain_text("written in The New York Times")


def test_decisions_outlast_a_reload_and_are_removed_on_request(page: Page, tmp_path: Path) -> None:
    correct(page, MIRACLE, Speaker="Variety")
    page.reload()
    expect(page.get_by_label("Article text")).to_have_value(ARTICLE)  # the text is kept too
    expect(page.locator("#kept-count")).to_contain_text("1 quote in 1 article reviewed, 1 corrected.")
    page.get_by_role("button", name="Find the quotes").click()
    expect(note(page, MIRACLE)).to_contain_text("Variety")
    page.get_by_role("button", name="Remove from this browser").click()
    expect(note(page, MIRACLE)).to_contain_text("Corrected")  # they have not been exported
    saved(page, "Export as training labels", tmp_path)
    page.get_by_role("button", name="Not exported: remove anyway").click()
    expect(note(page, MIRACLE)).to_contain_text("The Guardian")
    expect(page.locator("#kept-corrections")).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('article')).length") == 0


def assert_of_the_contract(answer: dict[str, Any]) -> None:
    """The JSON is the contract's, but for the ``review`` of each quote."""
    quotes = [{name: value for name, value in quote.items() if name != "review"} for quote in answer["quotes"]]
    echoed = {"publisher", "language"}
    record = {name: value for name, value in answer.items() if name not in echoed} | {"quotes": quotes}
    TypeAdapter(Attribution).validate_python(record)


def test_what_is_downloaded_and_copied_is_what_is_shown(page: Page, tmp_path: Path) -> None:
    correct(page, MIRACLE, Speaker="Variety", Outlet="")
    page.get_by_label("Hide names below confidence").fill("0.9")
    answer = json.loads(saved(page, "JSON", tmp_path).read_text(encoding="utf-8"))
    miracle: dict[str, Any] = next(quote for quote in answer["quotes"] if quote["id"] == MIRACLE)
    assert (miracle["speaker"]["name"], miracle["outlet"], miracle["review"]) == ("Variety", None, "corrected")
    assert all(ARTICLE[quote["start"] : quote["end"]] == quote["text"] for quote in answer["quotes"])
    assert len(answer["quotes"]) == 16
    assert_of_the_contract(answer)
    with saved(page, "CSV", tmp_path).open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert rows[MIRACLE]["speaker"] == "Variety"
    assert rows["q2"]["speaker"] == ""  # withheld
    html = saved(page, "HTML with highlights", tmp_path)
    assert html.name == "at-lisbeck-a-first-time-director.html"
    assert 'data-speaker="Variety"' in html.read_text(encoding="utf-8")
    page.get_by_role("button", name="for a spreadsheet").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    lines = str(page.evaluate("navigator.clipboard.readText()")).splitlines()
    assert len(lines) == 17
    assert lines[5].split("\t")[:2] == ["a small gray miracle,", "Variety"]


def test_an_answer_to_another_text_is_marked_stale(page: Page) -> None:
    expect(page.locator("#stale")).to_be_hidden()
    page.locator("#source summary").click()
    page.get_by_label("Article text").fill(ARTICLE + "More.")
    expect(page.locator("#stale")).to_contain_text("The text has changed.")
    page.get_by_role("button", name="Find the quotes again").click()
    expect(page.locator("#stale")).to_be_hidden()


def test_a_new_article_and_a_cleared_box(page: Page) -> None:
    page.get_by_role("button", name="New article").click()
    expect(page.locator("#result")).to_be_hidden()
    expect(page.get_by_label("Article text")).to_be_focused()
    expect(page.get_by_label("Article text")).to_have_value("")
    page.get_by_label("Article text").fill("Something.")
    page.get_by_role("button", name="Clear").click()
    page.reload()
    expect(page.get_by_label("Article text")).to_have_value("")


def test_a_pasted_link_and_pasted_markup_get_a_hint(open_page: OpenPage, recorded: str) -> None:
    page = open_page(at=recorded)
    text = page.get_by_label("Article text")
    text.fill("https://example.org/news/1")
    expect(page.locator("#pasted")).to_contain_text("which the service does not open")
    text.fill("<p>Harbour news</p><p>“It opens,” Ada Brook told Reuters.</p>")
    page.get_by_role("button", name="Read it as HTML").click()
    expect(page.locator(".quote")).to_have_text("It opens,")
    expect(text).to_have_value("Harbour news\n“It opens,” Ada Brook told Reuters.")
    expect(page.locator("#pasted")).to_be_empty()
    expect(page.locator("#stale")).to_be_hidden()
    page.reload()
    expect(text).to_have_value("Harbour news\n“It opens,” Ada Brook told Reuters.")


def test_a_long_article_is_told_its_time(open_page: OpenPage, recorded: str) -> None:
    page = open_page(at=recorded)
    page.get_by_label("Article text").fill("Nothing was said. " * 5000)
    expect(page.locator("#size")).to_have_text("90,000 of 200,000 characters, about 15 s to read.")
    page.get_by_label("Article text").fill("Nothing was said. " * 500)
    expect(page.locator("#size")).to_have_text("9,000 of 200,000 characters.")


def test_an_editor_needs_no_mouse(open_page: OpenPage, recorded: str) -> None:
    page = open_page(at=recorded)
    page.get_by_label("Article text").focus()
    page.keyboard.insert_text(ARTICLE)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#result")).to_be_focused()
    page.get_by_role("link", name="Skip to the notes").focus()
    page.keyboard.press("Enter")
    expect(note(page, TITLE)).to_be_focused()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(note(page, MIRACLE)).to_be_focused()
    page.keyboard.press("c")
    expect(why(page, MIRACLE).get_by_label("Speaker", exact=True)).to_be_focused()
    page.keyboard.insert_text("Variety")
    page.keyboard.press("Enter")
    expect(note(page, MIRACLE)).to_contain_text("Variety")
    expect(note(page, MIRACLE)).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(why(page, MIRACLE).get_by_role("button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(note(page, MIRACLE)).to_be_focused()
    expect(why(page, MIRACLE)).to_be_hidden()
