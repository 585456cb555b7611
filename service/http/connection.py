"""Whether the client of a request still waits for its answer."""

from __future__ import annotations

import select
import socket
from collections.abc import Callable

from flask import Request

# What a socket reports when its other side has gone. Not every system tells of a side that has only stopped sending.
_HUNG_UP = getattr(select, "POLLRDHUP", 0) | select.POLLHUP | select.POLLERR


def watch(request: Request) -> Callable[[], bool]:
    """A function, for any thread, that says whether the client of ``request`` is still connected.

    A server that does not show its socket, as in tests, has only patient clients.
    """
    connection: socket.socket | None = request.environ.get("gunicorn.socket")
    return (lambda: True) if connection is None else (lambda: not has_hung_up(connection))


def has_hung_up(connection: socket.socket) -> bool:
    """Whether the other side of ``connection`` has closed it, or this side has."""
    descriptor = connection.fileno()
    if descriptor < 0:
        return True
    poll = select.poll()
    poll.register(descriptor, _HUNG_UP)
    return bool(poll.poll(0))
