"""An article as it is before the network has read it: made once, then passed whole."""

from __future__ import annotations

from dataclasses import dataclass

from transformers import PreTrainedTokenizerBase

from service.attribution.language import foreign_language
from service.attribution.mentions.index import NameIndex
from service.attribution.model.batching import TokenWindow, token_windows
from service.attribution.model.config import AttributionConfig
from service.attribution.model.features import Tokens, locate_quotations, read_tokens
from service.attribution.model.windows import Section, cut_sections
from service.attribution.outlets.matcher import OutletMatch
from service.attribution.outlets.registry import OutletRegistry
from service.attribution.quotations import Quotation, find_quotations

MAX_QUOTATIONS = 4000
"""Quotations of an article that are attributed; a text of nothing but quotation marks must not take for ever."""


@dataclass(frozen=True, slots=True)
class Document:
    """The text with what typography, the registry and names say of it. ``windows`` are what the encoder has to read of
    it, ``dropped`` counts the quotations past the limit."""

    text: str
    quotations: tuple[Quotation, ...]
    outlets: tuple[OutletMatch, ...]
    names: NameIndex
    tokens: Tokens
    sections: tuple[Section, ...]
    windows: tuple[TokenWindow, ...]
    dropped: int

    @property
    def warnings(self) -> tuple[str, ...]:
        found = []
        if language := foreign_language(self.text):
            found.append(
                f"the article appears to be in another language than English ({language}); do not trust its answer"
            )
        if self.dropped:
            found.append(
                f"only the first {MAX_QUOTATIONS} quotations are attributed, the last {self.dropped} are left out"
            )
        return tuple(found)


def read_document(
    text: str, registry: OutletRegistry, tokenizer: PreTrainedTokenizerBase, config: AttributionConfig
) -> Document:
    """Read an article; any text is one, an empty one too. It is cut into windows as the model's ``config`` says."""
    found = find_quotations(text)
    quotations = found[:MAX_QUOTATIONS]
    read = text if quotations else ""
    outlets, names = registry.find(read), NameIndex.read(read)
    tokens = read_tokens(read, tokenizer, quotations, outlets, names)
    if not len(tokens):  # nothing that the tokenizer knows as text, so nothing that could be quoted
        quotations = ()
    sections = tuple(cut_sections(tokens, locate_quotations(text, tokens, quotations)))
    needed = [section.within for section in sections]
    windows = token_windows(tokens, config.window - 2, config.overlap, needed)
    dropped = max(0, len(found) - MAX_QUOTATIONS)
    return Document(text, quotations, outlets, names, tokens, sections, windows, dropped)
