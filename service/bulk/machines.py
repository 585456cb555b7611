"""The engine for a cluster: Ray Data takes the articles to actors that each hold the model. Alone in needing Ray.

What Ray does of itself: it starts actors where there are processors, balances their load, reads no further ahead than
memory allows, and does again what a process or a machine that died has left undone.
"""

from __future__ import annotations

import logging
import os
import pickle
import warnings
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from typing import Any

import pyarrow
import ray
from ray.data import ActorPoolStrategy, DataContext, Datasource
from ray.data.block import BlockMetadata
from ray.data.datasource import ReadTask
from ray.exceptions import RayError
from ray.util.annotations import RayDeprecationWarning

from service.bulk.entries import Source
from service.bulk.errors import EngineError
from service.bulk.workers import Load

_BLOCK = 16  # articles that an actor gets at a time
_RETRIES = 5  # of a block whose actor dies; more than that is a block that kills its actors


def answer_on_ray(source: Source, done: int, *, load: Load, actors: int | None) -> Iterator[tuple[int, bytes]]:
    """The engine for the cluster at ``RAY_ADDRESS``, or for one that is started on this machine.

    The archive is read on this machine; the others need the software and the checkpoint, in the same place. With
    ``actors`` None, there is one for each processor. Raises ``EngineError``.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # Ray would report on its use to its makers
    if not ray.is_initialized():
        ray.init(logging_level=logging.WARNING, log_to_driver=False)
    context = DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    context.target_min_block_size = context.target_max_block_size = 1  # blocks stay as small as they are read
    here = {"ray.io/node-id": ray.get_runtime_context().get_node_id()}
    entries = ray.data.read_datasource(_Entries(source, done), override_num_blocks=1, num_cpus=0, label_selector=here)
    with warnings.catch_warnings():
        # Ray would have its parameters by name, of which it has none for retries; left alone, it retries for ever.
        warnings.simplefilter("ignore", RayDeprecationWarning)
        answers = entries.map_batches(
            _Actor,
            fn_constructor_args=(load,),
            batch_size=None,
            max_task_retries=_RETRIES,
            num_cpus=1,
            compute=ActorPoolStrategy(size=actors or int(ray.cluster_resources()["CPU"])),
        )
    try:
        for row in answers.iter_rows():
            yield row["position"], row["line"]
    except RayError as error:
        raise EngineError(f"Ray failed: {error}") from error


class _Entries(Datasource):  # type: ignore[misc]  # Ray has no types
    """A source's entries, but for the first ``done``, in blocks of a few."""

    def __init__(self, source: Source, done: int) -> None:
        super().__init__()
        self._source = source
        self._done = done

    def get_read_tasks(self, *_: object, **__: object) -> list[ReadTask]:
        metadata = BlockMetadata(num_rows=None, size_bytes=None, input_files=None, exec_stats=None)
        return [ReadTask(partial(_blocks, self._source, self._done), metadata)]

    def estimate_inmemory_data_size(self) -> int | None:
        return None


def _blocks(source: Source, done: int) -> Iterator[Any]:
    entries = islice(source.entries(), done, None)
    while block := list(islice(entries, _BLOCK)):
        yield pyarrow.table(
            {"position": [entry.position for entry in block], "entry": [pickle.dumps(entry) for entry in block]}
        )


class _Actor:
    """Holds the model, and answers blocks of entries."""

    def __init__(self, load: Load) -> None:
        self._answer = load()

    def __call__(self, block: dict[str, Iterable[Any]]) -> dict[str, list[Any]]:
        lines = [self._answer(pickle.loads(entry)) for entry in block["entry"]]
        return {"position": list(block["position"]), "line": lines}
