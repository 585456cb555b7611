"""A stand-in for the attribution engine: no weights, and the faults that a test asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from service.records import Attribution, CreditedOutlet, Mention, ModelInfo, Outlet, Quote, QuotedSpeaker, Speaker

MODEL = ModelInfo(name="fake", version="0", sha256="00" * 32)
PRECISION = "float32"
POISON = "poison"


@dataclass(frozen=True)
class FakeDocument:
    text: str

    @property
    def windows(self) -> tuple[str, ...]:
        return (self.text,)


class FakeAttributor:
    """Credits whatever stands between “ and ” to the first "Ada Brook" and the first "Reuters" of the article.

    It reads an article whole, in one window; ``before_batch`` runs before each batch of them, to block it. An article
    that holds ``POISON`` fails, and its batch too.
    """

    slice_tokens = 1_000

    def __init__(self, before_batch: Callable[[], object] = lambda: None) -> None:
        self.model = MODEL
        self.precision = PRECISION
        self.batches: list[list[str]] = []
        self._before_batch = before_batch

    def attribute(self, text: str, *, min_confidence: float = 0.0, include_nonspeech: bool = False) -> Attribution:
        return self.attribute_batch([text], min_confidence=min_confidence, include_nonspeech=include_nonspeech)[0]

    def attribute_batch(
        self, texts: Sequence[str], *, min_confidence: float = 0.0, include_nonspeech: bool = False
    ) -> list[Attribution]:
        self.encode(texts)
        return [
            self.answer(self.read(text), [None], min_confidence=min_confidence, include_nonspeech=include_nonspeech)
            for text in texts
        ]

    def read(self, text: str) -> FakeDocument:
        return FakeDocument(text)

    def encode(self, windows: Sequence[str]) -> list[None]:
        self.batches.append(list(windows))
        self._before_batch()
        if any(POISON in text for text in windows):
            raise RuntimeError(f"cannot read {windows}")
        return [None] * len(windows)

    def answer(
        self,
        document: FakeDocument,
        vectors: Sequence[None],  # noqa: ARG002
        *,
        min_confidence: float = 0.0,
        include_nonspeech: bool = False,
    ) -> Attribution:
        return self.answer_to(document.text, min_confidence, include_nonspeech)

    def answer_to(self, text: str, min_confidence: float, include_nonspeech: bool) -> Attribution:
        """The answer for an article; what knows another one for some articles overrides this."""
        return _attribution(text, min_confidence, include_nonspeech)


def _attribution(text: str, min_confidence: float, include_nonspeech: bool) -> Attribution:
    speaker, outlet = _speaker(text, min_confidence), _outlet(text, min_confidence)
    quotes = tuple(
        Quote(
            id=f"q{number}",
            text=match[1],
            start=match.start(1),
            end=match.end(1),
            kind="speech",
            closed=True,
            parent=None,
            continues=None,
            speaker=speaker,
            outlet=outlet,
            confidence=0.9,
        )
        for number, match in enumerate(re.finditer("“([^”]*)”", text), start=1)
    )
    ids = tuple(quote.id for quote in quotes)
    return Attribution(
        model=MODEL,
        quotes=quotes,
        speakers=(QuotedSpeaker("s1", speaker.name, speaker.type, ids),) if speaker and ids else (),
        outlets=(CreditedOutlet(outlet.id, outlet.name, ids),) if outlet and ids else (),
        warnings=("nonspeech included",) if include_nonspeech else (),
    )


def _speaker(text: str, min_confidence: float) -> Speaker | None:
    mention = _mention(text, "Ada Brook")
    return Speaker("s1", "Ada Brook", "person", mention, 0.8) if mention and min_confidence <= 0.8 else None


def _outlet(text: str, min_confidence: float) -> Outlet | None:
    mention = _mention(text, "Reuters")
    return Outlet("reuters", "Reuters", mention, "sentence", "told", 0.7) if mention and min_confidence <= 0.7 else None


def _mention(text: str, name: str) -> Mention | None:
    start = text.find(name)
    return Mention(name, start, start + len(name)) if start >= 0 else None
