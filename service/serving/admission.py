"""Whether one more article can be taken: whether it can be held, and be done in time in the place that it would get."""

from __future__ import annotations

from dataclasses import dataclass

from service.serving.jobs import Job, RefusalReason, Refused
from service.serving.pace import Pace
from service.serving.queue import WorkQueue
from service.serving.saturation import Saturation


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
        self._refused = _Measure(0, 0, 0.0)  # the last short article that was

    def judge(self, job: Job, now: float) -> None:
        """Raises ``Refused`` where there is no room for an article, or no time until its deadline."""
        measure = _Measure(len(job.text), job.tokens_left, job.terms.deadline - now)
        reason, seconds = self._obstacle(measure, now, share=1.0)
        if not seconds:
            self._saturation.ease()
            return
        if job.tokens_left <= self._queue.slice_tokens:  # a longer one leaves room for others
            self._saturation.refuse()
            self._refused = measure
        raise Refused(reason, seconds)

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
