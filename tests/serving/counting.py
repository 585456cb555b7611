"""An engine that only counts: each character is a token, windows have ten of them, and answers say what was encoded.
And an encoder by itself, with a clock of its own."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from service.records import Attribution
from service.serving.engine import Options
from service.serving.jobs import Job, Terms
from service.serving.queue import WorkQueue
from tests.fakes import MODEL

WINDOW = 10
SLICE = 2 * WINDOW
RATE = 100.0  # tokens a second
UNREADABLE, UNENCODABLE, UNANSWERABLE = "!read", "!encode", "!answer"


@dataclass(frozen=True)
class CountedDocument:
    text: str

    @property
    def windows(self) -> tuple[str, ...]:
        return tuple(self.text[start : start + WINDOW] for start in range(0, len(self.text), WINDOW))


class CountingEngine:
    """``slices`` are the windows of each slice, warm-up left out; ``before_slice`` runs before each, to block it.

    An article that holds one of the three words above fails at that step.
    """

    model = MODEL
    precision = "none"
    slice_tokens = SLICE

    def __init__(self, before_slice: Callable[[], object] = lambda: None) -> None:
        self.slices: list[list[str]] = []
        self.before_slice = before_slice
        self.is_warm = False

    def read(self, text: str) -> CountedDocument:
        _fail_on(UNREADABLE, text)
        return CountedDocument(text)

    def encode(self, windows: Sequence[str]) -> list[int]:
        if self.is_warm:
            self.slices.append(list(windows))
            self.before_slice()
        self.is_warm = True
        _fail_on(UNENCODABLE, *windows)
        return list(map(len, windows))

    def answer(
        self,
        document: CountedDocument,
        vectors: Sequence[int],
        *,
        min_confidence: float = 0.0,
        include_nonspeech: bool = False,
    ) -> Attribution:
        _fail_on(UNANSWERABLE, document.text)
        assert list(vectors) == list(map(len, document.windows))
        warnings = (document.text, f"{min_confidence}", f"{include_nonspeech}")
        return Attribution(MODEL, quotes=(), speakers=(), outlets=(), warnings=warnings)


def _fail_on(word: str, *texts: str) -> None:
    if any(word in text for text in texts):
        raise RuntimeError(f"cannot go past {word}")


def job(
    tokens: int, deadline: float = math.inf, submitted: float = 0.0, *, in_bulk: bool = False, title: str = ""
) -> Job:
    """An article that has been read; its text begins with ``title``."""
    made = Job(title.ljust(tokens, "a"), Options(), Terms(deadline=deadline, in_bulk=in_bulk), tokens, submitted)
    made.set_document(CountedDocument(made.text))
    return made


def queue_of(*jobs: Job) -> WorkQueue:
    queue = WorkQueue(SLICE)
    for each in jobs:
        queue.add(each)
    return queue


@dataclass
class Encoder:
    """Takes slices of a queue at the ``RATE``, by a clock of its own."""

    queue: WorkQueue
    now: float = 0.0
    ended: dict[Job, float] = field(default_factory=dict)
    slices: list[Sequence[Job]] = field(default_factory=list)
    tokens: dict[bool, int] = field(default_factory=lambda: {False: 0, True: 0})

    def run_slice(self) -> bool:
        """Run the next slice; false where there is none."""
        parts = self.queue.next_slice(self.now, RATE)
        assert sum(part.tokens for part in parts) <= SLICE
        seconds = sum(part.tokens for part in parts) / RATE
        self.now += seconds
        self.slices.append([part.job for part in parts])
        for part in parts:
            self.tokens[part.job.terms.in_bulk] += part.tokens
            part.job.add_vectors(list(part.windows), seconds)
            if part.job.is_encoded:
                self.queue.remove(part.job)
                self.ended[part.job] = self.now
        return bool(parts)

    def run(self) -> None:
        while self.run_slice():
            pass
