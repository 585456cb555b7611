"""The work of refused articles that are expected to be sent again. ``Retry-After`` takes it into account."""

from __future__ import annotations

from dataclasses import dataclass

from service.serving.pace import FadingRate

_MOST = 1_000  # articles to remember
_GRACE_SECONDS = 5.0  # after the time to retry, in which a retry still counts


@dataclass(frozen=True, slots=True)
class _Claim:
    """A refused article: its tokens, and the time at which it was told to retry."""

    tokens: int
    until: float


class Claims:
    """The work of refused articles, each expected until the time at which it was told to retry.

    A retried article is recognised by its text. Since not every client retries when told, the work is weighted by the
    share of recent claims that were redeemed. Has no clock: the current time is passed in.
    """

    def __init__(self) -> None:
        self._claims: dict[int, _Claim] = {}  # by the hash of the text
        self._returned = FadingRate(1, 1)

    def add(self, text: str, tokens: int, until: float) -> None:
        """Record an article that has been refused and told to retry at ``until``."""
        if len(self._claims) < _MOST:
            self._claims[hash(text)] = _Claim(tokens, until)

    def settle(self, text: str, now: float) -> None:
        """Drop the claim of an article that has arrived, if it has one: it does not wait for itself. A retry before the
        time it was told does not count as redeemed."""
        if claim := self._claims.pop(hash(text), None):
            self._returned.count(now >= claim.until, 1)

    def tokens(self, now: float, longest: float) -> float:
        """The tokens expected from refused articles of at most ``longest`` tokens whose time to retry is still to
        come."""
        for key, claim in list(self._claims.items()):
            if claim.until + _GRACE_SECONDS < now:
                del self._claims[key]
                self._returned.count(0, 1)
        ahead = sum(claim.tokens for claim in self._claims.values() if claim.until > now and claim.tokens <= longest)
        return self._returned.value * ahead
