"""The service under its real server: what its configuration promises of signals and processes."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.error import HTTPError

import pytest

from service.settings import PROJECT_ROOT, RESERVED_THREADS
from tests.http.served import HELD_SUFFIX, HOLD
from tests.waiting import wait_for

pytestmark = pytest.mark.slow


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

    def attribute(self, text: str) -> int:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/v1/attributions",
            data=json.dumps({"text": text}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as response:
            return int(response.status)

    def connect(self, sent: bytes) -> socket.socket:
        """A connection on which ``sent`` has been sent."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        connection.sendall(sent)
        return connection

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
    with (tmp_path / "log").open("wb") as log, _started(tmp_path, log) as server:
        yield server
    assert "Traceback" not in (tmp_path / "log").read_text()


@contextmanager
def _started(directory: Path, log: IO[bytes] | int, prepare: Callable[[], None] | None = None) -> Iterator[Server]:
    """A server that is ready; ``prepare`` runs in its process first."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(PROJECT_ROOT),
        "BIND_ADDRESS": "127.0.0.1",
        "PORT": str(port),
        "HTTP_THREADS": str(RESERVED_THREADS + 6),
        "ARRIVAL_SECONDS": "2",
        "DEADLINE_SECONDS": "120",
        HOLD: str(directory / "hold"),
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "python:service.http.gunicorn_conf"]
    with subprocess.Popen(
        [*command, "tests.http.served:make_app()"],
        env=environment,
        cwd=PROJECT_ROOT,
        stdout=log,
        stderr=log,
        preexec_fn=prepare,
    ) as process:
        server = Server(process, port, directory / "hold")
        try:
            server.wait_until_ready()
            yield server
        finally:
            process.kill()


def test_a_disk_that_takes_nothing_does_not_matter(tmp_path: Path) -> None:
    def fill_disk() -> None:  # no file may grow past its first byte
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    with _started(tmp_path, subprocess.DEVNULL, fill_disk) as server:
        assert server.attribute("“a”") == 200
        assert server.get("/livez") == server.get("/metrics") == 200
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=60) == 0


def test_admitted_requests_are_finished_after_sigterm(server: Server) -> None:
    server.hold.touch()
    with ThreadPoolExecutor() as pool:
        admitted = [pool.submit(server.attribute, "1234567890") for _ in range(4)]
        wait_for(lambda: "quotes_articles_in_flight 4.0" in server.metrics())
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


HEADERS = b"POST /v1/attributions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
BODY = '{"text": "“a”"}'.encode()
SIZED = HEADERS + b"Content-Length: %d\r\n\r\n" % len(BODY)
CHUNKED = HEADERS + b"Transfer-Encoding: chunked\r\n\r\n"
STREAM = CHUNKED.replace(b"/attributions", b"/attributions/batch").replace(b"/json", b"/x-ndjson")


def test_slow_senders_harm_nobody(server: Server) -> None:
    halves = [b"POST /v1/attrib", SIZED + BODY[:5], CHUNKED + b"f\r\n" + BODY[:5], STREAM + b"f\r\n" + BODY[:5], b""]
    slow = [server.connect(half) for half in halves for _ in range(20)]
    for _ in range(3):
        assert server.attribute("“a”") == 200
        assert server.get("/livez") == server.get("/readyz") == 200
    answers = [connection.makefile("rb").readline() for connection in slow]
    assert [answer for answer in answers[20:60] if b" 408 " not in answer] == []
    assert server.attribute("“a”") == 200
    for connection in slow:
        connection.close()


def test_a_stream_that_has_been_answered_holds_no_thread(server: Server) -> None:
    refused = [server.connect(STREAM) for _ in range(20)]
    answers = [connection.makefile("rb").readline() for connection in refused]
    assert any(b" 429 " in answer for answer in answers)
    assert server.get("/livez") == 200
    for connection in refused:
        connection.close()


def test_a_request_may_come_in_pieces(server: Server) -> None:
    chunked = CHUNKED + b"%x\r\n" % len(BODY) + BODY + b"\r\n0\r\n\r\n"
    expecting = SIZED[:-2] + b"Expect: 100-continue\r\n\r\n"
    with server.connect(b"") as connection, connection.makefile("rb") as answers:
        for whole in (SIZED + BODY, chunked):
            for begin in range(0, len(whole), 50):
                connection.sendall(whole[begin : begin + 50])
            assert b" 200 " in read_answer(answers)
        connection.sendall(expecting)
        assert b" 100 " in answers.readline()
        assert answers.readline() == b"\r\n"
        connection.sendall(BODY + SIZED + BODY)
        assert b" 100 " in answers.readline()
        assert answers.readline() == b"\r\n"
        assert b" 200 " in read_answer(answers)
        assert b" 200 " in read_answer(answers), "one that was sent before the answer to the one before"


def read_answer(answers: IO[bytes]) -> bytes:
    """The status line of the next answer, whose body is read, too."""
    status = answers.readline()
    length = 0
    while (line := answers.readline()) != b"\r\n":
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    answers.read(length)
    return status


def test_the_work_of_clients_that_hang_up_is_dropped(server: Server) -> None:
    server.hold.touch()
    with ThreadPoolExecutor() as pool:
        running = pool.submit(server.attribute, "running")
        wait_for(server.hold.with_suffix(HELD_SUFFIX).exists)
        connection = server.connect(SIZED + BODY)
        wait_for(lambda: "quotes_articles_in_flight 2.0" in server.metrics())
        connection.close()
        server.hold.unlink()
        assert running.result() == 200
    wait_for(lambda: 'status="499"' in server.metrics())
    assert 'quotes_failed_total{reason="abandoned"} 1.0' in server.metrics()
    assert f"quotes_encoded_tokens_total {len('running')}.0" in server.metrics(), "the other has cost nothing"
