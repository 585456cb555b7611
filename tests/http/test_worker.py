"""The worker reaches into gunicorn's: this fails when those parts change, so that someone looks before they run."""

from __future__ import annotations

import inspect
from hashlib import sha256
from types import SimpleNamespace
from typing import cast
from unittest.mock import Mock

import pytest
from gunicorn.config import Config
from gunicorn.http.unreader import SocketUnreader, Unreader
from gunicorn.workers.gthread import TConn, ThreadWorker

from service.http.context import Context
from service.http.worker import PatientUnreader, PatientWorker

# Of their source code, in gunicorn 27.0.1.
DIGESTS = {
    TConn: "e3a2878ba952710a",
    Unreader: "84aaa8f91fcdbbae",
    SocketUnreader: "786a257be09ea8dd",
    ThreadWorker: "2cde92a57d7bae10",
}
OVERRIDDEN = {
    PatientWorker: (
        *("load_wsgi", "run", "handle_exit", "enqueue_req", "murder_pending"),
        *("handle", "_keepalive_after", "handle_request"),
    ),
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


def test_requests_and_the_work_that_is_left_have_one_grace_period(monkeypatch: pytest.MonkeyPatch) -> None:
    now, waited = [100.0], list[float]()
    monkeypatch.setattr("service.http.worker.time.monotonic", lambda: now[0])

    def serve(_: ThreadWorker) -> None:
        now[0] += 30

    monkeypatch.setattr(ThreadWorker, "run", serve)
    worker = PatientWorker(0, 0, [], None, 30, Config(), None)
    worker.cfg.set("graceful_timeout", 40)
    worker.method_queue = Mock()
    worker._context = cast(Context, SimpleNamespace(scheduler=Mock(join=waited.append)))
    worker.handle_exit(15, None)
    worker.run()
    assert waited == [10]
