"""Growth of the time with an article's length and with its number of quotes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from statistics import linear_regression, median

from benchmarks.articles import invented
from benchmarks.engine import Engine
from benchmarks.report import Table, milliseconds
from benchmarks.timing import in_turn
from service.attribution.quotations import find_quotations
from service.settings import Settings

_LENGTHS = (6_000, 12_000, 25_000, 50_000, 100_000, Settings().max_article_chars - 500)
_CHARACTERS_A_QUOTE = 400
_QUOTES = (5, 20, 80, 160)
_LENGTH_FOR_QUOTES = 20_000


def measure_length(engine: Engine) -> Table:
    texts = [invented(length, length // _CHARACTERS_A_QUOTE) for length in _LENGTHS]
    times = _times(engine, texts)
    exponent = fitted_exponent([len(text) for text in texts], times)
    return Table(
        "By length",
        f"A quote every {_CHARACTERS_A_QUOTE} characters, up to the longest article that the limits allow. Time grows "
        f"with the length to the power of {exponent:.2f}.",
        ("characters", "quotes", "attribute()", "a thousand characters"),
        [
            (len(text), len(find_quotations(text)), milliseconds(t), milliseconds(t / len(text) * 1000))
            for text, t in zip(texts, times, strict=True)
        ],
    )


def measure_quotes(engine: Engine) -> Table:
    texts = [invented(_LENGTH_FOR_QUOTES, quotes) for quotes in _QUOTES]
    times = _times(engine, texts)
    counts = [len(find_quotations(text)) for text in texts]
    exponent = fitted_exponent(counts, times)
    return Table(
        "By number of quotes",
        f"In articles of some {_LENGTH_FOR_QUOTES:,} characters. Time grows with the number to the power of "
        f"{exponent:.2f}.",
        ("quotes", "characters", "attribute()"),
        [(count, len(text), milliseconds(t)) for count, text, t in zip(counts, texts, times, strict=True)],
    )


def fitted_exponent(sizes: Sequence[int], times: Sequence[float]) -> float:
    """The exponent ``b`` of the curve ``a * size ** b``, by least squares of the logarithms."""
    return linear_regression([math.log(s) for s in sizes], [math.log(t) for t in times]).slope


def _times(engine: Engine, texts: Sequence[str]) -> list[float]:
    runs = [partial(engine.attributor.attribute, text) for text in texts]
    return [median(times) for times in in_turn(dict(zip(texts, runs, strict=True)), rounds=2).values()]
