"""What an editor decides, and how an answer stands with it; on an answer of the shipped checkpoint."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.conftest import Modules
from tests.web.recorded import ANSWER

pytestmark = pytest.mark.slow

Quotes = list[dict[str, Any]]

STAND = """
    const { Decisions } = await load("decisions");
    const { decided, shown } = await load("standing");
    const [answer, kept, settings] = given;
    return shown(decided(answer, new Decisions(kept)), settings);
"""


def stand(
    modules: Modules,
    kept: dict[str, Any],
    confidence: float = 0.0,
    nonspeech: bool = True,
    answer: dict[str, Any] = ANSWER,
) -> dict[str, Any]:
    result: dict[str, Any] = modules.run(STAND, answer, kept, {"minConfidence": confidence, "nonspeech": nonspeech})
    return result


def key(quote: dict[str, Any]) -> str:
    return f"{quote['start']}-{quote['end']}"


def by_words(quotes: Quotes, words: str) -> dict[str, Any]:
    (quote,) = (quote for quote in quotes if quote["text"].startswith(words))
    return quote


def speaker(name: str, kind: str = "person") -> dict[str, Any]:
    return {"name": name, "type": kind, "mention": None, "named_at": None, "title": None, "confidence": 1}


def outlet(name: str, confidence: float = 1.0) -> dict[str, Any]:
    mention = {"text": name, "start": 60, "end": 60 + len(name)}
    return {"id": name.lower(), "name": name, "mention": mention, "basis": "sentence", "confidence": confidence}


def corrected(name: str, kind: str = "person") -> dict[str, Any]:
    return {
        "verdict": "corrected",
        "kind": "speech",
        "speaker": speaker(name, kind),
        "outlet": None,
        "outlets_also": [],
    }


def two_outlets(confidence: float = 1.0, also: float = 1.0) -> dict[str, Any]:
    """An answer with one quote, which two outlets are credited with, and a pull quote that repeats it."""
    told = {"kind": "speech", "confidence": 1, "continues": None, "speaker": speaker("Ada Brook") | {"id": "s1"}}
    told |= {"outlet": outlet("Reuters", confidence), "outlets_also": [outlet("AFP", also)]}
    quote = told | {"id": "q1", "start": 1, "end": 9, "repeats": None}
    pull_quote = told | {"id": "q2", "start": 20, "end": 28, "repeats": "q1"}
    return {"quotes": [quote, pull_quote], "speakers": [], "outlets": []}


@settings(max_examples=20, deadline=None)
@given(steps=st.lists(st.lists(st.integers(0, 4), min_size=1, max_size=3), max_size=6), undone=st.integers(0, 6))
def test_undo_takes_back_a_step_at_a_time(modules: Modules, steps: list[list[int]], undone: int) -> None:
    states = modules.run(
        """
        const { Decisions } = await load("decisions");
        const [steps, undone] = given;
        const decisions = new Decisions({ "0-1": { verdict: "accepted" } });
        const states = [decisions.toJSON()];
        steps.forEach((quotes, number) => {
            const decision = number % 3 ? { verdict: `${number}` } : null;
            decisions.decide(quotes.map((start) => [{ start, end: start + 1 }, decision]));
            states.push(decisions.toJSON());
        });
        for (let n = 0; n < undone; n += 1) decisions.undo();
        return { states, after: decisions.toJSON(), canUndo: decisions.canUndo };
        """,
        steps,
        undone,
    )
    left = max(0, len(steps) - undone)
    assert states["after"] == states["states"][left]
    assert states["canUndo"] == (left > 0)


def test_without_decisions_an_answer_stands_as_it_was_given(modules: Modules) -> None:
    standing = stand(modules, {})
    added: dict[str, Any] = {"review": None, "withheld": {"speaker": None, "outlet": None, "outlets_also": []}}
    assert standing["quotes"] == [quote | added for quote in ANSWER["quotes"]]
    assert standing["speakers"] == ANSWER["speakers"]
    assert standing["outlets"] == ANSWER["outlets"]


@settings(max_examples=10, deadline=None)
@given(confidence=st.floats(0, 1))
def test_the_slider_withholds_what_the_service_would(modules: Modules, confidence: float) -> None:
    standing = stand(modules, {}, confidence, nonspeech=False)
    given_quotes = [quote for quote in ANSWER["quotes"] if quote["kind"] == "speech"]
    assert len(standing["quotes"]) == len(given_quotes)
    for shown, quote in zip(standing["quotes"], given_quotes, strict=True):
        for party in ("speaker", "outlet"):
            is_low = quote[party] is not None and quote[party]["confidence"] < confidence
            assert shown[party] == (None if is_low else quote[party])
            assert shown["withheld"][party] == (quote[party] if is_low else None)
    for party, parties in (("speaker", standing["speakers"]), ("outlet", standing["outlets"])):
        n_named = sum(quote[party] is not None for quote in standing["quotes"])
        assert sum(len(one["quotes"]) for one in parties) == n_named


def test_the_slider_withholds_further_outlets_too(modules: Modules) -> None:
    standing = stand(modules, {}, 0.7, answer=two_outlets(also=0.6))
    assert [one["name"] for one in standing["outlets"]] == ["Reuters"]
    assert standing["quotes"][0]["outlets_also"] == []
    assert standing["quotes"][0]["withheld"] == {"speaker": None, "outlet": None, "outlets_also": [outlet("AFP", 0.6)]}
    standing = stand(modules, {}, 0.7, answer=two_outlets(confidence=0.6))
    assert [one["name"] for one in standing["outlets"]] == ["AFP"]
    assert standing["quotes"][0]["outlet"] is None


def test_every_outlet_counts_and_no_pull_quote_does(modules: Modules) -> None:
    standing = stand(modules, {}, answer=two_outlets())
    assert standing["speakers"] == [{"id": "s1", "name": "Ada Brook", "type": "person", "quotes": ["q1"]}]
    assert standing["outlets"] == [
        {"id": "reuters", "name": "Reuters", "quotes": ["q1"]},
        {"id": "afp", "name": "AFP", "quotes": ["q1"]},
    ]


def test_an_acceptance_holds_for_every_outlet_and_not_speech_has_none(modules: Modules) -> None:
    quote = two_outlets()["quotes"][0]
    accepted = modules.call("decisions", "acceptanceOf", quote)
    not_speech = modules.run("return (await load('decisions')).NOT_SPEECH;")
    changed = two_outlets()
    changed["quotes"][0] |= {"outlet": None, "outlets_also": []}  # as another model answers
    assert stand(modules, {"1-9": accepted}, answer=changed)["quotes"][0]["outlets_also"] == [outlet("AFP")]
    refused = stand(modules, {"1-9": not_speech, "20-28": not_speech}, answer=two_outlets())
    assert refused["quotes"][0]["outlets_also"] == []
    assert refused["outlets"] == []


def test_what_an_older_page_kept_is_made_an_answer_of_the_contract(modules: Modules) -> None:
    kept = {"verdict": "corrected", "kind": "speech", "speaker": None, "outlet": outlet("Reuters") | {"mention": None}}
    (quote, _) = stand(modules, {"1-9": kept}, answer=two_outlets())["quotes"]
    assert (quote["outlet"], quote["outlets_also"]) == (None, [])


def test_what_is_decided_is_never_left_out(modules: Modules) -> None:
    title, jury = by_words(ANSWER["quotes"], "The Salt Road"), by_words(ANSWER["quotes"], "more to say")
    not_speech = {"verdict": "corrected", "kind": "nonspeech", "speaker": None, "outlet": None}
    accepted = {"verdict": "accepted"} | {name: jury[name] for name in ("kind", "speaker", "outlet")}
    quotes = stand(modules, {key(title): not_speech, key(jury): accepted}, 1.0, nonspeech=False)["quotes"]
    assert by_words(quotes, "The Salt Road")["kind"] == "nonspeech"
    assert by_words(quotes, "more to say")["speaker"]["name"] == "The jury"
    assert by_words(quotes, "Thank you")["withheld"]["speaker"]["name"] == "Mei Lin Castellanos"


def test_speakers_keep_their_ids_and_new_ones_come_after_them(modules: Modules) -> None:
    miracle, knot = by_words(ANSWER["quotes"], "a small gray"), by_words(ANSWER["quotes"], "If the knot")
    standing = stand(
        modules,
        {key(miracle): corrected("Variety", "organization"), key(knot): corrected("Zoë Brännström-Okoye")},
    )
    before = {speaker["name"]: speaker["id"] for speaker in ANSWER["speakers"]}
    after = {speaker["name"]: speaker["id"] for speaker in standing["speakers"]}
    assert after["Zoë Brännström-Okoye"] == before["Zoë Brännström-Okoye"]
    assert before.keys() - after.keys() == {"The Guardian"}  # nothing is left to it
    assert after.keys() - before.keys() == {"Variety"}
    assert after["Variety"] not in before.values()
    assert by_words(standing["quotes"], "a small gray")["speaker"]["id"] == after["Variety"]


def test_an_utterance_is_decided_as_a_whole(modules: Modules) -> None:
    earlier = [None, "q0", None, "q1", "gone", None]
    quotes = [{"id": f"q{n}", "continues": one, "repeats": None} for n, one in enumerate(earlier)]
    quotes[5]["repeats"] = "q1"  # a pull quote
    ids = [[q["id"] for q in modules.call("standing", "utterance", quotes, quotes[n])] for n in (0, 3, 5, 2, 4)]
    assert ids == [["q0", "q1", "q3", "q5"]] * 3 + [["q2"], ["q4"]]


def test_an_utterance_of_very_many_paragraphs(modules: Modules) -> None:
    quotes = [{"id": str(n), "continues": str(n - 1) if n else None, "repeats": None} for n in range(50_000)]
    assert len(modules.call("standing", "utterance", quotes, quotes[-1])) == 50_000


def test_the_least_certain_come_first(modules: Modules) -> None:
    queue = modules.call("certainty", "leastCertainFirst", [q | {"review": None} for q in ANSWER["quotes"]])
    assert [(one["quote"]["text"], one["about"], one["confidence"]) for one in queue[:3]] == [
        ("The Salt Road,", "speech", 0.5697),
        ("more to say in its silences than most pictures manage in two hours of talk.", "speaker", 0.6882),
        ("a small gray miracle,", "speaker", 0.7069),
    ]
    assert [one["confidence"] for one in queue] == sorted(one["confidence"] for one in queue)
    assert len(queue) == len(ANSWER["quotes"])


def test_the_doubt_of_a_quote(modules: Modules) -> None:
    nobody = {"kind": "speech", "speaker": None, "outlet": None, "confidence": 0.9}
    assert modules.call("certainty", "doubt", nobody) == {"about": "speaker", "confidence": 0}
    withheld = nobody | {"withheld": {"speaker": speaker("Ada Brook") | {"confidence": 0.4}, "outlet": None}}
    assert modules.call("certainty", "doubt", withheld) == {"about": "speaker", "confidence": 0.4}
    title = nobody | {"kind": "nonspeech"}
    assert modules.call("certainty", "doubt", title) == {"about": "speech", "confidence": 0.9}
    assert modules.call("certainty", "leastCertainFirst", [nobody | {"review": "accepted"}]) == []
