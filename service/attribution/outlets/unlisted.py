"""Naming an outlet that the registry lacks, by the words of the article that stand for it."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from service.attribution.text import Span
from service.data import outlet_words
from service.data.outlet_words import Medium
from service.data.word_lists import SOCIAL_NETWORKS, WEEKDAYS

_DAYS = WEEKDAYS | {"today", "yesterday"}
_NO_NAMES = _DAYS | {"the", "a", "an", "this", "that", "its", "his", "her", "their", "one"}
_WITHIN_NAMES = frozenset({"of", "the", "and", "&", "for", "de", "la", "del"})
_PREPOSITIONS = frozenset({"of", "for", "from", "at", "with", "in", "on", "by"})
_DEMONYM = re.compile(r"(?:[A-Z][a-z]+(?:ian|ish|ese|aeli|raqi|stani|ench|tch|eek|wiss)|German|American|Russian|U[SK])")
CALL_SIGN = r"[KW][A-Z]{2,3}(?:-(?:TV|FM|AM|DT))?"
"""The letters of a US station."""
_CALL_SIGN = re.compile(rf"\b{CALL_SIGN}\b")
_MARKS = " \t\n\u00a0\"“”‘’'`*_(),.;:!?[]"
_POSSESSIVE = re.compile(r"['’‘](?:s\b)? ")
_NAME = r"([A-Z][\w&-]{0,30}(?: [A-Z][\w&-]{0,30}){0,3})"
_NAME_AFTER = re.compile(rf" {_NAME}")
_NAME_BEFORE = re.compile(rf"(?<!\w){_NAME} $")
_LONGEST_NAME = 80  # characters


class NamedBefore(NamedTuple):
    """An outlet that the article introduces by name and noun ("Mobile Life magazine"), at ``start``."""

    name: str
    start: int


def taken_up_noun(words: str) -> str | None:
    """The noun by which a span takes up an outlet that was named before: "the newspaper", or ``None`` for any other."""
    *others, noun = words.strip(_MARKS).lower().split() or [""]
    noun = noun.removesuffix("'s").removesuffix("’s")
    return noun if noun in outlet_words.MEDIA and outlet_words.TAKING_UP.issuperset(others) else None


def last_introduced(text: str, start: int, end: int, noun: str) -> NamedBefore | None:
    """The last outlet in ``text[start:end]`` named along with the noun: "the daily La Nota", "Chips magazine"."""
    at = text.rfind(noun, start, end)
    while at >= 0:
        after = _NAME_AFTER.match(text, at + len(noun), end)
        before = _NAME_BEFORE.search(text, max(start, at - _LONGEST_NAME), at)
        for m in (after, before):
            if m and not _is_common(m.group(1)):
                return NamedBefore(m.group(1), m.start(1))
        at = text.rfind(noun, start, at)
    return None


def outlet_name(words: str) -> str:
    """The name of the outlet in a span, without what stands around it.

    Taken off are quotation marks, "the", a reporter and what the outlet owns ("KXYZ's Jane Doe", "Jane Doe of the
    Courier"), and the noun that says what it is ("the Courier newspaper"). A mere description stays as it is.
    """
    whole = " ".join(words.split()).strip(_MARKS)
    if call_sign := _CALL_SIGN.search(whole):
        return call_sign.group()
    whole = whole[4:] if whole[:4].lower() == "the " else whole
    name = _without_noun(_at_preposition(_owner_or_owned(whole).split()))
    if len(name) > 1 and name[0].lower() in {"a", "an"} and _is_proper(name[1:]):
        name = name[1:]
    return " ".join(name).strip(_MARKS) or whole


def is_generic(name: str) -> bool:
    """Whether a name is no outlet's: it says only what kind of thing it is, "TV special", or is a social network's."""
    return name.lower() in SOCIAL_NETWORKS or all(
        word in outlet_words.GENERIC or word in outlet_words.MEDIA for word in name.lower().split()
    )


def slug(name: str) -> str:
    """Lower-case ASCII words joined by hyphens, never empty: a name that has none gives a checksum."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", ascii_name.replace("'", ""))
    return "-".join(words) or f"outlet-{zlib.crc32(name.encode('utf-8', 'replace')):08x}"


def _owner_or_owned(words: str) -> str:
    """Of "KXYZ's Jane Doe" the owner, of "Cleveland's Plain Dealer" and "Uefa's Champions magazine" what is owned."""
    m = _POSSESSIVE.search(words)
    if m is None:
        return words
    owner, owned = words[: m.start()], words[m.end() :]
    last = owned.split()[-1].lower()
    is_title = owned[0].isupper() and (last in outlet_words.TITLE_WORDS or last in outlet_words.MEDIA)
    if not is_title:
        return owner
    if " " in owned or owner.lower() in _DAYS:
        return owned
    return words  # "People's Gazette"


def _at_preposition(words: list[str]) -> list[str]:
    """Of "Jane Doe of the Courier" and "an op-ed in the Courier" the end, of "Good Day with Jane Doe" the start."""
    for i in range(1, len(words) - 1):
        if words[i] not in _PREPOSITIONS:
            continue
        before, after = words[:i], words[i + 1 :]
        has_article = after[0] == "the" and len(after) > 1
        name = after[1:] if has_article else after
        if not _is_proper(name):
            continue
        if any(w in outlet_words.STAFF or w in outlet_words.PIECES for w in before):
            return name
        if words[i] == "with" and _is_proper(before):
            return before
        person = len(before) > 1 and _is_proper(before) and before[-1].lower() not in outlet_words.TITLE_WORDS
        if person and (has_article or name[-1].lower() in outlet_words.TITLE_WORDS):
            return name
    return words


def _without_noun(words: list[str]) -> list[str]:
    """Of "the Courier newspaper", "Courier editor Jane Doe" and "the weekly La Nota" the name alone."""
    for i, word in enumerate(words):
        is_outlet, is_other = word in outlet_words.MEDIA, word in outlet_words.STAFF or word in outlet_words.PIECES
        if not (is_outlet or is_other):
            continue
        before, after = words[:i], words[i + 1 :]
        if is_outlet and after and _is_proper(after):
            return after
        while before and before[-1] in outlet_words.QUALIFIERS:
            before = before[:-1]
        return before if (is_other or not after) and before and not _is_common(" ".join(before)) else words
    return words


def _is_proper(words: list[str]) -> bool:
    """Whether the words are capitalised as a name is."""
    return bool(words) and all(w[0].isupper() or w[0].isdigit() or w in _WITHIN_NAMES for w in words)


def _is_common(name: str) -> bool:
    """Whether what would be left as a name is none: "local", "Israeli", "a German", "Monday"."""
    *determiner, last = name.split()
    if not last[0].isupper() or name.lower() in _NO_NAMES:
        return True
    return _DEMONYM.fullmatch(last) is not None and all(w.lower() in _NO_NAMES for w in determiner)


_TELLING = (
    outlet_words.TITLE_WORDS | outlet_words.PROGRAMME_WORDS | outlet_words.COMPANY_WORDS
) - outlet_words.MOSTLY_OTHER
_NOUNS_AFTER = r"(?:magazine|newspaper|radio|television|podcast|news agency|news site|news website)\b"
_CAPITALISED = r"[A-Z0-9][\w'’&.-]{0,30}"
_CAPITALISED_NAME = re.compile(
    rf"(?<![\w'’.-]){_CAPITALISED}(?:(?<![a-z]{{3}}\.)[ \u00a0](?:of |the |and |for |& )?{_CAPITALISED}){{0,6}}"
)  # it goes on after "U.S." and "St.", not after the end of a sentence
_NOUN_AFTER = re.compile(rf"[\"”’']? {_NOUNS_AFTER}")
_ONE_WORD = re.compile(
    rf"{CALL_SIGN}"
    r"|(?!Mc|Mac|De|Di|La|Le|Van|Fitz)[A-Z][a-z]{2,}[A-Z][a-z]{2,}\w*"  # a coined name
    r"|[\w-]+\.(?:com|org|net|news|tv|ie|co\.uk)"
)
_EDGE_MARKS = ".,'’&-"


def media_of(name: str) -> frozenset[Medium]:
    """What an outlet may be that the registry lacks, by its name: a call sign is a station's, a Gazette is a paper.

    Empty where the name does not tell.
    """
    if _CALL_SIGN.search(name):
        return frozenset({"broadcaster"})
    by_word = outlet_words.MEDIA_BY_NAME
    told = (by_word[word] for word in reversed(name.lower().split()) if word in by_word)
    return next(told, frozenset())


def likely_outlets(text: str) -> Iterator[Span]:
    """Spans (code points, half-open) that are built like an outlet's name, in order and without overlaps.

    Time is linear in ``text``: no name is longer than a bounded number of words of bounded length.
    """
    for found in _CAPITALISED_NAME.finditer(text):
        words = found.group().replace("\u00a0", " ").split(" ")
        if _tells(words) or _NOUN_AFTER.match(text, found.end()):
            yield Span(found.start(), found.end() - (len(found.group()) - len(found.group().rstrip(_EDGE_MARKS))))


def _tells(words: list[str]) -> bool:
    """Whether a word after the first, or the end of one with a hyphen ("Star-Herald"), is one that outlets' names have,
    or a lone word is coined as theirs are."""
    bare = [word.strip(_EDGE_MARKS).removesuffix("’s").removesuffix("'s") for word in words]
    return any(word.lower().rpartition("-")[2] in _TELLING for word in bare[1:]) or any(map(_ONE_WORD.fullmatch, bare))
