"""For how long something of limited room has been full."""

from __future__ import annotations

import time


class Saturation:
    """Full from the first refusal on, until half of the room is free again, so that readiness does not flutter.

    The calls must not overlap; whoever has the room guards them with the lock that guards the room.
    """

    def __init__(self) -> None:
        self._since: float | None = None

    def refuse(self) -> None:
        """Something has been turned away."""
        if self._since is None:
            self._since = time.monotonic()

    def ease(self, used: float, room: float) -> None:
        """Some of the ``room`` has been given back, and ``used`` of it is still taken."""
        if used <= room / 2:
            self._since = None

    @property
    def seconds(self) -> float:
        """How long it has been full, 0 where it is not. May be asked at any time."""
        since = self._since
        return 0.0 if since is None else time.monotonic() - since
