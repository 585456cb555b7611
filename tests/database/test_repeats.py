from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.database.repeats import Inference, Version, find_sayings, infer_speakers, is_same
from service.database.wording import words_of

LONG = "The old dam above Lindach will not survive another winter like the last one, and every engineer knows it."
BROOK, PATEL = 1, 2


def version(
    number: int, text: str, *, article: int | None = None, date: str | None = None, speaker: int | None = None
) -> Version:
    return Version(number, number if article is None else article, date, speaker, words_of(text))


def same(one: str, other: str, **facts: object) -> bool:
    first, second = version(1, one, **facts), version(2, other, **facts)  # type: ignore[arg-type]
    assert is_same(first, second) is is_same(second, first)
    return is_same(first, second)


def test_a_part_of_the_words_is_the_same_saying() -> None:
    assert same(LONG, "will not survive another winter like the last one")


def test_changed_words_are() -> None:
    assert same(LONG, "The old dam above Lindach won't survive one more winter like the last, every engineer knows it")


def test_excerpts_that_overlap_are() -> None:
    tail = "Every engineer knows it. And so does every child who ever swam there in July."
    assert same(LONG, f"will not survive another winter like the last one, and {tail}")


def test_other_words_are_not() -> None:
    assert not same(LONG, "The old mill above Ostrow will be a museum by the end of the year, says the owner.")


def test_what_everybody_says_is_of_one_speaker_or_the_same_days() -> None:
    few = "we are ready for this"
    assert not is_same(version(1, few), version(2, few))
    assert is_same(version(1, few, date="2026-03-01"), version(2, few, date="2026-03-09T10:00:00Z"))
    assert not is_same(version(1, few, date="2026-03-01"), version(2, few, date="2026-05-01"))
    assert is_same(version(1, few, speaker=BROOK), version(2, few, speaker=BROOK))
    assert not is_same(
        version(1, few, speaker=BROOK, date="2026-03-01"), version(2, few, speaker=PATEL, date="2026-03-01")
    )
    assert not is_same(version(1, "we are ready", speaker=BROOK), version(2, "we are ready", speaker=BROOK))


def test_of_two_speakers_more_must_be_in_common() -> None:
    saying = "the weir at Lindach is brackish"
    assert is_same(version(1, saying), version(2, f"{saying}, they say", speaker=BROOK))
    assert not is_same(version(1, saying, speaker=PATEL), version(2, f"{saying}, they say", speaker=BROOK))
    assert is_same(version(1, LONG, speaker=PATEL), version(2, LONG, speaker=BROOK))


def test_the_first_report_is_the_earliest() -> None:
    (saying,) = find_sayings(
        [
            version(1, "will not survive another winter like the last one", date="2026-03-05"),
            version(2, LONG),
            version(3, LONG, date="2026-03-02"),
            version(4, LONG.upper(), date="2026-03-02T09:00:00Z"),
        ]
    )
    assert [(v.quote, relation) for v, relation in saying.versions] == [
        (3, "same"),
        (4, "same"),
        (1, "shorter"),
        (2, "same"),
    ]
    assert saying.articles == 4


def test_words_that_one_article_repeats_are_no_saying() -> None:
    assert list(find_sayings([version(1, LONG, article=7), version(2, LONG, article=7)])) == []


def test_nothing_grows_by_a_chain() -> None:
    parts = [f"weir{n} outlived burgomaster{n} mayors{n} winters{n} engineers{n}" for n in range(4)]
    sayings = list(find_sayings(version(n, f"{parts[n]} {parts[n + 1]}") for n in range(3)))
    assert all(len(saying.versions) == 2 for saying in sayings)


@given(st.permutations(range(6)))
def test_the_order_of_the_quotes_does_not_count(order: list[int]) -> None:
    texts = [
        LONG,
        LONG.lower(),
        "will not survive another winter like the last one",
        "We begin in May.",
        LONG[:60],
        "x",
    ]
    versions = [version(number, texts[number], date=f"2026-03-0{number + 1}") for number in range(6)]
    assert list(find_sayings(versions[i] for i in order)) == list(find_sayings(versions))


def test_agreement_names_who_is_left_open() -> None:
    (saying,) = find_sayings(
        [version(1, LONG), *(version(n, LONG, speaker=BROOK) for n in (2, 3, 4)), version(5, LONG, speaker=PATEL)]
    )
    assert list(infer_speakers(saying)) == [Inference(quote=1, speaker=BROOK, articles=3, naming=4)]


def test_without_agreement_nobody_is_named() -> None:
    (saying,) = find_sayings([version(1, LONG), version(2, LONG, speaker=BROOK), version(3, LONG, speaker=PATEL)])
    assert list(infer_speakers(saying)) == []
