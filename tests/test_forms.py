"""The same article in every form that newsrooms send, and hard-wrapped: the shipped checkpoint answers alike."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

import pytest
from flask.testing import FlaskClient

from service.http import create_app
from service.http.context import context_of
from service.serving.scheduler import State
from tests.article_files import load_articles
from tests.waiting import wait_for

pytestmark = pytest.mark.model

NAMES = {"bridge-page", "copper-deal", "harvest-strike", "island-ferries", "lake-ice", "mayor-veto", "stadium-loan"}
TEXTS = [article.text.replace("\r\n", "\n") for article in load_articles() if article.name in NAMES]
Answer = list[tuple[str, str | None, str | None]]


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    app = create_app()
    scheduler = context_of(app).scheduler
    wait_for(lambda: scheduler.state is not State.LOADING)
    yield app.test_client()
    scheduler.close()


@pytest.fixture(scope="module")
def plain(client: FlaskClient) -> list[Answer]:
    return [ask(client, {"text": text}) for text in TEXTS]


def ask(client: FlaskClient, fields: dict[str, Any]) -> Answer:
    """The quotes of an article, their white space collapsed, with the names of their speakers and the outlets' ids."""
    given = client.post("/v1/attributions", json=fields).get_json()["quotes"]
    return [
        (" ".join(q["text"].split()), q["speaker"] and q["speaker"]["name"], q["outlet"] and q["outlet"]["id"])
        for q in given
    ]


def as_html(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())


def as_ninjs(**body: Any) -> dict[str, Any]:
    return {"ninjs": {"uri": "tag:7", **body}}


FORMS: dict[str, Callable[[str], dict[str, Any]]] = {
    "html": lambda text: {"html": as_html(text)},
    "page": lambda text: {"html": f"<html><body><nav>Home</nav><main>{as_html(text)}</main></body></html>"},
    "ninjs 1": lambda text: as_ninjs(body_html=as_html(text)),
    "ninjs 1, plain": lambda text: as_ninjs(body_text=text),
    "ninjs 2": lambda text: as_ninjs(bodies=[{"contenttype": "text/html", "value": as_html(text)}]),
    "ninjs 3": lambda text: as_ninjs(bodies=[{"contentType": "text/html", "value": as_html(text)}]),
    "NITF": lambda text: {"xml": f"<nitf><body><body.content>{as_html(text)}</body.content></body></nitf>"},
    "NewsML-G2": lambda text: {
        "xml": f"<newsItem><contentSet><inlineXML><html><body>{as_html(text)}</body></html></inlineXML>"
        "</contentSet></newsItem>"
    },
    "NewsML-G2, inline data": lambda text: {
        "xml": f"<newsItem><contentSet><inlineData>{escape(as_html(text))}</inlineData></contentSet></newsItem>"
    },
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_the_same_answer(client: FlaskClient, plain: list[Answer], form: str) -> None:
    assert [ask(client, FORMS[form](text)) for text in TEXTS] == plain


@pytest.mark.slow
@pytest.mark.parametrize("width", [60, 72, 80])
def test_wrapped_articles_have_the_same_answer(client: FlaskClient, plain: list[Answer], width: int) -> None:
    """But for 2 of 100 quotes."""
    differing = sum(
        (Counter(quotes) - Counter(ask(client, {"text": wrapped(text, width)}))).total()
        for text, quotes in zip(TEXTS, plain, strict=True)
    )
    assert 50 * differing <= sum(map(len, plain))


def wrapped(text: str, width: int) -> str:
    return "\n\n".join(textwrap.fill(line, width) for line in text.split("\n") if line.strip())
