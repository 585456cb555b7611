"""The pipeline, end to end: the text of an article in, every quote out with its speaker and its outlet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

from service.attribution.document import Document, read_document
from service.attribution.model.batching import encode_articles
from service.attribution.model.checkpoint import Checkpoint, Device, load_checkpoint
from service.attribution.model.decoding import Reading, read_logits
from service.attribution.model.modeling import QuoteInputs
from service.attribution.outlets.registry import OutletRegistry
from service.attribution.resolve.agreement import OutletAgreement, own_words, without_reporter
from service.attribution.resolve.answer import Decision, compose
from service.attribution.resolve.continuity import carry_on
from service.attribution.resolve.outlets import OutletFinder
from service.attribution.resolve.speakers import SpeakerFinder
from service.records import Attribution, ModelInfo


class QuoteAttributor:
    """Attributes the quotes of articles. Built once, then only read: one may serve several threads in turn."""

    def __init__(self, checkpoint: Checkpoint, registry: OutletRegistry) -> None:
        self._checkpoint = checkpoint
        self._registry = registry

    @classmethod
    def load(cls, path: Path | str, device: Device = "auto") -> QuoteAttributor:
        """Load a model directory with the shipped registry of outlets; nothing is fetched from anywhere.

        Raises:
            OSError: if the directory or a file of it is missing.
            ValueError: if what it holds is not a model of this kind, or a GPU is asked for and there is none.
        """
        return cls(load_checkpoint(Path(path), device), OutletRegistry.load())

    @property
    def model(self) -> ModelInfo:
        """Which checkpoint answers."""
        return self._checkpoint.info

    @property
    def precision(self) -> str:
        """The number format that the encoder runs in on this machine."""
        return self._checkpoint.precision

    def attribute(self, text: str, *, min_confidence: float = 0.0, include_nonspeech: bool = False) -> Attribution:
        """Attribute one article; see :meth:`attribute_batch`."""
        return self.attribute_batch([text], min_confidence=min_confidence, include_nonspeech=include_nonspeech)[0]

    def attribute_batch(
        self, texts: Sequence[str], *, min_confidence: float = 0.0, include_nonspeech: bool = False
    ) -> list[Attribution]:
        """Attribute several articles, sharing the encoder's passes. Any text is an article, an empty one too.

        Speakers and outlets below ``min_confidence`` are None; segments that nobody said are left out unless
        ``include_nonspeech``.
        """
        articles = [read_document(text, self._registry, self._checkpoint.tokenizer) for text in texts]
        return [
            compose(
                self.model,
                article.text,
                article.quotations,
                decisions,
                warnings=article.warnings,
                min_confidence=min_confidence,
                include_nonspeech=include_nonspeech,
            )
            for article, decisions in zip(articles, self._decide(articles), strict=True)
        ]

    def _decide(self, articles: Sequence[Document]) -> list[list[Decision]]:
        """Run the network over all articles that have a quotation, and decide for each of these."""
        with torch.inference_mode():
            tokens, needed = [a.tokens for a in articles], [[s.within for s in a.sections] for a in articles]
            vectors = encode_articles(self._checkpoint.model, self._checkpoint.special, tokens, needed=needed)
            return [
                self._decide_one(article, v) if article.quotations else []
                for article, v in zip(articles, vectors, strict=True)
            ]

    def _decide_one(self, article: Document, vectors: Tensor) -> list[Decision]:
        readings = list(self._readings(article, vectors))
        finder = OutletFinder(article.text, self._registry, article.outlets)
        credits = list(map(finder.find, readings))
        readings = [without_reporter(article.text, *pair) for pair in zip(readings, credits, strict=True)]
        speakers = SpeakerFinder(article.text, article.names).find_all(article.quotations, readings)
        credits = carry_on(finder, article.quotations, readings, speakers, credits)
        agreement = OutletAgreement(article.text, article.names, article.outlets)
        outlets = agreement.settle(article.quotations, speakers, credits)
        speakers = [own_words(*each) for each in zip(readings, speakers, outlets, strict=True)]
        calibrated = self._checkpoint
        return [
            Decision(
                reading,
                speaker and replace(speaker, confidence=calibrated.speaker(speaker.confidence)),
                outlet and replace(outlet, confidence=calibrated.outlet(outlet.confidence)),
            )
            for reading, speaker, outlet in zip(readings, speakers, outlets, strict=True)
        ]

    def _readings(self, article: Document, vectors: Tensor) -> Iterator[Reading]:
        """What the network makes of each quotation, section by section."""
        for section in article.sections:
            inputs = QuoteInputs.of(section.quotes, section.tokens).to(vectors.device)
            part = vectors[section.first : section.first + len(section.tokens)]
            logits = self._checkpoint.model.attribute(part, inputs)
            yield from read_logits(logits, section.tokens)[section.kept]
