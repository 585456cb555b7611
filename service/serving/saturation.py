"""For how long the service has refused everything."""

from __future__ import annotations

import time


class Saturation:
    """Begins with the first refusal, and ends when something is admitted or could be.

    Not thread-safe, except for ``seconds``: the caller holds a lock.
    """

    def __init__(self) -> None:
        self._since: float | None = None

    def refuse(self) -> None:
        """Record a refusal."""
        if self._since is None:
            self._since = time.monotonic()

    def ease(self) -> None:
        """Record that something was admitted, or could be."""
        self._since = None

    @property
    def seconds(self) -> float:
        """Its duration so far; 0 if it is over. May be read from any thread."""
        since = self._since
        return 0.0 if since is None else time.monotonic() - since
