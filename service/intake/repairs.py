"""Characters that were mangled on their way here, read as what they mean.

Each repair is a step: from a text to the edits that mend it, and the sentence that tells the client so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape

import ftfy
from ftfy.badness import is_bad
from ftfy.chardata import C1_CONTROL_RE, UTF8_DETECTOR_RE
from ftfy.fixes import fix_c1_controls

from service.intake.offsets import Copy, Edit

_PASSES = 2  # text is escaped twice, or read in the wrong encoding twice, but hardly more often

_REFERENCE = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPE = re.compile(r"\\(?:u(?P<code>(?![dD][89a-fA-F])[0-9a-fA-F]{4})|(?P<mark>[\"'“”‘’])|(?P<space>[nrt]))")
_SURE_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|[\"“”])")
_SPACES = {"n": "\n", "r": "\r", "t": "\t"}
_REPLACEMENT = re.compile(
    r"(?<!\ufffd)(?:(?P<within>(?<=\w)\ufffd{1,3}(?=\w))|(?P<opens>(?<!\w)\ufffd{1,3}(?=\w))"
    r"|(?P<closes>(?<=[\w.,!?…])\ufffd{1,3}(?![\w\ufffd])))"
)
_DOUBLED = re.compile(r'(?<!")""(?!")')
_LONE = re.compile(r'(?<!")"(?!")')


@dataclass(frozen=True, slots=True)
class Repair:
    """A way in which text is mangled; ``passes`` is how often over it can be."""

    edits: Callable[[str], Iterator[Edit]]
    warning: str
    passes: int = 1


def repaired(copy: Copy) -> tuple[Copy, tuple[str, ...]]:
    """A copy in which the characters are what they were meant to be, and what was done, in words for the client."""
    done: list[str] = []
    for repair in _REPAIRS:
        for _ in range(repair.passes):
            edits = list(repair.edits(copy.text))
            if not edits:
                break
            copy = copy.edited(edits)
            if repair.warning not in done:
                done.append(repair.warning)
    return copy, tuple(done)


def _from_mojibake(text: str) -> Iterator[Edit]:
    """UTF-8 that was read as Windows-1252 or a relative of it: â€œ for “. Other text beside it is left as it is."""
    if text.isascii():
        return
    for found in UTF8_DETECTOR_RE.finditer(text):
        if is_bad(found[0]) and (fixed := ftfy.fix_encoding(found[0])) != found[0]:
            yield Edit(*found.span(), fixed)


def _from_controls(text: str) -> Iterator[Edit]:
    """The control characters that Windows-1252 has its quotation marks in the place of."""
    for found in C1_CONTROL_RE.finditer(text):
        if (fixed := fix_c1_controls(found[0])) != found[0]:
            yield Edit(*found.span(), fixed)


def _from_escapes(text: str) -> Iterator[Edit]:
    """What JSON and programs write for marks and line ends, where marks are among it."""
    if "\\" not in text or not _SURE_ESCAPE.search(text):
        return
    for found in _ESCAPE.finditer(text):
        if mark := found["mark"]:
            yield Edit(found.start(), found.end() - len(mark), "")  # the mark itself stays, in its place
        else:
            yield Edit(*found.span(), chr(int(found["code"], 16)) if found["code"] else _SPACES[found["space"]])


def _from_doubled_marks(text: str) -> Iterator[Edit]:
    """The marks of a cell of CSV, where every mark is doubled."""
    if '""' not in text or _LONE.search(text):
        return
    found = list(_DOUBLED.finditer(text))
    if len(found) > 1:
        yield from (Edit(mark.start(), mark.start() + 1, "") for mark in found)


def _from_replacements(text: str) -> Iterator[Edit]:
    """The sign for a character that could not be read, where it stands as quotation marks and apostrophes do.

    A letter is as easily lost. So some must close after a stop, or all must stand in pairs as marks do.
    """
    found = list(_REPLACEMENT.finditer(text))
    opening = [mark for mark in found if mark.lastgroup == "opens"]
    closing = [mark for mark in found if mark.lastgroup == "closes"]
    after_stop = any(text[mark.start() - 1] in ".,!?…" for mark in closing)
    if not opening or not (after_stop or _pair_up(text, opening, closing)):
        return
    for mark in found:
        yield Edit(*mark.span(), "’" if mark.lastgroup == "within" else '"')


def _pair_up(text: str, opening: Sequence[re.Match[str]], closing: Sequence[re.Match[str]]) -> bool:
    """Whether each opening mark is closed in its line before the next one opens."""
    ends = [*(mark.start() for mark in opening[1:]), len(text)]
    return len(opening) == len(closing) and all(
        before.end() < after.start() < end and "\n" not in text[before.end() : after.start()]
        for before, after, end in zip(opening, closing, ends, strict=True)
    )


def _from_references(text: str) -> Iterator[Edit]:
    """HTML's character references, as they stand in text that was taken out of HTML without being decoded."""
    if "&" not in text:
        return
    for found in _REFERENCE.finditer(text):
        if (fixed := unescape(found[0])) != found[0]:
            yield Edit(*found.span(), fixed)


_REPAIRS = (
    Repair(_from_mojibake, "UTF-8 that had been read in another encoding was read as what it means", _PASSES),
    Repair(_from_controls, "control characters were read as what they mean in Windows-1252"),
    Repair(_from_escapes, "backslash escapes were read as the characters that they stand for"),
    Repair(_from_references, "HTML character references were read as the characters that they stand for", _PASSES),
    Repair(_from_replacements, "signs for lost characters were read as quotation marks"),
    Repair(_from_doubled_marks, "doubled quotation marks were read as single ones"),
)
