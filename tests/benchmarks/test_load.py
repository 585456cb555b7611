from __future__ import annotations

import pytest

from benchmarks.load import Outcome


def test_figures_of_a_load() -> None:
    outcome = Outcome(latencies=[float(n) for n in range(101)], refused=3, seconds=50.5)
    assert outcome.throughput == pytest.approx(2.0)
    assert [outcome.percentile(rank) for rank in (50, 95, 99)] == [50.0, 95.0, 99.0]
