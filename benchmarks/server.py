"""Starts the service in a process of its own, sends it requests, and measures its memory."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

_START_TIMEOUT = 300.0  # seconds
_POLL = 0.1  # seconds; each poll delays the start a little


@dataclass(frozen=True, slots=True)
class Server:
    """A running service. ``ready_seconds`` is the time from starting its process to the first 200 of ``/readyz``."""

    pid: int
    port: int
    ready_seconds: float

    def memory(self) -> int:
        """The current memory of the process and its children in bytes; shared pages count once."""
        return sum(_proportional_bytes(pid) for pid in self.processes())

    def processes(self) -> tuple[int, ...]:
        """The process and its children."""
        return (self.pid, *_children(self.pid))


@dataclass(frozen=True, slots=True)
class Answer:
    """A response. ``retry_after`` is in seconds, 0 if it has none."""

    status: int
    body: bytes
    retry_after: int


class Client:
    """A persistent connection."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_START_TIMEOUT)

    def attribute(self, body: bytes) -> int:
        """Send an article and read the response. Returns its status."""
        return self.post("/v1/attributions", body)

    def post(self, path: str, body: bytes) -> int:
        """Send JSON and read the response. Returns its status."""
        return self.ask("POST", path, body).status

    def ask(self, method: str, path: str, body: bytes = b"", media_type: str = "application/json") -> Answer:
        """Send a request and read the response."""
        self.send(method, path, body, media_type)
        response = self._connection.getresponse()
        return Answer(response.status, response.read(), int(response.headers.get("Retry-After", 0)))

    def send(self, method: str, path: str, body: bytes = b"", media_type: str = "application/json") -> None:
        """Send a request without waiting for the response."""
        self._connection.request(method, path, body, {"Content-Type": media_type})

    def stream(self, path: str, lines: Iterable[bytes]) -> Iterator[bytes]:
        """Send NDJSON line by line, and yield the lines of the response as they arrive."""
        connection = self._connection
        connection.putrequest("POST", path)
        connection.putheader("Content-Type", "application/x-ndjson")
        connection.putheader("Transfer-Encoding", "chunked")
        connection.endheaders()
        sender = Thread(target=self._send_chunks, args=(lines,), daemon=True)
        sender.start()
        yield from connection.getresponse()
        sender.join()

    def _send_chunks(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            self._connection.send(b"%x\r\n%b\r\n" % (len(line), line))
        self._connection.send(b"0\r\n\r\n")

    def is_ready(self) -> bool:
        try:
            return self.ask("GET", "/readyz").status == http.client.OK
        except OSError:
            self._connection.close()
            return False

    def close(self) -> None:
        self._connection.close()


@contextmanager
def served(model: Path, device: str, **others: str) -> Iterator[Server]:
    """Run a service on a free port, with default settings except ``others``, and stop it at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"PORT": str(port), "BIND_ADDRESS": "127.0.0.1", "MODEL_PATH": str(model), "DEVICE": device, **others}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "service", "serve"], env=os.environ | settings | {"LOG_LEVEL": "error"}
    )
    try:
        _wait_until_ready(process, port)
        yield Server(process.pid, port, time.perf_counter() - began)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def article_body(text: str) -> bytes:
    return json.dumps({"text": text}).encode()


def batch_body(texts: Iterable[str]) -> bytes:
    return json.dumps({"articles": [{"id": str(i), "text": text} for i, text in enumerate(texts)]}).encode()


def _wait_until_ready(process: subprocess.Popen[bytes], port: int) -> None:
    client = Client(port)
    deadline = time.monotonic() + _START_TIMEOUT
    while not client.is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("the service did not become ready")
        time.sleep(_POLL)
    client.close()


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _proportional_bytes(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
