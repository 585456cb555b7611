"""The service as an operator starts it: a process of its own, its clients, and its memory."""

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

_START_TIMEOUT = 300.0  # seconds
_POLL = 0.1  # seconds; each question takes time from the start that it asks about


@dataclass(frozen=True, slots=True)
class Server:
    """A running service. ``ready_seconds``: from the start of its process to its first 200 from ``/readyz``."""

    pid: int
    port: int
    ready_seconds: float

    def memory(self) -> int:
        """Bytes of memory of the process and its children now, shared pages counted once."""
        return sum(_proportional_bytes(pid) for pid in self.processes())

    def processes(self) -> tuple[int, ...]:
        """The process and its children."""
        return (self.pid, *_children(self.pid))


class Client:
    """One connection that is kept open."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_START_TIMEOUT)

    def attribute(self, body: bytes) -> int:
        """Send an article, read the whole answer; its status."""
        return self.post("/v1/attributions", body)

    def post(self, path: str, body: bytes) -> int:
        """Send JSON, read the whole answer; its status."""
        self._connection.request("POST", path, body, {"Content-Type": "application/json"})
        response = self._connection.getresponse()
        response.read()
        return response.status

    def is_ready(self) -> bool:
        try:
            self._connection.request("GET", "/readyz")
            response = self._connection.getresponse()
            response.read()
        except OSError:
            self._connection.close()
            return False
        return response.status == http.client.OK

    def close(self) -> None:
        self._connection.close()


@contextmanager
def served(model: Path, device: str) -> Iterator[Server]:
    """A service with default settings on a free port, stopped at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"PORT": str(port), "BIND_ADDRESS": "127.0.0.1", "MODEL_PATH": str(model), "DEVICE": device}
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
