"""The real service, over HTTP: one of its own for the tests that ask for it, or the one at ``SERVICE_ADDRESS``."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from service.settings import PROJECT_ROOT
from tests.waiting import wait_for

ADDRESS = "SERVICE_ADDRESS"  # the environment variable with host:port of a running service to be tested instead


@contextmanager
def serve(log: Path) -> Iterator[str]:
    """The ``host:port`` of a service that is ready."""
    if ADDRESS in os.environ:
        yield os.environ[ADDRESS]
        return
    address = f"127.0.0.1:{_free_port()}"
    environment = {**os.environ, "PORT": address.partition(":")[2], "BIND_ADDRESS": "127.0.0.1"}
    command = [sys.executable, "-m", "service", "serve"]
    with (
        log.open("wb") as output,
        subprocess.Popen(command, env=environment, cwd=PROJECT_ROOT, stdout=output, stderr=output) as process,
    ):
        try:
            wait_for(lambda: _is_ready(address), seconds=300)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=60)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _is_ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://{address}/readyz", timeout=5) as response:
            return bool(response.status == 200)
    except (URLError, TimeoutError):
        return False
