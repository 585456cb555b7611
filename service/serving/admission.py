"""Whether one more article can be taken: whether it can be held, and be done in time in the place that it would get."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Final

from service.serving.jobs import Job, RefusalReason, Refused
from service.serving.pace import FadingRate, Pace
from service.serving.queue import WorkQueue
from service.serving.saturation import Saturation

_REMEMBERED: Final = 64
"""Refusals whose wait is still to be measured, at most: the latest ones."""
_SHORTEST_WAIT: Final = 0.25  # seconds; what is reckoned shorter says nothing of how far the reckoning is off


@dataclass(frozen=True, slots=True)
class _Refusal:
    """A refusal, at what moment it was, and the wait that was reckoned for it, in seconds."""

    at: float
    tokens: int
    reckoned: float


class _Waits:
    """How long those that are refused would in fact have waited, to what was reckoned.

    The reckoning knows what is in the queue, but not who else comes for the room that it leaves. A wait has been what
    it was when an article as long or longer is taken.
    """

    def __init__(self) -> None:
        self._open: deque[_Refusal] = deque(maxlen=_REMEMBERED)
        self._true_to_reckoned = FadingRate(1, 1)

    def refused(self, tokens: int, reckoned: float, now: float) -> float:
        """The seconds to name to an article that is refused."""
        self._open.append(_Refusal(now, tokens, max(reckoned, _SHORTEST_WAIT)))
        return reckoned * max(1.0, self._true_to_reckoned.value)

    def taken(self, tokens: int, now: float, *, idle: bool) -> None:
        """An article is taken; ``idle``: nothing was before it, so that nobody had waited for it to end."""
        ended = [] if idle else [one for one in self._open if one.tokens <= tokens]
        for one in ended:
            self._true_to_reckoned.count(now - one.at, one.reckoned)
        left = [] if idle else [one for one in self._open if one.tokens > tokens]
        self._open = deque(left, maxlen=_REMEMBERED)


@dataclass(frozen=True, slots=True)
class _Measure:
    """What is judged of an article: its size, and the time that it has."""

    characters: int
    tokens: int
    seconds: float


class Admission:
    """Judges by what is in the queue and by the pace of the last slices. Who calls it holds the scheduler's lock."""

    def __init__(self, queue: WorkQueue, pace: Pace, max_chars: int) -> None:
        self._queue = queue
        self._pace = pace
        self._max_chars = max_chars
        self._saturation = Saturation()
        self._waits = _Waits()
        self._refused = _Measure(0, 0, 0.0)  # the last short article that was

    def judge(self, job: Job, now: float) -> None:
        """Raises ``Refused`` where there is no room for an article, or no time until its deadline."""
        measure = _Measure(len(job.text), job.tokens_left, job.terms.deadline - now)
        reason, seconds = self._obstacle(measure, now, share=1.0)
        if not seconds:
            self._saturation.ease()
            self._waits.taken(measure.tokens, now, idle=not len(self._queue))
            return
        if job.tokens_left <= self._queue.slice_tokens:  # a longer one leaves room for others
            self._saturation.refuse()
            self._refused = measure
        raise Refused(reason, self._waits.refused(measure.tokens, seconds, now))

    def has_room(self, characters: int) -> bool:
        """Whether a text can be held beside the others; any can where there is no other."""
        held = self._queue.characters
        return not held or held + characters <= self._max_chars

    def saturated_seconds(self, now: float) -> float:
        """For how long short articles have been refused, with none taken; it is over, too, where half is free again."""
        if self._saturation.seconds and not self._obstacle(self._refused, now, share=0.5)[1]:
            self._saturation.ease()
        return self._saturation.seconds

    def _obstacle(self, article: _Measure, now: float, share: float) -> tuple[RefusalReason, float]:
        """What is in an article's way, and for how many seconds, 0 where nothing is, given that ``share`` of the room
        and of its time."""
        room = share * self._max_chars
        if not self.has_room(article.characters) and self._queue.characters + article.characters > room:
            excess = self._queue.characters + article.characters - room
            return RefusalReason.ROOM, excess / self._pace.characters_a_second
        deadline = now + share * article.seconds
        late = self._queue.seconds_late(article.tokens, deadline, now, self._pace.tokens_a_second)
        return RefusalReason.TIME, late
