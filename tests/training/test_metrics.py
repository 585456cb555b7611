"""Labelled and returned quotes paired, compared and counted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.attribution.text import Span
from service.records import Quote
from tests.training.labelled import article, label, returned
from training.corpus import Article
from training.metrics import Answered, Figures, Judged, figures, judge

TEXT = (
    "“The ferry is late,” said Mirela Dobos, the mayor. “Again,” she told the Lindach Courier. "
    "A sign read “Mind the gap”. “Nobody asked us,” a fisherman said. He drank ‘island water’ and “moonshine”.\n"
)
DOBOS = label(TEXT, "The ferry is late,", speaker="Mirela Dobos", mention="Mirela Dobos")
AGAIN = label(
    TEXT, "Again,", speaker="Mirela Dobos", mention="she", outlet="Lindach Courier", basis="sentence", role="told"
)
SIGN = label(TEXT, "Mind the gap", kind="nonspeech")
FISHERMAN = label(TEXT, "Nobody asked us,", speaker="a fisherman")
ARTICLE = article(TEXT, DOBOS, AGAIN, SIGN, FISHERMAN)


def _judge(*quotes: Quote, of: Article = ARTICLE) -> Judged:
    return judge(Answered(of, quotes))


def _figures(*quotes: Quote) -> Figures:
    return figures([_judge(*quotes)])


def test_a_right_answer_is_right_throughout() -> None:
    judged = _judge(
        returned(TEXT, "The ferry is late,", speaker="Mirela Dobos", mention="Mirela Dobos"),
        returned(TEXT, "Again,", speaker="Mirela Dobos", mention="she", outlet="The Lindach Courier"),
        returned(TEXT, "Nobody asked us,", speaker="fisherman", mention="a fisherman"),
    )
    assert [j.error for j in judged.judgements] == [None] * 4
    assert [j.mention for j in judged.judgements] == [True, True, None, None]
    assert judged.elsewhere == ()
    result = figures([judged])
    assert result["speech segments"] == 3
    assert result["segments with an outlet"] == 1
    rates = {name: value for name, value in result.items() if "segments" not in name and value is not None}
    assert set(rates.values()) == {100.0}


def test_each_kind_of_error_is_named() -> None:
    judged = _judge(
        returned(TEXT, "The ferry is late,", speaker="Dobos", outlet="CNN"),
        returned(TEXT, "Again,", speaker="Mirela Dobos"),
        returned(TEXT, "Mind the gap"),
    )
    assert [j.error for j in judged.judgements] == ["name and outlet", "outlet", "not speech", "not found"]


def test_figures_count_what_they_say() -> None:
    result = _figures(
        returned(TEXT, "The ferry is late,", speaker="Mirela Dobos", mention="Dobos", outlet="CNN"),
        returned(TEXT, "Again,", speaker="Dobos", mention="A sign", outlet="Lindach Courier"),
        returned(TEXT, "Mind the gap"),
        returned(TEXT, "moonshine"),
    )
    assert result["found recall"] == pytest.approx(100 * 2 / 3)
    assert result["found precision"] == 50
    assert result["nonspeech rejected"] == 0
    assert result["speaker mention"] == 50
    assert result["speaker name"] == pytest.approx(100 / 3)
    assert result["speaker name, person"] == 50  # of the two that were found
    assert result["speaker name, all but persons"] is None
    assert result["outlet precision"] == 50
    assert result["outlet recall"] == 100
    assert result["outlet F1"] == pytest.approx(200 / 3)
    assert result["outlet recall, sentence"] == 100
    assert result["outlet recall, context"] is None
    assert result["all right F1"] == 0


def test_names_are_counted_by_the_labelled_type() -> None:
    text = "“Wait,” said the Tide Watch. “Go,” the rule says. “Stop,” cried Ida Berg. “No,” cried the crowd."
    labelled = article(
        text,
        label(text, "Wait,", speaker="Lindach Tide Watch", type="organization"),
        label(text, "Go,", speaker="the rule", type="document"),
        label(text, "Stop,", speaker="Ida Berg"),
        label(text, "No,", speaker="the crowd", type="group"),
    )
    quotes = (
        returned(text, "Wait,", speaker="LTW"),
        returned(text, "Go,", speaker="a sign"),
        returned(text, "Stop,", speaker="Berg"),
    )
    result = figures([_judge(*quotes, of=labelled)])
    types = ("organization", "document", "person", "group", "all but persons")
    assert [result[f"speaker name, {kind}"] for kind in types] == [100, 0, 0, None, 50]


@pytest.mark.parametrize(
    ("labelled", "given", "right"),
    [
        ("Courier", "Courier", True),
        ("Courier", None, True),
        (None, "Courier", True),
        (None, None, True),
        ("Courier", "CNN", False),
    ],
)
def test_a_doubtful_credit_may_be_given_or_not_and_does_not_count(
    labelled: str | None, given: str | None, right: bool
) -> None:
    text = "“Wait,” said Ida Berg."
    quote = label(text, "Wait,", speaker="Ida Berg", outlet=labelled, basis="context", doubtful=True)
    judged = _judge(returned(text, "Wait,", speaker="Ida Berg", outlet=given), of=article(text, quote))
    assert judged.judgements[0].outlet == right
    result = figures([judged])
    assert result["all right F1"] == (100 if right else 0)
    assert result["segments with an outlet"] == 0
    assert result["outlet precision"] is result["outlet recall"] is result["outlet recall, context"] is None


def test_nothing_returned_is_no_division_by_zero() -> None:
    result = _figures()
    assert (result["found recall"], result["found precision"], result["all right F1"]) == (0, None, None)
    assert figures([])["found recall"] is None


def test_the_greater_part_of_a_quote_covers_it() -> None:
    judged = _judge(returned(TEXT, "ferry is late"), returned(TEXT, "asked"))
    assert [j.found for j in judged.judgements] == [True, False, False, True]
    assert judged.elsewhere == ()


def test_a_small_part_of_a_quote_is_neither_it_nor_one_too_many() -> None:
    judged = _judge(returned(TEXT, "us"))
    assert not any(j.found for j in judged.judgements)
    assert judged.elsewhere == ()


def test_the_nested_one_of_two_quotes_that_share_alike_is_compared() -> None:
    text = "“She called it ‘late’,” said Mirela Dobos."
    labelled = label(text, "She called it ‘late’,", speaker="Mirela Dobos")
    whole = returned(text, "She called it ‘late’,", speaker="Mirela Dobos")
    nested = returned(text, "late", speaker="a fisherman")
    assert _judge(whole, nested, of=article(text, labelled)).judgements[0].quote == whole
    again = replace(whole, id="q2", parent=whole.id)
    assert _judge(whole, again, of=article(text, labelled)).judgements[0].quote == again


def test_the_quote_that_shares_most_is_compared() -> None:
    whole = returned(TEXT, "The ferry is late,", speaker="Mirela Dobos")
    judged = _judge(returned(TEXT, "The ferry", speaker="a fisherman"), whole)
    assert judged.judgements[0].quote == whole


def test_a_quote_that_swallows_others_covers_them_all() -> None:
    start, end = DOBOS.span.start + 1, AGAIN.span.end - 1
    judged = _judge(replace(returned(TEXT, "Again,"), text=TEXT[start:end], start=start, end=end))
    assert [j.found for j in judged.judgements] == [True, True, False, False]


def test_quotes_in_single_marks_and_what_nobody_said_are_not_held_against_the_answer() -> None:
    moonshine = returned(TEXT, "moonshine")
    assert _judge(moonshine).elsewhere == (moonshine,)
    assert _judge(replace(moonshine, kind="nonspeech")).elsewhere == ()
    assert _judge(returned(TEXT, "island water")).elsewhere == ()


quotes_anywhere = st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted), max_size=8).map(
    lambda spans: tuple(
        replace(returned(TEXT, "moonshine"), id=f"q{n}", text=TEXT[start:end], start=start, end=end)
        for n, (start, end) in enumerate(spans)
    )
)


@given(quotes_anywhere)
def test_rates_stay_between_none_and_all(quotes: tuple[Quote, ...]) -> None:
    for name, value in _figures(*quotes).items():
        assert value is None or "segments" in name or 0 <= value <= 100


@given(quotes_anywhere)
def test_every_label_is_judged_and_no_quote_both_covers_and_stands_elsewhere(quotes: tuple[Quote, ...]) -> None:
    judged = _judge(*quotes)
    assert [j.label for j in judged.judgements] == list(ARTICLE.quotes or ())
    covering = {j.quote.id for j in judged.judgements if j.quote}
    assert covering.isdisjoint(q.id for q in judged.elsewhere)


def test_an_article_without_labels_has_nothing_to_judge() -> None:
    judged = judge(Answered(Article("invented", TEXT, None, ()), ()))
    assert judged.judgements == ()


def test_spans_of_labels_take_in_the_marks() -> None:
    assert DOBOS.span == Span(0, len("“The ferry is late,”"))
