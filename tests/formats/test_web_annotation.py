from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import schema_org

from service.formats.article import AttributedArticle
from service.formats.registry import WEB_ANNOTATION
from service.formats.web_annotation import CONTEXT
from tests.fakes import MODEL
from tests.formats.vocabulary import as_model


@pytest.fixture
def collection(answer: AttributedArticle) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(WEB_ANNOTATION.write(answer))
    return parsed


def test_the_collection_is_as_the_standard_has_it(collection: dict[str, Any]) -> None:
    assert collection["@context"] == CONTEXT
    assert collection["type"] == "AnnotationCollection"
    assert collection["total"] == 5
    page = collection["first"]
    assert page["type"] == "AnnotationPage"
    assert page["startIndex"] == 0
    assert len(page["items"]) == 5
    ids = [collection["id"], page["id"], *(item["id"] for item in page["items"])]
    assert len(set(ids)) == len(ids)
    assert all(identifier.startswith("ni:///sha-256;") for identifier in ids)


def test_an_annotation_is_as_the_standard_has_it(collection: dict[str, Any]) -> None:
    for annotation in collection["first"]["items"]:
        assert annotation.keys() == {"id", "type", "motivation", "body", "target"}
        assert annotation["type"] == "Annotation"
        assert annotation["motivation"] == "identifying"
        assert [body["type"] for body in annotation["body"]][1:] == ["TextualBody"] * (len(annotation["body"]) - 1)


def test_both_selectors_find_the_quote(collection: dict[str, Any], answer: AttributedArticle) -> None:
    for annotation in collection["first"]["items"]:
        quote, position = annotation["target"]["selector"]
        assert quote["type"] == "TextQuoteSelector"
        assert position["type"] == "TextPositionSelector"
        assert answer.text[position["start"] : position["end"]] == quote["exact"]
        assert answer.text.count(quote["prefix"] + quote["exact"] + quote["suffix"]) == 1


def test_positions_are_code_points_whatever_was_asked_for(
    collection: dict[str, Any], answer: AttributedArticle
) -> None:
    assert json.loads(WEB_ANNOTATION.write(replace(answer, offset_unit="utf16"))) == collection


def test_the_bodies_tag_the_quote_and_tell_the_speaker_from_the_outlet(collection: dict[str, Any]) -> None:
    described, *tags = collection["first"]["items"][0]["body"]
    assert [tag["value"] for tag in tags] == ["Ada Brook", "Reuters", "The Courier", "Example.com"]
    assert {tag["purpose"] for tag in tags} == {"tagging"}
    assert described["type"] == "schema:Quotation"
    assert described["schema:creator"]["schema:name"] == "Ada Brook"
    assert described["schema:isBasedOn"][0]["schema:publisher"]["schema:name"] == "Reuters"


@pytest.mark.slow
def test_the_description_is_valid_schema_org(collection: dict[str, Any]) -> None:
    def without_prefix(node: Any) -> Any:
        if isinstance(node, list):
            return [without_prefix(item) for item in node]
        if isinstance(node, str):
            return node.removeprefix("schema:")
        return {
            "@type" if term == "type" else term.removeprefix("schema:"): without_prefix(value)
            for term, value in node.items()
            if term != "id"
        }

    for annotation in collection["first"]["items"]:
        assert isinstance(as_model(without_prefix(annotation["body"][0])), schema_org.Quotation)


def test_an_article_without_speech_has_an_empty_collection(answer: AttributedArticle) -> None:
    silent = replace(answer, attribution=replace(answer.attribution, quotes=(), model=MODEL))
    collection = json.loads(WEB_ANNOTATION.write(silent))
    assert collection["total"] == 0
    assert "first" not in collection
