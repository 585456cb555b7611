"""The forms that an answer can take, each a pure function of it; no Flask here.

``contract_json`` is the contract's own, the others serve newsroom and archive systems that speak a standard.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from service.formats.answer import Answer
from service.formats.contract import contract_body, contract_json
from service.formats.csv_table import csv_table
from service.formats.schema_org import news_article
from service.formats.web_annotation import annotation_collection


@dataclass(frozen=True, slots=True)
class Format:
    """A form of the answer. ``media_type`` carries the parameters that tell it from others of its kind."""

    media_type: str
    write: Callable[[Answer], str]


CONTRACT_JSON = Format("application/json", contract_json)
SCHEMA_ORG = Format("application/ld+json", news_article)
WEB_ANNOTATION = Format('application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"', annotation_collection)
CSV = Format("text/csv", csv_table)

FORMATS = (CONTRACT_JSON, SCHEMA_ORG, WEB_ANNOTATION, CSV)
"""Every form, the default first."""

__all__ = ["CONTRACT_JSON", "CSV", "FORMATS", "SCHEMA_ORG", "WEB_ANNOTATION", "Answer", "Format", "contract_body"]
