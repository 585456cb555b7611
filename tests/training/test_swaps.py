"""Other outlets and other people: the labels go along."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from service.attribution.outlets.known import KnownOutlet
from service.attribution.outlets.registry import OutletRegistry
from service.attribution.text import Span
from training.corpus import Article, LabelledAttribution, LabelledQuote
from training.swaps import Edit, edited, invented_outlet, swap_outlets, swap_people

TEXT = "“It opens,” Ada Brook told The Marlow Courier. Brook wrote to the Marlow Courier: “Soon.” Marlow slept."
REGISTRY = OutletRegistry(
    (
        KnownOutlet("courier", "The Marlow Courier", "GB", "newspaper"),
        KnownOutlet("gull", "The Gull", "GB", "newspaper"),
    )
)


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def label(words: str, **values: Any) -> LabelledQuote:
    given: dict[str, Any] = {"kind": "speech", "speaker": "Ada Brook", "type": "person", "mention": None}
    given |= {"outlet": None, "outlet_mention": None, "basis": None, "role": None}
    return LabelledQuote(span(words), **(given | values))


ARTICLE = Article(
    "a1",
    TEXT,
    (
        label("“It opens,”", mention=(span("Ada Brook"),), outlet_mention=span("The Marlow Courier")),
        label("“Soon.”", mention=(span("Brook wrote"),)),
    ),
    (LabelledAttribution((span("Ada Brook"),), (span("“It opens,”"),)),),
)


def words(article: Article, where: Span | None) -> str:
    assert where is not None
    return article.text[where.start : where.end]


def swapped_outlets() -> Article:
    """With the first seed that swaps the one outlet there is."""
    return next(a for seed in range(50) if (a := swap_outlets(ARTICLE, REGISTRY, random.Random(seed))) != ARTICLE)


def test_an_outlet_gets_one_other_name_throughout() -> None:
    article = swapped_outlets()
    assert article.quotes is not None
    name = words(article, article.quotes[0].outlet_mention).removeprefix("The ")
    assert "Marlow Courier" not in article.text
    assert article.text.count(name) == 2


def test_labels_move_along_with_the_words() -> None:
    article = swapped_outlets()
    assert article.quotes is not None
    assert [words(article, q.span) for q in article.quotes] == ["“It opens,”", "“Soon.”"]
    assert [words(article, q.mention[0]) for q in article.quotes if q.mention] == ["Ada Brook", "Brook wrote"]
    assert words(article, article.attributions[0].content[0]) == "“It opens,”"


def test_a_person_gets_another_name_in_text_and_labels() -> None:
    article = swap_people(ARTICLE, random.Random(1))
    assert article.quotes is not None
    speaker = article.quotes[0].speaker
    assert speaker is not None
    assert "Brook" not in article.text
    assert words(article, article.quotes[0].mention[0] if article.quotes[0].mention else None) == speaker
    assert article.quotes[1].speaker == speaker


def test_a_name_that_is_also_a_common_word_stays() -> None:
    text = "“It opens,” said Ada Brook by the brook."
    quote = LabelledQuote(span("“It opens,”", text), "speech", "Ada Brook", "person", None, None, None, None, None)
    assert "Brook by the brook" in swap_people(Article("a1", text, (quote,), ()), random.Random(1)).text


def test_invented_outlets_are_papers_stations_and_programmes() -> None:
    names = {invented_outlet(random.Random(seed)) for seed in range(300)}
    assert len(names) > 200
    assert all(name == name.strip() and "{" not in name and name.removeprefix("the ")[0].isalnum() for name in names)
    assert {name.startswith("the ") for name in names} == {True, False}


def test_an_insertion_moves_what_comes_after_it_and_nothing_before() -> None:
    moved = edited(ARTICLE, [Edit(TEXT.index("Brook wrote"), TEXT.index("Brook wrote"), "So it was. ")])
    assert [words(moved, q.span) for q in moved.quotes or ()] == ["“It opens,”", "“Soon.”"]
    assert [words(moved, q.mention[0]) for q in moved.quotes or () if q.mention] == ["Ada Brook", "Brook wrote"]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9), st.text("xyz", max_size=12)), max_size=5), st.data())
def test_words_outside_the_edits_stay_under_their_spans(gaps: list[tuple[int, int, str]], data: st.DataObject) -> None:
    edits, at = [], 0
    for gap, length, new in gaps:
        edits.append(Edit(at + gap, at + gap + length, new))
        at += gap + length
    text = "".join(chr(0x4E00 + i) for i in range(at + 10))
    kept = [(a.end, b.start) for a, b in pairwise(edits)] + [(at, len(text))]
    start, end = data.draw(st.sampled_from([k for k in kept if k[0] < k[1]]))
    quote = LabelledQuote(Span(start, end), "speech", None, None, None, None, None, None, None)
    moved = edited(Article("a1", text, (quote,), ()), edits)
    assert moved.quotes is not None
    assert words(moved, moved.quotes[0].span) == text[start:end]
