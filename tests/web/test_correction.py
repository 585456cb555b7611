"""The form that corrects a quote: what it offers, what it takes, and the decision that it makes."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from service.records import OutletBasis, OutletRole, SpeakerType
from tests.web.conftest import Modules

pytestmark = pytest.mark.slow

TEXT = "“It opens,” Ada Brook told Reuters and AFP. Tide Radio was there."

SAVE = """
    const { CorrectionForm } = await load("correction");
    const [quote, text, fields] = given;
    let decision = null;
    const article = { text, people: [], outlets: new Map() };
    const { form } = new CorrectionForm(quote, article, { onSave: (saved) => (decision = saved) });
    document.body.append(form);
    for (const [label, value] of Object.entries(fields)) {
        const words = [...form.querySelectorAll("label span")].find((span) => span.textContent === label);
        const field = words.parentElement.querySelector("input, select");
        field.value = value;
        field.dispatchEvent(new Event("change"));
    }
    form.requestSubmit();
    const faults = [...form.querySelectorAll("input")].map((field) => field.validationMessage).filter(Boolean);
    form.remove();
    return { decision, faults };
"""


def place(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"text": words, "start": start, "end": start + len(words)}


def outlet(name: str) -> dict[str, Any]:
    return {"id": name.lower(), "name": name, "mention": place(name), "basis": "sentence", "role": "told"}


QUOTE = place("It opens,") | {
    "id": "q1",
    "kind": "speech",
    "speaker": {"name": "Ada Brook", "type": "person", "mention": place("Ada Brook")},
    "outlet": outlet("Reuters"),
    "outlets_also": [outlet("AFP")],
}


def save(modules: Modules, fields: dict[str, str]) -> dict[str, Any]:
    """What the form saves when these fields have been filled in, by their labels, and what it finds fault with."""
    result: dict[str, Any] = modules.run(SAVE, QUOTE, TEXT, fields)
    return result


def test_it_offers_what_the_contract_has(modules: Modules) -> None:
    def values(script: str) -> tuple[str, ...]:
        return tuple(modules.run(script))

    assert values("return (await load('correction')).TYPES;") == get_args(SpeakerType)
    assert values("return Object.keys((await load('correction')).BASES);") == get_args(OutletBasis)
    assert values("return Object.keys((await load('note')).ROLES);") == get_args(OutletRole)


@pytest.mark.parametrize(
    ("fields", "first", "also"),
    [
        ({"Speaker": "Mia Lund"}, "Reuters", ["AFP"]),
        ({"Outlet": "Tide Radio"}, "Tide Radio", []),
        ({"Outlet": ""}, None, []),
    ],
)
def test_further_outlets_stay_only_with_the_one_they_came_with(
    modules: Modules, fields: dict[str, str], first: str | None, also: list[str]
) -> None:
    decision = save(modules, fields)["decision"]
    assert (decision["outlet"] and decision["outlet"]["name"]) == first
    assert [one["name"] for one in decision["outlets_also"]] == also


def test_an_outlet_needs_the_words_that_name_it(modules: Modules) -> None:
    message = "Enter the words in the article that name this outlet."
    assert save(modules, {"Outlet": "The Ferry Post"}) == {"decision": None, "faults": [message]}
    named = save(modules, {"Outlet": "The Ferry Post", "Outlet named as": "Tide Radio"})
    assert named["faults"] == []
    assert (named["decision"]["outlet"]["mention"], named["decision"]["outlet"]["basis"]) == (
        place("Tide Radio"),
        "context",
    )


def test_words_must_be_in_the_article_outside_the_quote(modules: Modules) -> None:
    message = "These words are not in the article outside the quote."
    assert save(modules, {"Speaker named as": "opens"}) == {"decision": None, "faults": [message]}
    assert save(modules, {"Speaker named as": ""})["decision"]["speaker"]["mention"] is None
