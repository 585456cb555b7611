"""Every form that an answer can take: for one article, by media type, and for an archive's result, by file name.

HTTP, the command line, the OpenAPI document and the docs read these tables; a new form is a line in one of them.
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
    """A form of the answer to one article.

    ``media_type`` is what ``Accept`` asks for, with the parameters that tell it from others of its kind; ``json_type``
    is what JSON Schema calls the body.
    """

    media_type: str
    description: str
    write: Callable[[AttributedArticle], str]
    json_type: Literal["object", "string"] = "object"


@dataclass(frozen=True, slots=True)
class ArchiveFormat:
    """A form of an archive's result.

    ``write`` makes the file that is its second argument from the JSON Lines that are its first, None where these are
    the result; ``read`` gives back the results, None where the form does not hold all of them. ``needs`` is a package
    that is not installed by default; ``needs_text`` says that the lines must have the articles' text, in whose code
    points offsets count.
    """

    suffixes: tuple[str, ...]
    description: str
    write: Callable[[Path, Path], None] | None
    read: Callable[[Path], Iterator[Result]] | None = None
    needs: str | None = None
    needs_text: bool = False


CONTRACT_JSON = ArticleFormat("application/json", "The contract's own, by default.", contract_json)
SCHEMA_ORG = ArticleFormat("application/ld+json", "schema.org: a `NewsArticle` of `Quotation`s.", news_article)
WEB_ANNOTATION = ArticleFormat(
    'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    "A W3C `AnnotationCollection`.",
    annotation_collection,
)
CSV = ArticleFormat("text/csv", "A header, then a row for each quote.", csv_table, "string")
EXCEL_CSV = ArticleFormat(
    "text/csv; profile=excel",
    "The same after a byte order mark, by which Excel knows UTF-8.",
    partial(csv_table, byte_order_mark=True),
    "string",
)
MARKED_HTML = ArticleFormat(
    "text/html",
    "The article with each quote in a `span` of class `quote` that says whose it is: in the HTML that was sent, "
    "otherwise as it is, or in a paragraph for each line of text.",
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

    def publisher(name: str) -> tuple[str, str] | None:
        outlet = registry.identify(name, 0, len(name), registry.find(name))
        return (outlet.id, outlet.name) if outlet else None

    write_database(read_lines(lines), target, publisher)


ARCHIVE_FORMATS = (
    ArchiveFormat(
        (".jsonl", ".ndjson"), "A line for each article, as the batch endpoint answers it.", None, read_lines
    ),
    ArchiveFormat((".jsonl.gz", ".ndjson.gz"), "The same, gzipped.", write_gzip, read_lines),
    ArchiveFormat(
        (".excel.csv",),
        "A row for each quote, after a byte order mark, by which Excel knows UTF-8.",
        partial(write_csv, byte_order_mark=True),
    ),
    ArchiveFormat((".csv",), "A row for each quote; UTF-8.", write_csv),
    ArchiveFormat((".parquet",), "A row for each article.", _write_parquet, _read_parquet, needs="pyarrow"),
    ArchiveFormat(
        (".db",), "SQLite: quotes, speakers and outlets over all articles.", _write_database, needs_text=True
    ),
)


def archive_format(path: Path) -> ArchiveFormat | None:
    """The form of a result of that name, None where there is none."""
    return next((form for form in ARCHIVE_FORMATS if path.name.endswith(form.suffixes)), None)


def archive_suffixes() -> str:
    """The names that a result may have, for people."""
    *others, last = (f"*{suffix}" for form in ARCHIVE_FORMATS for suffix in form.suffixes)
    return f"{', '.join(others)} or {last}"
