from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from benchmarks.load import Outcome, Sent, at_random, closed_loop, steady

BODIES = [b"yes", b"no"]


class _Service(BaseHTTPRequestHandler):
    """Answers "yes" and is too busy for anything else."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200 if body == b"yes" else 500 if body == b"broken" else 429)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Service) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_figures_of_a_load() -> None:
    sent = [Sent(n, 200, 0.0, float(n)) for n in range(101)] + [Sent(7, 429, 0.0, 0.0, retry_after=1)] * 3
    outcome = Outcome(sent, seconds=50.5)
    assert outcome.throughput == pytest.approx(2.0)
    assert [outcome.percentile(rank) for rank in (50, 95, 99)] == [50.0, 95.0, 99.0]


def test_clients_in_a_closed_loop_send_every_article_in_turn(port: int) -> None:
    outcome = closed_loop(port, BODIES, clients=2, seconds=0.2, pause=0)
    numbers = sorted(each.number for each in outcome.sent)
    assert numbers == list(range(len(numbers)))
    assert {each.number % 2 for each in outcome.answered} == {0}
    assert {each.status for each in outcome.sent} == {200, 429}
    assert outcome.seconds >= 0.2


def test_a_client_that_is_refused_waits(port: int) -> None:
    assert len(closed_loop(port, [b"no"], clients=1, seconds=0.5, pause=0.6).sent) == 1


def test_a_steady_load_sends_no_more_than_are_due(port: int) -> None:
    outcome = steady(port, BODIES, clients=4, seconds=0.5, rate=20)
    assert 0 < len(outcome.sent) <= 10


def test_a_load_at_random_moments_sends_the_same_each_time(port: int) -> None:
    first, second = (at_random(port, [b"yes"], seconds=0.5, rate=100) for _ in range(2))
    assert len(first.sent) == len(second.sent)
    assert 25 < len(first.sent) < 100


def test_a_failure_ends_the_load(port: int) -> None:
    with pytest.raises(RuntimeError, match="500"):
        closed_loop(port, [b"broken"], clients=1, seconds=5)
