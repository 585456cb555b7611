from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from tests.fakes import FakeAttributor
from tests.http.assertions import assert_problem

PATH = "/v1/attributions"
JSON = "application/json"
JSON_LD = "application/ld+json"
ANNOTATION = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
CSV = "text/csv; charset=utf-8"
EXCEL_CSV = "text/csv; profile=excel; charset=utf-8"


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/json; charset=utf-8", JSON),
        ("text/html, */*;q=0.8", "text/html; charset=utf-8"),
        ("image/png, */*;q=0.8", JSON),
        ("application/ld+json", JSON_LD),
        ('application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"', ANNOTATION),
        ("text/csv", CSV),
        ("text/csv; charset=utf-8", CSV),
        ('text/csv; profile="excel"', EXCEL_CSV),
        ("text/csv; profile=excel", EXCEL_CSV),
        ("text/*", CSV),
        ("application/json;q=0.5, text/csv", CSV),
    ],
)
def test_the_answer_takes_the_form_that_is_accepted(
    client: FlaskClient, article: str, accept: str, content_type: str
) -> None:
    response = client.post(PATH, json={"text": article}, headers={"Accept": accept})
    assert response.status_code == 200
    assert response.content_type == content_type
    assert "Accept" in response.headers["Vary"]
    assert response.get_data()


def test_each_form_is_of_the_article(client: FlaskClient, article: str) -> None:
    def ask(accept: str) -> str:
        return client.post(PATH, json={"text": article}, headers={"Accept": accept}).get_data(as_text=True)

    words = "The bridge opens on Monday,"
    assert json.loads(ask(JSON))["quotes"][0]["text"] == words
    assert json.loads(ask(JSON_LD))["hasPart"][0]["text"] == words
    assert json.loads(ask(ANNOTATION))["first"]["items"][0]["target"]["selector"][0]["exact"] == words
    assert f'"{words}"' in ask("text/csv").splitlines()[1]


@pytest.mark.parametrize("accept", ["image/png", "application/json;q=0", 'application/ld+json;profile="x"', "nonsense"])
def test_no_other_form_is_to_be_had(client: FlaskClient, attributor: FakeAttributor, accept: str) -> None:
    before = len(attributor.batches)
    response = client.post(PATH, json={"text": "a"}, headers={"Accept": accept})
    assert "text/csv" in assert_problem(response, 406, "not-acceptable")["detail"]
    assert len(attributor.batches) == before
