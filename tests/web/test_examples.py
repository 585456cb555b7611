"""The page's own examples, through the shipped checkpoint."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from service.settings import PROJECT_ROOT
from tests.web.conftest import OpenPage, served

pytestmark = pytest.mark.model

EXAMPLES = sorted(path.stem for path in (PROJECT_ROOT / "service" / "web" / "examples").glob("*.txt"))


@pytest.fixture(scope="module")
def real_address() -> Iterator[str]:
    with served() as address:
        yield address


def test_each_example_is_answered(open_page: OpenPage, real_address: str) -> None:
    page = open_page(at=real_address)
    assert sorted(b.get_attribute("data-example") or "" for b in page.locator("[data-example]").all()) == EXAMPLES
    for name in EXAMPLES:
        page = open_page(f"#example={name}", at=real_address)
        expect(page.locator("#result")).to_be_visible()
        assert page.locator(".note").count() >= 7
        assert page.locator("#speakers .voice").count() >= 3
        assert page.locator("#outlets .voice").count() >= 2
