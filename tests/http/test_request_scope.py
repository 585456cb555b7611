from __future__ import annotations

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("given", ["a", "01HZX-9.f:2/b+c=_", "x" * 128])
def test_the_client_s_id_is_kept(client: FlaskClient, given: str) -> None:
    assert client.get("/livez", headers={"X-Request-ID": given}).headers["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["", "two words", "x" * 129, "é", '"},{'])
def test_an_unfit_id_is_replaced(client: FlaskClient, given: str) -> None:
    returned = client.get("/livez", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    assert returned != given
    assert len(returned) == 32


def test_errors_carry_it_too(client: FlaskClient) -> None:
    assert client.get("/nowhere", headers={"X-Request-ID": "a"}).headers["X-Request-ID"] == "a"
