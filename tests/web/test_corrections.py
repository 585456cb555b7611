"""An article of 20 quotes, corrected on the page in three places, exported, measured with and trained on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from service.attribution import QuoteAttributor
from service.settings import PROJECT_ROOT
from tests.tiny_model import save_tiny_encoder, save_tiny_model
from tests.web.conftest import OpenPage, served
from tests.web.recorded import ARTICLE, Recorded
from tests.web.test_desk import ESSAY, KNOT, MIRACLE, TITLE, correct, note, saved, why
from tests.web.test_page import ask
from training.corpus import LabelledQuote, read_articles

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exported")


@pytest.fixture
def corrections(open_page: OpenPage, exported: Path) -> Path:
    """What an editor exports who corrects three quotes, calls one not speech, and accepts the rest."""
    with served(Recorded) as address:
        page = open_page(at=address)
        ask(page, ARTICLE)
        page.get_by_label("Show quoted words that are not speech").check()
        correct(page, MIRACLE, Speaker="Variety", Outlet="Variety")
        correct(page, KNOT, Speaker="Zoë Brännström-Okoye")
        correct(page, ESSAY, Outlet="The New York Times")
        note(page, TITLE).click()
        why(page, TITLE).get_by_role("button", name="Not speech").click()
        page.get_by_role("button", name="Accept the rest").click()
        return saved(page, "Export as training labels", exported)


def run(*arguments: object) -> str:
    """What a command of the project prints."""
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", *map(str, arguments)]
    done = subprocess.run(command, cwd=PROJECT_ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


def labelled(quotes: tuple[LabelledQuote, ...], words: str) -> LabelledQuote:
    (quote,) = (q for q in quotes if ARTICLE[q.span.start + 1 : q.span.end - 1].startswith(words))
    return quote


def test_corrections_are_measured_with_and_trained_on(corrections: Path, tmp_path: Path) -> None:
    (article,) = read_articles(corrections)
    assert article.text == ARTICLE
    assert article.quotes is not None
    assert len(article.quotes) == 20
    assert labelled(article.quotes, "The Salt Road").kind == "nonspeech"
    miracle = labelled(article.quotes, "a small gray miracle")
    assert (miracle.speaker, miracle.type, miracle.outlet) == ("Variety", "organization", "Variety")
    assert miracle.outlet_mention is not None
    assert ARTICLE[slice(miracle.outlet_mention.start, miracle.outlet_mention.end)] == "Variety"
    assert labelled(article.quotes, "If the knot").speaker == "Zoë Brännström-Okoye"
    essay = labelled(article.quotes, "long advertisements")
    assert (essay.speaker, essay.outlet, essay.basis) == ("Lars van Houten III", "The New York Times", "sentence")

    model = save_tiny_model(tmp_path / "model")
    report = json.loads(run("training.evaluate", "--model", model, "--articles", corrections, "--json"))
    (figures,) = report["figures"].values()
    assert figures["speech segments"] == 15
    assert figures["nonspeech segments"] == 5
    assert figures["segments with an outlet"] == 5

    output = tmp_path / "trained"
    run(
        *("training.train", "--train", corrections, "--encoder", save_tiny_encoder(tmp_path / "encoder")),
        *("--output", output, "--epochs", 1, "--device", "cpu", "--precision", "float32"),
    )
    trained = QuoteAttributor.load(output / "epoch-1")
    assert len(trained.attribute(ARTICLE, include_nonspeech=True).quotes) == 20
