"""What serving asks of the engine. It knows neither the network nor what an answer holds, only how much work it is."""

from __future__ import annotations

from collections.abc import Sequence, Sized
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:  # the domain imports torch, which is left to the inference thread
    from service.records import Attribution, ModelInfo

WARM_UP_TEXT = "“The bridge opens on Monday,” Mayor Ada Brook told the Associated Press. “We are ready.”"


@dataclass(frozen=True, slots=True)
class Options:
    """What a caller chooses about the answer."""

    min_confidence: float = 0.0
    include_nonspeech: bool = False


class Document(Protocol):
    """An article that has been read: ``windows`` are the parts of it that the encoder takes, each as long as it has
    tokens."""

    @property
    def windows(self) -> Sequence[Sized]: ...


class Engine(Protocol):
    """Attributes an article in three steps; ``service.attribution.QuoteAttributor`` is one.

    ``read`` and ``answer`` may run in several threads at once, beside ``encode``, which runs in one. A document's
    windows and their vectors are handed from one step to the next unseen.
    """

    @property
    def model(self) -> ModelInfo: ...

    @property
    def precision(self) -> str: ...

    @property
    def slice_tokens(self) -> int:
        """Tokens that one pass of the encoder takes with profit; more of them take as long as two passes."""
        ...

    def read(self, text: str) -> Document: ...

    def encode(self, windows: Sequence[Any]) -> Sequence[Any]:
        """The vectors of each window; the windows may be of different documents."""
        ...

    def answer(
        self, document: Any, vectors: Sequence[Any], *, min_confidence: float = 0.0, include_nonspeech: bool = False
    ) -> Attribution:
        """The answer for a document with the vectors of all its windows."""
        ...


def warm_up(engine: Engine) -> None:
    """Attribute a short text, so that what is made at the first use is made before the first request."""
    document = engine.read(WARM_UP_TEXT)
    engine.answer(document, engine.encode(document.windows))
