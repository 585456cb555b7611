"""gunicorn's threaded worker, made safe against slow clients: a request gets a thread only once it is complete.

The base worker (gunicorn 27) waits in its event loop only for a request's first byte, and reads the rest in a thread.
As many slow senders as there are threads would block the service. Here the event loop receives the bytes, and passes a
request to a thread once it is complete or turns out to be a stream.
"""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from selectors import EVENT_READ
from types import FrameType
from typing import Any, cast

from flask import Flask
from gunicorn.http.parser import RequestParser
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn, ThreadWorker

from service.http.arrival import Arrival
from service.http.context import context_of

_RECEIVED_AT_ONCE = 256 * 1024
_MAX_HEADER_BYTES = 64 * 1024
_STOPPING_PATIENCE = 2.0  # seconds that an incomplete request may delay the shutdown


@dataclass(frozen=True, slots=True)
class _Arriving:
    """A request that is being received."""

    arrival: Arrival
    began: float = field(default_factory=time.monotonic)


class PatientUnreader(SocketUnreader):
    """Reads a stream in a thread, with a limit to the time that each read blocks.

    Raises ``TimeoutError`` when the limit is exceeded.
    """

    stretch_bytes = 8192

    def __init__(self, sock: socket.socket, patience: float) -> None:
        super().__init__(sock)
        self.patience = patience
        self._waited = 0.0
        self._received = 0

    def chunk(self, size_hint: int | None = None) -> bytes:
        began = time.monotonic()
        self.sock.settimeout(max(0.001, self.patience - self._waited))
        data: bytes = super().chunk(size_hint)  # type: ignore[call-arg] # the stubs are of gunicorn 26
        self.sock.settimeout(self.patience)  # for the answer
        self._waited += time.monotonic() - began
        self._received += len(data)
        if self._received >= self.stretch_bytes:
            self._waited = self._received = 0
        return data


class PatientWorker(ThreadWorker):
    """Overrides the steps in which the base class passes a connection to a thread or takes it back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._arriving: dict[TConn, _Arriving] = {}  # the oldest first
        self._arriving_bytes = 0
        self._exit_at: float | None = None  # deadline for the shutdown, once it has begun

    def load_wsgi(self) -> None:
        super().load_wsgi()
        self._context = context_of(cast(Flask, self.wsgi))
        settings = self._context.settings
        self._patience = settings.arrival_seconds
        self._max_body_bytes = settings.max_body_bytes
        self._max_arriving_bytes = self.cfg.threads * settings.max_body_bytes  # as much as the threads would hold

    def run(self) -> None:
        super().run()
        # Work for disconnected clients may still be running, and torch aborts a process that exits during it.
        self._context.scheduler.close()
        exit_at = time.monotonic() + self.cfg.graceful_timeout if self._exit_at is None else self._exit_at
        self._context.scheduler.join(max(0.0, exit_at - time.monotonic()))

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """On SIGTERM, let requests in flight and the remaining work share one grace period."""
        if self._exit_at is None:
            self._exit_at = time.monotonic() + self.cfg.graceful_timeout
        super().handle_exit(sig, frame)

    def enqueue_req(self, conn: TConn) -> None:
        """Receive a connection's next request in the event loop."""
        arrival = Arrival(max_header_bytes=_MAX_HEADER_BYTES, max_body_bytes=self._max_body_bytes)
        self._arriving[conn] = _Arriving(arrival)
        conn.sock.setblocking(False)
        self.poller.register(conn.sock, EVENT_READ, partial(self._receive, conn))
        if conn.initialized:
            self._add(conn, _parser(conn).unreader.take_buffered())

    def murder_pending(self) -> None:
        """Called at least once a second: give up requests that take too long and, when crowded, the oldest."""
        super().murder_pending()
        patience = self._patience if self.alive else min(self._patience, _STOPPING_PATIENCE)
        now = time.monotonic()
        for conn, arriving in list(self._arriving.items()):
            if now - arriving.began < patience and not self._is_crowded():
                break
            self._give_up(conn)

    def handle(self, conn: TConn) -> Any:
        """Serve a complete request, in a thread."""
        keep = super().handle(conn)
        if not keep:
            # Otherwise the event loop would wait for the client to close its side.
            _stop_reading(conn)
        return keep

    def _keepalive_after(self, conn: TConn, keepalive: bool) -> bool:
        """Whether to keep the connection open; does not wait for the rest of a stream that was answered before it
        ended."""
        unreader = cast(PatientUnreader, _parser(conn).unreader)
        unreader.patience = 0.0
        try:
            return bool(super()._keepalive_after(conn, keepalive))  # type: ignore[misc] # the stubs are of gunicorn 26
        finally:
            unreader.patience = self._patience

    def handle_request(self, req: Any, conn: TConn) -> bool:
        conn.sock.settimeout(self._patience)
        try:
            return bool(super().handle_request(req, conn))
        except TimeoutError:
            self.log.info("A client did not take its answer in time.")
            return False

    def _receive(self, conn: TConn, _: object) -> None:
        try:
            data = conn.sock.recv(_RECEIVED_AT_ONCE)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = b""
        if data:
            self._add(conn, data)
        elif self._arriving[conn].arrival.received:
            self._hand_over(conn)  # to be refused
        else:
            self._drop(conn)

    def _add(self, conn: TConn, data: bytes) -> None:
        arrival = self._arriving[conn].arrival
        arrival.add(data)
        self._arriving_bytes += len(data)
        if arrival.is_complete:
            self._hand_over(conn)
        elif arrival.is_overlong:
            self._give_up(conn)
        elif arrival.expects_continue:
            arrival.expects_continue = False
            with suppress(OSError):
                conn.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _hand_over(self, conn: TConn) -> None:
        """Pass a request to a thread."""
        received = self._forget(conn)
        conn.data_ready = True
        if not conn.initialized:
            conn.init()
            _parser(conn).unreader = PatientUnreader(conn.sock, self._patience)
        _parser(conn).unreader.unread(received)
        super().enqueue_req(conn)

    def _give_up(self, conn: TConn) -> None:
        """Treat the request as ended; the thread will find it incomplete and respond accordingly."""
        if self._arriving[conn].arrival.received:
            _stop_reading(conn)
            self._hand_over(conn)
        else:
            self._drop(conn)

    def _drop(self, conn: TConn) -> None:
        self._forget(conn)
        self.nr_conns -= 1
        conn.close()

    def _forget(self, conn: TConn) -> bytes:
        received = self._arriving.pop(conn).arrival.received
        self._arriving_bytes -= len(received)
        self.poller.unregister(conn.sock)
        return bytes(received)

    def _is_crowded(self) -> bool:
        """Whether incomplete requests exceed their share of the connections or of the memory."""
        return len(self._arriving) > self.worker_connections // 2 or self._arriving_bytes > self._max_arriving_bytes


def _parser(conn: TConn) -> RequestParser:
    return cast(RequestParser, conn.parser)  # HTTP/2 and uWSGI's protocol are off


def _stop_reading(conn: TConn) -> None:
    """Shut the connection down for reading, so that reads find its end."""
    with suppress(OSError):  # it is closed already
        conn.sock.shutdown(socket.SHUT_RD)
