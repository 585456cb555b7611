"""Reads JSON-LD with schema.org's published vocabulary."""

from __future__ import annotations

from typing import Any

import schema_org


def as_model(node: Any) -> Any:
    """A node as the published vocabulary's own class, which knows its properties and what each of them may be."""
    if isinstance(node, list):
        return [as_model(item) for item in node]
    if not isinstance(node, dict):
        return node
    kind = getattr(schema_org, node.get("@type", "Person"))  # a speaker of unknown type may be one
    return kind(**{name: as_model(value) for name, value in node.items() if not name.startswith("@")})
