from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from service.database.wording import in_common, relation, shingles, stands_in, words_of

WORDS = st.lists(st.sampled_from("the dam will not hold we know it water rises every year".split()), min_size=1)


def test_what_does_not_count() -> None:
    assert (
        words_of("“The DAM [sic] can’t hold, né?”")
        == words_of("the dam cannot hold ne")
        == (
            "the",
            "dam",
            "can",
            "not",
            "hold",
            "ne",
        )
    )
    assert words_of("They've said we'll see; it's fine.") == tuple("they have said we will see it's fine".split())


def test_relations() -> None:
    first = words_of("The dam will not hold another year.")
    assert relation(words_of("the dam will not hold another year"), first) == "same"
    assert relation(words_of("will not hold"), first) == "shorter"
    assert relation(words_of("We know the dam will not hold another year"), first) == "longer"
    assert relation(words_of("The dam will hold another year."), first) == "changed"


def test_rare_words_weigh_more() -> None:
    common = in_common(words_of("it is what we have to do"), words_of("it is what we have to do"))
    rare = in_common(
        words_of("the brackish weir outlived seven burgomasters"), words_of("weir outlived seven burgomasters")
    )
    assert rare.weight > 2 * common.weight
    assert common.share == rare.share == 1.0
    assert rare.whole


def test_words_alone_are_chance() -> None:
    common = in_common(words_of("dams and mayors and winters"), words_of("winters of mayors over dams"))
    assert (common.weight, common.share, common.run) == (0.0, 0.0, 0.0)


@given(WORDS, WORDS)
def test_comparing_has_no_side(one: list[str], other: list[str]) -> None:
    common = in_common(one, other)
    assert 0 <= common.run_share <= common.share <= 1.0
    assert common.run <= common.weight
    if len(one) != len(other):
        assert common == in_common(other, one)


@given(WORDS, st.data())
def test_a_part_stands_in_the_whole(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    assert stands_in(words[start:end], words)
    assert shingles(words[start:end]) <= shingles(words)
    assert in_common(words[start:end], words).whole


def test_long_quotes_are_compared_in_no_time() -> None:
    long = words_of("the dam and the mayor and the winter and " * 50_000)
    began = time.process_time()
    assert in_common(long, (*long[9:], "dam", *long[:9])).weight > 0
    assert time.process_time() - began < 5


def test_words_are_whole() -> None:
    assert not stands_in(["dam"], ["damage"])
