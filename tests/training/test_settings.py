"""The command line of a training run."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.settings import read_settings


def test_files_and_a_place_are_all_it_takes() -> None:
    settings = read_settings(["--train", "a.jsonl", "b.txt", "--output", "out", "--encoder", "bert", "--device", "cpu"])
    assert (settings.train, settings.whole, settings.labels) == ((Path("a.jsonl"), Path("b.txt")), (), ())
    assert (settings.output, settings.initial, settings.share) == (Path("out"), None, 1.0)
    assert settings.precision in {"bfloat16", "float32"}


def test_what_is_given_counts() -> None:
    given = "--train a.jsonl --whole c.jsonl d.jsonl --share .5 --output o --encoder bert --precision float32".split()
    settings = read_settings([*given, "--initial", "first", "--quote-layers", "3", "--neighbours", "0"])
    assert settings.whole == (Path("c.jsonl"), Path("d.jsonl"))
    assert (settings.share, settings.precision, settings.initial) == (0.5, "float32", Path("first"))
    assert (settings.quote_layers, settings.neighbours, settings.encoder) == (3, 0.0, "bert")


@pytest.mark.parametrize("given", [[], ["--train", "a.jsonl"], ["--train", "a", "--output", "b", "--epochs", "many"]])
def test_what_cannot_be_read_ends_the_process(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_settings(given)
    assert "training.train" in capsys.readouterr().err
