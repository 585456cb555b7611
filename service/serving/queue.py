"""Which windows the encoder takes next, and whether there is time for one more article.

Of the articles that somebody waits for, the one with the least left goes first, as long as none is late for it; where
one would be, the earliest deadline goes first, and short articles keep a share of the time. Articles in bulk come after
them in their order, with a share of their own. Nothing here has a clock or a thread: the moment is passed in, and
whoever holds the queue guards it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass
from itertools import accumulate

from service.serving.jobs import Job

SHARE = 0.2
"""The share of the encoder's tokens that short articles keep beside those that are hurried, and those in bulk beside
the ones that somebody waits for."""
CAUTION = 1.15
"""The encoder may turn out slower than it was: work is reckoned to take so many times its seconds."""


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
        self.owed = 0.0

    def settle(self, parts: Sequence[Part], members: set[Job], others: bool) -> None:
        """Count a slice; who waits alone, or not at all, is owed nothing."""
        if not (members and others):
            self.owed = 0.0
            return
        had = sum(part.tokens for part in parts if part.job in members)
        self.owed = max(0.0, self.owed + SHARE * sum(part.tokens for part in parts) - had)


class WorkQueue:
    """The articles that have been admitted and not been encoded to their end. A slice has ``slice_tokens`` at most."""

    def __init__(self, slice_tokens: int = 1) -> None:
        self.slice_tokens = slice_tokens
        self._prompt: list[Job] = []
        self._bulk: list[Job] = []
        self._for_short = _Account()
        self._for_bulk = _Account()

    def __iter__(self) -> Iterator[Job]:
        return iter((*self._prompt, *self._bulk))

    def __len__(self) -> int:
        return len(self._prompt) + len(self._bulk)

    @property
    def tokens(self) -> int:
        """Those that are left to encode."""
        return sum(job.tokens_left for job in self)

    @property
    def characters(self) -> int:
        """Those of the articles."""
        return sum(len(job.text) for job in self)

    def add(self, job: Job) -> None:
        self._kind(job).append(job)

    def remove(self, job: Job) -> None:
        self._kind(job).remove(job)

    def seconds_late(self, tokens: int, deadline: float, now: float, rate: float) -> float:
        """By how much an article of so many tokens would miss its deadline in the place that it would get.

        ``rate`` is in tokens a second. Those that have been admitted are before it, as their deadlines are earlier and
        were promised; but not those that will be late anyway, and before a short one only the short ones, if it comes
        to that. Where nobody is before it nothing would be won by refusing it.
        """
        promised = self._in_time(now, rate)
        if not promised:
            return 0.0
        late = now + self._seconds(_left(promised) + tokens, rate) - deadline
        if tokens <= self.slice_tokens:
            short = _left(filter(self._is_short, promised))
            late = min(late, now + CAUTION * (short + tokens) / rate / SHARE - deadline)
        return max(0.0, late)

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
        short = set(filter(self._is_short, self._prompt))
        self._for_short.settle(parts, short, others=len(short) < len(self._prompt))
        self._for_bulk.settle(parts, set(self._bulk), others=bool(self._prompt))
        return parts

    def _ranked(self, now: float, rate: float) -> list[Job]:
        """The articles that have been read, whose turn it is first."""
        hurried = self._hurried(now, rate)
        by_size = sorted(set(self._prompt) - set(hurried), key=lambda job: (job.tokens_left, job.submitted))
        order = [*hurried, *by_size, *self._bulk]
        if self._for_short.owed >= self.slice_tokens:
            short = sorted(filter(self._is_short, self._prompt), key=lambda job: job.terms.deadline)
            order = _first(short, order)
        if self._for_bulk.owed >= self.slice_tokens:
            order = _first(self._bulk, order)
        return [job for job in order if job.document]

    def _hurried(self, now: float, rate: float) -> list[Job]:
        """Those that have to go now, by their deadlines, for none of them to be late.

        As long as the work up to each deadline can be done by then, whoever else goes first, nobody is hurried. One
        that is too late already hurries nobody.
        """
        by_deadline = sorted(self._in_time(now, rate), key=lambda job: job.terms.deadline)
        one_slice = self._seconds(self.slice_tokens, rate)
        last = 0
        for number, work in enumerate(accumulate(job.tokens_left for job in by_deadline), start=1):
            if now + one_slice + self._seconds(work, rate) > by_deadline[number - 1].terms.deadline:
                last = number
        return by_deadline[:last]

    def _in_time(self, now: float, rate: float) -> list[Job]:
        """The articles that somebody waits for, without those that would be late even alone."""
        return [job for job in self._prompt if now + job.tokens_left / rate <= job.terms.deadline]

    def _is_short(self, job: Job) -> bool:
        return job.tokens_left <= self.slice_tokens

    def _seconds(self, tokens: int, rate: float) -> float:
        """The time in which so many tokens are encoded beside what others have a share for, with caution."""
        return CAUTION * tokens / rate / (1 - SHARE - (SHARE if self._bulk else 0))

    def _kind(self, job: Job) -> list[Job]:
        return self._bulk if job.terms.in_bulk else self._prompt


def _fitting(windows: Sequence[Sized], room: int) -> Sequence[Sized]:
    """The first windows, as many as there is room for."""
    return windows[: sum(total <= room for total in accumulate(map(len, windows)))]


def _left(jobs: Iterable[Job]) -> int:
    return sum(job.tokens_left for job in jobs)


def _first(some: Sequence[Job], order: Sequence[Job]) -> list[Job]:
    """The order with ``some`` at its head."""
    return [*some, *(job for job in order if job not in some)]
