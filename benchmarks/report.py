"""Formats the results as Markdown tables, with the machine that they were measured on."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from benchmarks.engine import Engine
from service.libraries import available_processors


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of one benchmark. ``note`` says how they were measured and what was fitted to them."""

    title: str
    note: str
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]

    def markdown(self) -> str:
        lines = [self.columns, ["---"] * len(self.columns), *self.rows]
        table = "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)
        return f"## {self.title}\n\n{self.note}\n\n{table}\n"


def report(engine: Engine, tables: Iterable[Table]) -> str:
    """All results as a page."""
    checkpoint = engine.checkpoint
    head = (
        "# Speed\n\nWritten by `make benchmark`. Absolute times are this machine's; ratios hold elsewhere.\n\n"
        f"- processor: {_processor()}, {available_processors()} cores, load {os.getloadavg()[0]:.1f}\n"
        f"- inference: {checkpoint.model.device.type}, {checkpoint.precision}, {torch.get_num_threads()} threads\n"
        f"- torch {torch.__version__}, Python {platform.python_version()}\n"
        f"- model: {checkpoint.info.name} {checkpoint.info.version}, sha256 {checkpoint.info.sha256[:12]}…\n"
    )
    return "\n".join((head, *(table.markdown() for table in tables)))


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


def _processor() -> str:
    """The processor's name and its relevant instruction sets."""
    facts: dict[str, str] = {}
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        name, _, value = line.partition(":")
        facts.setdefault(name.strip(), value.strip())
    fast = [flag for flag in ("avx512_bf16", "amx_bf16", "avx512_vnni") if flag in facts.get("flags", "").split()]
    return " ".join((facts.get("model name", platform.machine()), *fast))
