"""The worker reaches into gunicorn's: this fails when those parts change, so that someone looks before they run."""

from __future__ import annotations

import inspect
from hashlib import sha256

import pytest
from gunicorn.http.unreader import SocketUnreader, Unreader
from gunicorn.workers.gthread import TConn, ThreadWorker

from service.http.worker import PatientUnreader, PatientWorker

# Of their source code, in gunicorn 27.0.1.
DIGESTS = {
    TConn: "e3a2878ba952710a",
    Unreader: "84aaa8f91fcdbbae",
    SocketUnreader: "786a257be09ea8dd",
    ThreadWorker: "2cde92a57d7bae10",
}
OVERRIDDEN = {
    PatientWorker: ("load_wsgi", "run", "enqueue_req", "murder_pending", "handle", "handle_request"),
    PatientUnreader: ("chunk",),
}


@pytest.mark.parametrize("part", DIGESTS, ids=lambda part: part.__name__)
def test_gunicorn_is_the_one_that_the_worker_was_written_for(part: type) -> None:
    digest = sha256(inspect.getsource(part).encode()).hexdigest()
    message = "see whether service/http/worker.py still holds, run tests/http/test_gunicorn.py, then write it down here"
    assert digest[:16] == DIGESTS[part], message


def test_every_step_that_is_overridden_is_one_of_gunicorns() -> None:
    for own, names in OVERRIDDEN.items():
        (base,) = own.__bases__
        for name in names:
            assert name in vars(own)
            assert callable(getattr(base, name))
        added = {name for name, value in vars(own).items() if callable(value)} - {"__init__", *names}
        assert not [name for name in added if hasattr(base, name)], "overridden without being listed above"
