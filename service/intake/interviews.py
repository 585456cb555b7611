"""Interviews with neither quotation marks nor names: questions that stand apart, with the answers below them.

    **Why did you stay?**
    I had no choice. The mill was all we had.

A question is a line of its own, in bold type where the HTML or the Markdown has any. So are the headings of a guide
("Who pays?"), whose answers nobody speaks. Only questions to "you" whose answers are by an "I" are taken for an
interview.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from service.intake.marks import is_marked
from service.intake.offsets import Span
from service.intake.transcripts import with_paragraphs

_FEWEST: Final = 3
_LONGEST: Final = 600  # characters of a question
_LINE: Final = re.compile(r"^[ \t]*(?P<before>(?:\*{1,3}|_{1,3}|#{1,6} )?)(?P<words>\S[^\n]*)", re.MULTILINE)
_LABEL: Final = re.compile(r"(?:Q[:.]|[A-Z][\w.'’&-]{1,30}(?: [A-Z][\w.'’-]{0,30}){0,3}:)[*_]{0,3}[ \t]{1,7}(?=\S)")
_WITH_ANSWER: Final = re.compile(r"[^\n*_?]{1,600}\?(?=[*_]{1,3}:?[ \t]{1,3}(?P<answer>\S[^\n]*))")
_TRAILING: Final = " \t\u00a0*_"
_YOU: Final = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_I: Final = re.compile(r"\b(?:I|[Mm]y|me)\b(?!\.\w)")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, or None for a line that only stands where questions do; whether a label such as "Q:" precedes it; and
    the spans of the answer, one per paragraph or more."""

    question: Span | None
    labelled: bool
    answer: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """The span of a line's words, without emphasis marks and without the label of a question. ``bold``: the whole line
    is in bold type, a heading, or labelled "Q:"."""

    start: int
    end: int
    bold: bool
    asks: bool
    labelled: bool = False


@dataclass(frozen=True, slots=True)
class _Prompt:
    """A question, or another line in bold type among questions, with the lines up to the next one."""

    line: _Line
    below: Sequence[_Line]


def unmarked_interview(text: str, set_apart: Sequence[Span] = ()) -> Sequence[Turn]:
    """The turns of an interview; empty for any other text.

    ``set_apart`` are the spans in ``text`` of the lines in bold type and of the headings, in order.
    """
    prompts = _prompts(text, set_apart)
    answered = [prompt for prompt in prompts if prompt.below]
    addressed = sum(_YOU.search(text, p.line.start, p.line.end) is not None for p in prompts)
    personal = sum(_is_personal(text, p.below) for p in answered)
    marked = sum(is_marked(text[p.below[0].start : p.below[0].end]) for p in answered)
    share = 3 if any(p.line.bold for p in prompts) else 2
    enough = len(prompts) >= _FEWEST and 4 * len(answered) >= 3 * len(prompts) and 4 * marked <= len(prompts)
    if not enough or share * addressed < len(prompts) or share * personal < len(answered):
        return ()
    *middle, last = prompts
    return [*(_turn(text, p) for p in middle), _turn(text, _without_epilogue(text, last))]


def seems_interview(text: str, set_apart: Sequence[Span] = ()) -> bool:
    """Whether a text may be an interview: the test is weaker than that of ``unmarked_interview``."""
    prompts = _prompts(text, set_apart)
    addressed = any(_YOU.search(text, p.line.start, p.line.end) for p in prompts)
    return len(prompts) >= _FEWEST and addressed and any(_is_personal(text, p.below) for p in prompts)


def _prompts(text: str, set_apart: Sequence[Span]) -> list[_Prompt]:
    """The prompts from the first question to the last. Where three questions are in bold type, every line in bold type
    is a prompt, whether it asks or not, and no other line is."""
    if text.count("?") < _FEWEST:
        return []
    lines = list(_lines(text, set_apart))
    by_bold = sum(line.bold and line.asks for line in lines) >= _FEWEST
    found = [i for i, line in enumerate(lines) if (line.bold if by_bold else _may_ask(text, line))]
    asking = [k for k, i in enumerate(found) if lines[i].asks]
    if not asking:
        return []
    ends = [*found[1:], len(lines)]
    kept = slice(asking[0], asking[-1] + 1)
    return [_Prompt(lines[i], lines[i + 1 : end]) for i, end in zip(found[kept], ends[kept], strict=True)]


def _may_ask(text: str, line: _Line) -> bool:
    """Whether a line is a question, rather than an answer that ends in one."""
    return line.asks and _I.search(text, line.start, line.end) is None


def _lines(text: str, set_apart: Sequence[Span]) -> Iterator[_Line]:
    bold = {end for _, end in set_apart}
    for line in _LINE.finditer(text):
        start, end = line.start("words"), line.start("words") + len(line["words"].rstrip(_TRAILING))
        if line["before"] and (both := _WITH_ANSWER.match(text, start, line.end())):
            yield _question(text, start, both.end(), bold=True)
            yield _Line(both.start("answer"), end, bold=False, asks=False)
            continue
        emphasised = line["before"] and text[end : end + 1] in ("*", "_")
        is_bold = bool(emphasised) or line["before"].endswith(" ") or line.end() in bold
        if text[end - 1] == "?" and end - start <= _LONGEST:
            yield _question(text, start, end, bold=is_bold)
        else:
            yield _Line(start, end, is_bold, asks=False)


def _question(text: str, start: int, end: int, *, bold: bool) -> _Line:
    label = _LABEL.match(text, start, end)
    if label is None:
        return _Line(start, end, bold, asks=True)
    return _Line(label.end(), end, bold or label[0].startswith(("Q:", "Q.")), asks=True, labelled=True)


def _is_personal(text: str, lines: Sequence[_Line]) -> bool:
    return any(_I.search(text, line.start, line.end) for line in lines)


def _without_epilogue(text: str, last: _Prompt) -> _Prompt:
    """The last prompt with an answer that ends before the first line, after its own first one, without "I" or "my"."""
    spoken = next((i for i, line in enumerate(last.below) if i and not _is_personal(text, [line])), len(last.below))
    return _Prompt(last.line, last.below[:spoken])


def _turn(text: str, prompt: _Prompt) -> Turn:
    question = (prompt.line.start, prompt.line.end) if prompt.line.asks else None
    if not prompt.below or is_marked(text[prompt.below[0].start : prompt.below[0].end]):
        return Turn(question, prompt.line.labelled, ())
    first = prompt.below[0]
    return Turn(
        question, prompt.line.labelled, tuple(with_paragraphs(text, (first.start, first.end), prompt.below[-1].end))
    )
