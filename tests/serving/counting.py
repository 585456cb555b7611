"""An engine that only counts: each character is a token, windows have ten of them, and answers say what was encoded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from service.records import Attribution
from tests.fakes import MODEL

WINDOW = 10
SLICE = 2 * WINDOW
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
