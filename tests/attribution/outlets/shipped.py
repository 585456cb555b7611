"""The shipped registry, and what it finds in texts."""

from __future__ import annotations

from service.attribution.outlets.known import KnownOutlet
from service.attribution.outlets.registry import OutletRegistry

REGISTRY = OutletRegistry.load()


def found(text: str) -> list[tuple[str, str]]:
    """The words and the outlet's id of every match that is not ambiguous."""
    return [(text[m.start : m.end], m.outlet.id) for m in REGISTRY.find(text) if not m.ambiguous]


def outlet(key: str, name: str, **values: tuple[str, ...]) -> KnownOutlet:
    return KnownOutlet(id=key, name=name, country="US", medium="newspaper", **values)  # type: ignore[arg-type]
