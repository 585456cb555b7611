"""How often articles are taken while others are refused: what those may expect that come again at any moment."""

from __future__ import annotations

from collections import deque

_MOST = 1_000  # articles that are remembered
_HORIZON_SECONDS = 60.0  # what lies further back says little of now
_CALM_SECONDS = 10.0  # without a refusal, after which the next one begins anew


class Openings:
    """The articles taken since refusals began. Nothing here has a clock: the moment is passed in.

    Where much more comes than can be served, room that appears is taken at once by whoever comes next. So an article
    is not taken when there would be room if nothing else came, but as often as articles of its size are.
    """

    def __init__(self) -> None:
        self._taken: deque[tuple[float, int]] = deque(maxlen=_MOST)
        self._began = self._last_refusal = float("-inf")

    def refuse(self, now: float) -> None:
        """An article has been refused."""
        if now - self._last_refusal > _CALM_SECONDS:
            self._began = now
            self._taken.clear()
        self._last_refusal = now

    def take(self, tokens: int, now: float) -> None:
        """An article with so many tokens has been taken."""
        if now - self._last_refusal <= _CALM_SECONDS:
            self._taken.append((now, tokens))

    def seconds(self, tokens: int, now: float) -> float:
        """The mean time between the articles taken lately that were as long or longer; 0 as long as that is unknown."""
        since = max(self._began, now - _HORIZON_SECONDS)
        count = sum(moment >= since and size >= tokens for moment, size in self._taken)
        return (now - since) / count if count else 0.0
