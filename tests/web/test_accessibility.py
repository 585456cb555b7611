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
    page.get_by_label("Quoted words that nobody said").check()
    ask(page)
    assert_accessible(page)
    page.locator(".note[data-quote=q2]").click()
    assert_accessible(page)
    page.locator("#speakers").get_by_role("button", name="Achterberg").click()
    assert_accessible(page)


def test_at_work_and_with_a_problem(page: Page) -> None:
    page.get_by_role("button", name="Find the quotes").click()
    expect(page.get_by_role("alert")).to_contain_text("There is no article yet")
    assert_accessible(page)
    page.route("**/v1/attributions", lambda _: None)
    page.get_by_label("Article text").fill(ARTICLE)
    page.get_by_role("button", name="Find the quotes").click()
    expect(page.locator("#working")).to_be_visible()
    assert_accessible(page)


def test_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(viewport={"width": 360, "height": 740}, bypass_csp=True)
    ask(page)
    assert_accessible(page)
