from __future__ import annotations

from pathlib import Path

from service.report.figures import NO_OUTLET, OTHERS, Figures, Period
from tests.database.results import DAM, quote, result
from tests.report.conftest import HOSTILE, figures_of


def test_everything_is_counted(figures: Figures) -> None:
    assert (figures.articles, figures.failed, figures.quotes, figures.nonspeech) == (7, 1, 7, 1)
    assert (figures.speakers, figures.outlets, figures.credited, figures.without_speaker) == (2, 2, 3, 1)
    assert (figures.sayings, figures.inferred) == (1, 1)
    assert figures.models == "fake 0 00"
    assert figures.failures == [("failed.txt", "text: is empty")]


def test_the_most_quoted_come_first_with_their_quotes(figures: Figures) -> None:
    first = figures.top_speakers[0]
    assert (first.name, first.quotes, first.articles) == ("Ada Brook", 3, 2)
    assert [sample.date for sample in first.samples] == ["2026-03-02", "2026-03-05", "2026-03-05"]
    assert [outlet.name for outlet in figures.top_outlets] == ["Lindach Courier", HOSTILE]


def test_the_table_counts_every_quote_with_a_speaker_once(figures: Figures) -> None:
    assert figures.table.outlets == ["Lindach Courier", HOSTILE, OTHERS, NO_OUTLET]
    assert dict(figures.table.rows)["Ada Brook"] == [2, 0, 0, 1]
    assert dict(figures.table.rows)[OTHERS] == [0, 1, 0, 1], "who is not named"
    assert sum(sum(numbers) for _, numbers in figures.table.rows) == figures.quotes - figures.without_speaker


def test_who_is_not_listed_is_among_others(tmp_path: Path) -> None:
    quotes = [quote(f"“{n}” it is", f"{chr(65 + n)}da Brook{n}", f"Post {n}") for n in range(26)]
    many = result("a", " ".join(f"“{q['text']}”" for q in quotes), *quotes)
    table = figures_of([many], tmp_path).table
    assert (len(table.rows), len(table.outlets)) == (16, 10)
    assert sum(sum(numbers) for _, numbers in table.rows) == 26
    assert dict(table.rows)[OTHERS][-2] > 0


def test_the_timeline(figures: Figures) -> None:
    assert figures.timeline == [Period("2026-03-02", 1, 0), Period("2026-03-05", 3, 2), Period("2026-04-01", 1, 0)]


def test_a_long_time_is_told_by_months_or_years(tmp_path: Path) -> None:
    def dated(date: str) -> Figures:
        return figures_of([result(str(n), "“a”", quote("a"), date=date.format(n + 1)) for n in range(70)], tmp_path)

    assert dated("2{:03}-01-01").timeline[0].name == "2001"
    assert len(dated("2026-03-01T00:00:{:02}Z").timeline) == 1


def test_first_reports_and_repeats(figures: Figures) -> None:
    (saying,) = figures.first_reports
    assert saying.articles == 3
    assert (saying.first.publisher, saying.first.date) == ("Lindach Courier", "2026-03-02")
    assert [(relation, sample.text) for relation, sample in saying.repeats] == [
        ("shorter", DAM),
        ("shorter", DAM.upper()),
    ]


def test_confidence(figures: Figures) -> None:
    assert figures.speaker_confidence == [0] * 8 + [6, 0]
    assert figures.outlet_confidence == [0] * 7 + [3, 0, 0]
    assert [sample.confidence for sample in figures.least_certain_outlets] == [0.7] * 3
    assert len(figures.least_certain_speakers) == 6


def test_links_lead_to_the_words_and_nowhere_else(figures: Figures) -> None:
    (unattributed,) = figures.unattributed
    assert unattributed.link == "https://post.example/a?b=1#:~:text=Nobody%2Dsaid%20this"
    samples = [sample for party in figures.top_speakers for sample in party.samples]
    assert {sample.link for sample in samples} == {None}


def test_nothing(tmp_path: Path) -> None:
    figures = figures_of([], tmp_path)
    assert (figures.articles, figures.quotes, figures.failed, figures.timeline) == (0, 0, 0, [])
