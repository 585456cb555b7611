"""The Ray engine on a cluster of two machines, each of which is a few processes here."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from service.bulk.answering import Answer, Options
from service.bulk.entries import Entry
from service.bulk.sources import Lines
from service.settings import PROJECT_ROOT
from tests.bulk import kills
from tests.bulk.faked import load_fake

pytestmark = pytest.mark.slow

ray = pytest.importorskip("ray")
cluster_utils = pytest.importorskip("ray.cluster_utils")
engine = pytest.importorskip("service.bulk.machines")

ARTICLES = 200


def load_noted(notes: Path) -> Answer:
    """A slow stand-in for the model that notes the process which loads it."""
    (notes / str(os.getpid())).touch()
    fake = load_fake(Path(), Options())

    def answer(entry: Entry) -> bytes:
        time.sleep(0.02)
        return fake(entry)

    return answer


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PYTHONPATH", str(PROJECT_ROOT))
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    monkeypatch.setenv("RAY_worker_niceness", "0")
    nodes = cluster_utils.Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    nodes.add_node(num_cpus=1)
    ray.init(address=nodes.address, log_to_driver=False)
    yield
    ray.shutdown()
    nodes.shutdown()


@pytest.mark.usefixtures("cluster")
def test_a_killed_worker_loses_and_doubles_nothing(tmp_path: Path) -> None:
    kills.write_archive(tmp_path / "in.jsonl", ARTICLES)
    source = Lines(tmp_path / "in.jsonl", 1000)
    notes = tmp_path / "notes"
    notes.mkdir()
    done = 30  # by an earlier run
    ids: list[str] = []
    positions: list[int] = []
    for position, line in engine.answer_on_ray(source, done, load=partial(load_noted, notes), actors=2):
        if len(ids) == 20:
            os.kill(int(next(notes.iterdir()).name), signal.SIGKILL)
        ids.append(json.loads(line)["id"])
        positions.append(position)
    assert ids == [f"a{number}" for number in range(done, ARTICLES)]
    assert positions == [entry.position for entry in source.entries()][done:]
    assert len(list(notes.iterdir())) == 3, "one load an actor, and one more after the kill"
