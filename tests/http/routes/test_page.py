"""The web page's files."""

from __future__ import annotations

from flask.testing import FlaskClient


def test_the_page_and_its_files_are_served(client: FlaskClient) -> None:
    assert client.get("/").mimetype == "text/html"
    assert client.get("/page/main.js").mimetype == "text/javascript"
    assert client.get("/page/../routes/page.py").status_code == 404


def test_the_known_outlets_are_listed_with_all_their_names(client: FlaskClient) -> None:
    outlets = {outlet["id"]: outlet for outlet in client.get("/page/outlets.json").get_json()}
    assert outlets["reuters"]["name"] == "Reuters"
    assert outlets["reuters"]["wikidata"] == "Q130879"
    assert "AP" in outlets["associated-press"]["names"]


def test_strings_cannot_become_markup(client: FlaskClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "require-trusted-types-for 'script'" in policy
    assert "trusted-types 'none'" in policy
