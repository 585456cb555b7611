"""An answer of the shipped checkpoint that was written down: 20 quotes, some of them wrong, and no model needed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from service.records import Attribution
from service.settings import PROJECT_ROOT
from tests.fakes import FakeAttributor, FakeDocument

ANSWER: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
"""What version 1.4.0 answered to ``ARTICLE``, with everything that nobody said."""
ARTICLE = (PROJECT_ROOT / "tests" / "articles" / "film-prize.txt").read_text(encoding="utf-8")

_ECHOED = ("publisher", "language")


class Recorded(FakeAttributor):
    """Answers for ``ARTICLE`` what the model once did, and for any other text what the fake does."""

    def answer(
        self,
        document: FakeDocument,
        vectors: Sequence[None],
        *,
        min_confidence: float = 0.0,
        include_nonspeech: bool = False,
    ) -> Attribution:
        if document.text == ARTICLE:
            given = {name: value for name, value in ANSWER.items() if name not in _ECHOED}
            recorded: Attribution = TypeAdapter(Attribution).validate_python(given)
            return recorded
        return super().answer(document, vectors, min_confidence=min_confidence, include_nonspeech=include_nonspeech)
