"""Swagger UI at ``/docs``, under its content security policy: the fixture fails on any violation."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.conftest import OpenPage

pytestmark = pytest.mark.slow


def test_an_operation_can_be_tried_from_the_documentation(open_page: OpenPage) -> None:
    page = open_page("docs")
    operation = page.locator("#operations-default-attribute")
    operation.locator(".opblock-summary-control").click()
    expect(operation.get_by_text("min_confidence", exact=True).first).to_be_visible()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    expect(operation.locator(".live-responses-table .response-col_status").last).to_contain_text("200")
