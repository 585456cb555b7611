"""The interface of the engine that serving uses: how much work an article is, not what its answer contains."""

from __future__ import annotations

from collections.abc import Sequence, Sized
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:  # imported for types only
    from service.records import Attribution, ModelInfo

WARM_UP_TEXT = "“The bridge opens on Monday,” Mayor Ada Brook told the Associated Press. “We are ready.”"


@dataclass(frozen=True, slots=True)
class Options:
    """The caller's options for the answer."""

    min_confidence: float = 0.0
    include_nonspeech: bool = False


class Document(Protocol):
    """An article that has been read. ``windows`` are its inputs to the encoder; the length of each is its number of
    tokens."""

    @property
    def windows(self) -> Sequence[Sized]: ...


class Engine(Protocol):
    """Attributes an article in three steps; ``service.attribution.QuoteAttributor`` is an implementation.

    ``read`` and ``answer`` may run in several threads at once, and at the same time as ``encode``, which runs in one
    thread. The caller passes windows and vectors from step to step without looking into them.
    """

    @property
    def model(self) -> ModelInfo: ...

    @property
    def precision(self) -> str: ...

    @property
    def slice_tokens(self) -> int:
        """The most tokens that one pass of the encoder processes efficiently; more take as long as two passes."""
        ...

    def read(self, text: str) -> Document: ...

    def encode(self, windows: Sequence[Any]) -> Sequence[Any]:
        """The vectors of each window. The windows may belong to different documents."""
        ...

    def answer(
        self, document: Any, vectors: Sequence[Any], *, min_confidence: float = 0.0, include_nonspeech: bool = False
    ) -> Attribution:
        """The answer for a document, from the vectors of all its windows."""
        ...


def warm_up(engine: Engine) -> None:
    """Attribute a short text, so that the first request does not pay for lazy initialisation."""
    document = engine.read(WARM_UP_TEXT)
    engine.answer(document, engine.encode(document.windows))
