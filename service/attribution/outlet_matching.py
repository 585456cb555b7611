"""Finding the names of known outlets in an article, in time linear in its length.

Names are kept in a trie over words without case and accents. At each word of the article the longest name wins; then
the outlets that the article names in full settle what its short names and shared programme titles mean.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from service.attribution.known_outlets import KnownOutlet

OutletMatchKind = Literal["name", "domain", "programme", "short"]


@dataclass(frozen=True, slots=True)
class OutletMatch:
    """Words ``text[start:end]`` of the article that name a known outlet.

    ``ambiguous``: they may mean something else ("Time", "Today") and nothing next to them settles it.
    """

    start: int
    end: int
    outlet: KnownOutlet
    kind: OutletMatchKind
    ambiguous: bool = False


# --- Words ---

_TOKEN = re.compile(r"\w+|([^\w\s])\1*")
_HYPHENS = frozenset("-‐‑‒–")
_APOSTROPHES = str.maketrans("’‘ʼ`´", "'''''")
# Their case tells nothing: "Wall Street Journal Magazine", "New York magazine", "Face The Nation".
_CASELESS_WORDS = frozenset({"the", "a", "an", "of", "and", "&", "for", "on", "in", "at", "to", "with", "magazine"})
_LONGEST_GAP = 3  # characters between the words of one name


class _Token(NamedTuple):
    """A word, or a run of one mark, of the article. ``joined``: it may carry on a name from the token before."""

    text: str
    folded: str
    start: int
    end: int
    joined: bool


def _fold(token: str) -> str:
    """The token without case and accents, "&" as "and", every apostrophe alike."""
    if token == "&":
        return "and"
    if not token.isascii():
        decomposed = unicodedata.normalize("NFKD", token.translate(_APOSTROPHES))
        token = "".join(c for c in decomposed if not unicodedata.combining(c))
    return token.lower()


def _tokenize(text: str) -> list[_Token]:
    """Words and marks. Hyphens are left out: "Post-Gazette" and "Post Gazette" are the same paper."""
    tokens: list[_Token] = []
    end = 0
    for m in _TOKEN.finditer(text):
        word = m.group()
        if word in _HYPHENS:
            continue
        joined = m.start() - end <= _LONGEST_GAP and text.count("\n", end, m.start()) < 2
        tokens.append(_Token(word, _fold(word), m.start(), m.end(), joined))
        end = m.end()
    return tokens


def _is_caseless(text: str) -> bool:
    """Whether the article is written without capitals, so that their absence tells nothing."""
    return sum(map(str.isupper, text)) * 200 < len(text)


def _written_like(word: str, usual: str) -> bool:
    """Whether a word has the case of a name: "Politifact" fits "PolitiFact", "Ap" does not fit "AP"."""
    if word == usual or word.isupper() or usual.lower() in _CASELESS_WORDS or not usual[0].isalpha():
        return True
    if usual.isupper():
        return len(usual) > 4 and word[0].isupper()  # "Msnbc", but an acronym like "AP" only as it stands
    coined = usual[0].isupper() and not usual[1:].islower()  # "BuzzFeed" is no ordinary word in any case
    return word[0].isupper() or coined


# --- The index ---


@dataclass(frozen=True, slots=True)
class _Entry:
    """One name of one outlet, as the tokens of its usual spelling.

    ``bare``: a short name that has lost its article ("a Post reporter").
    """

    outlet: KnownOutlet
    kind: OutletMatchKind
    tokens: tuple[str, ...]
    ambiguous: bool
    bare: bool = False

    @property
    def shareable(self) -> bool:
        """Whether another outlet may have the same name for the same kind of thing."""
        return self.kind in ("short", "programme")

    def fits(self, words: Sequence[_Token], caseless: bool) -> bool:
        """Whether the words, which equal the name but for case, are written as a name."""
        if self.kind == "domain":
            return words[-1].end - words[0].start == sum(map(len, self.tokens))  # no gaps
        if all(_written_like(w.text, t) for w, t in zip(words, self.tokens, strict=True)):
            return True
        content = [t for t in self.tokens if t[0].isalpha() and t.lower() not in _CASELESS_WORDS]
        return caseless and not self.ambiguous and len(content) > 1


def _key(name: str) -> tuple[str, ...]:
    """A name as the tokens it is looked up by, without a leading "the"."""
    tokens = tuple(t.folded for t in _tokenize(name))
    return tokens[1:] if len(tokens) > 1 and tokens[0] == "the" else tokens


def _entries(outlet: KnownOutlet) -> Iterator[_Entry]:
    """All names of an outlet. A name in "The" goes without it too, unless a single word would be left."""
    named: list[tuple[OutletMatchKind, tuple[str, ...]]] = [
        ("name", (outlet.name, *outlet.aliases)),
        ("domain", (outlet.domain,) if outlet.domain else ()),
        ("programme", outlet.programmes),
        ("short", outlet.short_names),
    ]
    ambiguous = {_key(name) for name in outlet.ambiguous}
    if strangers := ambiguous - {_key(name) for _, names in named for name in names}:
        raise ValueError(f"outlet {outlet.id!r}: {' '.join(min(strangers))!r} is ambiguous but none of its names")
    for kind, names in named:
        for name in names:
            tokens = tuple(t.text for t in _tokenize(name))
            unsure = kind != "short" and _key(name) in ambiguous
            yield _Entry(outlet, kind, tokens, unsure)
            if tokens[0].lower() == "the" and (len(tokens) > 2 or kind == "short"):
                yield _Entry(outlet, kind, tokens[1:], unsure, bare=kind == "short")


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    entries: list[_Entry] = field(default_factory=list)


class _Candidate(NamedTuple):
    """Words of the article that are a name of the entries' outlets; ``last`` is the index of their last token."""

    start: int
    end: int
    last: int
    entries: list[_Entry]


class OutletMatcher:
    """Finds the names of outlets. Not changed after construction, so threads may share one."""

    def __init__(self, outlets: Iterable[KnownOutlet]) -> None:
        """Raises ``ValueError`` where two outlets claim one name, or an outlet calls a name ambiguous that it lacks."""
        self._root = _Node()
        for outlet in outlets:
            for entry in _entries(outlet):
                self._add(entry)

    def find(self, text: str) -> tuple[OutletMatch, ...]:
        """Every mention of a known outlet, in order and without overlaps."""
        return tuple(_settle(text, list(self._candidates(text))))

    def lookup(self, name: str) -> KnownOutlet | None:
        """The one outlet that goes by exactly this name, however it is written."""
        node: _Node | None = self._root
        for token in _key(name):
            node = node.children.get(token) if node else None
        owners = {e.outlet.id: e.outlet for e in node.entries if e.kind != "short"} if node else {}
        return next(iter(owners.values())) if len(owners) == 1 else None

    def _add(self, entry: _Entry) -> None:
        node = self._root
        for token in entry.tokens:
            node = node.children.setdefault(_fold(token), _Node())
        for other in node.entries:
            if other.outlet is not entry.outlet and not (other.shareable or entry.shareable):
                name, both = " ".join(entry.tokens), f"{other.outlet.id!r} and {entry.outlet.id!r}"
                raise ValueError(f"the outlets {both} both claim the name {name!r}")
        node.entries.append(entry)

    def _candidates(self, text: str) -> Iterator[_Candidate]:
        """The longest name that starts at each word, left to right."""
        tokens = _tokenize(text)
        caseless = _is_caseless(text)
        i = 0
        while i < len(tokens):
            found = self._longest(tokens, i, caseless)
            if tokens[i].folded == "the" and i + 1 < len(tokens):  # "the Argus Leader" is not "the Argus"
                bare = self._longest(tokens, i + 1, caseless)
                found = bare if bare and (found is None or bare.last > found.last) else found
            if found:
                yield found
            i = (found.last if found else i) + 1

    def _longest(self, tokens: Sequence[_Token], i: int, caseless: bool) -> _Candidate | None:
        """The longest name whose first token is ``tokens[i]``; a lower-case "the" is no part of its span."""
        found: _Candidate | None = None
        node, j = self._root.children.get(tokens[i].folded), i
        while node:
            if node.entries:
                words = tokens[i : j + 1]
                if entries := [e for e in node.entries if e.fits(words, caseless)]:
                    first = words[1] if len(words) > 1 and words[0].text == "the" else words[0]
                    found = _Candidate(first.start, words[-1].end, j, entries)
            j += 1
            if j == len(tokens) or not tokens[j].joined:
                break
            node = node.children.get(tokens[j].folded)
        return found


# --- Which outlet is meant, if any ---


def _settle(text: str, candidates: Sequence[_Candidate]) -> Iterator[OutletMatch]:
    """The outlet that each candidate means, given those that the article names in full around it."""
    full = [_named_in_full(c) for c in candidates]
    first_named = {outlet.id: i for i, outlet in reversed(list(enumerate(full))) if outlet}
    last_named: dict[str, int] = {}
    previous: OutletMatch | None = None
    for i, candidate in enumerate(candidates):
        if outlet := full[i]:
            last_named[outlet.id] = i
        entry = _meant(text, candidate, last_named, first_named)
        match = entry and _match(text, candidate, entry, previous)
        if match:
            yield match
            previous = match


def _named_in_full(candidate: _Candidate) -> KnownOutlet | None:
    """The outlet, if the words can mean no other and nothing else."""
    sure = all(e.kind in ("name", "domain") and not e.ambiguous for e in candidate.entries)
    return candidate.entries[0].outlet if sure else None


def _meant(
    text: str, candidate: _Candidate, last_named: Mapping[str, int], first_named: Mapping[str, int]
) -> _Entry | None:
    """Of several readings, the outlet last named in full before, else the first after; else any but a short name."""
    entries = [e for e in candidate.entries if not e.bare or _STAFF_AFTER.match(text, candidate.end)]
    if before := [e for e in entries if e.outlet.id in last_named]:
        return max(before, key=lambda e: (last_named[e.outlet.id], not e.ambiguous))
    if after := [e for e in entries if e.outlet.id in first_named]:
        return min(after, key=lambda e: (first_named[e.outlet.id], e.ambiguous))
    return next((e for e in entries if e.kind != "short"), None)


def _match(text: str, candidate: _Candidate, entry: _Entry, previous: OutletMatch | None) -> OutletMatch | None:
    """The match, or nothing where the words plainly belong to something else."""
    start, end = candidate.start, candidate.end
    if entry.kind == "domain" and _in_address(text, start, end):
        return None
    shared = entry.kind == "programme" and len({e.outlet.id for e in candidate.entries}) > 1
    single = len(entry.tokens) == 1 and not text[start:end].isupper()
    after_name = single and _ends_in_name(text, start)  # "Michael Bloomberg", "21st Century Fox"
    doubtful = entry.ambiguous or shared
    ambiguous = (doubtful or after_name) and not (
        _is_credited(text, start, end) or _is_owned(text, start, entry.outlet, previous)
    )
    if doubtful and ambiguous:
        in_longer_name = after_name or _WORD_OF_NAME_AFTER.match(text, end)
        if in_longer_name or (single and _starts_sentence(text, start)):
            return None
    return OutletMatch(start, end, entry.outlet, entry.kind, ambiguous)


_NOUN = (
    r"(?:magazine|newspaper|daily|weekly|tabloid|paper|website|programme|program|show|podcast|broadcaster|network|"
    r"channel|reporter|columnist|correspondent|editor|editorial|journalist|critic|bureau|interview|op-ed|story|"
    r"article|report|investigation|analysis|poll)s?\b"
)
_NOUN_AFTER = re.compile(rf"[\"”’']?\s{{1,2}}{_NOUN}")
_STAFF_AFTER = re.compile(rf"\s(?:[A-Z]\w{{0,20}}\s){{0,2}}{_NOUN}")  # "Post White House bureau chief"
_REPORTS_AFTER = re.compile(r"\s(?:reported|reports|wrote|writes|first reported)\b")
_CUE_BEFORE = re.compile(
    r"\b(?:told|tells|telling|according to|interview (?:with|in|by)|(?:speaking|spoke|talking|talked) (?:to|with)|"
    r"(?:reported|quoted|published|interviewed) (?:by|in)|(?:writing|wrote) in|"
    r"magazine|newspaper|daily|tabloid|weekly|journal|broadcaster|website|channel|network|agency|programme|show)"
    r"\s(?:the\s)?[\"“*_]?$",
    re.I,
)
_OWNER_BEFORE = re.compile(r"(?:['’‘]s?)?\s?(?:(?:the|flagship|morning|evening|Sunday)\s)?[\"“”‘’']?$")
_WORD_OF_NAME_AFTER = re.compile(r"(?:[ \u00a0-]| & )(?:[A-Z]\w{0,20}[a-z]|\d)|\+")
_WORD_BEFORE = re.compile(r"(\w[\w.]*)[ \u00a0]$")
_QUOTE_AFTER = re.compile(r"[,.]?[\"”*_]")
_TITLES = frozenset(
    {"Mr", "Mrs", "Ms", "Mayor", "Senator", "Sen", "Judge", "Dr", "Sir", "President", "Governor", "Gov"}
)
_DATES = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february"}
    | {"march", "april", "may", "june", "july", "august", "september", "october", "november"}
    | {"december"}
)


def _is_credited(text: str, start: int, end: int) -> bool:
    """Whether the words around a name treat it as an outlet: "Time magazine", "told Time"."""
    before = text[max(0, start - 40) : start]
    if _NOUN_AFTER.match(text, end) or _CUE_BEFORE.search(before):
        return True
    if _REPORTS_AFTER.match(text, end):
        return not _starts_sentence(text, start)
    return before[-1:] in {'"', "“", "*", "_"} and _QUOTE_AFTER.match(text, end) is not None


def _is_owned(text: str, start: int, outlet: KnownOutlet, previous: OutletMatch | None) -> bool:
    """Whether the outlet's own name stands right before a programme: "NBC's Today", "BBC Radio 4's 'Today'"."""
    return (
        previous is not None
        and previous.outlet is outlet
        and start - previous.end < 20
        and _OWNER_BEFORE.fullmatch(text, previous.end, start) is not None
    )


def _ends_in_name(text: str, start: int) -> bool:
    """Whether the word before is part of a proper name: a capitalised word that does not begin a sentence, a title."""
    m = _WORD_BEFORE.search(text, max(0, start - 24), start)
    if m is None:
        return False
    word = m.group(1)
    if word.lower() in _CASELESS_WORDS | _DATES or not (word[0].isupper() or word[0].isdigit()):
        return False
    return word.rstrip(".") in _TITLES or not _starts_sentence(text, m.start())


def _starts_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 6) : start].rstrip(" \t\u00a0\"“”‘’'(*_")
    return not before or before[-1] in ".!?:\n•|"


def _in_address(text: str, start: int, end: int) -> bool:
    """Whether a domain is only a part of a link or of an e-mail address."""
    return text[max(0, start - 1) : start] in ("/", "@") or text[end : end + 1] == "/"
