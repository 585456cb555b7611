"""The engine for a cluster: Ray Data distributes the entries to actors that each hold the model. Needs Ray.

Ray starts the actors, balances their load, limits how far ahead it reads, and retries the work of a process or a
machine that has died.
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

_BLOCK = 16  # articles per block
_RETRIES = 5  # of a block whose actor died


def answer_on_ray(source: Source, done: int, *, load: Load, actors: int | None) -> Iterator[tuple[int, bytes]]:
    """Answer entries on the cluster at ``RAY_ADDRESS``, or on a local one that is started.

    The archive is read on this machine. The other machines need the software, and the checkpoint at the same path.
    ``actors`` defaults to one per processor. Raises ``EngineError``.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # no telemetry
    if not ray.is_initialized():
        ray.init(logging_level=logging.WARNING, log_to_driver=False)
    context = DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    context.target_min_block_size = context.target_max_block_size = 1  # do not merge blocks
    here = {"ray.io/node-id": ray.get_runtime_context().get_node_id()}
    entries = ray.data.read_datasource(_Entries(source, done), override_num_blocks=1, num_cpus=0, label_selector=here)
    with warnings.catch_warnings():
        # Ray deprecates max_task_retries here, but offers no replacement, and by default retries without end.
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
    """The entries of a source after the first ``done``, in blocks of ``_BLOCK``."""

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
    """Holds the model and answers blocks of entries."""

    def __init__(self, load: Load) -> None:
        self._answer = load()

    def __call__(self, block: dict[str, Iterable[Any]]) -> dict[str, list[Any]]:
        lines = [self._answer(pickle.loads(entry)) for entry in block["entry"]]
        return {"position": list(block["position"]), "line": lines}
