"""The groups that labelled quotes fall into."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.attribution.text import Span
from tests.training.labelled import article, label, returned
from training.breakdown import (
    DIMENSIONS,
    NONE,
    article_length,
    breakdown,
    mention_distance,
    mention_kind,
    mention_place,
    outlet_known,
    outlet_place,
)
from training.corpus import Article, LabelledQuote
from training.metrics import Answered, judge


@pytest.mark.parametrize(
    ("clause", "mention", "speaker", "kind"),
    [
        ("said Mirela Dobos.", "Mirela Dobos", "Mirela Dobos", "name"),
        ("said Mayor Dobos’s aide.", "Mayor Dobos’s", "Mirela Dobos", "name"),
        ("she said.", "she", "Mirela Dobos", "pronoun"),
        ("the mayor said.", "the mayor", "Mirela Dobos", "description"),
        ("The mayor said.", "The mayor", "The Hague Group", "description"),
        ("a fisherman said.", "a fisherman", "a fisherman", "description"),
        ("it read.", None, "a sign", NONE),
    ],
)
def test_mention_kind(clause: str, mention: str | None, speaker: str, kind: str) -> None:
    text = f"“Enough,” {clause}"
    quote = label(text, "Enough,", speaker=speaker, mention=mention)
    assert mention_kind(article(text, quote), quote) == kind


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("“Enough,” Dobos said.", "same sentence, after"),
        ("“Enough.” Dobos said so twice.", "same sentence, after"),
        ("Dobos said: “Enough”.", "same sentence, before"),
        ("Gov. J. Dobos of the U.S. Virgin Isles said “Enough”.", "same sentence, before"),
        ("Dobos got up. “Enough”, the hall heard.", "another sentence, before"),
        ("Dobos won (by 5%). “Enough”, the hall heard.", "another sentence, before"),
        ("“Enough” was heard. It was Dobos.", "another sentence, after"),
        ("Dobos got up.\n“Enough!”", "another paragraph, before"),
        ("“Enough!”\nIt was Dobos.", "another paragraph, after"),
    ],
)
def test_mention_place(text: str, place: str) -> None:
    quote = label(text, "Enough", speaker="Dobos", mention="Dobos")
    assert mention_place(article(text, quote), quote) == place


def test_a_clause_between_two_parts_of_a_sentence() -> None:
    text = "“Enough,” Dobos said, “is enough.” “More,” Lind said. “Less.”"
    parts = [label(text, words, speaker="Dobos", mention="Dobos") for words in ("Enough,", "is enough.")]
    others = [label(text, words, speaker="Lind", mention="Lind") for words in ("More,", "Less.")]
    labelled = article(text, *parts, *others)
    assert [mention_place(labelled, quote) for quote in labelled.quotes or ()] == [
        "same sentence, between quotes",
        "same sentence, between quotes",
        "same sentence, after",
        "another sentence, before",
    ]


def test_sentences_inside_other_quotes_do_not_count() -> None:
    text = "Dobos said “It is late. Go home.” and “Enough”."
    quote = label(text, "Enough", speaker="Dobos", mention="Dobos")
    labelled = article(text, label(text, "It is late. Go home.", speaker="Dobos"), quote)
    assert mention_place(labelled, quote) == "same sentence, before"


def test_distances_and_lengths_are_in_words() -> None:
    text = "Dobos, who is the mayor of the town, said “Enough”. " + "word " * 300
    quote = label(text, "Enough", speaker="Dobos", mention="Dobos")
    assert mention_distance(article(text, quote), quote) == "5 to 9"
    assert article_length(article(text, quote), quote) == "300 to 599"


def test_outlets() -> None:
    text = "CNN was there.\n“Enough,” Dobos told the Lindach Courier. “More!”\nReuters heard it."
    told = label(text, "Enough,", outlet="The Lindach Courier", outlet_mention="Lindach Courier")
    before = label(text, "More!", outlet="CNN", outlet_mention="CNN")
    after = label(text, "More!", outlet="Reuters", outlet_mention="Reuters")
    none = label(text, "More!")
    quotes = (told, before, after, none)
    assert [outlet_known(article(text), q) for q in quotes] == ["unknown", "known", "known", NONE]
    assert [outlet_place(article(text), q) for q in quotes] == [
        "same paragraph",
        "paragraph before",
        "paragraph after",
        NONE,
    ]


def test_groups_share_out_all_speech() -> None:
    text = "“Enough,” Dobos said. “More,” she said. A “sign”."
    labelled = article(
        text,
        label(text, "Enough,", speaker="Dobos", mention="Dobos"),
        label(text, "More,", speaker="Dobos", mention="she"),
        label(text, "sign", kind="nonspeech"),
    )
    judged = judge(Answered(labelled, (returned(text, "Enough,", speaker="Dobos", mention="Dobos"),)))
    tables = breakdown({"invented": judged.judgements})
    assert list(tables) == ["corpus", *DIMENSIONS]
    for groups in tables.values():
        assert sum(figures["quotes"] or 0 for figures in groups.values()) == 2
    assert tables["speaker's mention"]["name"] == {
        "quotes": 1,
        "found": 100,
        "mention": 100,
        "name": 100,
        "outlet": 100,
        "all right": 100,
    }
    assert tables["speaker's mention"]["pronoun"]["found"] == 0
    assert tables["speaker's mention"]["pronoun"]["mention"] is None


def test_groups_of_numbers_go_by_size_and_those_without_a_label_last() -> None:
    near = "“Enough,” said Dobos. "
    far = "“More,” " + "they heard " * 60 + "from Lind. “Less.”"
    text = near + far
    labelled = article(
        text,
        label(text, "Less."),
        label(text, "More,", mention="Lind"),
        label(text, "Enough,", mention="Dobos"),
    )
    tables = breakdown({"invented": judge(Answered(labelled, ())).judgements})
    assert list(tables["words to the mention"]) == ["0 to 4", "100 or more", NONE]


@given(st.text(alphabet="aB. \n“”'!5", min_size=1, max_size=60), st.data())
def test_any_label_belongs_to_a_group(text: str, data: st.DataObject) -> None:
    offsets = st.integers(0, len(text))
    spans = st.tuples(offsets, offsets).map(lambda ends: Span(min(ends), max(ends)))
    quotes = tuple(
        LabelledQuote(
            span=data.draw(spans),
            kind="speech",
            speaker="Dobos",
            type="person",
            mention=(data.draw(spans),),
            outlet="CNN",
            outlet_mention=data.draw(spans),
            basis="context",
            role="told",
        )
        for _ in range(2)
    )
    for group in DIMENSIONS.values():
        assert group(Article("invented", text, quotes, ()), quotes[0])
