from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import schema_org
from pydantic import ValidationError

from service.formats.article import AttributedArticle
from service.formats.registry import SCHEMA_ORG
from service.formats.schema_org import quotation
from tests.formats.vocabulary import as_model


@pytest.fixture
def article(answer: AttributedArticle) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(SCHEMA_ORG.write(answer))
    return parsed


@pytest.mark.slow
def test_it_is_valid_schema_org(article: dict[str, Any]) -> None:
    model = as_model(article)
    assert isinstance(model, schema_org.NewsArticle)
    assert len(model.has_part) == 5


@pytest.mark.slow
def test_the_validation_knows_a_fault(article: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        as_model(article | {"headlines": "No such property"})
    with pytest.raises(ValidationError):
        as_model({"@type": "Quotation", "creator": {"@type": "Place", "name": "not who could say it"}})


def test_the_article(article: dict[str, Any]) -> None:
    assert article["@context"] == "https://schema.org"
    assert article["@type"] == "NewsArticle"
    assert article["publisher"] == {"@type": "Organization", "name": "The Ferry Post"}


@pytest.mark.slow
def test_the_language_and_the_text_made_of_html(answer: AttributedArticle, article: dict[str, Any]) -> None:
    assert not {"inLanguage", "articleBody"} & set(article)
    derived = json.loads(SCHEMA_ORG.write(replace(answer, language="en-GB", text_is_derived=True)))
    assert as_model(derived).article_body == answer.text
    assert derived["inLanguage"] == "en-GB"
    assert derived["articleBody"] == answer.text


def test_without_a_publisher_none_is_made_up(answer: AttributedArticle) -> None:
    assert "publisher" not in json.loads(SCHEMA_ORG.write(replace(answer, publisher=None)))


def test_a_quotation_with_its_speaker_and_the_outlets_reports(article: dict[str, Any]) -> None:
    first = article["hasPart"][0]
    assert {name: first[name] for name in ("@id", "@type", "text", "creator")} == {
        "@id": "#q1",
        "@type": "Quotation",
        "text": "We are ready,",
        "creator": {"@type": "Person", "@id": "#s1", "name": "Ada Brook", "description": "mayor"},
    }
    reuters, courier, _ = first["isBasedOn"]
    assert reuters == {
        "@type": "CreativeWork",
        "publisher": {
            "@type": "NewsMediaOrganization",
            "identifier": "reuters",
            "name": "Reuters",
            "sameAs": "http://www.wikidata.org/entity/Q130879",
        },
    }
    assert courier["publisher"]["name"] == "The Courier"


def test_the_report_of_one_outlet_is_no_list(answer: AttributedArticle) -> None:
    first = replace(answer.attribution.quotes[0], outlets_also=())
    assert quotation(first)["isBasedOn"]["publisher"]["name"] == "Reuters"


def test_speakers_that_are_no_persons(article: dict[str, Any]) -> None:
    _, memo, residents, somebody, unclosed = article["hasPart"]
    assert memo["isPartOf"] == {"@type": "CreativeWork", "@id": "#s2", "name": "a memo"}
    assert residents["creator"] == {"@type": "Organization", "@id": "#s3", "name": "residents"}
    assert somebody["creator"] == {"@id": "#s4", "name": "somebody"}
    assert "creator" not in unclosed


def test_what_nobody_said_is_no_quotation(article: dict[str, Any]) -> None:
    assert "the Bridge" not in [part["text"] for part in article["hasPart"]]
