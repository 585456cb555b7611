"""Admission control: whether there is memory for one more article, and time to finish it before its deadline."""

from __future__ import annotations

import math
from dataclasses import dataclass

from service.serving.claims import Claims
from service.serving.jobs import Job, RefusalReason, Refused
from service.serving.openings import Openings
from service.serving.pace import Pace
from service.serving.queue import WorkQueue
from service.serving.saturation import Saturation

_BULK_PART = 0.5  # of the room, at most, for bulk articles; the rest is reserved for interactive ones


@dataclass(frozen=True, slots=True)
class _Measure:
    """What admission depends on: an article's size, and the seconds until its deadline."""

    characters: int
    tokens: int
    seconds: float


@dataclass(frozen=True, slots=True)
class _Obstacle:
    """Why an article cannot be admitted, and for how many seconds if no other article arrives."""

    reason: RefusalReason
    seconds: float


class Admission:
    """Decides from the queue's content and the measured pace. The caller holds the scheduler's lock.

    At most ``max_chars`` characters of text are held, of which bulk articles may fill half. One article of each kind,
    interactive or bulk, can be held whatever its length.
    """

    def __init__(self, queue: WorkQueue, pace: Pace, max_chars: int) -> None:
        self._queue = queue
        self._pace = pace
        self._max_chars = max_chars
        self._claims = Claims()
        self._openings = Openings()
        self._saturation = Saturation()
        self._refused = _Measure(0, 0, 0.0)  # the last short article that was refused

    def judge(self, job: Job, now: float) -> None:
        """Raises ``Refused`` if there is no room for an interactive article, or too little time before its deadline."""
        measure = _Measure(len(job.text), job.tokens_left, job.terms.deadline - now)
        self._claims.settle(job.text, now)
        obstacle = self._obstacle(measure, now, share=1.0)
        if obstacle is None:
            self._saturation.ease()
            self._openings.take(job.tokens_left, now)
            return
        self._openings.refuse(now)
        is_short = job.tokens_left <= self._queue.slice_tokens
        if is_short:  # refusing a longer one leaves room for others
            self._saturation.refuse()
            self._refused = measure
        ahead = self._claims.tokens(now, self._queue.slice_tokens if is_short else math.inf)
        alone = obstacle.seconds + ahead / self._pace.tokens_a_second
        refusal = Refused(obstacle.reason, max(alone, self._openings.seconds(job.tokens_left, now)))
        self._claims.add(job.text, job.tokens_left, now + refusal.retry_after)
        raise refusal

    def has_room_in_bulk(self, characters: int) -> bool:
        """Whether a bulk article of this length can be held beside the others."""
        bulk = self._queue.bulk_characters
        held = bulk + self._queue.interactive_characters
        fits = bulk + characters <= _BULK_PART * self._max_chars and held + characters <= self._max_chars
        return fits or not bulk

    def saturated_seconds(self, now: float) -> float:
        """For how long short articles have been refused, with none admitted since; else 0.

        Saturation also ends once the last refused article would fit into half of the room and half of its time.
        """
        if self._saturation.seconds and self._obstacle(self._refused, now, share=0.5) is None:
            self._saturation.ease()
        return self._saturation.seconds

    def _obstacle(self, article: _Measure, now: float, share: float) -> _Obstacle | None:
        """What prevents an article's admission, given a ``share`` of the room and of its time; None if nothing does."""
        held = self._queue.interactive_characters
        excess = held + article.characters - share * self._room()
        if held and excess > 0:
            return _Obstacle(RefusalReason.ROOM, excess / self._pace.characters_a_second)
        deadline = now + share * article.seconds
        late = self._queue.seconds_late(article.tokens, deadline, now, self._pace.tokens_a_second)
        return _Obstacle(RefusalReason.TIME, late) if late else None

    def _room(self) -> float:
        """The characters available to interactive articles: all that bulk articles do not fill."""
        return self._max_chars - min(self._queue.bulk_characters, _BULK_PART * self._max_chars)
