"""Draws ``docs/page.png``, the README's picture of the page: an example's answer with a quote pointed at.

Run it again when the page or the model changes: ``python -m docs.draw_page``. It needs what the tests need, and
Chromium.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.web.conftest import CHROMIUM, served

EXAMPLE = "harbor-bridge"
PICTURE = Path(__file__).with_name("page.png")


def main() -> None:
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        page = browser.new_page(viewport={"width": 1120, "height": 780}, reduced_motion="reduce")
        page.goto(f"{address}#example={EXAMPLE}&nonspeech=1")
        page.locator(".note").nth(3).focus()
        page.locator("#result").evaluate("result => result.scrollIntoView()")
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
