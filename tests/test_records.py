"""The records and what is made of them: their schema, and the labels of the network."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from service import records
from service.attribution.model.config import BASES, KINDS, ROLES, TYPES
from service.http.example import EXAMPLE_ANSWER

QUOTE = TypeAdapter(records.Quote)
RECORDS = [records.Mention, records.Speaker, records.Outlet, records.Quote, records.ModelInfo, records.Attribution]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_the_schema_asks_for_every_field_and_no_other(record: type[Any]) -> None:
    schema = TypeAdapter(record).json_schema(mode="serialization")
    assert set(schema["required"]) == set(schema["properties"]) == {field.name for field in fields(record)}
    assert schema["additionalProperties"] is False
    assert schema["description"] == record.__doc__


def test_a_field_s_description_is_the_string_under_it() -> None:
    closed = QUOTE.json_schema(mode="serialization")["properties"]["closed"]
    assert closed["description"] == "False if the closing mark is missing."


def test_json_gives_the_record_back() -> None:
    for quote in EXAMPLE_ANSWER["quotes"]:
        assert QUOTE.dump_python(QUOTE.validate_python(quote), mode="json") == quote


@pytest.mark.parametrize("fault", [{"start": -1}, {"confidence": 1.1}, {"kind": "song"}, {"outlets": []}])
def test_an_invalid_answer_is_rejected(fault: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        QUOTE.validate_python(EXAMPLE_ANSWER["quotes"][0] | fault)


def test_the_network_s_labels_are_the_contract_s() -> None:
    for labels, literal in (
        (KINDS, records.QuoteKind),
        (TYPES, records.SpeakerType),
        (BASES, records.OutletBasis),
        (ROLES, records.OutletRole),
    ):
        assert set(labels) == set(get_args(literal))
