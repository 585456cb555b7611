"""The outlet registry: what it holds, and which outlet a span of a text names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.attribution.outlets.registry import OutletIdentity, OutletRegistry
from service.attribution.outlets.unlisted import likely_outlets
from tests.attribution.growth import grows_with_length
from tests.attribution.outlets.shipped import REGISTRY, outlet

WORDS = st.sampled_from(
    ["The", "the", "Washington Post", "Post", "Time", "Today", "NBC", "BBC", "Radio", "4", "'s", "’s", "“", "”", "\n\n"]
) | st.sampled_from(["told", "magazine", "Huffington", "New York", "-", "&", "Fox", "Friends", "cnn.com", "/", "paper"])


def identity(text: str, span: str) -> OutletIdentity | None:
    start = text.rindex(span)
    return REGISTRY.identify(text, start, start + len(span), REGISTRY.find(text))


def identity_among_likely(text: str, span: str) -> OutletIdentity | None:
    start = text.rindex(span)
    return REGISTRY.identify(text, start, start + len(span), REGISTRY.find(text), list(likely_outlets(text)))


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
