"""Whom those refused lately come before: who is refused after them should come again after them."""

from __future__ import annotations

from dataclasses import dataclass

from service.serving.pace import FadingRate

_MOST = 1_000  # articles that are remembered
_GRACE_SECONDS = 5.0  # in which who was told to come again may still do so


@dataclass(frozen=True, slots=True)
class _Claim:
    """Of an article that was refused: its work, and the moment at which it was told to come again."""

    tokens: int
    until: float


class Claims:
    """The work of the articles that were refused and are expected again, each until the moment that it was told.

    An article is known again by its text. As not everybody comes again when told, the work counts by the share of those
    that did lately. Nothing here has a clock: the moment is passed in.
    """

    def __init__(self) -> None:
        self._claims: dict[int, _Claim] = {}  # by the hash of the text
        self._returned = FadingRate(1, 1)

    def add(self, text: str, tokens: int, until: float) -> None:
        """An article has been refused, and told to come again at a moment."""
        if len(self._claims) < _MOST:
            self._claims[hash(text)] = _Claim(tokens, until)

    def settle(self, text: str, now: float) -> None:
        """An article has come, perhaps again: it is not before itself. Who comes too early was not expected then."""
        if claim := self._claims.pop(hash(text), None):
            self._returned.count(now >= claim.until, 1)

    def tokens(self, now: float, longest: float) -> float:
        """The work that is expected of articles with ``longest`` tokens at most."""
        for key, claim in list(self._claims.items()):
            if claim.until + _GRACE_SECONDS < now:
                del self._claims[key]
                self._returned.count(0, 1)
        ahead = sum(claim.tokens for claim in self._claims.values() if claim.until > now and claim.tokens <= longest)
        return self._returned.value * ahead
