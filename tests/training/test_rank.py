"""What is fitted after the network: the scorer of speakers, and what confidences are worth."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from service.attribution.attributor import QuoteAttributor
from service.attribution.model.chain import ChainWeights, log_likelihood
from service.attribution.model.checkpoint import load_checkpoint
from service.attribution.model.config import SPEAKER_FEATURES, AttributionConfig, Calibration
from service.attribution.outlets.known import KnownOutlet
from service.attribution.outlets.registry import OutletIdentity, OutletRegistry
from service.attribution.resolve.outlets import OutletAnswer
from service.attribution.resolve.speakers import find_speakers
from service.attribution.text import Span
from tests.attribution.resolve.predictions import pointer, predicted, prediction, read
from tests.tiny_model import save_tiny_model
from tests.training.labelled import article, label
from training.calibrate import Claim
from training.corpus import Article, LabelledQuote
from training.rank import (
    Case,
    Fitted,
    credit_threshold,
    fit,
    fit_all,
    fit_chain,
    outlet_claims,
    read_case,
    save,
    short_texts,
    speaker_claims,
    speech_threshold,
    tabulate,
    weigh_alike,
)

NAMES = ("Ada Brook", "Carl Dunn", "Edda Fenn", "Raj Patel")
N_FEATURES = len(SPEAKER_FEATURES)
REGISTRY = OutletRegistry(
    [KnownOutlet("tide", "Tide Radio", "GB", "broadcaster"), KnownOutlet("gull", "The Gull", "GB", "newspaper")]
)


def case(number: int, answered: str | None = "Reuters") -> Case:
    """Two people are quoted, each named in a clause, while the pointer at names means the other one.

    A scorer that learns anything prefers whom the clause names.
    """
    one, other = random.Random(number).sample(NAMES, 2)
    text = f"“It opens,” said {one} to Reuters. “It does not,” said {other}."
    document = read(text)
    labels = (label(text, "It opens,", speaker=one, outlet="Reuters"), label(text, "It does not,", speaker=other))
    predictions = [
        prediction(mention=pointer(text, {one: 0.9}), name=pointer(text, {other: 0.6}, 0.1)),
        prediction(mention=pointer(text, {other: 0.9}), name=pointer(text, {one: 0.6}, 0.1)),
    ]
    start = text.index("Reuters")
    answer = answered and OutletAnswer(
        OutletIdentity(answered.lower(), answered), Span(start, start + 7), "sentence", "told", 0.75
    )
    return Case(f"a{number}", document, labels, predicted(document, predictions, [answer or None, answer or None]))


CASES = [case(number) for number in range(12)]
LABEL = next(made for made in CASES[0].labels if made)


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    return fit_all(CASES, [replace(CASES[0], article="neighbours-0")], width=4)


def test_the_right_candidates_are_those_that_the_label_names() -> None:
    tables = list(tabulate(CASES[0], None))
    assert len(tables) == 2
    for (candidates, right), made in zip(tables, CASES[0].labels, strict=True):
        assert made is not None
        assert [n for n, r in zip(candidates.names, right, strict=True) if r] == [made.speaker]


def test_without_a_scorer_who_was_quoted_before_is_who_the_label_says() -> None:
    second = list(tabulate(CASES[0], None))[1][0]
    last = SPEAKER_FEATURES.index("last")
    assert [n for n, row in zip(second.names, second.features, strict=True) if row[last]] == [LABEL.speaker]


def test_with_a_scorer_it_is_whom_that_chooses() -> None:
    def nobody(features: Sequence[Sequence[float]]) -> list[float]:
        return [0.0] * (len(features) - 1) + [1.0]

    second = list(tabulate(CASES[0], nobody))[1][0]
    assert not any(row[SPEAKER_FEATURES.index("last")] for row in second.features)


def test_what_nobody_said_and_what_has_no_label_is_no_table() -> None:
    unsaid = replace(LABEL, kind="nonspeech")
    assert list(tabulate(replace(CASES[0], labels=(unsaid, None)), None)) == []


def test_the_scorer_learns_which_evidence_is_right() -> None:
    scorer = fit(CASES[:8], N_FEATURES, width=4)
    claims = speaker_claims(CASES[8:], scorer.probabilities)
    assert len(claims) == 8
    assert all(claim.is_right and claim.confidence > 0.5 for claim in claims)
    answers = find_speakers(CASES[9].document, CASES[9].predicted, scorer.probabilities)
    assert [answer and answer.name for answer in answers] == [made and made.speaker for made in CASES[9].labels]


def test_the_same_seed_gives_the_same_scorer() -> None:
    one, same = (fit(CASES[:2], N_FEATURES, width=2).state_dict() for _ in range(2))
    assert all(torch.equal(one[name], same[name]) for name in one)


def test_without_a_right_candidate_there_is_nothing_to_learn() -> None:
    unknown = replace(LABEL, speaker="Zoe Zane")
    with pytest.raises(ValueError, match="nothing to learn"):
        fit([replace(CASES[0], labels=(unknown, None))], N_FEATURES, width=2)


def test_outlets_count_as_right_by_their_names_where_the_label_is_sure() -> None:
    assert outlet_claims([case(0)]) == [Claim(0.75, True), Claim(0.75, False)]
    assert outlet_claims([replace(case(0), weight=2.0)]) == [Claim(0.75, True, 2.0), Claim(0.75, False, 2.0)]
    assert outlet_claims([case(0, answered=None)]) == []
    doubtful = tuple(made and replace(made, doubtful=True) for made in case(0).labels)
    assert outlet_claims([replace(case(0), labels=doubtful)]) == []


def test_accuracy_is_that_of_scorers_which_have_not_seen_the_articles(fitted: Fitted) -> None:
    assert fitted.accuracy == 100.0
    assert fitted.calibration.keys() == {"speaker", "outlet"}
    assert all(math.isfinite(line.slope) and math.isfinite(line.shift) for line in fitted.calibration.values())
    assert fitted.calibration["outlet"](0.75) == pytest.approx(0.5, abs=0.05)  # half of them are right


def test_what_is_fitted_is_saved_with_the_checkpoint_and_loaded_again(fitted: Fitted, tmp_path: Path) -> None:
    model = save_tiny_model(tmp_path / "tiny", shards=False)
    wide = fit(CASES[:2], N_FEATURES, width=8)
    before = load_file(model / "model.safetensors")
    save(replace(fitted, scorer=wide, calibration={"speaker": Calibration(2.0, 0.5)}), model)
    after = load_file(model / "model.safetensors")
    assert after.keys() == before.keys()
    assert {name for name in after if not after[name].equal(before[name])} == {n for n in before if "speakers." in n}
    loaded = load_checkpoint(model, precision="float32")
    config = loaded.model.config
    assert (config.speech_threshold, config.credit_threshold) == (fitted.speech_threshold, fitted.credit_threshold)
    assert ChainWeights(**loaded.model.config.chain) == fitted.chain
    assert (loaded.speaker, loaded.outlet) == (Calibration(2.0, 0.5), Calibration())
    rows = [[0.1] * N_FEATURES, [0.0] * N_FEATURES]
    assert loaded.model.speakers.probabilities(rows) == pytest.approx(wide.probabilities(rows))


def test_a_checkpoint_of_other_features_gets_those_of_the_scorer(fitted: Fitted, tmp_path: Path) -> None:
    model = save_tiny_model(tmp_path / "tiny", shards=False)
    config = AttributionConfig.from_pretrained(model)
    config.speaker_features = ("named", "last")
    config.save_pretrained(model)
    save(replace(fitted, scorer=fit(CASES[:2], N_FEATURES, width=8)), model)
    assert load_checkpoint(model).model.config.speaker_features == SPEAKER_FEATURES


TEXT = "“It opens,” said Ada Brook.\nCarl Dunn called it “slow.”\nNobody else spoke.\n“It holds,” he said."
SOURCE = article(
    TEXT,
    label(TEXT, "It opens,", speaker="Ada Brook"),
    label(TEXT, "slow.", speaker="Carl Dunn"),
    label(TEXT, "It holds,", speaker="Carl Dunn"),
)


@pytest.fixture(scope="module")
def attributor(tmp_path_factory: pytest.TempPathFactory) -> QuoteAttributor:
    return QuoteAttributor(load_checkpoint(save_tiny_model(tmp_path_factory.mktemp("rank") / "tiny")), REGISTRY)


def test_a_case_has_a_label_for_each_quotation_that_has_one(attributor: QuoteAttributor) -> None:
    quotes: tuple[LabelledQuote, ...] = SOURCE.quotes or ()
    found = read_case(attributor, replace(SOURCE, quotes=(quotes[2], quotes[0])))
    assert found.labels == (quotes[0], None, quotes[2])
    assert len(found.predicted.quotes) == len(found.predicted.outlets) == 3
    silent = read_case(attributor, Article("a2", "Nobody spoke.", (), ()))
    assert (silent.labels, len(silent.predicted.quotes)) == ((), 0)


CREDITED = "Ada Brook told Tide Radio that “it opens.” Carl Dunn wrote in The Gull that “it holds.” “Never,” he said."


def credited_case(attributor: QuoteAttributor, outlet: str = "Tide Radio") -> Case:
    """The first quote is credited, the second is not, and of the third nobody has said anything."""
    sure = label(CREDITED, "it opens.", outlet=outlet, outlet_mention="Tide Radio", basis="sentence", role="told")
    return read_case(attributor, article(CREDITED, sure, label(CREDITED, "it holds.")))


def likelihood(case: Case, weights: ChainWeights) -> float:
    chain = case.predicted.chain
    assert chain is not None
    allowed = torch.ones(3, len(chain.outlets) + 1, dtype=torch.bool)
    allowed[0] = torch.tensor([False, *(outlet.id == "tide" for outlet in chain.outlets)])
    allowed[1, 1:] = False
    return log_likelihood(*weights.weigh(chain.lattice), allowed).item()


def test_the_weights_of_the_chain_make_the_labelled_outlets_likelier(attributor: QuoteAttributor) -> None:
    case = credited_case(attributor)
    weights = fit_chain([case])
    assert likelihood(case, weights) > likelihood(case, ChainWeights())


def test_without_a_label_that_an_outlet_fits_the_chain_stays_as_it_is(attributor: QuoteAttributor) -> None:
    assert fit_chain([read_case(attributor, Article("a1", CREDITED, (), ()))]) == ChainWeights()
    assert fit_chain(CASES) == ChainWeights()


def test_outlets_are_decided_anew_by_the_weights(attributor: QuoteAttributor) -> None:
    case = credited_case(attributor)
    found = fit_all([*CASES, case], [], width=2)
    assert found.chain == fit_chain([case])
    assert found.chain != ChainWeights()


def test_credits_are_given_from_the_probability_with_the_best_f1_on() -> None:
    sure, unsure, wrong = case(0), case(1), case(2, answered="Tide Radio")

    def with_confidence(found: Case, *confidences: float) -> Case:
        outlets = [
            answer and replace(answer, confidence=confidence)
            for answer, confidence in zip(found.predicted.outlets, confidences, strict=True)
        ]
        return replace(found, predicted=replace(found.predicted, outlets=outlets))

    cases = [with_confidence(sure, 0.9, 0.3), with_confidence(unsure, 0.6, 0.2), with_confidence(wrong, 0.4, 0.1)]
    assert credit_threshold(cases, ChainWeights()) == 0.6
    assert credit_threshold([], ChainWeights()) == 0.5


@pytest.mark.parametrize(
    ("spoken", "expected"), [([], 0.5), ([0.3], 0.3), ([0.99] * 9, 0.9), ([0.01, 0.7], 0.1), ([0.2, *[0.8] * 150], 0.8)]
)
def test_so_much_labelled_speech_is_taken_for_speech(spoken: list[float], expected: float) -> None:
    def said(probability: float) -> Case:
        own = prediction()
        own = replace(own, choices={**own.choices, "kind": {"nonspeech": 1 - probability, "speech": probability}})
        return replace(CASES[0], labels=(LABEL, None), predicted=predicted(CASES[0].document, [own, prediction()]))

    assert speech_threshold(map(said, spoken)) == expected


def test_every_file_weighs_the_same() -> None:
    one, two = replace(SOURCE, id="one"), replace(SOURCE, id="two", quotes=(SOURCE.quotes or ())[:1])
    weights = weigh_alike([[one], [two], []])
    assert weights["one"] * 3 == pytest.approx(weights["two"] * 1)
    assert weigh_alike([[one, two]]) == {"one": 1.0, "two": 1.0}
    assert weigh_alike([]) == {}


def test_what_weighs_more_decides() -> None:
    right, wrong = case(0), case(2, answered="Tide Radio")
    weights = ChainWeights()
    few = credit_threshold([right, replace(wrong, weight=0.01)], weights)
    assert few == credit_threshold([right], weights)


def test_short_texts_are_an_excerpt_of_each_article_and_made_up_ones() -> None:
    found = short_texts([SOURCE] * 4)
    assert [text.id for text in found] == [*[SOURCE.id] * 4, "neighbours-0", "neighbours-1"]
    assert all(text.text in TEXT for text in found[:4])


def test_where_nothing_can_be_made_up_excerpts_are_all() -> None:
    plain = article("“It opens,” she said.\nNobody spoke.")
    assert [text.id for text in short_texts([plain, plain])] == [plain.id] * 2
