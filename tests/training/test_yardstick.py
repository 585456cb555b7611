"""The figures against those of the scoring script, where that and the development articles lie beside the checkout."""

from __future__ import annotations

import importlib.util
import math
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.training.perturbed import Perturber
from training.corpus import Article, read_articles
from training.evaluate import measure
from training.metrics import Figures
from training.sameness import same_outlet, same_speaker

BESIDE = Path(__file__).resolve().parents[3] / "shared"
SCRIPT = BESIDE / "score" / "score.py"
CORPORA = ("polnear", "web", "allsides")
SEEDS = range(5)
NAMED_DIFFERENTLY = {
    **{f"  of type {kind}": f"speaker name, {kind}" for kind in ("person", "organization", "group", "document")},
    **{f"  recall, named in the {basis}": f"outlet recall, {basis}" for basis in ("sentence", "context")},
    "outlets in gold": "segments with an outlet",
}
"""The scoring script's names of figures that have another name here."""
ONLY_HERE = {"speaker name, unknown", "speaker name, all but persons"}


@pytest.fixture(scope="module")
def script() -> Any:
    if not SCRIPT.exists():
        pytest.skip(f"the scoring script is not at {SCRIPT}")
    spec = importlib.util.spec_from_file_location("score", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=CORPORA)
def corpus(request: pytest.FixtureRequest) -> Path:
    path = BESIDE / "corpus" / f"{request.param}-dev.jsonl.gz"
    if not path.exists():
        pytest.skip(f"the development articles are not at {path}")
    return path


@pytest.fixture(scope="module")
def articles(corpus: Path) -> list[Article]:
    return [article for article in read_articles(corpus) if article.quotes]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_figures_for_random_answers(script: Any, corpus: Path, articles: list[Article], seed: int) -> None:
    rng, perturber = random.Random(seed), Perturber.of(articles)
    answers = {article.id: perturber.answer(article, rng) for article in articles}
    ours = _ours(articles, answers)
    assert ours == _theirs(script, corpus, answers)
    assert 20 < (ours["all right F1"] or 0) < 80


def test_the_same_figures_where_nothing_is_returned(script: Any, corpus: Path, articles: list[Article]) -> None:
    answers: dict[str, list[dict[str, Any]]] = {article.id: [] for article in articles}
    assert _ours(articles, answers) == _theirs(script, corpus, answers)


def test_the_same_names_of_speakers(script: Any, articles: list[Article]) -> None:
    rng, perturber = random.Random(0), Perturber.of(articles)
    for label in (label for article in articles for label in article.quotes or () for _ in range(5)):
        given = perturber.name(label.speaker, rng)
        same = script.same_name(given, label.speaker, label.type)
        assert same_speaker(given, label.speaker, label.type) == same, (given, label.speaker, label.type)


def test_the_same_names_of_outlets(script: Any, articles: list[Article]) -> None:
    rng, perturber = random.Random(0), Perturber.of(articles)
    known = [*script.PROGRAMME_OF, *script.OUTLET_ALIASES, *script.PROGRAMMES]
    for right in (*perturber.outlets, *known, *map(str.title, known)):
        for given in (perturber.outlet(right, rng), rng.choice(known), rng.choice(known).title()):
            assert same_outlet(given, right) == bool(script.same_outlet(given, right)), (given, right)


def test_each_other_name_belongs_to_the_same_outlet(script: Any) -> None:
    for other, main in {**script.PROGRAMME_OF, **script.OUTLET_ALIASES}.items():
        assert same_outlet(other.upper(), main), (other, main)


def _ours(articles: list[Article], answers: Mapping[str, list[dict[str, Any]]]) -> Figures:
    pairs = [(article, {"model": {}, "quotes": answers[article.id]}) for article in articles]
    figures = measure({"corpus": pairs}).figures["corpus"]
    return {name: value for name, value in figures.items() if name not in ONLY_HERE}


def _theirs(script: Any, corpus: Path, answers: Mapping[str, list[dict[str, Any]]]) -> Figures:
    rows = script.score(script.read(str(corpus)), lambda article: answers[article["id"]])
    return {NAMED_DIFFERENTLY.get(name, name): None if math.isnan(value) else value for name, value in rows.items()}
