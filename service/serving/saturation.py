"""For how long the service has taken nothing."""

from __future__ import annotations

import time


class Saturation:
    """Begins with the first refusal, and ends when something is taken or has room again.

    The calls must not overlap; whoever judges what is taken guards them with its own lock.
    """

    def __init__(self) -> None:
        self._since: float | None = None

    def refuse(self) -> None:
        """Something has been turned away."""
        if self._since is None:
            self._since = time.monotonic()

    def ease(self) -> None:
        """Something has been taken, or could be."""
        self._since = None

    @property
    def seconds(self) -> float:
        """How long it has lasted, 0 where there is room. May be asked at any time."""
        since = self._since
        return 0.0 if since is None else time.monotonic() - since
