"""What the words next to a name say about it: that it is an outlet, or that it is a part of something else.

Every test looks at a bounded stretch of text on either side, so it takes constant time.
"""

from __future__ import annotations

import re

from service.data import outlet_words

_OUTLET_NOUN = rf"(?:{'|'.join(sorted(outlet_words.PROOFS))})s?\b"
_NOUN_AFTER = re.compile(rf"[\"”’']?\s{{1,2}}{_OUTLET_NOUN}")
_STAFF_AFTER = re.compile(rf"\s(?:[A-Z]\w{{0,20}}\s){{0,2}}{_OUTLET_NOUN}")
_REPORTS_AFTER = re.compile(r"\s(?:first\s)?(?:reported|reports|wrote|writes)\b")
_HAS_REPORTED = re.compile(r"\s(?:(?:also|first|later|has|had|have)\s)?report(?:ed|s)\b")
_CUE_BEFORE = re.compile(
    r"\b(?:told|tells|telling|according to|interview (?:with|in|by)|(?:speaking|spoke|talking|talked) (?:to|with)|"
    r"(?:reported|quoted|published|interviewed) (?:by|in)|(?:writing|wrote) in|"
    r"magazine|newspaper|daily|tabloid|weekly|journal|broadcaster|website|channel|network|agency|programme|show)"
    r"\s(?:the\s)?[\"“*_]?$",
    re.IGNORECASE,
)
_ON_BEFORE = re.compile(r"\bon\s[\"“'‘]{0,2}$", re.IGNORECASE)
_QUOTE_BEFORE = re.compile(r"(?:[\"“*_]|'')$")
_QUOTE_AFTER = re.compile(r"[,.]?(?:[\"”*_]|'')")
_POSSESSION = re.compile(r"(?:['’‘]s?)?\s?(?:(?:the|flagship|morning|evening|Sunday)\s)?[\"“”‘’']{0,2}")
_NAME_AFTER = re.compile(r"(?:[ \u00a0-]| & )(?:[A-Z]\w{0,20}[a-z]|\d)|[+]|[.,]\d")
_WORD_BEFORE = re.compile(r"(\w[\w.]*)[ \u00a0]$")
_REACH = 40  # characters

_TITLES = frozenset(
    {"Mr", "Mrs", "Ms", "Dr", "Sir", "Sen", "Gov", "Mayor", "Judge", "Senator", "Governor", "President"}
)


def is_credited(text: str, start: int, end: int) -> bool:
    """Whether the words around a name treat it as an outlet: "Time magazine", "told Time", "on 'Today,'"."""
    if _NOUN_AFTER.match(text, end) or _CUE_BEFORE.search(text, max(0, start - _REACH), start):
        return True
    if _REPORTS_AFTER.match(text, end):
        return " " in text[start:end] or not starts_sentence(text, start)  # not: "People reported feeling ill"
    return bool(_QUOTE_BEFORE.search(text, max(0, start - 2), start) and _QUOTE_AFTER.match(text, end))


def has_reported(text: str, end: int) -> bool:
    """Whether a verb after a name says that it reported something: "the Post first reported"."""
    return _HAS_REPORTED.match(text, end) is not None


def is_on_air(text: str, start: int) -> bool:
    """Whether a name stands where that of a programme would: "on This Week"."""
    return _ON_BEFORE.search(text, max(0, start - 6), start) is not None


def has_staff(text: str, end: int) -> bool:
    """Whether a name is followed by what an outlet has: "Post reporter", "Post White House bureau chief"."""
    return _STAFF_AFTER.match(text, end) is not None


def is_possession(text: str, owner_end: int, start: int) -> bool:
    """Whether what starts at ``start`` belongs to what ends at ``owner_end``: "NBC's Today", "BBC One's flagship"."""
    return start - owner_end <= _REACH and _POSSESSION.fullmatch(text, owner_end, start) is not None


def continues_name(text: str, start: int) -> bool:
    """Whether the word before is part of the same proper name: "Michael Bloomberg", "21st Century Fox"."""
    m = _WORD_BEFORE.search(text, max(0, start - _REACH), start)
    if m is None:
        return False
    word = m.group(1).removesuffix(".")
    if word in _TITLES:
        return True
    if not word or word.lower() in outlet_words.CAPITALISED_OTHERWISE or starts_sentence(text, m.start()):
        return False
    if m.group(1).endswith(".") and len(word) > 1:
        return False  # the end of a sentence, not an initial
    return word[0].isupper() or (word[0].isdigit() and not word.isdigit())


def is_continued(text: str, end: int) -> bool:
    """Whether the word after is part of the same proper name: "State Department", "Fortune 500", "Sky+"."""
    return _NAME_AFTER.match(text, end) is not None


def starts_sentence(text: str, start: int) -> bool:
    """Whether nothing but quotation marks stands between ``start`` and the end of the sentence or line before. Unlike
    where any word has a capital (`text.opens_sentence`), such a mark alone, or a dash, starts none."""
    before = text[max(0, start - 6) : start].rstrip(" \t\u00a0\"“”‘’'(*_")
    return not before or before[-1] in ".!?:\n•|"


def is_in_address(text: str, start: int, end: int) -> bool:
    """Whether a domain is only a part of a link or of an e-mail address."""
    return text[max(0, start - 1) : start] in {"/", "@"} or text[end : end + 1] == "/"
