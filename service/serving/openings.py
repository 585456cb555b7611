"""How often articles are admitted while others are refused: how long a client that retries can expect to wait."""

from __future__ import annotations

from collections import deque

_MOST = 1_000  # articles to remember
_HORIZON_SECONDS = 60.0  # older admissions are ignored
_CALM_SECONDS = 10.0  # after so long without a refusal, the next one starts afresh


class Openings:
    """The articles admitted since refusals began. Has no clock: the current time is passed in.

    Under overload, the next article to arrive takes any room that appears. So the expected wait is not the time until
    there is room, but the mean time between admissions of articles of that size.
    """

    def __init__(self) -> None:
        self._taken: deque[tuple[float, int]] = deque(maxlen=_MOST)
        self._began = self._last_refusal = float("-inf")

    def refuse(self, now: float) -> None:
        """Record that an article has been refused."""
        if now - self._last_refusal > _CALM_SECONDS:
            self._began = now
            self._taken.clear()
        self._last_refusal = now

    def take(self, tokens: int, now: float) -> None:
        """Record that an article of so many tokens has been admitted."""
        if now - self._last_refusal <= _CALM_SECONDS:
            self._taken.append((now, tokens))

    def seconds(self, tokens: int, now: float) -> float:
        """The mean time between recent admissions of articles of at least so many tokens; 0 if there were none."""
        since = max(self._began, now - _HORIZON_SECONDS)
        count = sum(moment >= since and size >= tokens for moment, size in self._taken)
        return (now - since) / count if count else 0.0
