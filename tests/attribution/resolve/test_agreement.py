"""Speakers and outlets in agreement, from answers made by hand."""

from __future__ import annotations

from service.attribution.mentions.index import NameIndex
from service.attribution.outlets.known import KnownOutlet
from service.attribution.outlets.registry import OutletIdentity, OutletRegistry
from service.attribution.quotations import find_quotations
from service.attribution.resolve.agreement import OutletAgreement, own_words, without_reporter
from service.attribution.resolve.outlets import OutletAnswer
from service.attribution.resolve.speakers import SpeakerAnswer
from service.records import OutletBasis, OutletRole
from tests.attribution.resolve.readings import pointing, reading, span_of

TEXT = (
    "Carl Dunn met Ada Brook. The Herald said so. “It holds,” Dunn told Brook. “It has to,” Tide Radio quoted him.\n"
    "“Never,” he wrote."
)
QUOTATIONS = find_quotations(TEXT)
DUNN = SpeakerAnswer("Carl Dunn", None, 0.9)
BROOK = SpeakerAnswer("Ada Brook", None, 0.9)
REGISTRY = OutletRegistry([KnownOutlet("herald", "The Herald", "GB", "newspaper")])
AGREEMENT = OutletAgreement(TEXT, NameIndex.read(TEXT), REGISTRY.find(TEXT))


def credit(words: str, basis: OutletBasis = "sentence", role: OutletRole = "told") -> OutletAnswer:
    return OutletAnswer(OutletIdentity(words.lower(), words), span_of(TEXT, words), basis, role, 0.9)


def test_who_only_reports_does_not_speak() -> None:
    places = pointing(TEXT, {"Tide Radio": 0.6, "Dunn told": 0.3})
    read = reading(mention=places, name=places)
    reported = without_reporter(TEXT, read, credit("Tide Radio", role="reported"))
    for pointer in ("mention", "name"):
        assert [c.span for c in reported.pointers[pointer].candidates] == [span_of(TEXT, "Dunn told")]
    assert without_reporter(TEXT, read, credit("Tide Radio", role="own")) == read
    assert without_reporter(TEXT, read, None) == read


def test_an_outlet_speaks_its_own_words() -> None:
    own = credit("The Herald", role="own")
    said = own_words(reading({"type": "organization"}), SpeakerAnswer("so", span_of(TEXT, "so."), 0.4), own)
    assert said == SpeakerAnswer("The Herald", span_of(TEXT, "so."), 0.9)
    assert own_words(reading({"type": "document"}), None, own) == SpeakerAnswer("The Herald", None, 0.9)
    assert own_words(reading({"type": "person"}), DUNN, own) == DUNN  # a reporter
    assert own_words(reading({"type": "organization"}), DUNN, credit("The Herald")) == DUNN
    assert own_words(reading({"type": "organization"}), None, None) is None


def test_whoever_is_quoted_in_the_article_is_no_outlet() -> None:
    to_brook = credit("told Brook")
    assert AGREEMENT.settle(QUOTATIONS, [DUNN, BROOK, None], [to_brook, None, None]) == [None] * 3
    assert AGREEMENT.settle(QUOTATIONS, [DUNN, DUNN, None], [to_brook, None, None]) == [to_brook, None, None]


def test_what_the_registry_knows_is_an_outlet_even_if_it_speaks() -> None:
    herald = credit("The Herald")
    speaks = SpeakerAnswer("The Herald", None, 0.9)
    assert AGREEMENT.settle(QUOTATIONS, [speaks, DUNN, None], [herald, None, None])[0] == herald


def test_both_halves_of_a_split_quote_have_the_outlet_that_one_of_them_names() -> None:
    carried, named = credit("The Herald", basis="context"), credit("Tide Radio")
    assert AGREEMENT.settle(QUOTATIONS, [DUNN, DUNN, DUNN], [carried, named, carried]) == [named, named, carried]
    assert AGREEMENT.settle(QUOTATIONS, [BROOK, DUNN, DUNN], [carried, named, None]) == [carried, named, None]
    assert AGREEMENT.settle(QUOTATIONS, [DUNN, DUNN, DUNN], [None, named, None]) == [None, named, None]
