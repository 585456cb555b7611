"""An article before inference."""

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
"""The most quotations of an article that are attributed; limits the time for texts of nothing but quotation marks."""


@dataclass(frozen=True, slots=True)
class Document:
    """The text with its quotations, names and outlets. ``windows`` are the encoder's inputs; ``dropped`` counts the
    quotations past the limit."""

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
    """Read an article; any text is valid, even an empty one. ``config`` determines the windows."""
    found = find_quotations(text)
    quotations = found[:MAX_QUOTATIONS]
    read = text if quotations else ""
    outlets, names = registry.find(read), NameIndex.read(read)
    tokens = read_tokens(read, tokenizer, quotations, outlets, names)
    if not len(tokens):  # nothing but white space or control characters
        quotations = ()
    sections = tuple(cut_sections(tokens, locate_quotations(text, tokens, quotations)))
    needed = [section.within for section in sections]
    windows = token_windows(tokens, config.window - 2, config.overlap, needed)
    dropped = max(0, len(found) - MAX_QUOTATIONS)
    return Document(text, quotations, outlets, names, tokens, sections, windows, dropped)
