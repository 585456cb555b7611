"""The example request and answer in the OpenAPI document. The answer is made from records."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from service.formats.article import AttributedArticle
from service.formats.contract import contract_json
from service.records import Attribution, CreditedOutlet, Mention, ModelInfo, Outlet, Quote, QuotedSpeaker, Speaker

EXAMPLE_REQUEST = {
    "text": "“The bridge opens on Monday,” Mayor Ada Brook told the Associated Press.\n\n“We are ready,” she added.",
    "publisher": "The Ferry Post",
}

_MAYOR = Speaker(
    id="s1",
    name="Ada Brook",
    type="person",
    mention=Mention("Mayor Ada Brook", 30, 45),
    confidence=0.98,
    named_at=Mention("Ada Brook", 36, 45),
    title="Mayor",
)
_AGENCY = Outlet(
    id="associated-press",
    name="Associated Press",
    mention=Mention("Associated Press", 55, 71),
    basis="sentence",
    role="told",
    confidence=0.97,
    wikidata="Q40469",
)
_FIRST = Quote(
    id="q1",
    text="The bridge opens on Monday,",
    start=1,
    end=28,
    kind="speech",
    closed=True,
    parent=None,
    continues=None,
    speaker=_MAYOR,
    outlet=_AGENCY,
    confidence=0.99,
)
_SECOND = replace(
    _FIRST,
    id="q2",
    text="We are ready,",
    start=75,
    end=88,
    speaker=replace(_MAYOR, mention=Mention("she", 90, 93), confidence=0.96),
    outlet=None,
)
_ATTRIBUTION = Attribution(
    model=ModelInfo("quote-attribution", "1", "0" * 64),
    quotes=(_FIRST, _SECOND),
    speakers=(QuotedSpeaker("s1", "Ada Brook", "person", ("q1", "q2")),),
    outlets=(CreditedOutlet("associated-press", "Associated Press", ("q1",)),),
)

EXAMPLE_ANSWER: dict[str, Any] = json.loads(
    contract_json(
        AttributedArticle(_ATTRIBUTION, EXAMPLE_REQUEST["text"], publisher=EXAMPLE_REQUEST["publisher"]),
    )
)
