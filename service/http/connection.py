"""Whether the client of a request is still connected."""

from __future__ import annotations

import select
import socket
from collections.abc import Callable

from flask import Request

# The events of a socket whose peer is gone. POLLRDHUP, for a peer that only stopped sending, is not on every system.
_HUNG_UP = getattr(select, "POLLRDHUP", 0) | select.POLLHUP | select.POLLERR


def watch(request: Request) -> Callable[[], bool]:
    """A thread-safe function that returns whether the client of ``request`` is still connected.

    Always true if the server does not expose its socket, as in tests.
    """
    connection: socket.socket | None = request.environ.get("gunicorn.socket")
    return (lambda: True) if connection is None else (lambda: not has_hung_up(connection))


def has_hung_up(connection: socket.socket) -> bool:
    """Whether either side has closed ``connection``."""
    descriptor = connection.fileno()
    if descriptor < 0:
        return True
    poll = select.poll()
    poll.register(descriptor, _HUNG_UP)
    return bool(poll.poll(0))
