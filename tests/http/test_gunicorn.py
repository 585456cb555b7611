"""The service under its real server: what its configuration promises of signals and processes."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError

import pytest

from service.settings import PROJECT_ROOT
from tests.http.conftest import wait_for
from tests.http.served import HOLD


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen[bytes]
    port: int
    hold: Path

    def get(self, path: str) -> int:
        """The status of an answer, 0 if there is none."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60) as response:
                return int(response.status)
        except HTTPError as error:
            return error.code
        except OSError:
            return 0

    def attribute(self, text: str, min_confidence: float = 0.0) -> int:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/v1/attributions",
            data=json.dumps({"text": text, "min_confidence": min_confidence}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as response:
            return int(response.status)

    def metrics(self) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=60) as response:
            text: str = response.read().decode()
            return text

    def worker(self) -> int:
        """The process id of the one worker."""
        (worker,) = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return int(worker)

    def wait_until_ready(self) -> None:
        wait_for(lambda: self.get("/readyz") == 200, seconds=300)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(PROJECT_ROOT),
        "BIND_ADDRESS": "127.0.0.1",
        "PORT": str(port),
        "HOME": "/nonexistent",
        HOLD: str(tmp_path / "hold"),
    }
    command = [sys.executable, "-m", "gunicorn", "--config", str(PROJECT_ROOT / "gunicorn.conf.py")]
    with (
        (tmp_path / "log").open("wb") as log,
        subprocess.Popen(
            [*command, "tests.http.served:make_app()"], env=environment, cwd=PROJECT_ROOT, stdout=log, stderr=log
        ) as process,
    ):
        server = Server(process, port, tmp_path / "hold")
        try:
            server.wait_until_ready()
            yield server
        finally:
            process.kill()
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_admitted_requests_are_finished_after_sigterm(server: Server) -> None:
    server.hold.touch()
    with ThreadPoolExecutor() as pool:
        # Of different options, so that each is an inference of its own: one runs, the others wait.
        admitted = [pool.submit(server.attribute, "1234567890", min_confidence=number / 4) for number in range(4)]
        wait_for(lambda: "quotes_queue_characters 30.0" in server.metrics())
        server.process.send_signal(signal.SIGTERM)
        server.hold.unlink()
        assert [answer.result() for answer in admitted] == [200] * 4
    assert server.process.wait(timeout=60) == 0
    assert server.get("/livez") == 0


def test_a_killed_worker_is_replaced(server: Server) -> None:
    killed = server.worker()
    os.kill(killed, signal.SIGKILL)
    wait_for(lambda: not Path(f"/proc/{killed}").exists() and server.get("/readyz") == 200, seconds=300)
    assert server.worker() != killed
    assert server.attribute("“a”") == 200
