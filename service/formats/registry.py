"""Every format of an answer: of one article, by media type, and of an archive's result, by file name.

HTTP, the command line, the OpenAPI document and the docs read these tables; a new format is one more entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from service.formats.article import AttributedArticle
from service.formats.contract import contract_json
from service.formats.csv_table import csv_table, write_csv
from service.formats.json_lines import Result, read_lines, write_gzip
from service.formats.marked_html import marked_html
from service.formats.schema_org import news_article
from service.formats.web_annotation import annotation_collection


@dataclass(frozen=True, slots=True)
class ArticleFormat:
    """A format of the answer to one article.

    ``media_type`` is what ``Accept`` names, with the parameters that distinguish it from similar ones; ``json_type``
    is what JSON Schema calls the body.
    """

    media_type: str
    description: str
    write: Callable[[AttributedArticle], str]
    json_type: Literal["object", "string"] = "object"


@dataclass(frozen=True, slots=True)
class ArchiveFormat:
    """A format of an archive's result.

    ``write`` converts the JSON Lines file that is its first argument to the file that is its second; it is None if JSON
    Lines are the result. ``read`` reads the results back; it is None if the format does not keep all of them. ``needs``
    is a package that is not installed by default. ``needs_text`` requires lines with the articles' text, with offsets
    counted in its code points.
    """

    suffixes: tuple[str, ...]
    description: str
    write: Callable[[Path, Path], None] | None
    read: Callable[[Path], Iterator[Result]] | None = None
    needs: str | None = None
    needs_text: bool = False


CONTRACT_JSON = ArticleFormat("application/json", "The JSON described above (default).", contract_json)
SCHEMA_ORG = ArticleFormat("application/ld+json", "schema.org: a `NewsArticle` with `Quotation`s.", news_article)
WEB_ANNOTATION = ArticleFormat(
    'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    "W3C Web Annotation: an `AnnotationCollection`.",
    annotation_collection,
)
CSV = ArticleFormat("text/csv", "A header line, then one row per quote.", csv_table, "string")
EXCEL_CSV = ArticleFormat(
    "text/csv; profile=excel",
    "The same with a byte order mark, so that Excel recognises UTF-8.",
    partial(csv_table, byte_order_mark=True),
    "string",
)
MARKED_HTML = ArticleFormat(
    "text/html",
    'The article with each quote in a `<span class="quote">` carrying its speaker and outlet. HTML input is otherwise '
    "unchanged; any other input gets a `<p>` per line.",
    marked_html,
    "string",
)

ARTICLE_FORMATS = (CONTRACT_JSON, SCHEMA_ORG, WEB_ANNOTATION, CSV, EXCEL_CSV, MARKED_HTML)
"""The default first."""


def _write_parquet(lines: Path, target: Path) -> None:
    from service.formats import parquet_table  # needs pyarrow

    parquet_table.write(lines, target)


def _read_parquet(path: Path) -> Iterator[Result]:
    from service.formats import parquet_table

    return parquet_table.read(path)


def _write_database(lines: Path, target: Path) -> None:
    from service.attribution.outlets.registry import OutletRegistry  # with the whole engine, torch and all
    from service.database.writer import write_database

    registry = OutletRegistry.load()

    def publisher(name: str) -> tuple[str, str, str | None] | None:
        outlet = registry.identify(name, 0, len(name), registry.find(name))
        return (outlet.id, outlet.name, outlet.wikidata) if outlet else None

    write_database(read_lines(lines), target, publisher)


ARCHIVE_FORMATS = (
    ArchiveFormat((".jsonl", ".ndjson"), "One line per article, as in the batch endpoint's NDJSON.", None, read_lines),
    ArchiveFormat((".jsonl.gz", ".ndjson.gz"), "The same, gzipped.", write_gzip, read_lines),
    ArchiveFormat(
        (".excel.csv",),
        "One row per quote, with a byte order mark, so that Excel recognises UTF-8.",
        partial(write_csv, byte_order_mark=True),
    ),
    ArchiveFormat((".csv",), "One row per quote, in UTF-8.", write_csv),
    ArchiveFormat((".parquet",), "One row per article.", _write_parquet, _read_parquet, needs="pyarrow"),
    ArchiveFormat(
        (".db",), "SQLite: quotes, speakers and outlets across all articles.", _write_database, needs_text=True
    ),
)


def archive_format(path: Path) -> ArchiveFormat | None:
    """The format of a result with that name, None if there is none."""
    return next((form for form in ARCHIVE_FORMATS if path.name.endswith(form.suffixes)), None)


def archive_suffixes() -> str:
    """The names that a result may have, as a phrase for messages."""
    *others, last = (f"*{suffix}" for form in ARCHIVE_FORMATS for suffix in form.suffixes)
    return f"{', '.join(others)} or {last}"
