from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.bulk.facts import Facts, facts_of, iso_date

PAGE = """<!doctype html><html lang="de-CH"><head><title>Der Damm | Bote</title>
<meta property="og:site_name" content="Lindacher Bote"><meta name="date" content="2026-03-02">
<link rel="canonical" href="https://bote.example/damm">
<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "url": "https://bote.example"},
{"@type": "NewsArticle", "headline": "Der Damm", "datePublished": "2026-03-02T09:30:00+01:00"}]}</script>
</head><body><time datetime="1999-01-01">“Ja”</time>"""


def test_what_an_article_says_itself_comes_first() -> None:
    article = {"text": "a", "html": PAGE, "date": "2026-11-30", "publisher": " Valley\nPost ", "title": None, "id": 3}
    assert facts_of(article, None) == Facts(
        publisher="Valley Post", date="2026-11-30", title="Der Damm", uri="https://bote.example/damm", language="de-CH"
    )


def test_the_head_of_a_page() -> None:
    facts = facts_of({"html": PAGE}, "1999/12/31/a.html")
    assert facts.publisher == "Lindacher Bote"
    assert facts.date == "2026-03-02T08:30:00Z"
    assert facts.title == "Der Damm"


@pytest.mark.parametrize(
    "html", ["", "<p>“Ja”", "<head></head>", "<head><script type='application/ld+json'>[{</script></head>", "<body>"]
)
def test_a_page_that_says_nothing(html: str) -> None:
    assert facts_of({"html": html}, None) == Facts()


def test_a_ninjs_document() -> None:
    document = {
        "uri": "urn:newsml:1",
        "language": "en-GB",
        "contentCreated": "2026-03-02T08:30:00Z",
        "firstCreated": "2026-03-01T00:00:00Z",
        "headlines": [{"role": "main", "value": "The dam"}],
        "infoSources": [{"name": "Lindach Agency"}],
        "bodies": [],
    }
    assert facts_of({"ninjs": document}, None) == Facts(
        "Lindach Agency", "2026-03-02T08:30:00Z", "The dam", "urn:newsml:1", "en-GB"
    )


def test_a_ninjs_document_of_version_1() -> None:
    document = {
        "uri": "urn:1",
        "infosource": [{"name": "Lindach Agency"}],
        "copyrightholder": "Bote",
        "headline": "Dam",
    }
    assert facts_of({"ninjs": document}, None) == Facts("Lindach Agency", None, "Dam", "urn:1")


NITF = """<nitf xml:lang="en-IE"><head><title>bridge-2</title><docdata><doc-id id-string="tag:7"/>
<date.issue norm="20261130T083000Z"/></docdata></head><body><body.head><hedline><hl1>The <b>bridge</b></hl1></hedline>
<distributor>Tarn News</distributor></body.head><body.content>“Yes”</body.content></body></nitf>"""
NEWSML = """<newsItem guid="tag:7"><itemMeta><provider qcode="nprov:AFP"/><versionCreated>2026-11-30T09:30:00+01:00
</versionCreated></itemMeta><contentMeta><headline>The bridge</headline><language tag="en-IE"/></contentMeta>
<contentSet><inlineData contenttype="text/plain">“Yes”</inlineData></contentSet></newsItem>"""


@pytest.mark.parametrize(("document", "provider"), [(NITF, "Tarn News"), (NEWSML, "AFP")])
def test_an_xml_document(document: str, provider: str) -> None:
    assert facts_of({"xml": document}, None) == Facts(provider, "2026-11-30T08:30:00Z", "The bridge", "tag:7", "en-IE")
    assert facts_of({"xml": document[:-1]}, None) == Facts()


@pytest.mark.parametrize("path", ["2026/11/30/a.txt", "post/2026-11-30-a.txt", "20261130.txt"])
def test_a_date_in_the_path_is_better_than_none(path: str) -> None:
    assert facts_of({"text": "a"}, path) == Facts(date="2026-11-30")
    assert facts_of({"text": "a", "date": "2026-11-29"}, path) == Facts(date="2026-11-29")


@pytest.mark.parametrize("path", ["2026/11/a.txt", "120261130.txt", "2026-11/30/a.txt", "a.txt"])
def test_no_date_in_the_path(path: str) -> None:
    assert facts_of({}, path) == Facts()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-11-30", "2026-11-30"),
        ("2026-11-30T23:30:00-05:00", "2026-12-01T04:30:00Z"),
        ("2026-11-30T10:00", "2026-11-30T10:00:00"),
        ("Mon, 30 Nov 2026 10:00:00 +0100", "2026-11-30T09:00:00Z"),
        (date(2026, 11, 30), "2026-11-30"),
        (datetime(2026, 11, 30, 1, tzinfo=timezone(timedelta(hours=2))), "2026-11-29T23:00:00Z"),
        ("30/11/2026", None),
        ("0001-11-30", None),
        ("20261130", "2026-11-30"),
        ("9999-12-31T23:59:59-05:00", None),
        (datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-5))), None),
        ("soon", None),
        ("", None),
        (20261130, None),
        (None, None),
    ],
)
def test_dates(value: Any, expected: str | None) -> None:
    assert iso_date(value) == expected


@given(st.recursive(st.text() | st.none() | st.integers(), lambda v: st.lists(v) | st.dictionaries(st.text(), v)))
def test_nothing_said_is_too_odd(value: Any) -> None:
    for name in ("publisher", "date", "title", "uri", "html", "xml"):
        facts_of({name: value}, None)
    facts_of({"ninjs": {"headlines": value, "contentCreated": value}}, str(value))
