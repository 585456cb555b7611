"""What can be taken from the page: tables, a marked page, and labels in the format that training reads."""

from __future__ import annotations

import csv
import io
import json
import re
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from service.attribution.quotations import find_quotations
from service.attribution.text import Span
from service.formats.csv_table import COLUMNS
from service.settings import PROJECT_ROOT
from tests.web.conftest import Modules
from tests.web.newsroom import ARTICLE as NEWSROOM
from tests.web.recorded import ANSWER, ARTICLE
from training.corpus import LabelledQuote, read_articles

pytestmark = pytest.mark.slow

ARTICLES = sorted((PROJECT_ROOT / "tests" / "articles").glob("*.txt"))


def reviewed(answer: dict[str, Any], review: str | None = None) -> dict[str, Any]:
    return answer | {"quotes": [quote | {"review": review} for quote in answer["quotes"]]}


def asked(address: str, accept: str) -> str:
    """The service's answer to the newsroom's article."""
    request = urllib.request.Request(
        f"{address}v1/attributions",
        data=json.dumps({"text": NEWSROOM, "include_nonspeech": True}).encode(),
        headers={"Content-Type": "application/json", "Accept": accept},
    )
    with urllib.request.urlopen(request) as response:
        return str(response.read().decode())


def test_the_csv_is_the_service_s_with_a_column_for_the_review(modules: Modules, address: str) -> None:
    answer = json.loads(asked(address, "application/json"))
    rows = list(csv.DictReader(io.StringIO(modules.call("table", "csv", reviewed(answer, "accepted")), newline="")))
    assert list(rows[0]) == [*COLUMNS, "review"]
    assert {row.pop("review") for row in rows} == {"accepted"}
    assert rows == list(csv.DictReader(io.StringIO(asked(address, "text/csv"), newline="")))


def test_no_cell_is_a_formula_or_breaks_its_row(modules: Modules) -> None:
    quote = ANSWER["quotes"][0] | {"text": '=1+1\tand "more"\nlines', "review": None}
    answer = {"quotes": [quote]}
    (row,) = csv.DictReader(io.StringIO(modules.call("table", "csv", answer), newline=""))
    assert row["text"] == '\'=1+1\tand "more"\nlines'
    header, line = modules.call("table", "tsv", answer).split("\n")
    assert header.split("\t")[:2] == ["text", "speaker"]
    assert line.split("\t")[:2] == ['\'=1+1 and "more" lines', quote["speaker"]["name"]]


def test_the_marked_page_holds_the_article_verbatim_and_no_markup_of_its_own(modules: Modules) -> None:
    text = ARTICLE.replace("A black-and-white drama", "A <b>black</b> & white")
    shift = len(text) - len(ARTICLE)
    quotes = [quote | {"start": quote["start"] + shift, "end": quote["end"] + shift} for quote in ANSWER["quotes"]]
    page = modules.call("marked", "markedPage", text, reviewed(ANSWER | {"quotes": quotes}), "A & B")
    assert "A &lt;b>" not in page
    assert "A &lt;b&gt;black&lt;/b&gt; &amp; white" in page
    marked = re.findall(r"<mark [^>]*data-id=\"(q\d+)\"[^>]*>([^<]*)</mark>", page)
    words: dict[str, str] = {}
    for name, piece in marked:
        words[name] = words.get(name, "") + piece
    for quote in quotes:
        if not any(other["parent"] == quote["id"] for other in quotes):
            assert words[quote["id"]] == quote["text"]
    assert page.count("<tr><td>") == len(quotes)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_labels_take_the_marks_in(modules: Modules, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    quotations = find_quotations(text)
    decided = {f"{q.inner.start}-{q.inner.end}": {"verdict": "accepted", "kind": "nonspeech"} for q in quotations}
    article = modules.call("labels", "trainingArticle", {"id": "a", "text": text, "decided": decided})
    assert [Span(label["start"], label["end"]) for label in article["quotes"]] == [q.outer for q in quotations]


def test_labels_are_read_as_they_are(modules: Modules, tmp_path: Path) -> None:
    text = "🌉 “It opens,” Ada Brook told Tide Radio. He is “the Wave.” “So what,” somebody said."
    decided = {
        "3-12": {
            "verdict": "corrected",
            "kind": "speech",
            "speaker": {"name": "Ada Brook", "type": "person", "mention": {"start": 14, "end": 23}},
            "outlet": {"name": "Tide Radio", "mention": {"start": 29, "end": 39}, "basis": "sentence", "role": "told"},
        },
        "48-57": {"verdict": "accepted", "kind": "nonspeech", "speaker": None, "outlet": None},
        "60-68": {"verdict": "accepted", "kind": "speech", "speaker": None, "outlet": None},
    }
    record = {"id": "desk-1", "text": text, "publisher": "The Ferry Post", "model": ANSWER["model"], "decided": decided}
    path = tmp_path / "corrections.jsonl"
    path.write_text(modules.call("labels", "trainingLines", [record, record | {"id": "desk-2"}]), encoding="utf-8")
    first, second = read_articles(path)
    credit = (Span(29, 39), "sentence", "told")
    assert (first.id, second.id, first.text) == ("desk-1", "desk-2", text)
    assert first.quotes == (
        LabelledQuote(Span(2, 13), "speech", "Ada Brook", "person", (Span(14, 23),), "Tide Radio", *credit),
        LabelledQuote(Span(47, 58), "nonspeech", None, None, None, None, None, None, None),
        LabelledQuote(Span(59, 69), "speech", "UNKNOWN", "unknown", None, None, None, None, None),
    )
