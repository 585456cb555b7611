"""An archive's result with something of everything."""

from __future__ import annotations

from typing import Any

from service.formats.json_lines import Result

HOSTILE = "<script>alert(1)</script>"


def answered(id_: str, *quotes: dict[str, Any]) -> Result:
    return {"id": id_, "result": {"model": {"name": "fake", "version": "0"}, "publisher": None, "quotes": quotes}}


def quote(speaker: str | None = None, outlet: str | None = None, kind: str = "speech") -> dict[str, Any]:
    return {
        "text": f"What {speaker} said {HOSTILE}",
        "kind": kind,
        "speaker": {"name": speaker, "confidence": 0.83} if speaker else None,
        "outlet": {"name": outlet, "confidence": 1.0} if outlet else None,
    }


RESULTS = (
    answered("a", quote("Ada Brook", "Reuters"), quote("Ada Brook", "Reuters"), quote("Ada Brook"), quote()),
    answered("b", quote("Ada Brook", "HuffPost"), quote(f"Bo {HOSTILE}", "Reuters"), quote(kind="nonspeech")),
    answered("c"),
    {"id": "d", "problem": {"title": "The request does not fit the schema", "detail": f"text: is {HOSTILE}"}},
)
