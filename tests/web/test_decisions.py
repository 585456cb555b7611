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


def stand(modules: Modules, kept: dict[str, Any], confidence: float = 0.0, nonspeech: bool = True) -> dict[str, Any]:
    result: dict[str, Any] = modules.run(STAND, ANSWER, kept, {"minConfidence": confidence, "nonspeech": nonspeech})
    return result


def key(quote: dict[str, Any]) -> str:
    return f"{quote['start']}-{quote['end']}"


def by_words(quotes: Quotes, words: str) -> dict[str, Any]:
    (quote,) = (quote for quote in quotes if quote["text"].startswith(words))
    return quote


def speaker(name: str, kind: str = "person") -> dict[str, Any]:
    return {"name": name, "type": kind, "mention": None, "named_at": None, "title": None, "confidence": 1}


def corrected(name: str, kind: str = "person") -> dict[str, Any]:
    return {"verdict": "corrected", "kind": "speech", "speaker": speaker(name, kind), "outlet": None}


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
    added = {"review": None, "withheld": {"speaker": None, "outlet": None}}
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
    quotes = [{"id": f"q{n}", "continues": earlier} for n, earlier in enumerate([None, "q0", None, "q1", "gone"])]
    ids = [[q["id"] for q in modules.call("standing", "utterance", quotes, quotes[n])] for n in (0, 3, 2, 4)]
    assert ids == [["q0", "q1", "q3"], ["q0", "q1", "q3"], ["q2"], ["q4"]]


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
