"""Worker processes that each hold the model. Lines come back in the order of the entries."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import resource_tracker
from threading import Thread
from typing import ParamSpec, Self, TypeVar

from service.bulk.answering import Answer
from service.bulk.entries import Entry, Source
from service.bulk.errors import LoadError

_AHEAD = 8
"""Entries in flight per process, so that none is idle while a long article is processed."""

Load = Callable[[], Answer]
"""Loads the model in the process that uses it. Must be picklable."""

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Workers:
    """A pool of processes that survives the death of any of them.

    When a process dies, every entry in flight is retried alone in a separate process. An entry that kills that process
    too is given up.
    """

    def __init__(self, load: Load, give_up: Callable[[Entry, str], bytes], processes: int) -> None:
        self._give_up = give_up
        self._ahead = _AHEAD * processes
        self._pool = _Pool(load, processes)
        self._alone = _Pool(load, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.close()
        self._alone.close()

    def answer(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, bytes]]:
        """Each entry with its line, in order. Raises ``LoadError``."""
        under_way: deque[tuple[Entry, Future[bytes]]] = deque()
        for entry in entries:
            under_way.append((entry, self._pool.submit(entry)))
            if len(under_way) == self._ahead:
                yield self._finish(*under_way.popleft())
        while under_way:
            yield self._finish(*under_way.popleft())

    def _finish(self, entry: Entry, future: Future[bytes]) -> tuple[Entry, bytes]:
        try:
            return entry, future.result()
        except BrokenProcessPool:
            pass
        try:
            return entry, self._alone.submit(entry).result()
        except BrokenProcessPool:
            return entry, self._give_up(entry, "The process died while it processed the article.")


def answer_locally(
    source: Source, done: int, *, load: Load, give_up: Callable[[Entry, str], bytes], processes: int
) -> Iterator[tuple[int, bytes]]:
    """Answer the entries after the first ``done`` on this machine. An ``Engine`` once the keyword arguments are
    bound."""
    with Workers(load, give_up, processes) as workers:
        for entry, line in workers.answer(islice(source.entries(), done, None)):
            yield entry.position, line


class _Pool:
    """Processes that are started when needed, and restarted when one has died."""

    def __init__(self, load: Load, processes: int) -> None:
        self._load = load
        self._processes = processes
        self._executor: ProcessPoolExecutor | None = None

    def submit(self, entry: Entry) -> Future[bytes]:
        """Queue an entry. Raises ``LoadError``."""
        executor = self._executor or self._start()
        try:
            return _submit(executor, _answer, entry)
        except BrokenProcessPool:
            return _submit(self._start(), _answer, entry)

    def close(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)

    def _start(self) -> ProcessPoolExecutor:
        """Start the processes and wait until one has loaded the model, so that a later death is due to an article."""
        context = multiprocessing.get_context("spawn")  # torch hangs in forked processes
        executor = ProcessPoolExecutor(self._processes, context, initializer=_begin, initargs=(self._load,))
        self._executor = executor  # so that close() ends it in any case
        try:
            _submit(executor, _ready).result()
        except BrokenProcessPool:
            raise LoadError("a process died while loading the model") from None
        except Exception as error:
            raise LoadError(str(error)) from error
        return executor


def _submit(executor: ProcessPoolExecutor, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
    """Submit work to a pool, which may start a process, with SIGINT blocked.

    An interrupt during the start would leave the process without its work. The process inherits the mask and so ignores
    the interrupts that a terminal sends to all processes; only the parent acts on them.
    """
    resource_tracker.ensure_running()  # its start would unblock the signal
    earlier = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return executor.submit(work, *args, **kwargs)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, earlier)


# Runs in the worker processes.

_load: Load
_loaded: Answer | None = None


def _begin(load: Load) -> None:
    global _load
    _load = load
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when its parent ends. A parent that is killed cannot stop its processes."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _ready() -> None:
    _load_once()


def _load_once() -> Answer:
    global _loaded
    if _loaded is None:
        _loaded = _load()
    return _loaded


def _answer(entry: Entry) -> bytes:
    return _load_once()(entry)
