"""Archives to read: JSON Lines, plain or gzipped; folders of text, HTML, XML and ninjs files; Parquet."""

from __future__ import annotations

import gzip
import re
import shutil
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, cast

from service.bulk.entries import WORKING_SUFFIX, Entry, Source, fingerprint_of
from service.bulk.errors import SourceError
from service.bulk.facts import Facts
from service.errors import FieldError, Problem
from service.intake.ninjs import is_ninjs
from service.intake.parsing import invalid, parse_json, read_values
from service.intake.schemas import ARTICLE_FORMS

LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")

_DOCUMENTS = tuple(form for form in ARTICLE_FORMS if form != "text")
_FIELDS = (*_DOCUMENTS, *Facts.__dataclass_fields__)  # an article's fields other than id and text
_FORM_OF = {".txt": "text", ".html": "html", ".htm": "html", ".xml": "xml", ".json": None}  # by suffix; None: JSON
_CHARSET = re.compile(
    rb"(?:<meta[^>]{0,200}charset=|<\?xml[^>]{0,200}encoding=)[\"']?([\w.-]+)",
    re.IGNORECASE,
)


def open_source(path: Path, *, id_field: str, text_field: str, max_line_bytes: int) -> Source:
    """The archive at ``path``, whose name determines its kind. Raises ``SourceError`` if it is not an archive."""
    if path.is_dir():
        return Folder(path, text_field)
    if not path.is_file():
        raise SourceError(f"{path} does not exist")
    if path.name.endswith(LINES):
        return Lines(path, max_line_bytes, text_field)
    if path.suffix == ".parquet":
        return _parquet(path, (id_field, text_field, *_FIELDS))
    raise SourceError(f"{path} is neither a folder nor named *{', *'.join((*LINES, '.parquet'))}")


def keep_standard_input(lines: BinaryIO, folder: Path) -> Path:
    """Save JSON Lines from a stream to a file in ``folder``, so that the run can be resumed. Returns the file."""
    folder.mkdir(exist_ok=True)
    kept, draft = folder / "input.jsonl", folder / "input.draft"
    with draft.open("wb") as file:
        shutil.copyfileobj(lines, file, 1 << 20)
    return draft.replace(kept)


def _parquet(path: Path, fields: Sequence[str]) -> Source:
    try:
        from service.bulk.parquet import ParquetArchive
    except ImportError:
        raise SourceError(f"{path} needs pyarrow: install the extra `bulk`") from None
    return ParquetArchive(path, fields)


@dataclass(frozen=True)
class Lines:
    """A file with an article, or a ninjs document, in each line that is not blank. ``size`` is in bytes of the file."""

    path: Path
    max_line_bytes: int
    text_field: str = "text"

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    @property
    def fingerprint(self) -> str:
        return fingerprint_of([self.path])

    def entries(self) -> Iterator[Entry]:
        with self.path.open("rb") as file:
            lines = gzip.GzipFile(fileobj=file) if self.path.suffix == ".gz" else file
            try:
                if lines.peek(len(BOM_UTF8)).startswith(BOM_UTF8):
                    lines.read(len(BOM_UTF8))
                for value in read_values(cast(BinaryIO, lines), self.max_line_bytes):
                    yield Entry(_article_of(value, self.text_field), file.tell())
            except (OSError, EOFError, zlib.error) as error:
                raise SourceError(f"{self.path} is damaged: {error}") from error


@dataclass(frozen=True)
class Folder:
    """A folder with one article per file, at any depth. A file's id is its path relative to the folder.

    ``*.txt`` is text, ``*.html`` and ``*.htm`` HTML, ``*.xml`` a NewsML-G2 or NITF document, ``*.json`` a ninjs
    document or an object like a line of JSON Lines. ``size`` is in files; ``text_field`` is the name of the field that
    holds an article's text.
    """

    path: Path
    text_field: str

    @cached_property
    def files(self) -> list[Path]:
        return sorted(filter(self._is_article, self.path.rglob("*")))

    @property
    def size(self) -> int:
        return len(self.files)

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.files)

    def entries(self) -> Iterator[Entry]:
        for number, file in enumerate(self.files, start=1):
            yield Entry(self._article(file), number, id=file.relative_to(self.path).as_posix())

    def _is_article(self, file: Path) -> bool:
        """Whether a file has a known suffix and is not in a run's working folder."""
        folders = file.relative_to(self.path).parent.parts
        is_working = any(folder.endswith(WORKING_SUFFIX) for folder in folders)
        return file.suffix.lower() in _FORM_OF and not is_working and file.is_file()

    def _article(self, file: Path) -> Any:
        """A file's article as a JSON value, or the ``Problem`` with it."""
        try:
            content = file.read_bytes().removeprefix(BOM_UTF8)
            match form := _FORM_OF[file.suffix.lower()]:
                case None:
                    return _article_of(parse_json(content), self.text_field)
                case "text":
                    return {self.text_field: content.decode("utf-8")}
            return {form: _decoded(content)}
        except OSError as error:
            return invalid([FieldError("text", f"cannot be read: {error.strerror}")])
        except UnicodeDecodeError as error:
            return invalid([FieldError("text", f"is not UTF-8: byte {error.start} is invalid")])
        except Problem as problem:
            return problem


def _article_of(value: Any, text_field: str) -> Any:
    """The value; a bare ninjs document is wrapped as the article's ``ninjs`` field."""
    return {"ninjs": value} if is_ninjs(value) and not {text_field, *_DOCUMENTS} & value.keys() else value


def _decoded(page: bytes) -> str:
    """HTML or XML decoded as UTF-8, as UTF-16 with a byte-order mark, or by the encoding that it declares; else as
    Windows-1252."""
    if page.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return page.decode("utf-16", "replace")
    try:
        return page.decode("utf-8")
    except UnicodeDecodeError:
        named = _CHARSET.search(page, 0, 2048)
    try:
        return page.decode(named[1].decode("ascii") if named else "cp1252", "replace")
    except (LookupError, UnicodeError):  # an unknown encoding
        return page.decode("cp1252", "replace")
