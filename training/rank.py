"""Fits the stages after the network: ``python -m training.rank checkpoints/NAME --articles FILE...``.

Trains the scorer of speakers and calibrates both confidences on the network's answers for articles it was not trained
on, the held-back ones of each file, and saves them in the checkpoint. All files have the same weight, whatever their
number of articles. Calibration uses cross-fitting: each half is answered by a scorer fitted on the other half.
"""

from __future__ import annotations

import argparse
import random
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, astuple, dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Final, TypeGuard

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from service.attribution.attributor import QuoteAttributor
from service.attribution.document import Document
from service.attribution.model.chain import ChainWeights, Weighing, log_likelihood
from service.attribution.model.config import SPEAKER_FEATURES, AttributionConfig, Calibration
from service.attribution.model.outputs import OUT_OF_REACH
from service.attribution.model.ranking import CandidateScorer
from service.attribution.outlets.registry import OutletRegistry
from service.attribution.resolve.outlets import decide_outlets
from service.attribution.resolve.predicted import Predicted
from service.attribution.resolve.speakers import CandidateGatherer, Candidates, Scorer, likeliest
from training.calibrate import Claim, fit_line
from training.corpus import Article, LabelledQuote, read_articles, read_labels
from training.crops import crop
from training.examples import match_label
from training.holdout import is_held_back
from training.neighbours import NeighbourMaker
from training.sameness import same_outlet, same_speaker

ROUNDS: Final = 3
"""Rounds of fitting. Each takes the speakers of preceding quotes from the previous round's scorer."""
STEPS, RATE, DECAY = 150, 1e-2, 1.0
"""The optimiser's steps, learning rate and weight decay; chosen by accuracy on the half that the scorer was not fitted
on."""


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled article, with a label or None for each quotation, and the network's answers.

    ``weight`` is the weight of each label.
    """

    article: str
    document: Document
    labels: tuple[LabelledQuote | None, ...]
    predicted: Predicted
    weight: float = 1.0


def read_case(attributor: QuoteAttributor, article: Article, weight: float = 1.0) -> Case:
    """The network's answers for an article."""
    document = attributor.read(article.text)
    labels = sorted(article.quotes or (), key=lambda q: q.span.start)
    with torch.no_grad():  # not inference mode, whose tensors cannot take part in fitting
        vectors = attributor.join(document, attributor.encode(document.windows))
        predicted = attributor.predict(document, vectors)
    matched = tuple(match_label(quotation, labels) for quotation in document.quotations)
    return Case(article.id, document, matched, predicted, weight)


def weigh_alike(files: Sequence[Sequence[Article]]) -> dict[str, float]:
    """A weight for each article id such that all files have the same total weight over their labelled quotes."""
    sizes = [sum(len(article.quotes or ()) for article in file) for file in files]
    mean = sum(sizes) / max(1, len(files))
    return {article.id: mean / size for file, size in zip(files, sizes, strict=True) if size for article in file}


def fit(cases: Sequence[Case], n_features: int, width: int, seed: int = 0) -> CandidateScorer:
    """The maximum-likelihood scorer of the right candidates over all labelled speech.

    Raises: ValueError: if no labelled quote has its speaker among the candidates.
    """
    torch.manual_seed(seed)
    scorer = CandidateScorer(n_features, width)
    for round_ in range(ROUNDS):
        chooser = scorer.probabilities if round_ else None
        _maximise(scorer, [(case.weight, *table) for case in cases for table in tabulate(case, chooser)])
    return scorer.eval()


def tabulate(case: Case, scorer: Scorer | None) -> Iterator[tuple[Candidates, tuple[bool, ...]]]:
    """The candidates for each labelled stretch of speech, and which of them are right.

    The speakers of preceding quotes come from ``scorer``, or from the labels without one.
    """
    gatherer = CandidateGatherer(case.document, case.predicted)
    said: list[str | None] = []
    for index, (label, prediction) in enumerate(zip(case.labels, case.predicted.quotes, strict=True)):
        candidates = gatherer.candidates(index, said)
        right = _right(candidates, label)
        if scorer is not None:
            shares = scorer(candidates.features)
            chosen = candidates.names[likeliest(shares)]
        else:
            chosen = next((n for n, r in zip(candidates.names, right, strict=True) if r), candidates.names[0])
        said.append(chosen if prediction.best("kind") == "speech" else None)
        if label is not None and label.kind == "speech":
            yield candidates, right


def _right(candidates: Candidates, label: LabelledQuote | None) -> tuple[bool, ...]:
    if label is None or label.kind != "speech":
        return (False,) * len(candidates.names)
    return tuple(same_speaker(name, label.speaker, label.type) for name in candidates.names)


def _maximise(scorer: CandidateScorer, tables: Iterable[tuple[float, Candidates, tuple[bool, ...]]]) -> None:
    """``tables`` hold the weight of a quote, its candidates, and which of them are right."""
    answerable = [table for table in tables if any(table[2])]
    if not answerable:
        raise ValueError("nothing to learn from: no labelled quote has its speaker among the candidates")
    weights = torch.tensor([weight for weight, _, _ in answerable])
    features, present, right = _padded([(candidates, correct) for _, candidates, correct in answerable])
    optimizer = torch.optim.AdamW(scorer.parameters(), lr=RATE, weight_decay=DECAY)
    for _ in range(STEPS):
        optimizer.zero_grad()
        scores = scorer(features.flatten(0, 1)).view(present.shape).masked_fill(~present, OUT_OF_REACH)
        inside = scores.masked_fill(~right, OUT_OF_REACH).logsumexp(1)
        torch.autograd.backward(((scores.logsumexp(1) - inside) * weights).sum() / weights.sum())
        optimizer.step()


def _padded(tables: Sequence[tuple[Candidates, tuple[bool, ...]]]) -> tuple[Tensor, Tensor, Tensor]:
    """The features [M, N, F] of M quotes, and masks [M, N] of the places with a candidate and with a right one."""
    width = max(len(candidates.names) for candidates, _ in tables)
    features = torch.zeros(len(tables), width, len(tables[0][0].features[0]))
    present, right = (torch.zeros(len(tables), width, dtype=torch.bool) for _ in range(2))
    for i, (candidates, correct) in enumerate(tables):
        n = len(candidates.names)
        features[i, :n] = torch.tensor(candidates.features)
        present[i, :n] = True
        right[i, :n] = torch.tensor(correct)
    return features, present, right


AS_GOOD: Final = 0.003
"""F1 values this close to the best count as equally good."""
FOUND: Final = 0.99
"""The share of labelled speech that must be classified as speech."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """The parameters to save in the checkpoint, and the percentage of right names for labelled speech, by scorers that
    were not fitted on the article."""

    scorer: CandidateScorer
    calibration: dict[str, Calibration]
    chain: ChainWeights
    credit_threshold: float
    speech_threshold: float
    accuracy: float


def short_texts(articles: Sequence[Article], seed: int = 7) -> list[Article]:
    """An excerpt of each article, and half as many generated texts of quotes side by side."""
    rng, maker = random.Random(seed), NeighbourMaker.of(articles, OutletRegistry.load())
    made = [maker.article(rng, f"neighbours-{number}") for number in range(len(articles) // 2)] if maker else []
    return [*(crop(article, rng) for article in articles), *made]


def fit_chain(cases: Iterable[Case]) -> ChainWeights:
    """The maximum-likelihood weights for the labelled outlets; the default weights if none is labelled."""
    chains = [(c.weight, c.predicted.chain, _allowed_states(c)) for c in cases if c.predicted.chain is not None]
    asked = [
        (weight, Weighing(chain.lattice), allowed)
        for weight, chain, allowed in chains
        if chain.outlets and not allowed.all()
    ]
    if not asked:
        return ChainWeights()
    weights = torch.tensor(astuple(ChainWeights()), requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=30, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        total = torch.zeros(())
        for weight, chain, allowed in asked:
            total = total - weight * log_likelihood(*chain.scores(weights), allowed)
        torch.autograd.backward(total)
        return total

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    return ChainWeights(*weights.tolist())


def _allowed_states(case: Case) -> Tensor:
    """The states that each quotation's label accepts; all of them without a label. [Q, K + 1]"""
    chain = case.predicted.chain
    outlets = chain.outlets if chain is not None else ()
    allowed = torch.ones(len(case.labels), len(outlets) + 1, dtype=torch.bool)
    for i, label in enumerate(case.labels):
        if _has_credit(label):
            right = [label.outlet is None, *(same_outlet(o.name, label.outlet) for o in outlets)]
            if any(right):
                allowed[i] = torch.tensor(right)
    return allowed


def fit_all(cases: Sequence[Case], short: Sequence[Case], width: int) -> Fitted:
    """The scorer from all cases, including short texts. The calibration from two scorers, each fitted on half of the
    whole articles, their excerpts and all generated texts, and applied to the other half of the whole articles."""
    chain = fit_chain(cases)
    credit = credit_threshold(cases, chain)
    cases, short = ([_decided_anew(case, chain, credit) for case in some] for some in (cases, short))
    shuffled = random.Random(5).sample(cases, len(cases))
    known = {case.article for case in cases}
    claims: list[Claim] = []
    for own, other in ((0, 1), (1, 0)):
        names = {case.article for case in shuffled[own::2]}
        excerpts = [case for case in short if case.article in names or case.article not in known]
        scorer = fit([*shuffled[own::2], *excerpts], len(SPEAKER_FEATURES), width)
        claims += speaker_claims(shuffled[other::2], scorer.probabilities)
    calibration = {"speaker": fit_line(claims), "outlet": fit_line(outlet_claims(cases))}
    accuracy = 100 * sum(claim.is_right for claim in claims) / max(1, len(claims))
    scorer = fit([*cases, *short], len(SPEAKER_FEATURES), width)
    return Fitted(scorer, calibration, chain, credit, speech_threshold(cases), accuracy)


def credit_threshold(cases: Sequence[Case], weights: ChainWeights) -> float:
    """The probability from which an outlet is credited.

    The F1 is almost constant over a wide range; the threshold is the middle of the range within ``AS_GOOD`` of the
    best, so that neither precision nor recall is sacrificed.
    """
    claims = outlet_claims(_decided_anew(case, weights, 0.0) for case in cases)
    credited = sum(case.weight * _has_outlet(label) for case in cases for label in case.labels)
    by_threshold, found, right = [(0.5, 0.0)], 0.0, 0.0
    for confidence, is_right, weight in sorted(claims, reverse=True):
        found, right = found + weight, right + weight * is_right
        by_threshold.append((confidence, 2 * right / (found + credited)))
    best = max(f1 for _, f1 in by_threshold)
    as_good = [confidence for confidence, f1 in by_threshold if f1 >= best - AS_GOOD]
    return (min(as_good) + max(as_good)) / 2


def _has_credit(label: LabelledQuote | None) -> TypeGuard[LabelledQuote]:
    """Whether the label says without doubt which outlet is credited, or that none is."""
    return label is not None and label.kind == "speech" and not label.doubtful


def _has_outlet(label: LabelledQuote | None) -> bool:
    return _has_credit(label) and label.outlet is not None


def _decided_anew(case: Case, weights: ChainWeights, threshold: float) -> Case:
    """The case with its outlets decided by these weights."""
    predicted = case.predicted
    if predicted.chain is None:
        return case
    outlets = decide_outlets(case.document, predicted.chain, predicted.quotes, weights, threshold)
    return replace(case, predicted=replace(predicted, outlets=outlets))


def speech_threshold(cases: Iterable[Case]) -> float:
    """The highest threshold for speech that still finds the share ``FOUND`` of labelled speech."""
    spoken = sorted(
        (prediction.choices["kind"]["speech"], case.weight)
        for case in cases
        for label, prediction in zip(case.labels, case.predicted.quotes, strict=True)
        if label is not None and label.kind == "speech"
    )
    lost = list(accumulate(weight for _, weight in spoken))
    if not lost:
        return 0.5
    return min(0.9, max(0.1, spoken[bisect_right(lost, (1 - FOUND) * lost[-1])][0]))


def speaker_claims(cases: Iterable[Case], scorer: Scorer) -> list[Claim]:
    """The scorer's answer for each labelled stretch of speech."""
    found = []
    for case in cases:
        for candidates, right in tabulate(case, scorer):
            shares = scorer(candidates.features)
            best = likeliest(shares)
            found.append(Claim(shares[best], right[best], case.weight))
    return found


def outlet_claims(cases: Iterable[Case]) -> list[Claim]:
    """The outlets returned for labelled speech whose credit is not doubtful."""
    return [
        Claim(outlet.confidence, same_outlet(outlet.identity.name, label.outlet), case.weight)
        for case in cases
        for label, outlet in zip(case.labels, case.predicted.outlets, strict=True)
        if outlet is not None and _has_credit(label)
    ]


def save(fitted: Fitted, model: Path) -> None:
    """Save the scorer among the checkpoint's weights, and everything else in its configuration."""
    weights = load_file(model / "model.safetensors")
    weights |= {f"speakers.{name}": value.contiguous() for name, value in fitted.scorer.state_dict().items()}
    save_file(weights, model / "model.safetensors", metadata={"format": "pt"})
    config = AttributionConfig.from_pretrained(model)
    config.speaker_features = SPEAKER_FEATURES
    config.calibration = {name: asdict(line) for name, line in fitted.calibration.items()}
    config.credit_threshold = fitted.credit_threshold
    config.chain = asdict(fitted.chain)
    config.speech_threshold = fitted.speech_threshold
    config.save_pretrained(model)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="a model directory as the trainer leaves it")
    parser.add_argument("--articles", type=Path, nargs="+", required=True, metavar="FILE", help="JSON lines (.gz)")
    parser.add_argument("--unseen", type=Path, nargs="+", default=(), metavar="FILE", help="more, all held back")
    parser.add_argument("--labels", type=Path, nargs="+", default=(), help="labels for those that lack them")
    arguments = parser.parse_args()
    attributor, labels = QuoteAttributor.load(arguments.model, precision="float32"), read_labels(arguments.labels)
    held = ([a for a in read_articles(path, labels) if is_held_back(a.id)] for path in arguments.articles)
    unseen = (read_articles(path, labels) for path in arguments.unseen)
    files = [[article for article in file if article.quotes] for file in (*held, *unseen)]
    articles, weights = [article for file in files for article in file], weigh_alike(files)
    cases = [read_case(attributor, article, weights[article.id]) for article in articles]
    short = [read_case(attributor, text, weights.get(text.id, 1.0)) for text in short_texts(articles)]
    fitted = fit_all(cases, short, AttributionConfig.from_pretrained(arguments.model).scorer_width)
    save(fitted, arguments.model)
    print(f"{len(articles)} articles, names right: {fitted.accuracy:.1f} %")


if __name__ == "__main__":
    main()
