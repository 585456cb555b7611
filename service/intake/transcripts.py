"""Transcripts without quotation marks: turns that open with the name of who speaks.

    ANA LOPEZ (through translator): We waited nine hours.
    JUDY REED: And then?

A label may be set off as Markdown or captions do, may have a time beside it, and what is said may begin in the line
below it. Only a text where at least three lines open with a label, two different ones among them and one person's more
than once, is taken for one; labels of a single word in small letters must be of people whom the text names. In a text
with quotation marks such lines must also be many of all from the first to the last, and end as sentences do: links to
other articles ("READ MORE: ...") do not. Where the turns are most of the text, a turn goes on until the next label; in
an excerpt it is its line. Time is linear in the length.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from service.intake.marks import DOUBLE, OPENING, is_marked
from service.intake.offsets import Span

_CAPITALS: Final = r"[A-Z][A-Z.'’-]{1,20}(?: [A-Z][A-Z.'’-]{0,20}){0,3}(?: #?\d{1,2})?"
_NAME: Final = r"[A-Z][\w.'’-]{1,20}(?: [A-Z][\w.'’-]{0,20}){1,3}"
_WORD: Final = r"[A-Z][a-z][\w'’-]{1,18}"
_TIME: Final = r"[\[(]?\d{1,2}(?::\d\d){1,2}[\])]?"
_ADDED: Final = rf"(?:, [^:\n]{{1,60}})?(?: (?:\([^()\n]{{1,40}}\)|\[[^\[\]\n]{{1,40}}\]|{_TIME}))?"
_BEFORE: Final = rf"(?:>> ?)?(?:{_TIME} )?(?:\*\*|__|\[)?"
_AFTER: Final = r"(?:\*\*|__|\])?"
_TURN: Final = re.compile(
    rf"^{_BEFORE}(?:(?:(?P<label>{_CAPITALS}|{_NAME})|(?P<word>{_WORD})){_ADDED}{_AFTER}:"
    rf"|(?P<letter>[QA])(?:[:.]|(?<=Q) (?= {{1,7}}[A-Z])))"
    rf"{_AFTER}(?: {{1,7}}|[ \t]{{0,3}}\n{{1,2}})(?P<words>\S[^\n]*)",
    re.MULTILINE,
)
_FEWEST: Final = 3
_MOST_SPEAKERS: Final = 12
_DENSE: Final = 4  # lines for each label, at the most
_OTHER_LABEL: Final = re.compile(  # what may be the label of a turn that is not known as one
    rf"(?:[A-Z][A-Z .'’-]{{1,80}}|[A-Z][\w.'’-]{{1,20}}(?: [A-Z][\w.'’-]{{0,20}}){{0,4}}){_ADDED}:\s"
)
_PARAGRAPH: Final = re.compile(r"\S[^\n]*")
_BESIDE: Final = re.compile(r"[(\[][^()\[\]\n]*[)\]]|[“\"«][^“”\"«»\n]*[”\"»]")  # a stage direction, a pull quote
_TRAILING: Final = " \t\u00a0*_"
_ENDINGS: Final = frozenset(".?!…—–-)]”’\"'")


def unmarked_turns(text: str) -> Iterator[Span]:
    """Where what is said stands in each turn of a transcript that opens no marks; nothing where the text is none."""
    found = list(_TURN.finditer(text))
    if not _are_speakers(text, found):
        found = [turn for turn in found if not turn["word"]]
    turns_of = Counter(map(_last_name, found))
    if len(found) < _FEWEST or len(set(map(_label, found))) < 2 or max(turns_of.values()) < 2:
        return
    ends = [*(turn.start() for turn in found[1:]), found[-1].end()]
    lines = _lines(text, found[0].start(), found[-1].end())
    sure = lines <= _DENSE * len(found) and _are_sentences(text, found, ends)
    if not sure and DOUBLE.search(text):
        return
    is_whole = sure and 3 * lines >= 2 * _lines(text, 0, len(text))
    for turn, end in zip(found, ends, strict=True):
        start = turn.start("words")
        if text[start] in OPENING:
            continue
        line = start, start + len(turn["words"].rstrip(_TRAILING))
        goes_on = is_whole and turns_of[_last_name(turn)] > 1
        yield from with_paragraphs(text, line, end) if goes_on else (line,)


def _label(turn: re.Match[str]) -> str:
    return turn["label"] or turn["word"] or turn["letter"]


def _last_name(turn: re.Match[str]) -> str:
    """What a label and a shorter one of the same person have in common: REED in JUDY REED, HOST, and in REED."""
    return _label(turn).rsplit(" ", 1)[-1]


def _are_speakers(text: str, turns: Sequence[re.Match[str]]) -> bool:
    """Whether labels of a single word are speakers ("Reed:") rather than items of a list ("Note:").

    They are speakers if they are few, each occurs more than once, a turn asks a question, and one of the words also
    occurs in the text outside a label.
    """
    words = Counter(turn["word"] for turn in turns if turn["word"])
    if not 0 < len(words) <= _MOST_SPEAKERS or min(words.values()) < 2 or not any("?" in t["words"] for t in turns):
        return False
    return any(re.search(rf"\b{re.escape(word)}\b(?!{_ADDED}{_AFTER}:)", text) for word in words)


def _lines(text: str, start: int, end: int) -> int:
    """How many lines have words."""
    return sum(1 for _ in _PARAGRAPH.finditer(text, start, end))


def _are_sentences(text: str, turns: Sequence[re.Match[str]], ends: Sequence[int]) -> bool:
    """Whether three of four turns end as sentences do."""
    last = (
        text[turn.start("words") : end].rstrip(f"{_TRAILING}\n")[-1:] for turn, end in zip(turns, ends, strict=True)
    )
    return 4 * sum(character in _ENDINGS for character in last) >= 3 * len(turns)


def with_paragraphs(text: str, line: Span, end: int) -> Iterator[Span]:
    """A turn's first line with the paragraphs up to ``end``, parted by what stands beside it.

    A paragraph that says by marks what is said tells of the turn, and ends it, and so does another label.
    """
    passages: list[Span | None] = [line]
    for paragraph in _PARAGRAPH.finditer(text, line[1], end):
        words = paragraph[0].rstrip(_TRAILING)
        if _BESIDE.fullmatch(words):
            passages.append(None)
        elif is_marked(words) or _OTHER_LABEL.match(paragraph[0]):
            break
        else:
            before = passages.pop()
            passages.append((before[0] if before else paragraph.start(), paragraph.start() + len(words)))
    return filter(None, passages)
