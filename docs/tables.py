"""Generates the tables of the docs from the code: ``python -m docs.tables``.

A table is placed between ``<!-- NAME -->`` and ``<!-- end -->``; a test checks that it is up to date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter

from service import records
from service.errors import PROBLEM_TYPES
from service.formats.registry import ARCHIVE_FORMATS, ARTICLE_FORMATS
from service.http.body import FORMS
from service.intake.schemas import ARTICLE_FORMS, ArticleRequest
from service.settings import PROJECT_ROOT, markdown_table

PAGES = (PROJECT_ROOT / "README.md", *sorted((PROJECT_ROOT / "docs").glob("*.md")))
_BLOCK = re.compile(r"<!-- (?P<name>[a-z ]+) -->\n(?P<table>.*?)\n?<!-- end -->", re.DOTALL)


def main() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        renewed = _BLOCK.sub(_renewed, text)
        if renewed != text:
            page.write_text(renewed, encoding="utf-8")
            print(page.relative_to(PROJECT_ROOT))


def _renewed(found: re.Match[str]) -> str:
    return f"<!-- {found['name']} -->\n{TABLES[found['name']]()}\n<!-- end -->"


def tables_in(page: Path) -> Iterator[tuple[str, str]]:
    """The name and the present content of each table of a page."""
    for found in _BLOCK.finditer(page.read_text(encoding="utf-8")):
        yield found["name"], found["table"]


def _fields_of(record: type[Any]) -> str:
    schema = TypeAdapter(record).json_schema(mode="serialization")["properties"]
    hints = get_type_hints(record)
    rows = ((f"`{f.name}`", _type(hints[f.name]), schema[f.name].get("description", "")) for f in fields(record))
    return _table(("field", "type", "meaning"), rows)


def _type(hint: Any) -> str:
    """A field's type, as a reader of JSON would name it."""
    plain = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
    if get_origin(hint) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(hint))
    members = [member for member in get_args(hint) if member is not ...]
    if get_origin(hint) is tuple:
        return f"list of {_type(members[0])}"
    return " or ".join(map(_type, members)) if members else plain.get(hint, getattr(hint, "__name__", str(hint)))


def _request_fields() -> str:
    all_fields = ArticleRequest.model_fields
    ordered = {name: all_fields[name] for name in (*ARTICLE_FORMS, *all_fields)}
    rows = (
        (f"`{name}`", "" if field.default is None else f"`{str(field.default).lower()}`", field.description or "")
        for name, field in ordered.items()
    )
    return _table(("field", "default", "meaning"), rows)


def _article_bodies() -> str:
    media_types: dict[str, list[str]] = {}
    for media_type, field in FORMS.items():
        media_types.setdefault(field, []).append(f"`{media_type}`")
    rows = ((", ".join(types), f"`{field}`") for field, types in media_types.items())
    return _table(("`Content-Type`", "read as"), rows)


def _article_formats() -> str:
    return _table(("`Accept`", "answer"), ((f"`{form.media_type}`", form.description) for form in ARTICLE_FORMATS))


def _archive_formats() -> str:
    rows = (
        (
            ", ".join(f"`*{suffix}`" for suffix in form.suffixes),
            form.description,
            f"`{form.needs}`" if form.needs else "",
        )
        for form in ARCHIVE_FORMATS
    )
    return _table(("OUT", "content", "needs"), rows)


def _problems() -> str:
    return _table(
        ("status", "`type`", "meaning"), ((str(int(p.status)), f"`{p.uri}`", p.title + ".") for p in PROBLEM_TYPES)
    )


def _table(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heading = tuple(heading)
    lines = (heading, ("---",) * len(heading), *rows)
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


TABLES: dict[str, Callable[[], str]] = {
    "settings": markdown_table,
    "request": _request_fields,
    "article bodies": _article_bodies,
    "article formats": _article_formats,
    "archive formats": _archive_formats,
    "problems": _problems,
    **{
        record.__name__.lower(): lambda record=record: _fields_of(record)  # type: ignore[misc]
        for record in (records.Quote, records.Speaker, records.Outlet, records.Mention)
    },
}


if __name__ == "__main__":
    main()
