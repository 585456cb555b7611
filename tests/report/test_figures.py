from __future__ import annotations

from pathlib import Path

from service.report.figures import NO_OUTLET, OTHERS, Figures
from tests.database.results import DAM, quote, result
from tests.report.conftest import HOSTILE, figures_of


def numbers_of(figures: Figures) -> dict[str, list[int]]:
    """The numbers of the table, by speaker."""
    return {speaker: [cell.quotes for cell in cells] for speaker, cells in figures.table.rows}


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
    assert numbers_of(figures)["Ada Brook"] == [2, 0, 0, 1]
    assert numbers_of(figures)[OTHERS] == [0, 1, 0, 1], "who is not named"
    assert sum(map(sum, numbers_of(figures).values())) == figures.quotes - figures.without_speaker


def test_who_is_not_listed_is_among_others(tmp_path: Path) -> None:
    quotes = [quote(f"“{n}” it is", f"{chr(65 + n)}da Brook{n}", f"Post {n}") for n in range(26)]
    many = result("a", " ".join(f"“{q['text']}”" for q in quotes), *quotes)
    figures = figures_of([many], tmp_path)
    assert (len(figures.table.rows), len(figures.table.outlets)) == (16, 10)
    assert sum(map(sum, numbers_of(figures).values())) == 26
    assert numbers_of(figures)[OTHERS][-2] > 0


def test_the_numbers_of_whom_and_what_is_listed_lead_to_their_quotes(figures: Figures) -> None:
    samples = {speaker: [[s.text for s in cell.samples] for cell in cells] for speaker, cells in figures.table.rows}
    assert samples["Ada Brook"] == [[DAM, "We begin in May."], [], [], [f"{DAM}, and the council knows it."]]
    assert samples[OTHERS] == [[]] * 4


def test_every_outlet_of_a_quote_counts(tmp_path: Path) -> None:
    both = quote("It is so", "Ada Brook", "Reuters") | {"outlets_also": [quote("x", outlet="Valley Post")["outlet"]]}
    figures = figures_of([result("a", "“It is so”", both)], tmp_path)
    assert [(outlet.name, outlet.quotes) for outlet in figures.top_outlets] == [("Reuters", 1), ("Valley Post", 1)]
    assert [(speaker.name, speaker.quotes) for speaker in figures.top_speakers] == [("Ada Brook", 1)]
    assert numbers_of(figures)["Ada Brook"] == [1, 1, 0, 0]
    assert (figures.quotes, figures.credited) == (1, 1)
    assert [[sample.outlet for sample in outlet.samples] for outlet in figures.top_outlets] == [
        ["Reuters, Valley Post"]
    ] * 2


def test_a_pull_quote_counts_nowhere(tmp_path: Path) -> None:
    said = quote("It is so", "Ada Brook", "Reuters")
    figures = figures_of([result("a", "“It is so”", said, said | {"repeats": "q1"}, date="2026-03-01")], tmp_path)
    assert (figures.quotes, figures.repeated, figures.credited) == (1, 1, 1)
    assert [party.quotes for party in (*figures.top_speakers, *figures.top_outlets)] == [1, 1]
    assert [len(party.samples) for party in (*figures.top_speakers, *figures.top_outlets)] == [1, 1]
    assert numbers_of(figures)["Ada Brook"] == [1, 0, 0]
    assert [(period.quotes, period.credited, len(period.samples)) for period in figures.timeline] == [(1, 1, 1)]
    assert (sum(figures.speaker_confidence), sum(figures.outlet_confidence)) == (1, 1)
    assert len(figures.least_certain_speakers) == len(figures.least_certain_outlets) == 1


def test_the_timeline(figures: Figures) -> None:
    numbers = [(period.name, period.quotes, period.credited, len(period.samples)) for period in figures.timeline]
    assert numbers == [("2026-03-02", 1, 0, 1), ("2026-03-05", 3, 2, 3), ("2026-04-01", 1, 0, 1)]


def test_a_long_time_is_told_by_months_or_years(tmp_path: Path) -> None:
    def dated(date: str) -> Figures:
        return figures_of([result(str(n), "“a”", quote("a"), date=date.format(n + 1)) for n in range(70)], tmp_path)

    years = dated("2{:03}-01-01").timeline
    assert (years[0].name, [sample.date for sample in years[0].samples]) == ("2001", ["2001-01-01"])
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
