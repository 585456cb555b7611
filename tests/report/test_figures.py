from __future__ import annotations

from service.report.figures import Name, gather
from tests.report.results import HOSTILE, RESULTS, answered, quote


def test_everything_is_counted() -> None:
    figures = gather(RESULTS)
    assert (figures.articles, figures.failed, figures.quotes, figures.nonspeech) == (4, 1, 6, 1)
    assert figures.speakers == [Name("Ada Brook", 4, 2), Name(f"Bo {HOSTILE}", 1, 1)]
    assert figures.outlets == [Name("Reuters", 3, 2), Name("HuffPost", 1, 1)]
    assert figures.credits["Ada Brook", "Reuters"] == 2
    assert figures.credits["Ada Brook", None] == 1
    assert (figures.without_speaker, figures.with_outlet) == (1, 4)
    assert figures.speaker_confidence == [0] * 8 + [5, 0]
    assert figures.outlet_confidence == [0] * 9 + [4]
    assert [sample.article for sample in figures.unattributed] == ["a"]
    assert [sample.article for sample in figures.failures] == ["d"]
    assert figures.models == {"fake 0": 3}


def test_only_so_many_samples_are_kept() -> None:
    figures = gather(answered(str(number), quote()) for number in range(1000))
    assert figures.without_speaker == 1000
    assert len(figures.unattributed) < 50


def test_nothing() -> None:
    figures = gather([])
    assert (figures.articles, figures.quotes, figures.failed) == (0, 0, 0)
