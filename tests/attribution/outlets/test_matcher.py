"""Which words of a text name a known outlet."""

from __future__ import annotations

import pytest

from service.attribution.outlets.matcher import OutletMatcher
from tests.attribution.outlets.shipped import REGISTRY, found, outlet


class TestNames:
    def test_two_outlets_cannot_have_one_name(self) -> None:
        with pytest.raises(ValueError, match="'a' and 'b' both claim the name 'Alpha Courier'"):
            OutletMatcher([outlet("a", "The Alpha Courier"), outlet("b", "Beta", aliases=("Alpha Courier",))])

    def test_two_outlets_may_share_a_short_name(self) -> None:
        OutletMatcher(
            [outlet("a", "Alpha Post", short_names=("the Post",)), outlet("b", "B", short_names=("the Post",))]
        )

    def test_only_own_names_can_be_ambiguous(self) -> None:
        with pytest.raises(ValueError, match="'gamma' is ambiguous but none of its names"):
            OutletMatcher([outlet("a", "Alpha Courier", ambiguous=("Gamma",))])


class TestFind:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("according to Huffington Post.", [("Huffington Post", "huffpost")]),
            ("he told the Washington Post’s Ann Lee", [("Washington Post", "washington-post")]),
            ("The Washington Post's report", [("The Washington Post", "washington-post")]),
            ("The Pittsburgh Post-Gazette and Post Gazette", [("Pittsburgh Post-Gazette", "pittsburgh-post-gazette")]),
            ("as USA TODAY and Politifact found", [("USA TODAY", "usa-today"), ("Politifact", "politifact")]),
            ("LAWYERS SUE THE NEW YORK TIMES", [("THE NEW YORK TIMES", "new-york-times")]),
            ("she told RTE and El Pais", [("RTE", "rte"), ("El Pais", "el-pais")]),
            ("Fox and Friends, then Fox & Friends", [("Fox and Friends", "fox-news"), ("Fox & Friends", "fox-news")]),
            ("first seen on gawker.com on Monday", [("gawker.com", "gawker")]),
            ("see https://www.cnn.com/a and mail x@cnn.com", []),
            ("the associated\n\npress", []),
            ("a CNNish tone, ABCs and apnea", []),
            ("he told the Argus Leader", [("Argus Leader", "argus-leader")]),
        ],
    )
    def test_names(self, text: str, expected: list[tuple[str, str]]) -> None:
        assert found(text) == expected

    def test_text_without_capitals(self) -> None:
        text = "he told the new york times and fox news, but time will tell"
        assert found(text) == [("new york times", "new-york-times"), ("fox news", "fox-news")]

    @pytest.mark.parametrize(
        "text", ["wait for the daily mail to come", "a post from washington", "time told people today"]
    )
    def test_ordinary_words_in_ordinary_prose(self, text: str) -> None:
        assert found(f"Mr Smith of Leeds said: {text}. “Yes,” said Mrs Smith.") == []

    @pytest.mark.parametrize(
        ("text", "ids"),
        [
            ("Reed told @BBCNews and @washingtonpost.", ["bbc", "washington-post"]),
            ("Reed was on @MeetThePress; see @CNNPolitics.", ["nbc-news", "cnn"]),
            ("Write to ada@bbc.co.uk or @AdaBrook, @us.", []),
        ],
    )
    def test_handles(self, text: str, ids: list[str]) -> None:
        assert [match.outlet.id for match in REGISTRY.find(text)] == ids


class TestShortNames:
    def test_need_the_full_name(self) -> None:
        assert found("The Post reported it. He told the Journal.") == []

    def test_follow_the_outlet_named_last(self) -> None:
        text = "The Washington Post had it. The Post said so. The New York Post denied it, and the Post sued."
        assert [o for _, o in found(text)] == ["washington-post", "washington-post", "new-york-post", "new-york-post"]

    def test_may_come_before_the_full_name(self) -> None:
        assert found("“No,” he told the Examiner. The Washington Examiner is a paper.")[0] == (
            "Examiner",
            "washington-examiner",
        )

    def test_may_lose_their_article_before_staff(self) -> None:
        text = "The Washington Post knew. Post reporter Ann Lee asked. Post offices were shut."
        assert [w for w, _ in found(text)] == ["The Washington Post", "Post"]

    def test_the_end_of_a_name_that_was_given_in_full_means_the_same_outlet(self) -> None:
        paper = found("Ada Brook told Phoenix New Times. The New Times printed it.")
        assert [key for _, key in paper] == ["phoenix-new-times", "phoenix-new-times"]
        both = found("The Associated Press and Australian Associated Press came. The Associated Press filed first.")
        assert [key for _, key in both] == ["associated-press", "australian-associated-press", "associated-press"]
