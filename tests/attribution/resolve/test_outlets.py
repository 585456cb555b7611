"""Outlets from logits made by hand: which one is credited, and how far a credit goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from service.attribution.document import Document
from service.attribution.model.chain import ChainWeights
from service.attribution.model.config import CHOICES, LONGEST, POINTERS, TRANSITIONS
from service.attribution.model.decoding import QuotePrediction
from service.attribution.model.modeling import allowed_lengths
from service.attribution.model.outputs import QuoteLogits, SpanScores
from service.attribution.model.windows import Section
from service.attribution.outlets.known import KnownOutlet
from service.attribution.outlets.registry import OutletIdentity, OutletRegistry
from service.attribution.resolve.outlets import CONSIDERED, OutletAnswer, build_chain, decide_outlets
from service.attribution.resolve.ties import pointed_names
from service.attribution.text import Span
from tests.attribution.resolve.predictions import pointer, prediction, read, span_of

TEXT = (
    "Ada Brook told The Larkfield Herald that “it opens.” Dunn told Tide Radio that “it does not.”\n"
    "“It does,” she said to the Herald again. A page of Fathomer agreed."
)
REGISTRY = OutletRegistry(
    [
        KnownOutlet("herald", "The Larkfield Herald", "GB", "newspaper", short_names=("the Herald",)),
        KnownOutlet("tide", "Tide Radio", "GB", "broadcaster"),
    ]
)
DOCUMENT = read(TEXT, REGISTRY)
UNWEIGHED = ChainWeights()
Scores = Mapping[str, float]


def made_logits(
    section: Section,
    spans: Sequence[Mapping[tuple[int, int], float]],
    transitions: Sequence[Mapping[str, float]],
    speech: Sequence[float],
) -> QuoteLogits:
    """Of a section: scores of spans by first and last token, and of transitions by name; else 0 for "none" and next to
    nothing for other spans."""
    n_quotes, n_tokens = len(section.quotes), len(section.tokens)
    starts, ends = torch.full((n_quotes, n_tokens), -20.0), torch.full((n_quotes, n_tokens), -20.0)
    for quote, scores in enumerate(spans):
        for (first, last), score in scores.items():
            starts[quote, first], ends[quote, last] = score, 0.0
    regions = torch.from_numpy(section.tokens.regions)
    scored = SpanScores(starts, ends, torch.zeros(n_quotes), allowed_lengths(regions, LONGEST["outlet"]))
    choices = {name: torch.zeros(n_quotes, len(answers)) for name, answers in CHOICES.items()}
    choices["kind"][:, 1] = torch.tensor(list(speech))
    changes = torch.tensor([[change.get(name, 0.0) for name in TRANSITIONS] for change in transitions])
    return QuoteLogits(choices, dict.fromkeys(POINTERS, scored), changes.reshape(-1, len(TRANSITIONS)))


def find(
    scores: Sequence[Scores],
    *transitions: Scores,
    speech: Sequence[float] = (30.0, 30.0, 30.0),
    predictions: Sequence[QuotePrediction] | None = None,
    weights: ChainWeights = UNWEIGHED,
    threshold: float = 0.5,
) -> list[OutletAnswer | None]:
    """The outlets of the three quotes of the text, from scores of its words."""
    (section,) = DOCUMENT.sections
    spans = [
        {place: score for words, score in row.items() for place in section.tokens.places([span_of(TEXT, words)], 12)}
        for row in scores
    ]
    logits = made_logits(section, spans, transitions or ({}, {}), speech)
    return decided(DOCUMENT, [logits], predictions or [prediction()] * 3, weights, threshold)


def decided(
    document: Document,
    logits: Sequence[QuoteLogits],
    predictions: Sequence[QuotePrediction],
    weights: ChainWeights = UNWEIGHED,
    threshold: float = 0.5,
) -> list[OutletAnswer | None]:
    pointed = [pointed_names(document, each) for each in predictions]
    chain = build_chain(document, REGISTRY, logits, predictions, pointed)
    return decide_outlets(document, chain, predictions, weights, threshold)


def ids(answers: Sequence[OutletAnswer | None]) -> list[str | None]:
    return [answer.identity.id if answer else None for answer in answers]


def test_the_outlet_pointed_at_is_credited_in_its_words() -> None:
    own = prediction({"basis": "sentence", "role": "wrote"}, outlet=pointer(TEXT, {"Tide Radio": 0.9}))
    answers = find([{"Tide Radio": 2.0}, {}, {}], predictions=[own, prediction(), prediction()])
    assert ids(answers) == ["tide", None, None]
    assert answers[0] is not None
    assert answers[0].identity == OutletIdentity("tide", "Tide Radio")
    assert (answers[0].mention, answers[0].role) == (span_of(TEXT, "Tide Radio"), "wrote")
    assert 0.8 < answers[0].confidence < 1


def test_its_mention_is_the_place_pointed_at_or_else_the_nearest() -> None:
    own = prediction(outlet=pointer(TEXT, {"Tide Radio": 0.5, "the Herald": 0.4}))
    answers = find([{"the Herald": 3.0}, {"the Herald": 3.0}, {}], predictions=[own, prediction(), prediction()])
    mentions = [answer.mention for answer in answers if answer]
    assert mentions == [span_of(TEXT, "the Herald"), span_of(TEXT, "the Herald")]


@pytest.mark.parametrize(
    ("quote", "words", "said", "basis"),
    [
        (0, "The Larkfield Herald", "context", "sentence"),  # nothing ends between them
        (0, "Tide Radio", "context", "context"),  # a sentence ends: as the network says
        (0, "Tide Radio", "sentence", "sentence"),
        (1, "the Herald", "sentence", "context"),  # another paragraph
        (2, "the Herald", "context", "sentence"),
    ],
)
def test_an_outlet_in_the_quotes_own_sentence_is_told_from_the_context(
    quote: int, words: str, said: str, basis: str
) -> None:
    own = [
        prediction({"basis": said}, outlet=pointer(TEXT, {words: 0.9})) if i == quote else prediction()
        for i in range(3)
    ]
    answer = find([{words: 9.0} if i == quote else {} for i in range(3)], predictions=own)[quote]
    assert answer is not None
    assert answer.basis == basis


def test_places_that_name_one_outlet_count_together() -> None:
    scores = {"Tide Radio": 2.0, "The Larkfield Herald": 1.6, "the Herald": 1.6}
    own = prediction(outlet=pointer(TEXT, {"the Herald": 0.3}))  # a short name, which alone might mean another
    assert ids(find([scores, {}, {}], predictions=[own, prediction(), prediction()]))[0] == "herald"


def test_no_outlet_is_credited_where_none_is_likelier() -> None:
    assert ids(find([{"Tide Radio": -1.0, "the Herald": -1.0}, {}, {}])) == [None] * 3


@pytest.mark.parametrize(("threshold", "expected"), [(0.1, "tide"), (0.25, "tide"), (0.3, None), (0.9, None)])
def test_an_outlet_is_credited_from_a_probability_on(threshold: float, expected: str | None) -> None:
    assert ids(find([{"Tide Radio": -1.0}, {}, {}], threshold=threshold))[0] == expected  # its probability is .27


def test_an_article_that_names_no_outlet_credits_none() -> None:
    document = read("“It opens,” she said.")
    (section,) = document.sections
    assert decided(document, [made_logits(section, [{}], [], [30.0])], [prediction()]) == [None]


def test_a_credit_goes_on_as_the_transitions_say() -> None:
    likely, hardly = {"Tide Radio": 4.0}, {"Tide Radio": -2.0}
    stays, ends = {"stay": 4.0}, {"end": 4.0}
    assert ids(find([likely, hardly, hardly], stays, stays)) == ["tide"] * 3
    assert ids(find([likely, hardly, hardly], stays, ends)) == ["tide", "tide", None]
    assert ids(find([likely, hardly, hardly], ends, stays)) == ["tide", None, None]
    assert ids(find([hardly, hardly, likely], stays, stays)) == ["tide"] * 3


def test_another_outlet_takes_over_where_they_switch() -> None:
    herald = {"The Larkfield Herald": 2.0, "Tide Radio": 0.0}
    assert ids(find([{"Tide Radio": 4.0}, herald, {}], {"stay": 8.0}, {"end": 4.0})) == ["tide", "tide", None]
    assert ids(find([{"Tide Radio": 4.0}, herald, {}], {"switch": 8.0}, {"end": 4.0})) == ["tide", "herald", None]


def test_what_nobody_said_credits_nobody_by_itself() -> None:
    assert ids(find([{"Tide Radio": 4.0}, {}, {}], speech=(-30.0, 30.0, 30.0))) == [None] * 3


def test_an_outlet_that_only_the_pointer_knows_is_named_as_in_the_article() -> None:
    for weight, expected in ((CONSIDERED, "fathomer"), (CONSIDERED / 2, None)):
        own = prediction(outlet=pointer(TEXT, {"Fathomer": weight}))
        answer = find([{"Fathomer": 4.0}, {}, {}], predictions=[own, prediction(), prediction()])[0]
        assert (answer and answer.identity.id) == expected


def test_a_person_is_no_outlet_whatever_the_pointer_considers() -> None:
    own = prediction(outlet=pointer(TEXT, {"Ada Brook": 0.9}))
    assert ids(find([{"Ada Brook": 9.0}, {}, {}], predictions=[own, prediction(), prediction()])) == [None] * 3


def test_nor_is_who_is_quoted_as_a_person() -> None:
    text = "“It opens,” Fathomer Quill said. “It holds,” Dunn told Quill."
    document = read(text, REGISTRY)
    outlet = {"Quill.": 0.9}
    told = prediction(outlet=pointer(text, outlet))
    (section,) = document.sections
    (place,) = section.tokens.places([span_of(text, "Quill.")], 12)
    logits = [made_logits(section, [{}, {place: 9.0}], [{}], (30.0, 30.0))]

    def credited(kind: str) -> str | None:
        named = pointer(text, {"Fathomer Quill": 0.9})
        first = prediction({"type": kind}, name=named)
        return ids(decided(document, logits, [first, told]))[1]

    assert credited("person") is None
    assert credited("organization") == "quill"


def test_the_chain_has_the_outlets_of_the_article_and_where_they_are_named() -> None:
    (section,) = DOCUMENT.sections
    own = prediction(outlet=pointer(TEXT, {"Fathomer": 0.5, "the Herald": 0.4}))
    logits = made_logits(section, [{}, {}, {}], [{}, {"stay": 2.0}], [30.0] * 3)
    chain = build_chain(DOCUMENT, REGISTRY, [logits], [own, prediction(), prediction()], [{}] * 3)
    known = {
        o.id: [TEXT[s.start : s.end] for s in places] for o, places in zip(chain.outlets, chain.places, strict=True)
    }
    assert {"The Larkfield Herald", "the Herald"} <= set(known["herald"])
    assert "Tide Radio" in known["tide"]
    unlisted = {outlet.id for outlet, lacking in zip(chain.outlets, chain.lattice.unlisted, strict=True) if lacking}
    assert "fathomer" in unlisted
    assert not unlisted & {"herald", "tide"}
    assert chain.lattice.scores.shape == (3, len(chain.outlets) + 1)
    assert chain.lattice.transitions.tolist() == [[0.0] * 4, [2.0, 0.0, 0.0, 0.0]]


def test_what_the_parts_of_the_chain_weigh_is_set_apart() -> None:
    sure, likely = {"Tide Radio": 4.0}, {"Tide Radio": 1.0}
    assert ids(find([likely, {}, {}], weights=ChainWeights(none=2.0))) == [None] * 3
    assert ids(find([sure, {}, {}], weights=ChainWeights(none=2.0)))[0] == "tide"
    assert ids(find([likely, {}, {}], weights=ChainWeights(unlisted=9.0)))[0] == "tide"
    hardly = {"Tide Radio": -2.0}
    assert ids(find([sure, hardly, {}], {"stay": 4.0}, {}, weights=ChainWeights(transitions=0.1)))[1] is None
    assert ids(find([sure, hardly, {}], {"stay": 4.0}, {}, weights=ChainWeights(states=0.1)))[1] == "tide"


N_QUOTES = 80
LONG = read("“Yes,” Ada Brook told Tide Radio.\n" * N_QUOTES, REGISTRY)


def one_credit(document: Document, until: int) -> list[QuoteLogits]:
    """The first quote is credited to the outlet, and all after it up to number ``until``, where the credit ends."""
    logits, seen = [], 0
    for section in document.sections:
        first = seen - section.kept.start
        numbers = range(first, first + len(section.quotes))
        spans = [dict.fromkeys(section.tokens.places(_mentions(section), 12), 30.0 * (n == 0)) for n in numbers]
        changes = [
            {"begin": -1000.0, "stay": -1000.0 * (n == until), "end": -1000.0 * (n != until)} for n in numbers[1:]
        ]
        logits.append(made_logits(section, spans, changes, [30.0] * len(numbers)))
        seen = first + section.kept.stop
    assert seen == N_QUOTES
    return logits


def _mentions(section: Section) -> list[Span]:
    starts = section.tokens.starts
    return [Span(m.start, m.end) for m in LONG.outlets if starts[0] <= m.start and m.end <= section.tokens.ends[-1]]


@given(until=st.integers(1, N_QUOTES - 1))
@settings(deadline=None, max_examples=12)
def test_a_credit_goes_on_over_the_borders_of_sections_and_ends_where_it_ends(until: int) -> None:
    assert len(LONG.sections) > 2
    answers = decided(LONG, one_credit(LONG, until), [prediction()] * N_QUOTES)
    assert ids(answers) == ["tide"] * until + [None] * (N_QUOTES - until)
    assert all(answer.confidence == pytest.approx(1, abs=1e-3) for answer in answers if answer)
