"""The documentation of the API."""

from __future__ import annotations

from flask.testing import FlaskClient


def test_the_documentation_needs_nothing_from_elsewhere(client: FlaskClient) -> None:
    page = client.get("/docs").get_data(as_text=True)
    assert "http" not in page
    for asset in ("js/swagger-ui-bundle.js", "css/swagger-ui.css", "images/swagger.svg"):
        assert f"docs/{asset}" in page
        response = client.get(f"/docs/{asset}")
        assert response.status_code == 200
        response.close()
    assert client.get("/docs/../plugins.py").status_code == 404


def test_no_script_is_inline(client: FlaskClient) -> None:
    response = client.get("/docs")
    assert "<script>" not in response.get_data(as_text=True)
    assert "img-src 'self' data:" in response.headers["Content-Security-Policy"]
    assert client.get("/docs/start.js").mimetype == "text/javascript"
