"""What holds of every error."""

from __future__ import annotations

from typing import Any

from werkzeug.test import TestResponse


def assert_problem(response: TestResponse, status: int, name: str) -> dict[str, Any]:
    """Assert that ``response`` is the problem ``name``, and return its body."""
    assert response.content_type == "application/problem+json"
    body: dict[str, Any] = response.get_json(force=True)
    assert response.status_code == status, body
    assert_problem_body(body, status, name)
    assert body["request_id"] == response.headers["X-Request-ID"]
    return body


def assert_problem_body(body: dict[str, Any], status: int, name: str) -> None:
    assert body["type"] == f"urn:problem-type:quote-attribution:{name}"
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
