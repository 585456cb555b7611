"""The outlet registry on texts of its own: what is found, what is left alone, and what a span is taken to name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.attribution.outlets.known import KnownOutlet
from service.attribution.outlets.registry import OutletIdentity, OutletRegistry
from service.attribution.outlets.unlisted import likely_outlets
from tests.attribution.growth import grows_with_length

REGISTRY = OutletRegistry.load()
WORDS = st.sampled_from(
    ["The", "the", "Washington Post", "Post", "Time", "Today", "NBC", "BBC", "Radio", "4", "'s", "’s", "“", "”", "\n\n"]
) | st.sampled_from(["told", "magazine", "Huffington", "New York", "-", "&", "Fox", "Friends", "cnn.com", "/", "paper"])


def found(text: str) -> list[tuple[str, str]]:
    """The words and the outlet's id of every match that is not ambiguous."""
    return [(text[m.start : m.end], m.outlet.id) for m in REGISTRY.find(text) if not m.ambiguous]


def identity(text: str, span: str) -> OutletIdentity | None:
    start = text.rindex(span)
    return REGISTRY.identify(text, start, start + len(span), REGISTRY.find(text))


def identity_among_likely(text: str, span: str) -> OutletIdentity | None:
    start = text.rindex(span)
    return REGISTRY.identify(text, start, start + len(span), REGISTRY.find(text), list(likely_outlets(text)))


def outlet(key: str, name: str, **values: tuple[str, ...]) -> KnownOutlet:
    return KnownOutlet(id=key, name=name, country="US", medium="newspaper", **values)  # type: ignore[arg-type]


class TestRegistryFile:
    def test_holds_the_outlets_of_the_english_speaking_world(self) -> None:
        by_id = {o.id: o for o in REGISTRY.outlets}
        assert len(by_id) >= 1000
        assert by_id["huffpost"].name == "HuffPost"
        assert by_id["washington-post"].name == "The Washington Post"
        assert by_id["washington-examiner"].name == "Washington Examiner"
        assert {o.country for o in by_id.values()} >= {"US", "GB", "IE", "CA", "AU", "NZ", "IN", "ZA", "NG", "KE", "SG"}

    def test_every_name_of_an_outlet_finds_it(self) -> None:
        for known in REGISTRY.outlets:
            for name in (known.name, *known.aliases):
                matches = REGISTRY.find(f"She told {name} on Friday.")
                assert [m.outlet.id for m in matches] == [known.id], name

    def test_ids_are_slugs(self) -> None:
        assert all(
            o.id == o.id.strip("-") and o.id.replace("-", "").isalnum() and o.id.isascii() for o in REGISTRY.outlets
        )

    def test_two_outlets_cannot_have_one_id(self) -> None:
        with pytest.raises(ValueError, match="'a' is given twice"):
            OutletRegistry([outlet("a", "Alpha Courier"), outlet("a", "Beta Courier")])

    def test_two_outlets_cannot_have_one_name(self) -> None:
        with pytest.raises(ValueError, match="'a' and 'b' both claim the name 'Alpha Courier'"):
            OutletRegistry([outlet("a", "The Alpha Courier"), outlet("b", "Beta", aliases=("Alpha Courier",))])

    def test_two_outlets_may_share_a_short_name(self) -> None:
        OutletRegistry(
            [outlet("a", "Alpha Post", short_names=("the Post",)), outlet("b", "B", short_names=("the Post",))]
        )

    def test_only_own_names_can_be_ambiguous(self) -> None:
        with pytest.raises(ValueError, match="'gamma' is ambiguous but none of its names"):
            OutletRegistry([outlet("a", "Alpha Courier", ambiguous=("Gamma",))])

    @pytest.mark.parametrize(
        ("toml", "message"),
        [
            ("[a", "Expected"),
            ('[a]\nname = "A"\ncountry = "US"', "'a' must have name, country and medium"),
            ('[a]\nname = "A"\ncountry = "US"\nmedium = "radio"', "unknown medium: 'radio'"),
            ('[a]\nname = "A"\ncountry = "US"\nmedium = "website"\nalias = ["B"]', "may have aliases"),
            ('[a]\nname = "A"\ncountry = "US"\nmedium = "website"\naliases = "B"', "malformed aliases: 'B'"),
            ('[a]\nname = ""\ncountry = "US"\nmedium = "website"', "malformed name"),
            ('[a]\nname = "A"\ncountry = "US"\nmedium = "website"\n[a]\n', "Cannot declare"),
        ],
    )
    def test_a_malformed_file_is_refused_with_its_path(self, tmp_path: Path, toml: str, message: str) -> None:
        path = tmp_path / "outlets.toml"
        path.write_text(toml, encoding="utf-8")
        with pytest.raises(ValueError, match=message) as caught:
            OutletRegistry.load(path)
        assert str(path) in str(caught.value)


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


class TestAmbiguousNames:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("She told Time on Monday", "Time"),
            ("said in Time magazine", "Time magazine"),
            ("He told the Sun newspaper", "Sun newspaper"),
            ("as the magazine Variety wrote", "Variety"),
            ("speaking on BBC Radio 4's Today, he said", "Today"),
            ("on NBC's “Today” show", "Today"),
            ("in an interview with The Guardian", "The Guardian"),
        ],
    )
    def test_evidence_settles_them(self, text: str, words: str) -> None:
        assert words in [w for w, _ in found(text)]

    @pytest.mark.parametrize(
        "text",
        [
            "Time will tell.",
            "Today is Monday.",
            "People said so.",
            "Yes. Nature calls.",
            "the State Department",
            "a Fortune 500 firm",
            "his State of the Union address",
            "the actor Ann Stern",
        ],
    )
    def test_words_that_mean_something_else_are_left_alone(self, text: str) -> None:
        assert REGISTRY.find(f"It was late. {text}") == ()

    def test_without_evidence_they_are_marked(self) -> None:
        (match,) = REGISTRY.find("It was the Sun that set the tone")
        assert match.outlet.id == "sun"
        assert match.ambiguous

    def test_a_programme_goes_with_the_broadcaster_named_last(self) -> None:
        text = "NBC News and the BBC differ. On NBC’s “Today” she agreed; on BBC One's Today programme she did not."
        assert [m.outlet.id for m in REGISTRY.find(text) if m.kind == "programme"] == ["nbc-news", "bbc"]

    def test_a_surname_is_marked(self) -> None:
        assert [m.ambiguous for m in REGISTRY.find("It was Michael Bloomberg who told Bloomberg.")] == [True, False]


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


class TestIdentify:
    @pytest.mark.parametrize(
        ("span", "expected"),
        [
            ("Huffington Post", OutletIdentity("huffpost", "HuffPost")),
            ("CNN's Jane Doe", OutletIdentity("cnn", "CNN", "Q48340")),
            ("Jane Doe of The Hill", OutletIdentity("hill", "The Hill")),
            ("“Morning Joe,”", OutletIdentity("msnbc", "MSNBC")),
            ("ABC's “Good Morning America”", OutletIdentity("abc-news", "ABC News")),
            ("POLITICO Utopia", OutletIdentity("politico-utopia", "POLITICO Utopia")),
            ("the Springfield Courier", OutletIdentity("springfield-courier", "Springfield Courier")),
            ("the Springfield Courier newspaper", OutletIdentity("springfield-courier", "Springfield Courier")),
            ("Springfield Courier’s Jane Doe", OutletIdentity("springfield-courier", "Springfield Courier")),
            ("Jane Doe of the Springfield Courier", OutletIdentity("springfield-courier", "Springfield Courier")),
            ("an op-ed in the Springfield Courier", OutletIdentity("springfield-courier", "Springfield Courier")),
            ("Springfield Courier editor Jane Doe", OutletIdentity("springfield-courier", "Springfield Courier")),
            ("Springfield's Evening Courier", OutletIdentity("evening-courier", "Evening Courier")),
            ("the French daily La Petite Gazette", OutletIdentity("la-petite-gazette", "La Petite Gazette")),
            ("The Long Day with Jane Doe", OutletIdentity("long-day", "Long Day")),
            ("Utopian Center for Investigative Reporting", None),
            ("NBC4", OutletIdentity("nbc4", "NBC4")),
            ("KXQZ-TV reporter Jane Doe", OutletIdentity("kxqz-tv", "KXQZ-TV")),
            ("an Israeli newspaper", OutletIdentity("an-israeli-newspaper", "an Israeli newspaper")),
            ("the local newspaper", OutletIdentity("local-newspaper", "local newspaper")),
        ],
    )
    def test_spans(self, span: str, expected: OutletIdentity | None) -> None:
        named = identity(f"“No,” he said, according to {span}", span)
        assert named == expected if expected else named and named.name == span

    @pytest.mark.parametrize(
        ("text", "span", "id_"),
        [
            ("Reed told NBC affiliate KXAS.", "NBC affiliate KXAS", "kxas"),
            ("Reed told NBC affiliate KXAS.", "NBC", "kxas"),
            ("Reed told ABC station WQQQ-TV.", "ABC station WQQQ-TV", "wqqq-tv"),
            ("Reed told CBS’s local affiliate News 12.", "CBS", "news-12"),
            ("Reed told an ABC affiliate in Ohio.", "ABC", "abc-news"),
            ("Reed told the NBC station manager.", "NBC", "nbc-news"),
        ],
    )
    def test_a_station_goes_before_its_network(self, text: str, span: str, id_: str) -> None:
        start = text.index(span)
        identity = REGISTRY.identify(text, start, start + len(span), REGISTRY.find(text))
        assert identity is not None
        assert identity.id == id_

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

    def test_other_scripts_have_an_id_too(self) -> None:
        named = identity("he told 乌有日报", "乌有日报")
        assert named
        assert named.name == "乌有日报"
        assert named.id.isascii()

    @pytest.mark.parametrize("span", ["", " ", "“”", "'"])
    def test_nothing_names_nothing(self, span: str) -> None:
        assert REGISTRY.identify(f"x{span}", 1, 1 + len(span), ()) is None

    def test_the_paper_is_the_paper_named_last(self) -> None:
        text = "He told the Boston Globe, not CNN. “Never,” he told the paper. “Ever,” he told the network."
        assert identity(text, "the paper") == OutletIdentity("boston-globe", "The Boston Globe")
        assert identity(text, "the network") == OutletIdentity("cnn", "CNN", "Q48340")

    def test_the_magazine_may_be_unknown(self) -> None:
        text = "Time magazine was first. Gadget magazine Utopia Life asked too. “Never,” he told the magazine."
        assert identity(text, "the magazine") == OutletIdentity("utopia-life", "Utopia Life")

    def test_the_paper_without_antecedent_names_nothing(self) -> None:
        assert identity("CNN was there. “Never,” he told the paper.", "the paper") is None

    @pytest.mark.parametrize(
        ("text", "span", "name"),
        [
            ("Reed told WQZX-TV. “Never,” he told the station.", "the station", "WQZX-TV"),
            ("Reed told Tide Radio. “Never,” he told the broadcaster.", "the broadcaster", "Tide Radio"),
            ("Reed told the Marlow Gazette. “Never,” he told the paper.", "the paper", "Marlow Gazette"),
            ("CNN was there. Reed told the Marlow Gazette. “No,” he told the paper.", "the paper", "Marlow Gazette"),
            ("Reed told the Boston Globe at Rose Mirror. “No,” he told the paper.", "the paper", "The Boston Globe"),
            (
                "Reed told the Marlow Gazette, then the Boston Globe. He told the paper.",
                "the paper",
                "The Boston Globe",
            ),
            (
                "Reed told the Boston Globe. He told the Marlow Gazette. He told the paper.",
                "the paper",
                "Marlow Gazette",
            ),
        ],
    )
    def test_the_paper_may_be_one_that_is_not_known(self, text: str, span: str, name: str) -> None:
        named = identity_among_likely(text, span)
        assert named
        assert named.name == name

    @pytest.mark.parametrize(
        ("text", "span"),
        [
            ("Reed told the Marlow Gazette. “Never,” he told the station.", "the station"),
            ("Reed told WQZX-TV. “Never,” he told the paper.", "the paper"),
            ("“Never,” he told the paper in the end.", "the paper"),
            ("Fox News was there. “Never,” he told the paper.", "the paper"),
        ],
    )
    def test_a_name_says_what_it_is_the_name_of(self, text: str, span: str) -> None:
        assert identity_among_likely(text, span) is None


class TestInvariants:
    @given(st.lists(WORDS).map(" ".join) | st.text())
    def test_matches_are_ordered_disjoint_spans_of_the_text(self, text: str) -> None:
        matches = REGISTRY.find(text)
        edges = [edge for m in matches for edge in (m.start, m.end)]
        assert edges == sorted(edges)
        assert all(text[m.start : m.end].strip() for m in matches)
        assert all(0 <= m.start < m.end <= len(text) for m in matches)

    @given(st.lists(WORDS).map(" ".join) | st.text(), st.data())
    def test_any_span_has_an_answer(self, text: str, data: st.DataObject) -> None:
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        named = REGISTRY.identify(text, start, end, REGISTRY.find(text))
        assert named is None or (named.name.strip() and named.id.isascii() and named.id)

    @pytest.mark.parametrize(
        "unit", ["The ", "New York ", '"', "’s", "A", "a.", "the Post ", "Wait Wait... ", "Today "]
    )
    def test_time_is_linear_on_hostile_text(self, unit: str) -> None:
        assert grows_with_length(lambda text: REGISTRY.identify(text, 0, len(text), REGISTRY.find(text)), unit, 10_000)
