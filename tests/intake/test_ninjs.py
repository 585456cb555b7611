"""ninjs documents of every version."""

from __future__ import annotations

from typing import Any

import pytest

from service.intake.ninjs import NinjsDocument, is_ninjs


@pytest.mark.parametrize(
    ("bodies", "value"),
    [
        ({"bodies": [{"value": "plain"}, {"contentType": "text/html; charset=utf-8", "value": "<p>html"}]}, "<p>html"),
        ({"bodies": [{"contenttype": "text/html", "value": "<p>version 2"}]}, "<p>version 2"),
        ({"body_text": "plain", "body_xhtml": "<p>version 1</p>"}, "<p>version 1</p>"),
        ({"bodies": [{"contentType": "image/png", "value": "x"}, {"value": "plain"}]}, "plain"),
    ],
)
def test_the_body_that_says_most_is_read(bodies: dict[str, Any], value: str) -> None:
    document = NinjsDocument.model_validate({"uri": "tag:7", **bodies})
    readable = document.readable_body()
    assert readable is not None
    number, body = readable
    assert body.value == value
    assert document.bodies[number] is body


def test_without_a_body_to_read_there_is_none() -> None:
    document = NinjsDocument.model_validate({"uri": "tag:7", "bodies": [{"contentType": "image/png", "value": "x"}]})
    assert document.readable_body() is None


@pytest.mark.parametrize(
    ("said", "provider"),
    [
        ({"infoSources": [{"name": " Tarn News "}], "copyrightHolder": "Other"}, "Tarn News"),
        ({"copyrightholder": "Tarn News"}, "Tarn News"),
        ({"infosource": [], "copyrightHolder": {"name": "Tarn News"}}, "Tarn News"),
        ({"infoSources": 7}, None),
        ({}, None),
    ],
)
def test_who_provides_an_item(said: dict[str, Any], provider: str | None) -> None:
    document = NinjsDocument.model_validate({"uri": "tag:7", "body_text": "a", **said})
    assert document.provider == provider


def test_what_is_a_ninjs_document() -> None:
    assert is_ninjs({"bodies": []})
    assert is_ninjs({"body_html": "<p>"})
    assert not is_ninjs({"text": "a"})
    assert not is_ninjs(["bodies"])
