"""Made-up texts of three quotes side by side, and who is mixed up with whom in them."""

from __future__ import annotations

import json
import re
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import pytest

from service.attribution.quotations import find_quotations
from tests.article_files import ARTICLES
from tests.training.labelled import article, label, returned
from training import side_by_side
from training.evaluate import Ask
from training.metrics import Answered, judge
from training.side_by_side import LAYOUTS, Layout, make_articles, mix_ups

HOST = "The vote is on Monday.\n\n“Come early,” said the clerk.\n\nThe doors open at nine."
ALONE = Layout("short", in_article=False, paragraphs=1)
TEXT = "“Wait,” said Ida Berg. “Go,” Tove Lind told the Courier. “Stop,” cried Mirela Dobos."
THREE = article(
    TEXT,
    label(TEXT, "Wait,", speaker="Ida Berg"),
    label(TEXT, "Go,", speaker="Tove Lind", outlet="Courier", basis="sentence"),
    label(TEXT, "Stop,", speaker="Mirela Dobos"),
)


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_each_text_has_three_quotes_of_three_people(layout: Layout) -> None:
    for made in make_articles(layout, 60, seed=1, hosts=[HOST]):
        assert made.quotes is not None
        assert len({quote.speaker for quote in made.quotes}) == 3
        found = {quotation.outer for quotation in find_quotations(made.text)}
        assert found.issuperset(quote.span for quote in made.quotes)
        assert len(found) == 3 + layout.in_article
        outlets = [quote.outlet for quote in made.quotes if quote.outlet]
        assert len(outlets) == len(set(outlets))


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_texts_are_laid_out_as_asked(layout: Layout) -> None:
    for made in make_articles(layout, 20, seed=1, hosts=[HOST]):
        paragraphs = [made.text.count("\n\n", 0, quote.span.start) for quote in made.quotes or ()]
        assert len(set(paragraphs)) == layout.paragraphs
        assert made.text.startswith("The vote") == made.text.endswith("at nine.") == layout.in_article
        words = [len(made.text[quote.span.start : quote.span.end].split()) for quote in made.quotes or ()]
        assert max(words) <= 8 if layout.length == "short" else min(words) >= 14


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_each_clause_names_its_speaker_and_outlet_and_no_other(layout: Layout) -> None:
    """The clauses of a text follow each other, so nothing stands twice and everything stands in the right order."""
    for made in make_articles(layout, 60, seed=3, hosts=[HOST]):
        named = [name for quote in made.quotes or () for name in (quote.speaker, quote.outlet) if name]
        assert all(len(re.findall(rf"\b{re.escape(name)}\b", made.text, re.IGNORECASE)) == 1 for name in named)
        places = [made.text.lower().index(quote.speaker.lower()) for quote in made.quotes or () if quote.speaker]
        assert places == sorted(places)


def test_a_seed_makes_the_same_texts_again_and_another_one_others() -> None:
    assert make_articles(ALONE, 20, 1, []) == make_articles(ALONE, 20, 1, [])
    assert not {a.text for a in make_articles(ALONE, 20, 1, [])} & {a.text for a in make_articles(ALONE, 20, 2, [])}
    assert make_articles(ALONE, 5, 1, []) == make_articles(ALONE, 20, 1, [])[:5]


def test_a_quotation_that_goes_on_in_the_next_paragraph_is_not_cut() -> None:
    host = "One.\n\n“Two, said the clerk.\n\n“Three,” he said.\n\nFour."
    for made in make_articles(replace(ALONE, in_article=True), 20, 1, [host]):
        assert "“Two, said the clerk.\n\n“Three,” he said." in made.text


def test_nobody_who_is_quoted_is_in_the_articles_around() -> None:
    around = " ".join(path.read_text(encoding="utf-8") for path in ARTICLES.glob("*.txt"))
    alone = [made for layout in LAYOUTS for made in make_articles(layout, 40, 1, [HOST])]
    surnames = {quote.speaker.split()[-1] for made in alone for quote in made.quotes or () if quote.speaker}
    assert not [name for name in surnames if name[0].isupper() and name in around]


def test_all_right() -> None:
    judged = judge(
        Answered(
            THREE,
            (
                returned(TEXT, "Wait,", speaker="Ida Berg"),
                returned(TEXT, "Go,", speaker="Tove Lind", outlet="The Courier"),
                returned(TEXT, "Stop,", speaker="Mirela Dobos"),
            ),
        )
    )
    assert mix_ups([judged]) == {
        "quotes": 3,
        "found": 100,
        "speaker": 100,
        "outlet": 100,
        "credited outlet": 100,
        "no outlet": 100,
        "another's speaker": 0,
        "another's outlet": 0,
    }


def test_what_belongs_to_another_quote_is_told_from_what_belongs_to_none() -> None:
    judged = judge(
        Answered(
            THREE,
            (
                returned(TEXT, "Wait,", speaker="Tove Lind", outlet="Courier"),
                returned(TEXT, "Go,", speaker="Lind", outlet="CNN"),
            ),
        )
    )
    figures = mix_ups([judged])
    assert figures["found"] == pytest.approx(200 / 3)
    assert figures["speaker"] == figures["outlet"] == 0
    assert figures["another's speaker"] == figures["another's outlet"] == pytest.approx(100 / 3)


def test_the_command_measures_every_layout(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def nothing_found(_: Namespace) -> Ask:
        return lambda articles: iter([{"quotes": []} for _ in articles])

    (tmp_path / "host.txt").write_text(HOST, encoding="utf-8")
    monkeypatch.setattr(side_by_side, "asked", nothing_found)
    options = ["--model", "none", "--texts", "2", "--hosts", str(tmp_path)]
    side_by_side.main([*options, "--json"])
    report = json.loads(capsys.readouterr().out)
    assert list(report["figures"]) == [*map(str, LAYOUTS), "together"]
    assert {figures["quotes"] for figures in report["figures"].values()} == {6, 48}
    assert {figures["found"] for figures in report["figures"].values()} == {0}
    side_by_side.main([*options, "--errors", "1"])
    printed = capsys.readouterr().out
    assert "not found: short, alone, 1 par., 1" in printed
    assert all(re.search(rf"^ ?{layout} +6 +0.0", printed, re.MULTILINE) for layout in LAYOUTS)
