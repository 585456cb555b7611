"""Configures torch and transformers before they are imported, and garbage collection while they load."""

from __future__ import annotations

import gc
import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

Device = Literal["auto", "cpu", "cuda"]
"""The device for the network: ``auto`` is a GPU if torch sees one, else the processor."""

Precision = Literal["auto", "float32", "bfloat16", "int8"]
"""The number format of the encoder's matrix products. ``auto`` is bfloat16 if the hardware supports it, else
float32."""

CGROUP_ROOT = Path("/sys/fs/cgroup")


def prepare(threads: int | None = None) -> None:
    """Configure torch and transformers for inference on ``threads``, by default one per processor.

    Variables that are already set in the environment are kept.

    By default, torch starts a thread for each core of the host and is throttled by the container's quota, and
    transformers logs progress bars. torch also creates a directory for compiled code, which fails on a full disk
    although nothing is compiled here, so it is given an existing one. Its large tensors use huge pages, as faults on
    small pages take a tenth of the time of a batch.
    """
    number = str(threads or available_processors())
    os.environ.setdefault("OMP_NUM_THREADS", number)
    os.environ.setdefault("MKL_NUM_THREADS", number)
    os.environ.setdefault("THP_MEM_ALLOC_ENABLE", "1")
    os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", os.sep)
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")


@contextmanager
def loading() -> Iterator[None]:
    """Disables garbage collection while the libraries and the model are loaded, and exempts their objects from it
    afterwards.

    These are 400,000 permanent objects. A collection over them takes up to half a second in which nothing is answered,
    several times while they are created and every few dozen articles afterwards.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def available_processors(cgroup_root: Path = CGROUP_ROOT) -> int:
    """The processors in the affinity mask or in the cgroup's quota (version 2 or 1), whichever is less; at least
    one."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quota = _quota(cgroup_root)
    return processors if quota is None else max(1, min(processors, math.ceil(quota)))


def _quota(root: Path) -> float | None:
    """The cgroup's CPU quota in processors, None if there is none."""
    try:
        if (root / "cpu.max").exists():
            allowed, period = (root / "cpu.max").read_text().split()
        else:
            allowed = (root / "cpu" / "cpu.cfs_quota_us").read_text()
            period = (root / "cpu" / "cpu.cfs_period_us").read_text()
        return int(allowed) / int(period) if int(allowed) > 0 else None
    except (OSError, ValueError):  # no such file, or "max"
        return None
