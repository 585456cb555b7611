"""Credits by layout: in brackets, after "Source:", under an excerpt; and what only looks like one."""

from __future__ import annotations

import pytest

from service.attribution.outlets.registry import OutletIdentity, OutletRegistry
from service.attribution.quotations import find_quotations
from service.attribution.resolve.layout import with_layout
from service.attribution.resolve.outlets import OutletAnswer
from service.attribution.text import Span
from tests.attribution.growth import grows_with_length

REGISTRY = OutletRegistry.load()


def credited(text: str, chosen: OutletAnswer | None = None) -> list[list[str]]:
    quotations = find_quotations(text)
    outlets = [chosen] * len(quotations)
    found = with_layout(text, quotations, outlets, REGISTRY, REGISTRY.find(text))
    return [[answer.identity.id for answer in each] for each in found]


@pytest.mark.parametrize(
    ("text", "outlets"),
    [
        ("“We have timber,” Tremain said. (Reuters)", [["reuters"]]),
        ("Tremain promised “timber.” (New York Times / Reuters, CNN)", [["new-york-times", "reuters", "cnn"]]),
        ("“Timber,” he said. “And time.” (Reuters)", [["reuters"], ["reuters"]]),
        ("“Timber,” he said. (Reuters) “No,” she said. (the Ashby Gazette)", [["reuters"], ["ashby-gazette"]]),
        ("“Timber,” said Ann Lee (Axios).", [["axios"]]),
        ("“Timber,” he said (via Axios, Politico).", [["axios", "politico"]]),
        ("“Timber,” he said. “And stone,” said Ann Lee (Axios)\n“No.”", [[], ["axios"], []]),
        ("“Timber,” he said. [AP and Politico]", [["associated-press", "politico"]]),
        ("“Timber,” he said. Source: Reuters", [["reuters"]]),
        ("“Timber.” — Ann Lee, Ashby Gazette", [["ashby-gazette"]]),
        ("“Timber.”\nAnn Lee, Ashby Gazette\n“No.”", [["ashby-gazette"], []]),
        ("“Timber.”\nSource: Reuters", [["reuters"]]),
        ("“Timber,” he said. (Source: Reuters)", [["reuters"]]),
        ("“Timber,” he said. (h/t Politico)", [["politico"]]),
        ("“Timber,” he said. Hat tip: Politico", [["politico"]]),
        ("“Timber,” he said. SOURCE: REUTERS", [["reuters"]]),
        ("“Timber,” he said. (Reuters, June 3)", [["reuters"]]),
        ("“Timber,” he said. (Reuters, CNN, 3 June 2021)", [["reuters", "cnn"]]),
        ("“Timber,” he said. Source: Reuters, 2021-06-03.", [["reuters"]]),
        ("“Timber,” he said.\n“No,” she said. (Reuters)", [[], ["reuters"]]),
    ],
)
def test_credits(text: str, outlets: list[list[str]]) -> None:
    assert credited(text) == outlets


@pytest.mark.parametrize(
    "text",
    [
        "FAIRHAVEN (Reuters) - “Timber,” he said.",
        "“Timber,” he said. (He had told Reuters so.)",
        "“Timber,” he said. (Photo: Reuters)",
        "“Timber,” he said. (Credit: Reuters)",
        "“Timber,” he said. (Reuters, room 3)",
        "“Timber,” he said. (June 3, 2021)",
        "“Timber,” said Ann Lee (CNN), a presenter.",
        "“Timber,” said Ann Lee (D-Ohio).",
        "“Timber,” he said of the British Broadcasting Corporation (BBC).",
        "“Timber,” he said. The mill was shut (Reuters).",
        "“Timber.” — Ann Lee, mayor",
        "He said “timber”.\nAnn Lee, Ashby Gazette",
        "“Timber,” he said. (laughter)",
    ],
)
def test_what_is_no_credit(text: str) -> None:
    assert not any(credited(text))


def test_an_outlet_that_the_sentence_names_stays_the_first() -> None:
    text = "“Timber,” he told CNN. (Reuters)"
    cnn = OutletIdentity("cnn", "CNN")
    at = Span(text.index("CNN"), text.index("CNN") + 3)
    assert credited(text, OutletAnswer(cnn, at, "sentence", "told", 0.9)) == [["cnn", "reuters"]]
    assert credited(text, OutletAnswer(cnn, at, "context", "told", 0.9)) == [["reuters"]]


def test_an_outlet_right_behind_a_quote_goes_before_another_of_its_sentence() -> None:
    text = "He said “timber” (Axios) and “stone” (CNN)."
    cnn = OutletAnswer(OutletIdentity("cnn", "CNN"), Span(38, 41), "sentence", "reported", 0.9)
    assert credited(text, cnn) == [["axios"], ["cnn"]]


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("“Timber.” He left. “No,” she said. (Reuters)", ["context", "sentence"]),
        ("“Timber,” he said. “And time,” he said? “No.” (Reuters)", ["context", "context", "sentence"]),
    ],
)
def test_a_credit_behind_further_sentences_is_context(text: str, bases: list[str]) -> None:
    quotations = find_quotations(text)
    found = with_layout(text, quotations, [None] * len(quotations), REGISTRY, REGISTRY.find(text))
    assert [answer.basis for each in found for answer in each] == bases


def test_time_is_linear_in_the_quotes_of_a_line() -> None:
    def run(text: str) -> None:
        text += "“a.” (CNN)"
        quotations = find_quotations(text)
        with_layout(text, quotations, [None] * len(quotations), REGISTRY, REGISTRY.find(text))

    assert grows_with_length(run, "“a” b ", 40_000)


@pytest.mark.parametrize(
    "piece", ["“a” (CNN) ", "“a” he (CNN).", "“a” — Ab Cd, ", ". (CNN / ", "“a”\nSource: CNN\n", ".   "]
)
def test_time_is_linear(piece: str) -> None:
    def run(text: str) -> None:
        with_layout(text, (), (), REGISTRY, matches)

    matches = ()
    assert grows_with_length(run, piece, 8000)


@pytest.mark.parametrize(
    ("text", "outlets"),
    [
        ("“Timber,” she told CNN and Reuters.", ["cnn", "reuters"]),
        ("“Timber,” she told CNN, Reuters and the Washington Post.", ["cnn", "reuters", "washington-post"]),
        ("“Timber,” she told CNN, Reuters and the Ashby Gazette.", ["cnn", "reuters", "ashby-gazette"]),
        (
            "“Timber,” she told the Ashby Gazette, CNN and the Colby Star-Herald.",
            ["cnn", "ashby-gazette", "colby-star-herald"],
        ),
        ("“Timber,” she told CNN and the Washington Post reported it.", ["cnn"]),
        ("“Timber,” she told CNN and the Ashby Gazette reported it.", ["cnn"]),
        ("“Timber,” she told CNN. Reuters was there.", ["cnn"]),
        ("“Timber,” she told CNN, the ABC affiliate.", ["cnn"]),
        ("“Timber,” she told ABC and Fox News, CNN reported.", ["cnn"]),
        ("“Timber,” she told CNN on Monday, and Reuters on Tuesday.", ["cnn"]),
    ],
)
def test_outlets_listed_with_the_one_credited(text: str, outlets: list[str]) -> None:
    place = Span(text.index("CNN"), text.index("CNN") + 3)
    chosen = OutletAnswer(OutletIdentity("cnn", "CNN"), place, "sentence", "told", 0.9)
    assert credited(text, chosen) == [outlets]


def test_of_several_listed_outlets_each_has_its_own_words() -> None:
    text = "“Timber,” she told CNN and Reuters."
    chosen = OutletAnswer(OutletIdentity("cnn", "CNN"), Span(19, 34), "sentence", "told", 0.9)
    (found,) = with_layout(text, find_quotations(text), [chosen], REGISTRY, REGISTRY.find(text))
    assert [text[answer.mention.start : answer.mention.end] for answer in found] == ["CNN", "Reuters"]
