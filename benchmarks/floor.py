"""How far the whole is from one pass of its encoder over the same tokens."""

from __future__ import annotations

from benchmarks.articles import invented
from benchmarks.engine import Engine
from benchmarks.report import Table, milliseconds
from benchmarks.timing import in_turn
from service.attribution.quotations import find_quotations

_SIZES = ((1_000, 9), (3_500, 9), (10_000, 7), (100_000, 2))  # characters, rounds
_CHARACTERS_A_QUOTE = {"few": 2_000, "many": 250}


def measure(engine: Engine) -> Table:
    rows = []
    for characters, rounds in _SIZES:
        for spread in _CHARACTERS_A_QUOTE.values():
            text = invented(characters, max(1, characters // spread))
            rows.append(_row(engine, text, rounds))
    return Table(
        "Against the bare encoder",
        "The floor is one forward pass of the same encoder at the same precision over the article's tokens, each read "
        "once, in windows without overlap. Medians, timed in turn.",
        ("characters", "tokens", "quotes", "attribute()", "bare encoder", "ratio"),
        rows,
    )


def _row(engine: Engine, text: str, rounds: int) -> tuple[object, ...]:
    tokens = engine.tokens(text)
    times = in_turn(
        {"whole": lambda: engine.attributor.attribute(text), "floor": lambda: engine.encode(tokens)}, rounds
    )
    whole, floor = times["whole"], times["floor"]
    ratio = f"{whole / floor:.2f}"
    return len(text), len(tokens), len(find_quotations(text)), milliseconds(whole), milliseconds(floor), ratio
