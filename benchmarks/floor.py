"""The whole pipeline compared with one pass of its encoder over the same tokens."""

from __future__ import annotations

from statistics import median

from benchmarks.articles import invented
from benchmarks.engine import Engine
from benchmarks.report import Table, milliseconds
from benchmarks.timing import in_turn
from service.attribution.quotations import find_quotations

_SIZES = ((1_000, 21), (3_500, 15), (10_000, 9), (100_000, 3))  # characters, rounds
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
        "once, in windows without overlap. The two are timed in turn; medians of the times and of their ratio.",
        ("characters", "tokens", "quotes", "attribute()", "bare encoder", "ratio"),
        rows,
    )


def _row(engine: Engine, text: str, rounds: int) -> tuple[object, ...]:
    tokens = engine.tokens(text)
    times = in_turn(
        {"whole": lambda: engine.attributor.attribute(text), "floor": lambda: engine.encode(tokens)}, rounds
    )
    ratio = median(whole / floor for whole, floor in zip(times["whole"], times["floor"], strict=True))
    medians = (milliseconds(median(times[name])) for name in ("whole", "floor"))
    return len(text), len(tokens), len(find_quotations(text)), *medians, f"{ratio:.2f}"
