"""Response headers that protect the HTML pages."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("path", ["/", "/page/main.js", "/docs", "/docs/start.js", "/docs/js/swagger-ui-bundle.js"])
def test_pages_run_only_files_of_the_service(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    directives = response.headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"} <= set(directives)
    assert not any("unsafe" in directive for directive in directives)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    response.close()


def test_answers_have_their_own_policy(client: FlaskClient, article: str) -> None:
    response = client.post("/v1/attributions", json={"text": article})
    assert response.headers["Content-Security-Policy"].startswith("sandbox")
