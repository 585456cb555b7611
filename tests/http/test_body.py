"""Articles as bodies by themselves, compressed ones, XML, and where quotes stand in the HTML that was sent."""

from __future__ import annotations

import gzip
import json
import random
import time
from html import escape
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.fakes import FakeAttributor
from tests.http.assertions import assert_problem
from tests.http.conftest import MakeApp, ready

PATH = "/v1/attributions"
HTML = "<h1>Bridge</h1><p>&ldquo;We are <em>ready</em>,&rdquo; Ada Brook told Reuters.</p>"
CURLY = HTML.replace("&ldquo;", "“").replace("&rdquo;", "”")
NITF = f"""<?xml version="1.0" encoding="ISO-8859-1"?>
<nitf xml:lang="en-IE"><head><docdata><doc-id id-string="tag:7"/></docdata></head>
<body><body.head><distributor>Tarn News</distributor></body.head><body.content>{CURLY}</body.content></body></nitf>"""
NEWSML = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="tag:7">
<itemMeta><provider><name>Tarn News</name></provider></itemMeta><contentMeta><language tag="en-IE"/></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><body>{CURLY}</body></html></inlineXML></contentSet></newsItem>"""
TEXT = "Bridge\n“We are ready,” Ada Brook told Reuters."


def quotes(answer: dict[str, Any]) -> list[tuple[str, str | None, str | None]]:
    return [
        (q["text"], q["speaker"] and q["speaker"]["name"], q["outlet"] and q["outlet"]["id"]) for q in answer["quotes"]
    ]


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("text/plain", TEXT.encode()),
        ("text/plain; charset=utf-16", TEXT.encode("utf-16")),
        ("text/html; charset=windows-1252", HTML.encode("cp1252")),
        ("application/xml", NEWSML.encode()),
        ("application/vnd.iptc.g2.newsitem+xml; charset=utf-8", NEWSML.encode()),
        ("text/xml", NITF.replace("ISO-8859-1", "windows-1252").encode("cp1252")),
    ],
)
def test_an_article_may_be_the_body(client: FlaskClient, media_type: str, body: bytes) -> None:
    answer = client.post(PATH, data=body, content_type=media_type).get_json()
    assert quotes(answer) == [("We are ready,", "Ada Brook", "reuters")]


@pytest.mark.parametrize(
    "fields",
    [
        {"text": TEXT},
        {"html": HTML},
        {"ninjs": {"uri": "tag:7", "body_html": HTML}},
        {"ninjs": {"uri": "tag:7", "body_text": TEXT}},
        {"ninjs": {"uri": "tag:7", "bodies": [{"contenttype": "text/html", "value": HTML}]}},
        {"ninjs": {"uri": "tag:7", "bodies": [{"contentType": "text/html", "value": HTML}]}},
        {"xml": NITF},
        {"xml": NEWSML},
    ],
)
def test_an_article_gets_the_same_answer_in_every_form(client: FlaskClient, fields: dict[str, Any]) -> None:
    answer = client.post(PATH, json=fields).get_json()
    expected = client.post(PATH, json={"text": TEXT}).get_json()
    assert answer["quotes"] == expected["quotes"]
    assert answer["warnings"] == []


def test_what_an_xml_document_says_is_echoed(client: FlaskClient) -> None:
    for document in (NITF, NEWSML):
        answer = client.post(PATH, json={"xml": document}).get_json()
        assert (answer["publisher"], answer["language"], answer["uri"]) == ("Tarn News", "en-IE", "tag:7")
        assert answer["text"] == TEXT


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (f"<inlineData>{escape(CURLY)}</inlineData>", TEXT),
        (f"<inlineData><![CDATA[{HTML}]]></inlineData>", TEXT),
        (f"<inlineData>{CURLY}</inlineData>", TEXT),
        (f'<inlineData contenttype="text/html">{escape(CURLY)}</inlineData>', TEXT),
        (f"<inlineData>{TEXT}</inlineData>", TEXT),
        ("<inlineData>“We use the &lt;p&gt; tag,” said Brook.</inlineData>", "“We use the <p> tag,” said Brook."),
        ('<inlineData contenttype="text/plain">&lt;p>“No.”&lt;/p></inlineData>', "<p>“No.”</p>"),
    ],
)
def test_inline_data_is_html_where_its_type_or_its_tags_say_so(client: FlaskClient, data: str, text: str) -> None:
    item = f"<newsItem><contentSet>{data}</contentSet></newsItem>"
    assert client.post(PATH, json={"xml": item}).get_json()["text"] == text


@pytest.mark.parametrize(
    "fields",
    [
        {"ninjs": {"uri": "tag:7", "headline": "Bridge opens", "byline": "By Jo Vale", "body_text": TEXT}},
        {"ninjs": {"uri": "a:b", "headlines": [{"value": "Bridge opens"}], "byline": "By Jo Vale", "body_text": TEXT}},
        {"xml": NEWSML.replace("<language", "<headline>Bridge opens</headline><by>By Jo Vale</by><language")},
        {
            "xml": NITF.replace(
                "<body.head>",
                "<body.head><hedline><hl1>Bridge opens</hl1></hedline><byline>By <person>Jo Vale</person></byline>",
            )
        },
    ],
)
def test_the_headline_and_the_byline_of_a_document_are_echoed(client: FlaskClient, fields: dict[str, Any]) -> None:
    answer = client.post(PATH, json=fields).get_json()
    assert (answer["headline"], answer["byline"]) == ("Bridge opens", "By Jo Vale")
    assert quotes(answer) == [("We are ready,", "Ada Brook", "reuters")]
    node = client.post(PATH, json=fields, headers={"Accept": "application/ld+json"}).get_json(force=True)
    assert node["headline"] == "Bridge opens"


def test_a_document_without_headline_and_byline_has_none(client: FlaskClient) -> None:
    for document in (NITF, NEWSML):
        assert not {"headline", "byline"} & client.post(PATH, json={"xml": document}).get_json().keys()


PACKAGE = f"""<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="tag:picture"><itemMeta><provider literal="Pictures"/></itemMeta>
<contentMeta><language tag="fr"/></contentMeta><contentSet><remoteContent href="a.jpg"/></contentSet></newsItem>
{NEWSML.replace("<name>Tarn News</name>", "").replace("<provider>", '<provider qcode="nprov:Tarn News">')}
</itemSet></newsMessage>"""
WITH_NITF = f"""<newsMessage><newsItem guid="tag:picture"><itemMeta><provider literal="Pictures"/></itemMeta></newsItem>
<newsItem guid="tag:7"><contentMeta><language tag="en-IE"/></contentMeta><contentSet><inlineXML>
{NITF.partition("?>")[2]}</inlineXML></contentSet></newsItem></newsMessage>"""


@pytest.mark.parametrize("document", [PACKAGE, WITH_NITF])
def test_of_a_package_the_item_that_is_read_is_told_of(client: FlaskClient, document: str) -> None:
    answer = client.post(PATH, json={"xml": document}).get_json()
    assert (answer["publisher"], answer["language"], answer["uri"]) == ("Tarn News", "en-IE", "tag:7")
    assert answer["text"] == TEXT


def test_agency_copy_is_called_that(client: FlaskClient) -> None:
    answer = client.post(PATH, json={"xml": NITF, "publisher": "The Ferry Post"}).get_json()
    assert answer["publisher"] == "The Ferry Post"
    assert answer["warnings"] == ["agency copy: the article was provided by Tarn News"]


@pytest.mark.parametrize("publisher", ["The Tarn News", "TARN NEWS", "Tarn\u00a0News ", "Tàrn News"])
def test_a_publisher_s_own_copy_is_none_of_an_agency(client: FlaskClient, publisher: str) -> None:
    assert client.post(PATH, json={"xml": NITF, "publisher": publisher}).get_json()["warnings"] == []


@pytest.mark.parametrize(
    "document",
    [
        "<nitf>",
        "<a>“No.”</a>",
        "no XML",
        "<nitf><body><body.content/></body></nitf>",
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><nitf><body><body.content>&b;</body.content></body></nitf>x',
    ],
)
def test_xml_at_fault(client: FlaskClient, document: str) -> None:
    problem = assert_problem(client.post(PATH, json={"xml": document}), 422, "invalid-request")
    assert [error["field"] for error in problem["errors"]] == ["xml"]


def test_nothing_outside_a_document_is_read(client: FlaskClient) -> None:
    document = '<!DOCTYPE n [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + NITF.partition("?>")[2].replace(
        "Bridge", "&b;"
    )
    assert "root:" not in client.post(PATH, json={"xml": document}).get_data(as_text=True)


def test_options_go_into_the_query(client: FlaskClient) -> None:
    answer = client.post(
        f"{PATH}?publisher=The+Ferry+Post&min_confidence=0.75&include_nonspeech=true",
        data=TEXT,
        content_type="text/plain",
    ).get_json()
    assert answer["publisher"] == "The Ferry Post"
    assert answer["quotes"][0]["outlet"] is None
    assert answer["warnings"] == ["nonspeech included"]


def test_a_text_in_the_query_stays_a_text(client: FlaskClient) -> None:
    answer = client.post(f"{PATH}?publisher=true", data=TEXT, content_type="text/plain").get_json()
    assert answer["publisher"] == "true"


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("text=a", "text: cannot be given in the query: the body is the article"),
        ("ninjs=a", "ninjs: cannot be given in the query: the body is the article"),
        ("publisher=a&publisher=b", "publisher: is given twice"),
    ],
)
def test_what_the_query_cannot_have(client: FlaskClient, query: str, detail: str) -> None:
    response = client.post(f"{PATH}?{query}", data="<p>a", content_type="text/html")
    assert assert_problem(response, 422, "invalid-request")["detail"] == detail


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("text=a", "text"),
        ("min_confidence=2", "min_confidence"),
        ("min_confidence=a", "min_confidence"),
        ("include_nonspeech=1", "include_nonspeech"),
        ("a=b", "a"),
    ],
)
def test_options_at_fault(client: FlaskClient, query: str, field: str) -> None:
    problem = assert_problem(
        client.post(f"{PATH}?{query}", data="a", content_type="text/plain"), 422, "invalid-request"
    )
    assert [error["field"] for error in problem["errors"]] == [field]


@pytest.mark.parametrize(
    ("body", "media_type", "status", "kind"),
    [
        (b"\xff", "text/plain", 400, "malformed-body"),
        (b"a", "text/plain; charset=zip", 415, "unsupported-media-type"),
        (b"a", "text/plain; charset=utf-7", 415, "unsupported-media-type"),
        (b"", "text/plain", 400, "no-body"),
        (b" ", "text/plain", 422, "invalid-request"),
        (b"<p>", "text/html", 422, "invalid-request"),
    ],
)
def test_bodies_at_fault(client: FlaskClient, body: bytes, media_type: str, status: int, kind: str) -> None:
    assert_problem(client.post(PATH, data=body, content_type=media_type), status, kind)


def test_a_body_may_be_gzipped(client: FlaskClient) -> None:
    gzipped = {"Content-Encoding": "gzip"}
    body = gzip.compress(json.dumps({"text": TEXT}).encode())
    answer = client.post(PATH, data=body, content_type="application/json", headers=gzipped)
    assert len(answer.get_json()["quotes"]) == 1
    answer = client.post(PATH, data=gzip.compress(TEXT.encode()), content_type="text/plain", headers=gzipped)
    assert len(answer.get_json()["quotes"]) == 1
    batch = gzip.compress(json.dumps({"articles": [{"text": TEXT}]}).encode())
    answer = client.post(f"{PATH}/batch", data=batch, content_type="application/json", headers=gzipped)
    assert len(answer.get_json()["results"][0]["result"]["quotes"]) == 1


@pytest.mark.parametrize("size", [1, 7, 5000])
def test_a_gzipped_body_may_have_several_members(client: FlaskClient, size: int) -> None:
    text = TEXT + "\n" + random.Random(1).randbytes(4000).hex()
    whole = text.encode()
    members = b"".join(gzip.compress(whole[start : start + size]) for start in range(0, len(whole), size))
    answer = client.post(PATH, data=members, content_type="text/html", headers={"Content-Encoding": "gzip"}).get_json()
    assert answer["text"].split() == text.split()


def test_many_members_take_no_longer_than_few(make_app: MakeApp, attributor: FakeAttributor) -> None:
    client = ready(make_app(attributor)).test_client()
    members = gzip.compress(b"") * 150_000
    began = time.thread_time()
    response = client.post(PATH, data=members, content_type="text/plain", headers={"Content-Encoding": "gzip"})
    assert time.thread_time() - began < 5
    assert_problem(response, 422, "invalid-request")


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        (b"a", 400, "malformed-body"),
        (gzip.compress(TEXT.encode())[:-9], 400, "malformed-body"),
        (gzip.compress(TEXT.encode()) + b"garbage", 400, "malformed-body"),
        (gzip.compress(TEXT.encode()) + gzip.compress(TEXT.encode())[:-9], 400, "malformed-body"),
        (gzip.compress(b"a" * 3_000_000) * 2, 413, "too-large"),
        (gzip.compress(b"a" * 100_000_000), 413, "too-large"),
    ],
)
def test_gzip_at_fault(client: FlaskClient, body: bytes, status: int, kind: str) -> None:
    response = client.post(PATH, data=body, content_type="text/plain", headers={"Content-Encoding": "gzip"})
    assert_problem(response, status, kind)


@pytest.mark.parametrize(("unit", "width", "encoding"), [("codepoint", 4, "utf-32-le"), ("utf8", 1, "utf-8")])
def test_quotes_are_found_in_the_html_again(client: FlaskClient, unit: str, width: int, encoding: str) -> None:
    html = f"<p>🌉</p>{HTML}"
    asked = {"html": html, "source_offsets": True, "offset_unit": unit}
    source = client.post(PATH, json=asked).get_json()["source"]
    (place,) = source["quotes"]
    words = html.encode(encoding)[place["start"] * width : place["end"] * width].decode(encoding)
    assert (source["field"], place["id"], words) == ("html", "q1", "We are <em>ready</em>,")
    assert "source" not in client.post(PATH, json={"html": html}).get_json()
    assert "source" not in client.post(PATH, json={"text": "a", "source_offsets": True}).get_json()


def test_the_html_that_was_sent_comes_back_marked(client: FlaskClient) -> None:
    response = client.post(PATH, json={"html": HTML}, headers={"Accept": "text/html"})
    opening = '<span class="quote" data-quote="q1" data-kind="speech" data-speaker="Ada Brook" data-outlet="Reuters">'
    marked = response.get_data(as_text=True)
    assert marked == HTML.replace("We are ", f"{opening}We are </span>").replace(
        "ready</em>,", f"{opening}ready</span></em>{opening},</span>"
    )
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_text_comes_back_as_marked_paragraphs(client: FlaskClient) -> None:
    posted = {"text": "Bridge & Sons <b>\n“We are\nready,” Ada Brook told Reuters."}
    marked = client.post(PATH, json=posted, headers={"Accept": "text/html"}).get_data(as_text=True)
    assert marked.startswith('<p>Bridge &amp; Sons &lt;b&gt;</p>\n<p>“<span class="quote"')
    assert marked.count("</span></p>\n<p><span") == 1
