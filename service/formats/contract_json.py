"""The contract's own JSON."""

from __future__ import annotations

import json
from typing import Any

from service.contract import render
from service.formats.answer import Answer


def contract_json(answer: Answer) -> str:
    """The answer as the contract has it, as text."""
    return json.dumps(contract_body(answer))


def contract_body(answer: Answer) -> dict[str, Any]:
    """The answer as the contract has it, as JSON values."""
    return render(
        answer.attribution,
        answer.text,
        offset_unit=answer.offset_unit,
        publisher=answer.publisher,
        language=answer.language,
        uri=answer.uri,
        with_text=answer.text_is_derived,
    )
