"""An invented article that is hard to show, and an engine that knows its answer by heart."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from service.records import Attribution, CreditedOutlet, Mention, Outlet, Quote, QuotedSpeaker, Speaker
from tests.fakes import MODEL, FakeAttributor

INJECTION = "<img src=x onerror=alert(1)><script>document.title='owned'</script>"

# Characters outside the basic plane, one of several code points, and combining marks, before and in the quotes.
ARTICLE = f"""Storm takes the pier 🌊👩‍👩‍👧

“I heard it go 🌉, Zoe\u0308 did too,” the harbour master, Ada Brook, told Reuters.

“{INJECTION}” she added. “We were warned,” Noe\u0301l Achterberg told HuffPost. He is known as “the Wave”.

Nobody spoke here.

“So what,” somebody said.
"""

_ADA = Speaker("s1", "Ada Brook", "person", None, 0.98)
_NOEL = Speaker("s2", "Noe\u0301l Achterberg", "person", None, 0.61)


class Newsroom(FakeAttributor):
    """Answers for ``ARTICLE`` what a reader would, and for any other text what the fake does."""

    def answer_to(self, text: str, min_confidence: float, include_nonspeech: bool) -> Attribution:
        if text == ARTICLE:
            return _answer(min_confidence, include_nonspeech)
        return super().answer_to(text, min_confidence, include_nonspeech)


def _answer(min_confidence: float, include_nonspeech: bool) -> Attribution:
    reuters = Outlet("reuters", "Reuters", _mention("Reuters"), "sentence", "told", 0.9)
    huffpost = Outlet("huffpost", "HuffPost", _mention("HuffPost"), "context", "told", 0.7)
    noel = replace(_NOEL, mention=_mention("Noe\u0301l Achterberg")) if min_confidence <= _NOEL.confidence else None
    quotes = [
        _quote("q1", "I heard it go 🌉, Zoe\u0308 did too,", replace(_ADA, mention=_mention("Ada Brook")), reuters),
        _quote("q2", INJECTION, replace(_ADA, mention=_mention("she")), reuters),
        _quote("q3", "We were warned,", noel, huffpost),
        *([_quote("q4", "the Wave", kind="nonspeech")] if include_nonspeech else []),
        _quote("q5", "So what,"),
    ]
    speakers = [QuotedSpeaker("s1", "Ada Brook", "person", ("q1", "q2"))]
    if noel:
        speakers.append(QuotedSpeaker("s2", noel.name, "person", ("q3",)))
    outlets = (CreditedOutlet("reuters", "Reuters", ("q1", "q2")), CreditedOutlet("huffpost", "HuffPost", ("q3",)))
    return Attribution(MODEL, tuple(quotes), tuple(speakers), outlets, warnings=("this is a <b>test</b>",))


def _quote(
    name: str,
    text: str,
    speaker: Speaker | None = None,
    outlet: Outlet | None = None,
    kind: Literal["speech", "nonspeech"] = "speech",
) -> Quote:
    place = _mention(text)
    return Quote(name, text, place.start, place.end, kind, True, None, None, speaker, outlet, 0.9)


def _mention(words: str) -> Mention:
    start = ARTICLE.index(words)
    return Mention(words, start, start + len(words))
