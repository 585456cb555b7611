"""Repairs mangled characters.

Each repair is a step: the edits that fix a text, and the warning for the client.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from html import unescape

import ftfy
from ftfy.badness import is_bad
from ftfy.chardata import C1_CONTROL_RE, UTF8_DETECTOR_RE
from ftfy.fixes import fix_c1_controls

from service.intake.marks import DOUBLE
from service.intake.offsets import Copy, Edit

_PASSES = 3  # text may be escaped or decoded wrongly several times, but rarely more than three

# The last of the three characters of a closing mark, U+009D, is often missing, or a space or a question mark.
_MOJIBAKE = re.compile(
    rf"(?P<cut>â€(?:\?(?!\w)|(?=[\ \t\r\n.,;:!)\]<]|\Z)))|{UTF8_DETECTOR_RE.pattern}", UTF8_DETECTOR_RE.flags
)
_OTHER_CODE_PAGES = {
    page: tuple(mark.encode().decode(page) for mark in "“”‘’") for page in ("mac_roman", "cp437")
}  # with what their readers see for quotation marks
_NOT_ASCII = re.compile(r"[^\x00-\x7f]{2,}")
_REFERENCE = re.compile(  # some still have a meaning without their semicolon
    r"&(?:(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});|#[0-9]{2,6}|[lr][sd]quo(?![a-z]))"
)
_ESCAPE = re.compile(
    r"\\(?:u(?P<code>(?![dD][89a-fA-F])[0-9a-fA-F]{4})|x(?P<byte>[89a-fA-F][0-9a-fA-F])"
    r"|(?P<mark>[\"'“”‘’])|(?P<space>[nrt]))"
)
_SURE_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|x[eE]2\\x80|[\"“”])")
_SPACES = {"n": "\n", "r": "\r", "t": "\t"}
_LOOKALIKES = {
    **{"❝": "“", "❞": "”", "❛": "‘", "❜": "’", "ʼ": "’", "´": "'", "′": "'", "🙶": "“", "🙷": "”", "🙸": "„"},
    **dict.fromkeys("″‶ʺˮ˝״", '"'),
    **{"<<": "«", ">>": "»", ",,": "„"},
}
_LOOKALIKE = re.compile(
    r"[❝❞❛❜´🙶🙷🙸]|(?<!\d)[′″](?!\d)|(?<!\w)[‶ʺˮ˝״](?=\w)|(?<=[^\W\d]|[.,!?…])[ʺˮ˝״](?!\w)|ʼ(?:(?=(?:s|t|d|m|ll|re|ve)\b)|(?!\w))"
    r"|(?<![\w<])<<(?=\w)|(?<=[\w.,!?…])>>(?![\w>])|(?<![\w,]),,(?=\w)"
)
_PRINTABLE = re.compile(r"=\r?\n|(?:=[0-9A-F]{2})+")
_SURE_PRINTABLE = re.compile(r"=E2=80=9[89CD]|(?<!\w)=9[13](?=\w)|(?<=[.,!?])=9[24]|(?<!\w)=22(?=\w)")
_DOUBLED = re.compile(r'(?<!")""(?!")')
_LONE = re.compile(r'(?<!")"(?!")')


def _stand_in(opens: str, closes: str, within: str, *, ended: str) -> re.Pattern[str]:
    """A pattern for characters that replace quotation marks and apostrophes. A closing one must follow a character in
    ``ended``."""
    return re.compile(
        rf"(?<!{opens})(?:(?P<within>(?<=\w){within}{{1,3}}(?=\w))|(?P<opens>(?<![\w/]){opens}{{1,3}}(?=\w))"
        rf"|(?P<closes>(?<=[{ended}]){closes}{{1,3}}(?![\w{closes}])))"
    )


_UNREADABLE = _stand_in("\ufffd", "\ufffd", "\ufffd", ended=r"\w.,!?…")
_LETTERS_AND_SIGNS = (
    _stand_in("â", "â", "â", ended=".,!?…"),  # the first of three characters; the others were lost
    _stand_in("Ò", "Ó", "Õ", ended=".,!?…"),  # Mac Roman read as Windows-1252
    _stand_in("ì", "î", "í", ended=".,!?…"),  # Windows-1252 read as Mac Roman
    _stand_in(r"\?", r"\?", r"\?", ended=".,!?…"),  # ASCII
)


@dataclass(frozen=True, slots=True)
class Repair:
    """A kind of damage and its repair. Damage that was done several times takes several ``passes``."""

    edits: Callable[[str], Iterator[Edit]]
    warning: str
    passes: int = 1


def repaired(copy: Copy) -> tuple[Copy, tuple[str, ...]]:
    """The repaired copy, and the warnings for the client."""
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


def _from_other_code_pages(text: str) -> Iterator[Edit]:
    """UTF-8 that was decoded as Mac Roman or a DOS code page, if quotation marks are affected."""
    for page, marks in _OTHER_CODE_PAGES.items():
        if any(mark in text for mark in marks):
            for found in _NOT_ASCII.finditer(text):
                with suppress(UnicodeError):
                    yield Edit(*found.span(), found[0].encode(page).decode())
            return


def _from_mojibake(text: str) -> Iterator[Edit]:
    """UTF-8 that was decoded as Windows-1252 or a related encoding, as â€œ for “. Other text is unchanged."""
    if text.isascii():
        return
    opens = "â€œ" in text
    for found in _MOJIBAKE.finditer(text):
        if found["cut"]:
            if opens:
                yield Edit(*found.span(), "”")
        elif is_bad(found[0]) and (fixed := ftfy.fix_encoding(found[0])) != found[0]:
            yield Edit(*found.span(), fixed)


def _from_controls(text: str) -> Iterator[Edit]:
    """Control characters at the positions of Windows-1252's quotation marks."""
    for found in C1_CONTROL_RE.finditer(text):
        if (fixed := fix_c1_controls(found[0])) != found[0]:
            yield Edit(*found.span(), fixed)


def _from_escapes(text: str) -> Iterator[Edit]:
    """Escape sequences of JSON and programs for quotation marks and line ends, if quotation marks are affected."""
    if "\\" not in text or not _SURE_ESCAPE.search(text):
        return
    for found in _ESCAPE.finditer(text):
        if mark := found["mark"]:
            yield Edit(found.start(), found.end() - len(mark), "")  # the mark itself stays, in its place
        else:
            code = found["code"] or found["byte"]
            yield Edit(*found.span(), chr(int(code, 16)) if code else _SPACES[found["space"]])


def _from_quoted_printable(text: str) -> Iterator[Edit]:
    """The edits that decode quoted-printable text (RFC 2045), where quotation marks are encoded: =E2=80=9C for “."""
    if "=" not in text or not _SURE_PRINTABLE.search(text):
        return
    for found in _PRINTABLE.finditer(text):
        if found[0].endswith("\n"):
            yield Edit(*found.span(), "")
            continue
        octets = bytes.fromhex(found[0].replace("=", ""))
        for encoding in ("utf-8", "cp1252"):
            with suppress(UnicodeError):
                yield Edit(*found.span(), octets.decode(encoding))
                break


def _from_doubled_marks(text: str) -> Iterator[Edit]:
    """The doubled quotation marks of a CSV cell."""
    if '""' not in text or _LONE.search(text):
        return
    found = list(_DOUBLED.finditer(text))
    if len(found) > 1:
        yield from (Edit(mark.start(), mark.start() + 1, "") for mark in found)


def _from_lookalikes(text: str) -> Iterator[Edit]:
    """Ornaments, accents, primes and ASCII characters used as quotation marks and apostrophes."""
    if not any(sign in text for sign in _LOOKALIKES):  # much faster than the pattern
        return
    for found in _LOOKALIKE.finditer(text):
        yield Edit(*found.span(), _LOOKALIKES[found[0]])


def _from_stand_ins(text: str) -> Iterator[Edit]:
    """Replacement characters in positions of quotation marks and apostrophes.

    They may stand for lost letters instead. So some must close a quotation after punctuation, or all must be paired
    like quotation marks. In a text with quotation marks, letters and question marks are left alone.
    """
    for stand_in in (_UNREADABLE, *(() if DOUBLE.search(text) else _LETTERS_AND_SIGNS)):
        found = list(stand_in.finditer(text))
        opening = [mark for mark in found if mark.lastgroup == "opens"]
        closing = [mark for mark in found if mark.lastgroup == "closes"]
        after_stop = any(text[mark.start() - 1] in ".,!?…" for mark in closing)
        if opening and (after_stop or _pair_up(text, opening, closing)):
            yield from _as_marks(text, found)
            return


def _as_marks(text: str, found: Sequence[re.Match[str]]) -> Iterator[Edit]:
    """The marks that characters stand for. A character at the end of a word that closes nothing is a letter."""
    is_open = False
    for mark in found:
        is_within = mark.lastgroup == "within"
        if mark.lastgroup != "closes" or is_open or text[mark.start() - 1] in ".,!?…":
            yield Edit(*mark.span(), "’" if is_within else '"')
        if not is_within:
            is_open = mark.lastgroup == "opens"


def _pair_up(text: str, opening: Sequence[re.Match[str]], closing: Sequence[re.Match[str]]) -> bool:
    """Whether each opening mark is closed in its line before the next one."""
    ends = [*(mark.start() for mark in opening[1:]), len(text)]
    return len(opening) == len(closing) and all(
        before.end() < after.start() < end and "\n" not in text[before.end() : after.start()]
        for before, after, end in zip(opening, closing, ends, strict=True)
    )


def _from_references(text: str) -> Iterator[Edit]:
    """HTML character references left undecoded in text taken from HTML."""
    if "&" not in text:
        return
    for found in _REFERENCE.finditer(text):
        if (fixed := unescape(f"{found[0].rstrip(';')};")) != f"{found[0].rstrip(';')};":
            yield Edit(*found.span(), fixed)


_WRONG_ENCODING = "UTF-8 that had been read in another encoding was read as what it means"
_REPAIRS = (
    Repair(_from_quoted_printable, "the quoted-printable encoding of e-mail was read as what it means"),
    Repair(_from_escapes, "backslash escapes were read as the characters that they stand for"),
    Repair(_from_references, "HTML character references were read as the characters that they stand for", _PASSES),
    Repair(_from_other_code_pages, _WRONG_ENCODING),
    Repair(_from_mojibake, _WRONG_ENCODING, _PASSES),
    Repair(_from_controls, "control characters were read as what they mean in Windows-1252"),
    Repair(_from_stand_ins, "signs for lost characters were read as quotation marks"),
    Repair(_from_lookalikes, "look-alikes of quotation marks were read as quotation marks"),
    Repair(_from_doubled_marks, "doubled quotation marks were read as single ones"),
)
