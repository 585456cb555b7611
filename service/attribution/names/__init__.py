"""Names in an article: where they stand, who bears them, and what a reader would call a speaker."""

from service.attribution.names.index import Bearer, NameIndex, is_pronoun

__all__ = ["Bearer", "NameIndex", "is_pronoun"]
