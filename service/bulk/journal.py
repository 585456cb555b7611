"""An append-only file of lines that remains usable after a kill at any moment."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path
from typing import BinaryIO, Self

from service.bulk.errors import JournalInUse

_SYNC_SECONDS = 1.0  # the most that a power failure loses; a kill loses no complete line
_BLOCK = 1 << 20


class Journal:
    """An append-only file of lines. Opening it locks it and truncates an incomplete last line."""

    def __init__(self, path: Path) -> None:
        """Raises ``JournalInUse`` if another run has it open."""
        self._file: BinaryIO = path.open("ab+", buffering=0)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            raise JournalInUse(f"another run is writing {path}") from None
        self.lines = self._recover()
        self._synced = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.fsync(self._file.fileno())
        self._file.close()

    def append(self, line: bytes) -> None:
        """Write a line, which includes its line end."""
        remaining = memoryview(line)
        while remaining:
            remaining = remaining[self._file.write(remaining) :]
        self.lines += 1
        if time.monotonic() - self._synced > _SYNC_SECONDS:
            os.fsync(self._file.fileno())
            self._synced = time.monotonic()

    def _recover(self) -> int:
        """Truncate an incomplete last line. Returns the number of complete lines."""
        lines = whole = position = 0
        self._file.seek(0)
        while block := self._file.read(_BLOCK):
            lines += block.count(b"\n")
            if b"\n" in block:
                whole = position + block.rindex(b"\n") + 1
            position += len(block)
        self._file.truncate(whole)
        return lines
