"""Whether one more article can be taken: whether it can be held, and be done in time in the place that it would get."""

from __future__ import annotations

import math
from dataclasses import dataclass

from service.serving.claims import Claims
from service.serving.jobs import Job, RefusalReason, Refused
from service.serving.openings import Openings
from service.serving.pace import Pace
from service.serving.queue import WorkQueue
from service.serving.saturation import Saturation

_BULK_PART = 0.5  # of the room that articles in bulk may fill, so that the others always have the rest


@dataclass(frozen=True, slots=True)
class _Measure:
    """What is judged of an article: its size, and the time that it has."""

    characters: int
    tokens: int
    seconds: float


@dataclass(frozen=True, slots=True)
class _Obstacle:
    """Why an article cannot be taken, and for how many seconds, if nothing else comes meanwhile."""

    reason: RefusalReason
    seconds: float


class Admission:
    """Judges by what is in the queue and by the pace of the last slices. Who calls it holds the scheduler's lock.

    The text that is held has ``max_chars`` characters at most, those in bulk half of them; but one article of either
    kind, of whatever length, can be held in any case.
    """

    def __init__(self, queue: WorkQueue, pace: Pace, max_chars: int) -> None:
        self._queue = queue
        self._pace = pace
        self._max_chars = max_chars
        self._claims = Claims()
        self._openings = Openings()
        self._saturation = Saturation()
        self._refused = _Measure(0, 0, 0.0)  # the last short article that was

    def judge(self, job: Job, now: float) -> None:
        """Raises ``Refused`` where there is no room for an article that somebody waits for, or no time until its
        deadline."""
        measure = _Measure(len(job.text), job.tokens_left, job.terms.deadline - now)
        self._claims.settle(job.text, now)
        obstacle = self._obstacle(measure, now, share=1.0)
        if obstacle is None:
            self._saturation.ease()
            self._openings.take(job.tokens_left, now)
            return
        self._openings.refuse(now)
        is_short = job.tokens_left <= self._queue.slice_tokens
        if is_short:  # a longer one leaves room for others
            self._saturation.refuse()
            self._refused = measure
        ahead = self._claims.tokens(now, self._queue.slice_tokens if is_short else math.inf)
        alone = obstacle.seconds + ahead / self._pace.tokens_a_second
        refusal = Refused(obstacle.reason, max(alone, self._openings.seconds(job.tokens_left, now)))
        self._claims.add(job.text, job.tokens_left, now + refusal.retry_after)
        raise refusal

    def has_room_in_bulk(self, characters: int) -> bool:
        """Whether a text in bulk can be held beside the others."""
        bulk = self._queue.bulk_characters
        held = bulk + self._queue.interactive_characters
        fits = bulk + characters <= _BULK_PART * self._max_chars and held + characters <= self._max_chars
        return fits or not bulk

    def saturated_seconds(self, now: float) -> float:
        """For how long short articles have been refused, with none taken; it is over, too, where half is free again."""
        if self._saturation.seconds and self._obstacle(self._refused, now, share=0.5) is None:
            self._saturation.ease()
        return self._saturation.seconds

    def _obstacle(self, article: _Measure, now: float, share: float) -> _Obstacle | None:
        """What is in an article's way, given that ``share`` of the room and of its time; None where nothing is."""
        held = self._queue.interactive_characters
        excess = held + article.characters - share * self._room()
        if held and excess > 0:
            return _Obstacle(RefusalReason.ROOM, excess / self._pace.characters_a_second)
        deadline = now + share * article.seconds
        late = self._queue.seconds_late(article.tokens, deadline, now, self._pace.tokens_a_second)
        return _Obstacle(RefusalReason.TIME, late) if late else None

    def _room(self) -> float:
        """The characters that articles may have that somebody waits for: what those in bulk leave."""
        return self._max_chars - min(self._queue.bulk_characters, _BULK_PART * self._max_chars)
