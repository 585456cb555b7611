"""The registry of known news outlets: its records, and how they are read from ``service/data/outlets.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_args

from service.data.outlet_words import Medium

SHIPPED_REGISTRY = Path(__file__).resolve().parents[2] / "data" / "outlets.toml"

_LISTS = frozenset({"aliases", "short_names", "programmes", "ambiguous"})


@dataclass(frozen=True, slots=True)
class KnownOutlet:
    """An entry of the registry.

    ``aliases`` are other names it goes by; ``short_names`` ("the Post") stand for it only where the article also names
    it in full; ``programmes`` are what it broadcasts or publishes under a title of their own, and like short names may
    belong to several outlets. Names listed in ``ambiguous`` mean other things as well, so that a match of one needs
    evidence around it. ``country`` is an ISO 3166-1 alpha-2 code.
    """

    id: str
    name: str
    country: str
    medium: Medium
    domain: str | None = None
    aliases: tuple[str, ...] = ()
    short_names: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    wikidata: str | None = None


def read_outlets(path: Path = SHIPPED_REGISTRY) -> tuple[KnownOutlet, ...]:
    """The outlets of a registry file in its order. Raises ``ValueError`` where the file is malformed."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(_outlet(key, table) for key, table in tables.items())
    except ValueError as error:  # malformed TOML, an id given twice and wrong encoding among them
        raise ValueError(f"{path}: {error}") from error


def _outlet(key: str, table: object) -> KnownOutlet:
    known = {f.name for f in fields(KnownOutlet)} - {"id"}
    if not isinstance(table, dict) or not {"name", "country", "medium"} <= table.keys() <= known:
        raise ValueError(f"outlet {key!r} must have name, country and medium, and may have {', '.join(sorted(known))}")
    if table["medium"] not in get_args(Medium):
        raise ValueError(f"outlet {key!r} has an unknown medium: {table['medium']!r}")
    return KnownOutlet(id=key, **{name: _value(key, name, table) for name in table})


def _value(key: str, name: str, table: Mapping[str, Any]) -> Any:
    value = table[name]
    items = value if name in _LISTS and isinstance(value, list) else [value]
    if isinstance(value, list) != (name in _LISTS) or not all(isinstance(v, str) and v.strip() for v in items):
        raise ValueError(f"outlet {key!r} has a malformed {name}: {value!r}")
    return tuple(items) if name in _LISTS else value
