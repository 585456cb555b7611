"""An answer with everything that an answer may hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.formats.article import AttributedArticle
from service.records import Attribution, Mention, Outlet, Quote, Speaker, SpeakerType
from tests.fakes import MODEL

TEXT = (
    "🌉 “We are ready,” Ada Brook told Reuters.\n\n“=1+1 is two,” a memo said. "
    "“No,” residents said. “So,” somebody said. He is called “the Bridge”. “Unclosed"
)


@pytest.fixture
def answer() -> AttributedArticle:
    """A person to an outlet, a document, a group, an unknown one, nonspeech, and a quote with no speaker."""
    outlet = Outlet("reuters", "Reuters", _mention("Reuters"), "sentence", "told", 0.7, "Q130879")
    also = tuple(replace(outlet, id=name, name=name) for name in ("The Courier", "Example.com"))
    ada = replace(_speaker("s1", "Ada Brook", "person"), named_at=_mention("Ada Brook"), title="mayor")
    quotes = (
        replace(_quote("q1", "We are ready,", ada, outlet), outlets_also=also),
        _quote("q2", "=1+1 is two,", _speaker("s2", "a memo", "document")),
        _quote("q3", "No,", _speaker("s3", "residents", "group")),
        _quote("q4", "So,", _speaker("s4", "somebody", "unknown")),
        _quote("q5", "the Bridge", kind="nonspeech"),
        _quote("q6", "Unclosed"),
    )
    return AttributedArticle(Attribution(MODEL, quotes, speakers=(), outlets=()), TEXT, publisher="The Ferry Post")


def _quote(
    name: str, text: str, speaker: Speaker | None = None, outlet: Outlet | None = None, kind: str = "speech"
) -> Quote:
    mention = _mention(text)
    return Quote(
        id=name,
        text=text,
        start=mention.start,
        end=mention.end,
        kind="speech" if kind == "speech" else "nonspeech",
        closed=text != "Unclosed",
        parent=None,
        continues=None,
        speaker=speaker,
        outlet=outlet,
        confidence=0.9,
    )


def _speaker(name: str, words: str, kind: SpeakerType) -> Speaker:
    return Speaker(name, words, kind, _mention(words), 0.8)


def _mention(words: str) -> Mention:
    start = TEXT.index(words)
    return Mention(words, start, start + len(words))
