"""Which windows the encoder takes next, and whether there is time for one more article.

Of the articles that somebody waits for, the one with the least left goes first, as long as none is late for it; where
one would be, the earliest deadline goes first, and short articles keep a share of the time. Articles in bulk come after
them, the one with the least left first, with a share of their own, of which the oldest has its part. So has an article
that would be late even alone. Nothing here has a clock or a thread: the moment is passed in, and whoever holds the
queue guards it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass
from itertools import accumulate

from service.serving.jobs import Job

SHARE = 0.2
"""The share of the encoder's tokens that short articles keep beside urgent ones, patient articles beside those that
somebody waits for, and the oldest of the patient ones of what these have."""
SAFETY_FACTOR = 1.15
"""The encoder may turn out slower than it was: what has been promised is reckoned to take so many times its seconds."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one pass takes of one article: its next ``windows``."""

    job: Job
    windows: Sequence[Sized]

    @property
    def tokens(self) -> int:
        return sum(map(len, self.windows))


class _Account:
    """What some articles have had less than their share while they waited beside others."""

    def __init__(self) -> None:
        self.deficit = 0.0

    def settle(self, parts: Sequence[Part], members: set[Job], others: bool) -> None:
        """Count a slice; who waits alone, or not at all, has no deficit."""
        if not (members and others):
            self.deficit = 0.0
            return
        had = sum(part.tokens for part in parts if part.job in members)
        self.deficit = max(0.0, self.deficit + SHARE * sum(part.tokens for part in parts) - had)


class WorkQueue:
    """The articles that have been admitted and not been encoded to their end. A slice has ``slice_tokens`` at most."""

    def __init__(self, slice_tokens: int = 1) -> None:
        self.slice_tokens = slice_tokens
        self._interactive: list[Job] = []
        self._bulk: list[Job] = []
        self._for_short = _Account()
        self._for_patient = _Account()
        self._for_oldest = _Account()

    def __iter__(self) -> Iterator[Job]:
        return iter((*self._interactive, *self._bulk))

    def __len__(self) -> int:
        return len(self._interactive) + len(self._bulk)

    @property
    def tokens(self) -> int:
        """Those that are left to encode."""
        return _left(self)

    @property
    def interactive_characters(self) -> int:
        """Those of the articles that somebody waits for."""
        return sum(len(job.text) for job in self._interactive)

    @property
    def bulk_characters(self) -> int:
        """Those of the articles in bulk."""
        return sum(len(job.text) for job in self._bulk)

    def add(self, job: Job) -> None:
        self._kind(job).append(job)

    def remove(self, job: Job) -> None:
        self._kind(job).remove(job)

    def seconds_late(self, tokens: int, deadline: float, now: float, rate: float) -> float:
        """By how much an article of so many tokens would miss its deadline in the place that it would get, but not more
        than until nobody is before it: then nothing would be won by refusing it.

        ``rate`` is in tokens a second. Those that have been admitted are before it, as their deadlines are earlier and
        were promised; but not those that will be late anyway, and before a short one only the short ones, if it comes
        to that. What is before it is reckoned with caution, its own work at the pace that it will have, from the end of
        the slice that is under way.
        """
        promised = self._in_time(now, rate)
        if not promised:
            return 0.0
        own = tokens + self.slice_tokens
        pace = self._promised_pace(now, rate)
        before = SAFETY_FACTOR * _left(promised) / pace
        late = now + before + own / pace - deadline
        if tokens <= self.slice_tokens:
            short = SAFETY_FACTOR * _left(filter(self._is_short, promised))
            late = min(late, now + (short + own) / (SHARE * rate) - deadline)
        return min(max(0.0, late), before)

    def next_slice(self, now: float, rate: float) -> Sequence[Part]:
        """What the encoder should take now; nothing where no article that has been read is left.

        The first article takes what it can of the slice, others what room that leaves. But where the first is a short
        one, only those share its slice that are done with it: the others would make it wait for what does not help them
        yet.
        """
        parts: list[Part] = []
        room = self.slice_tokens
        for job in self._ranked(now, rate):
            windows = _fitting(job.windows_left, room)
            if not parts:
                windows = windows or job.windows_left[:1]
            elif parts[0].job.tokens <= self.slice_tokens and len(windows) < len(job.windows_left):
                continue
            if windows:
                parts.append(Part(job, windows))
                room -= parts[-1].tokens
        self._settle(parts, self._patient(now, rate))
        return parts

    def _settle(self, parts: Sequence[Part], patient: Sequence[Job]) -> None:
        """Count what the articles of a slice have had of their shares."""
        short = set(filter(self._is_short, self._interactive))
        self._for_short.settle(parts, short, others=len(short) < len(self._interactive))
        self._for_patient.settle(parts, set(patient), others=len(patient) < len(self))
        of_patient = [part for part in parts if part.job in patient]
        self._for_oldest.settle(of_patient, set(_oldest(patient)), others=len(patient) > 1)

    def _ranked(self, now: float, rate: float) -> list[Job]:
        """The articles that have been read, whose turn it is first."""
        patient = sorted(self._patient(now, rate), key=_size)
        if self._for_oldest.deficit >= self.slice_tokens:
            patient = [*_oldest(patient), *patient]
        order = [*self._urgent(now, rate), *sorted(self._interactive, key=_size), *patient]
        if self._for_short.deficit >= self.slice_tokens:
            short = sorted(filter(self._is_short, self._interactive), key=lambda job: job.terms.deadline)
            order = [*short, *order]
        if self._for_patient.deficit >= self.slice_tokens:
            order = [*patient, *order]
        return [job for job in dict.fromkeys(order) if job.document]

    def _urgent(self, now: float, rate: float) -> list[Job]:
        """Those that have to go now, by their deadlines, for none of them to be late.

        As long as the work up to each deadline can be done by then, whoever else goes first, nobody is urgent. One that
        is too late already makes nobody so.
        """
        by_deadline = sorted(self._in_time(now, rate), key=lambda job: job.terms.deadline)
        pace = self._promised_pace(now, rate)
        last = 0
        for number, work in enumerate(accumulate(job.tokens_left for job in by_deadline), start=1):
            if now + SAFETY_FACTOR * (self.slice_tokens + work) / pace > by_deadline[number - 1].terms.deadline:
                last = number
        return by_deadline[:last]

    def _in_time(self, now: float, rate: float) -> list[Job]:
        """The articles that somebody waits for, without those that would be late even alone."""
        return [job for job in self._interactive if not _is_late(job, now, rate)]

    def _patient(self, now: float, rate: float) -> list[Job]:
        """The articles in bulk, and those that would be late even alone, which nothing else keeps from starving."""
        return [*(job for job in self._interactive if _is_late(job, now, rate)), *self._bulk]

    def _is_short(self, job: Job) -> bool:
        return job.tokens_left <= self.slice_tokens

    def _promised_pace(self, now: float, rate: float) -> float:
        """The tokens a second that are encoded of urgent articles, beside what others have a share for."""
        return rate * (1 - SHARE - (SHARE if self._patient(now, rate) else 0))

    def _kind(self, job: Job) -> list[Job]:
        return self._bulk if job.terms.in_bulk else self._interactive


def _is_late(job: Job, now: float, rate: float) -> bool:
    """Whether an article would be late even alone."""
    return now + job.tokens_left / rate > job.terms.deadline


def _size(job: Job) -> tuple[float, float]:
    """The order by the work left; who came first goes first among equals."""
    return job.tokens_left, job.submitted


def _oldest(jobs: Sequence[Job]) -> list[Job]:
    """The one that was submitted first, as a list; an empty one where there is none."""
    return sorted(jobs, key=lambda job: job.submitted)[:1]


def _fitting(windows: Sequence[Sized], room: int) -> Sequence[Sized]:
    """The first windows, as many as there is room for."""
    return windows[: sum(total <= room for total in accumulate(map(len, windows)))]


def _left(jobs: Iterable[Job]) -> int:
    return sum(job.tokens_left for job in jobs)
