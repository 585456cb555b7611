from __future__ import annotations

from threading import Event

from flask.testing import FlaskClient

from service import __version__
from tests.fakes import MODEL, PRECISION, FakeAttributor
from tests.http.conftest import MakeApp


def test_the_model_and_the_limits_are_told(client: FlaskClient) -> None:
    info = client.get("/v1/info").get_json()
    assert info["service"] == {"name": "quote-attribution", "version": __version__}
    assert info["model"] == {
        "name": MODEL.name,
        "version": MODEL.version,
        "sha256": MODEL.sha256,
        "precision": PRECISION,
    }
    assert info["limits"]["max_article_chars"] == 200_000


def test_there_is_no_model_while_it_loads(make_app: MakeApp, attributor: FakeAttributor) -> None:
    loaded = Event()

    def load() -> FakeAttributor:
        loaded.wait(60)
        return attributor

    assert make_app(load).test_client().get("/v1/info").get_json()["model"] is None
    loaded.set()
