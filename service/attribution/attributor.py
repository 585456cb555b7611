"""The complete pipeline: from the text of an article to its quotes with their speakers and outlets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import torch
from torch import Tensor

from service.attribution.document import Document, read_document
from service.attribution.model.batching import BUDGET, TokenWindow, encode_windows, join_windows
from service.attribution.model.chain import ChainWeights
from service.attribution.model.checkpoint import Checkpoint, load_checkpoint
from service.attribution.model.decoding import read_logits
from service.attribution.model.inputs import QuoteInputs
from service.attribution.model.outputs import QuoteLogits
from service.attribution.model.windows import Section
from service.attribution.outlets.registry import OutletRegistry
from service.attribution.resolve.answer import Decision, compose
from service.attribution.resolve.layout import with_layout
from service.attribution.resolve.outlets import build_chain, decide_outlets
from service.attribution.resolve.predicted import Predicted
from service.attribution.resolve.speakers import find_speakers
from service.attribution.resolve.ties import pointed_names
from service.libraries import Device, Precision
from service.records import Attribution, ModelInfo


class QuoteAttributor:
    """Attributes the quotes of articles, at once or in three steps: :meth:`read`, :meth:`encode`, :meth:`answer`.

    Immutable after construction, so that threads may share it.
    """

    def __init__(self, checkpoint: Checkpoint, registry: OutletRegistry) -> None:
        self._checkpoint = checkpoint
        self._registry = registry

    @classmethod
    def load(cls, path: Path | str, device: Device = "auto", precision: Precision = "auto") -> QuoteAttributor:
        """Load a model directory with the shipped registry of outlets; nothing is fetched from anywhere.

        Raises:
            OSError: if the directory or a file of it is missing.
            ValueError: if what it holds is not a model of this kind, a GPU is asked for and there is none, or int8 for
                one.
        """
        return cls(load_checkpoint(Path(path), device, precision), OutletRegistry.load())

    @property
    def model(self) -> ModelInfo:
        """The loaded checkpoint."""
        return self._checkpoint.info

    @property
    def precision(self) -> str:
        """The number format of the encoder on this machine."""
        return self._checkpoint.precision

    def attribute(self, text: str, *, min_confidence: float = 0.0, include_nonspeech: bool = False) -> Attribution:
        """Attribute one article; see :meth:`attribute_batch`."""
        return self.attribute_batch([text], min_confidence=min_confidence, include_nonspeech=include_nonspeech)[0]

    def attribute_batch(
        self, texts: Sequence[str], *, min_confidence: float = 0.0, include_nonspeech: bool = False
    ) -> list[Attribution]:
        """Attribute several articles, sharing passes of the encoder. Any text is valid, even an empty one.

        Speakers and outlets below ``min_confidence`` are None. Segments that are not speech are only returned with
        ``include_nonspeech``.
        """
        documents = list(map(self.read, texts))
        vectors = iter(self.encode([window for document in documents for window in document.windows]))
        return [
            self.answer(
                document,
                list(islice(vectors, len(document.windows))),
                min_confidence=min_confidence,
                include_nonspeech=include_nonspeech,
            )
            for document in documents
        ]

    def read(self, text: str) -> Document:
        """The first step: read an article, without the network. Thread-safe."""
        checkpoint = self._checkpoint
        return read_document(text, self._registry, checkpoint.tokenizer, checkpoint.model.config)

    @property
    def slice_tokens(self) -> int:
        """The most tokens that one pass of the encoder processes efficiently on this device."""
        return BUDGET[self._checkpoint.model.device.type]

    @torch.inference_mode()
    def encode(self, windows: Sequence[TokenWindow]) -> list[Tensor]:
        """The second step: the vectors of windows, in order. The windows may belong to several documents."""
        return encode_windows(self._checkpoint.model, self._checkpoint.special, windows)

    @torch.inference_mode()
    def answer(
        self,
        document: Document,
        vectors: Sequence[Tensor],
        *,
        min_confidence: float = 0.0,
        include_nonspeech: bool = False,
    ) -> Attribution:
        """The last step: the answer for a document, from the vectors of all its windows. Thread-safe."""
        joined = self.join(document, vectors)
        return compose(
            self.model,
            document.text,
            document.quotations,
            self._decide(document, joined),
            warnings=document.warnings,
            min_confidence=min_confidence,
            include_nonspeech=include_nonspeech,
        )

    def join(self, document: Document, vectors: Sequence[Tensor]) -> Tensor:
        """The vectors [T, D] of a document's tokens, from the vectors of its windows."""
        return join_windows(self._checkpoint.model, len(document.tokens), document.windows, vectors)

    def predict(self, document: Document, vectors: Tensor) -> Predicted:
        """The network's predictions for each quotation of a document, and the outlets decided by the chain.

        ``vectors`` are those of the document's tokens, [T, D].
        """
        if not document.quotations:
            return Predicted((), (), ())
        logits = [self._read_section(section, vectors) for section in document.sections]
        predictions = [
            prediction
            for section, part in zip(document.sections, logits, strict=True)
            for prediction in read_logits(part, section.tokens)[section.kept]
        ]
        pointed = [pointed_names(document, prediction) for prediction in predictions]
        chain = build_chain(document, self._registry, logits, predictions, pointed)
        config = self._checkpoint.model.config
        weights = ChainWeights(**config.chain)
        outlets = decide_outlets(document, chain, predictions, weights, config.credit_threshold)
        return Predicted(predictions, pointed, outlets, chain)

    def _decide(self, document: Document, vectors: Tensor) -> list[Decision]:
        predicted, checkpoint = self.predict(document, vectors), self._checkpoint
        speakers = find_speakers(document, predicted, checkpoint.model.speakers.probabilities)
        threshold = checkpoint.model.config.speech_threshold
        credited = [
            tuple(replace(outlet, confidence=checkpoint.outlet(outlet.confidence)) for outlet in each)
            for each in with_layout(
                document.text, document.quotations, predicted.outlets, self._registry, document.outlets
            )
        ]
        return [
            Decision(
                prediction,
                "speech" if prediction.choices["kind"]["speech"] >= threshold else "nonspeech",
                speaker and replace(speaker, confidence=checkpoint.speaker(speaker.confidence)),
                next(iter(each), None),
                each[1:],
            )
            for prediction, speaker, each in zip(predicted.quotes, speakers, credited, strict=True)
        ]

    def _read_section(self, section: Section, vectors: Tensor) -> QuoteLogits:
        inputs = QuoteInputs.of(section.quotes, section.tokens).to(vectors.device)
        return self._checkpoint.model.attribute(vectors[section.first : section.first + len(section.tokens)], inputs)
