"""NewsML-G2 and NITF."""

from __future__ import annotations

import time

import pytest

from service.intake.xml import UnreadableXmlError, read_xml

NITF = """<?xml version="1.0" encoding="UTF-16"?><nitf xml:lang="en-IE"><head><docdata><doc-id id-string="tag:7"/>
<date.issue norm="2026-03-02"/></docdata></head><body><body.head><hedline><hl1>The <em>dam</em></hl1></hedline>
<distributor>Tarn News</distributor></body.head>
<body.content><p>Yes.</p><bq><block>No.</block><credit>Brook</credit></bq>
</body.content></body></nitf>"""


def test_nitf_is_read_by_html_s_names() -> None:
    item = read_xml(NITF)
    assert "<p>Yes.</p><blockquote><div>No.</div><cite>Brook</cite></blockquote>" in item.html
    assert (item.uri, item.language, item.provider) == ("tag:7", "en-IE", "Tarn News")
    assert (item.title, item.date) == ("The dam", "2026-03-02")


def test_of_a_package_the_first_item_with_a_text_is_read() -> None:
    item = read_xml(
        """<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><newsItem guid="tag:1"><contentSet/></newsItem>
        <newsItem guid="tag:2"><itemMeta><provider qcode="nprov:TARN"/></itemMeta><contentSet>
        <inlineData contenttype="text/plain">One &lt; two.

        Three.</inlineData></contentSet></newsItem></newsMessage>"""
    )
    assert (item.uri, item.provider) == ("tag:2", "TARN")
    assert item.html.replace(" ", "") == "<p>One&lt;two.</p><p>Three.</p>"


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("<nitf>", "not well-formed"),
        ("<nitf/>", "no text"),
        ("<newsItem><contentSet><inlineData> </inlineData></contentSet></newsItem>", "no text"),
        ("", "not well-formed"),
    ],
)
def test_what_cannot_be_read(document: str, message: str) -> None:
    with pytest.raises(UnreadableXmlError, match=message):
        read_xml(document)


@pytest.mark.parametrize("nested", [("nitf",), ("newsItem",), ("newsItem", "inlineXML"), ("newsItem", "inlineData")])
def test_elements_that_are_nested_in_each_other_cost_no_more_time(nested: tuple[str, ...]) -> None:
    depth = 240 // len(nested)
    start, end = "".join(f"<{name}>" for name in nested), "".join(f"</{name}>" for name in reversed(nested))
    document = depth * start + 40_000 * "<a/>" + depth * end
    began = time.process_time()
    with pytest.raises(UnreadableXmlError, match="no text"):
        read_xml(document)
    assert time.process_time() - began < 1
