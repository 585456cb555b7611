"""Which windows the encoder processes next, and whether one more article can meet its deadline.

Interactive articles are ordered by the work left, least first, as long as all of them meet their deadlines. If one
would not, the earliest deadline goes first, and short articles keep a share of the throughput. Patient articles, which
are those in bulk and those that would be late even alone, come last, again least work first. They have a share too, of
which the oldest has a part. Has no clock and no lock: the current time is passed in, and the caller holds the lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass
from itertools import accumulate

from service.serving.jobs import Job

SHARE = 0.2
"""The share of the encoder's tokens reserved for short articles beside urgent ones, for patient articles beside
interactive ones, and, of the latter, for the oldest patient article."""
SAFETY_FACTOR = 1.15
"""Promised work is assumed to take so many times its estimated seconds, as the encoder may slow down."""


@dataclass(frozen=True, slots=True)
class Part:
    """The part of an article in one slice: its next ``windows``."""

    job: Job
    windows: Sequence[Sized]

    @property
    def tokens(self) -> int:
        return sum(map(len, self.windows))


class _Account:
    """By how many tokens a group of articles has had less than its share while it waited beside others."""

    def __init__(self) -> None:
        self.deficit = 0.0

    def settle(self, parts: Sequence[Part], members: set[Job], others: bool) -> None:
        """Account for a slice. A group that waits alone, or is empty, has no deficit."""
        if not (members and others):
            self.deficit = 0.0
            return
        had = sum(part.tokens for part in parts if part.job in members)
        self.deficit = max(0.0, self.deficit + SHARE * sum(part.tokens for part in parts) - had)


class WorkQueue:
    """The admitted articles that are not fully encoded. A slice has at most ``slice_tokens``, unless a single window is
    longer."""

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
        """The tokens left to encode."""
        return _left(self)

    @property
    def interactive_characters(self) -> int:
        """The characters of the interactive articles."""
        return sum(len(job.text) for job in self._interactive)

    @property
    def bulk_characters(self) -> int:
        """The characters of the bulk articles."""
        return sum(len(job.text) for job in self._bulk)

    def add(self, job: Job) -> None:
        self._kind(job).append(job)

    def remove(self, job: Job) -> None:
        self._kind(job).remove(job)

    def seconds_late(self, tokens: int, deadline: float, now: float, rate: float) -> float:
        """By how many seconds a new article of so many tokens would miss its deadline; 0 if it would meet it.

        At most the time until the articles before it are done, as refusing it for longer gains nothing. ``rate`` is in
        tokens per second. All promised articles are before it, except those that will be late anyway; a short article
        may instead use the share of the short ones. The work before it is multiplied by ``SAFETY_FACTOR``, its own is
        not. One slice is added for the slice in progress.
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
        """The windows to encode next; empty if no article has been read that has windows left.

        The first article takes as much of the slice as it can, others the remaining room. If the first one is short,
        the slice is shared only with articles that it completes: others would delay the first one without being
        finished.
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
        """Account for the slice in every share."""
        short = set(filter(self._is_short, self._interactive))
        self._for_short.settle(parts, short, others=len(short) < len(self._interactive))
        self._for_patient.settle(parts, set(patient), others=len(patient) < len(self))
        of_patient = [part for part in parts if part.job in patient]
        self._for_oldest.settle(of_patient, set(_oldest(patient)), others=len(patient) > 1)

    def _ranked(self, now: float, rate: float) -> list[Job]:
        """The articles that have been read, in the order of their turns."""
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
        """The articles that must go next, by deadline, for none of the promised ones to be late.

        Empty as long as the work up to each deadline can be done in time even if another slice goes first. An article
        that is already too late does not count.
        """
        by_deadline = sorted(self._in_time(now, rate), key=lambda job: job.terms.deadline)
        pace = self._promised_pace(now, rate)
        last = 0
        for number, work in enumerate(accumulate(job.tokens_left for job in by_deadline), start=1):
            if now + SAFETY_FACTOR * (self.slice_tokens + work) / pace > by_deadline[number - 1].terms.deadline:
                last = number
        return by_deadline[:last]

    def _in_time(self, now: float, rate: float) -> list[Job]:
        """The interactive articles, except those that would be late even alone."""
        return [job for job in self._interactive if not _is_late(job, now, rate)]

    def _patient(self, now: float, rate: float) -> list[Job]:
        """The bulk articles and the interactive ones that would be late even alone. Only their share keeps them from
        starving."""
        return [*(job for job in self._interactive if _is_late(job, now, rate)), *self._bulk]

    def _is_short(self, job: Job) -> bool:
        return job.tokens_left <= self.slice_tokens

    def _promised_pace(self, now: float, rate: float) -> float:
        """The tokens per second available to urgent articles, after the shares of the others."""
        return rate * (1 - SHARE - (SHARE if self._patient(now, rate) else 0))

    def _kind(self, job: Job) -> list[Job]:
        return self._bulk if job.terms.in_bulk else self._interactive


def _is_late(job: Job, now: float, rate: float) -> bool:
    """Whether an article would be late even if it were encoded alone."""
    return now + job.tokens_left / rate > job.terms.deadline


def _size(job: Job) -> tuple[float, float]:
    """Sort key: by the work left, then by the time of submission."""
    return job.tokens_left, job.submitted


def _oldest(jobs: Sequence[Job]) -> list[Job]:
    """The article submitted first, as a list; empty if there is none."""
    return sorted(jobs, key=lambda job: job.submitted)[:1]


def _fitting(windows: Sequence[Sized], room: int) -> Sequence[Sized]:
    """As many of the first windows as fit into ``room`` tokens."""
    return windows[: sum(total <= room for total in accumulate(map(len, windows)))]


def _left(jobs: Iterable[Job]) -> int:
    return sum(job.tokens_left for job in jobs)
