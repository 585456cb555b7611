"""axe-core finds no fault with the page, whatever it shows."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.web.conftest import OpenPage
from tests.web.newsroom import ARTICLE
from tests.web.test_page import ask

pytestmark = pytest.mark.slow


def assert_accessible(page: Page) -> None:
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


# Trusted types would keep axe-core, too, from making its probes; the page's own tests run with them.
@pytest.fixture(params=["light", "dark"])
def page(open_page: OpenPage, request: pytest.FixtureRequest) -> Page:
    return open_page(color_scheme=request.param, bypass_csp=True, reduced_motion="reduce")


def test_at_the_start(page: Page) -> None:
    assert_accessible(page)


def test_with_an_answer_pointed_at_and_filtered(page: Page) -> None:
    page.get_by_label("Show quoted words that are not speech").check()
    ask(page)
    assert_accessible(page)
    page.locator(".note[data-quote=q2]").click()
    assert_accessible(page)
    page.locator("#speakers").get_by_role("button", name="Achterberg").click()
    assert_accessible(page)


def test_the_desk(page: Page) -> None:
    ask(page)
    page.get_by_label("Hide names below confidence").fill("0.8")
    page.get_by_label("Article text").evaluate("field => field.closest('details').open = true")
    page.get_by_label("Article text").fill("<p>Another article</p>")
    expect(page.locator("#stale")).to_be_visible()
    expect(page.locator("#pasted")).to_be_visible()
    page.locator("#review ol button").first.click()
    assert_accessible(page)
    page.get_by_role("button", name="Correct").click()
    page.get_by_label("Speaker named as").fill("the magazine")
    page.get_by_role("button", name="Save").click()
    assert_accessible(page)
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Not speech").click()
    page.get_by_role("button", name="Accept the rest").click()
    expect(page.locator("#kept-corrections")).to_be_visible()
    assert_accessible(page)


def test_at_work_and_with_a_problem(page: Page) -> None:
    page.get_by_role("button", name="Find the quotes").click()
    expect(page.get_by_role("alert")).to_contain_text("No article yet")
    assert_accessible(page)
    page.route("**/v1/attributions", lambda _: None)
    page.get_by_label("Article text").fill(ARTICLE)
    page.get_by_role("button", name="Find the quotes").click()
    expect(page.locator("#working")).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone(open_page: OpenPage, scheme: str) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, color_scheme=scheme, bypass_csp=True)
    ask(page)
    page.locator(".note[data-quote=q3]").click()
    assert_accessible(page)
    page.get_by_role("button", name="Correct").click()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
