"""What an archive's run has made, to be written in every form."""

from __future__ import annotations

import json
from typing import Any

from service.formats.article import AttributedArticle
from service.formats.contract import contract_body
from tests.fakes import FakeAttributor

Results = list[dict[str, Any]]

PROBLEM = {"id": "c", "problem": {"type": "t", "title": "T", "status": 422, "detail": "text: is empty"}}


def made_from(texts: dict[str, str]) -> Results:
    """The results of these articles, and a failure."""
    answers = [
        {"id": name, "result": contract_body(AttributedArticle(FakeAttributor().attribute(text), text))}
        for name, text in texts.items()
    ]
    return [*json.loads(json.dumps(answers)), PROBLEM]
