"""An answer of an earlier checkpoint that was written down: 20 quotes, some of them wrong, and no model needed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from service.records import Attribution
from service.settings import PROJECT_ROOT
from tests.fakes import FakeAttributor

ARTICLE = (PROJECT_ROOT / "tests" / "articles" / "film-prize.txt").read_text(encoding="utf-8")

_CONTRACT = TypeAdapter(Attribution)
_WRITTEN: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
_ECHOED = {name: _WRITTEN.pop(name) for name in ("publisher", "language")}
_RECORD = _CONTRACT.validate_python(_WRITTEN)

ANSWER: dict[str, Any] = _CONTRACT.dump_python(_RECORD, mode="json") | _ECHOED
"""What version 1.4.0 answered to ``ARTICLE``, with what is not speech, and with the fields that came later."""


class Recorded(FakeAttributor):
    """Answers for ``ARTICLE`` what the model once did, and for any other text what the fake does."""

    def answer_to(self, text: str, min_confidence: float, include_nonspeech: bool) -> Attribution:
        if text == ARTICLE:
            return _RECORD
        return super().answer_to(text, min_confidence, include_nonspeech)
