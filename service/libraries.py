"""What the numeric libraries need around them: settings that they read when imported, and no search for garbage."""

from __future__ import annotations

import gc
import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

Device = Literal["auto", "cpu", "cuda"]
"""What the network runs on: a GPU where torch sees one (auto), the processor, or a GPU."""

Precision = Literal["auto", "float32", "bfloat16", "int8"]
"""What the encoder's matrices are multiplied in: bfloat16 where the hardware does it, else float32 (auto), or one of
the three."""

CGROUP_ROOT = Path("/sys/fs/cgroup")


def prepare(threads: int | None = None) -> None:
    """Set up torch and transformers for inference on ``threads``, by default one for each processor.

    What the environment has set already is left as it is.

    Left alone, torch starts a thread for each core of the host and spends its time being throttled by the container's
    quota, and transformers draws progress bars into the log. torch makes a directory for what it compiles, which fails
    on a full disk, although nothing is compiled here: it gets one that exists. Its large tensors get large pages, as
    new small ones cost a tenth of the time of a batch.
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
    """Looks for no garbage while the libraries and the model are loaded, and never again among what they have made.

    Those are 400,000 objects that stay. To look through them all takes up to half a second, in which nothing is
    answered, and happens several times while they are made and every few dozen articles afterwards.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def available_processors(cgroup_root: Path = CGROUP_ROOT) -> int:
    """Processors of the affinity mask or of the cgroup's quota (version 2 or 1), whichever is less; at least one."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quota = _quota(cgroup_root)
    return processors if quota is None else max(1, min(processors, math.ceil(quota)))


def _quota(root: Path) -> float | None:
    """The cgroup's CPU quota in processors, None where there is none."""
    try:
        if (root / "cpu.max").exists():
            allowed, period = (root / "cpu.max").read_text().split()
        else:
            allowed = (root / "cpu" / "cpu.cfs_quota_us").read_text()
            period = (root / "cpu" / "cpu.cfs_period_us").read_text()
        return int(allowed) / int(period) if int(allowed) > 0 else None
    except (OSError, ValueError):  # no such control, or "max"
        return None
