"""Finding the names of known outlets in an article, in time linear in its length.

Names are kept in a trie over words without case and accents. At each word of the article the longest name wins; then
the outlets that the article names in full settle what its short names and shared programme titles mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from service.attribution.outlets import evidence
from service.attribution.outlets.known import KnownOutlet
from service.data.folding import APOSTROPHES, without_accents

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
# Their case tells nothing: "Wall Street Journal Magazine", "New York magazine", "Face The Nation".
_CASELESS_WORDS = frozenset({"the", "a", "an", "of", "and", "&", "for", "on", "in", "at", "to", "with", "magazine"})
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}")
_HANDLE = re.compile(r"(?<![\w.])@\w{3,30}")
_HANDLE_ENDING = re.compile(r"(?:politics|breaking|brk|break|business|sports?|world|live|news|tv)$")
_LONGEST_GAP = 3  # characters between the words of one name


class _Token(NamedTuple):
    """A word, or a run of one mark, of the article."""

    text: str
    folded: str
    start: int
    end: int


def _fold(token: str) -> str:
    """The token without case and accents, "&" as "and", every apostrophe alike."""
    if token == "&":
        return "and"
    if token.isascii():
        return token.lower()
    return without_accents(token.translate(APOSTROPHES)).lower()


def _tokenize(text: str) -> list[_Token]:
    """Words and marks. Hyphens are left out: "Post-Gazette" and "Post Gazette" are the same paper."""
    return [
        _Token(word, _fold(word), m.start(), m.end())
        for m in _TOKEN.finditer(text)
        if (word := m.group()) not in _HYPHENS
    ]


def _joined(text: str, left: _Token, right: _Token) -> bool:
    """Whether two tokens may belong to one name: no wide gap and no paragraph break between them."""
    return right.start - left.end <= _LONGEST_GAP and text.count("\n", left.end, right.start) < 2


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

    ``width`` is the length of that spelling in characters; ``bare`` marks a short name without its article ("a Post
    reporter").
    """

    outlet: KnownOutlet
    kind: OutletMatchKind
    tokens: tuple[str, ...]
    ambiguous: bool
    width: int
    bare: bool = False

    @property
    def shareable(self) -> bool:
        """Whether another outlet may have the same name for the same kind of thing."""
        return self.kind in ("short", "programme")

    def fits(self, words: Sequence[_Token], caseless: bool) -> bool:
        """Whether the words, which equal the name but for case, are written as a name."""
        if self.kind == "domain":
            return words[-1].end - words[0].start == self.width  # no gaps
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
    ambiguous = {_key(name) for name in outlet.ambiguous}  # mostly empty, and then no key need be made to start
    if ambiguous and (strangers := ambiguous - {_key(name) for _, names in named for name in names}):
        raise ValueError(f"outlet {outlet.id!r}: {' '.join(min(strangers))!r} is ambiguous but none of its names")
    for kind, names in named:
        for name in names:
            tokens = tuple(t.text for t in _tokenize(name))
            sort: OutletMatchKind = "domain" if kind == "name" and _DOMAIN.fullmatch(name) else kind
            unsure = bool(ambiguous) and kind != "short" and _key(name) in ambiguous
            yield _Entry(outlet, sort, tokens, unsure, len(name))
            if tokens[0].lower() == "the" and (len(tokens) > 2 or kind == "short"):
                yield _Entry(outlet, sort, tokens[1:], unsure, len(name) - 4, bare=kind == "short")


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
        self._handles: dict[str, KnownOutlet | None] = {}  # None where several outlets could have it
        for outlet in outlets:
            for entry in _entries(outlet):
                self._add(entry)
                if not (entry.ambiguous or entry.kind == "short"):
                    self._add_handle(entry)

    def find(self, text: str) -> tuple[OutletMatch, ...]:
        """Every mention of a known outlet, in order and without overlaps."""
        named = tuple(_settle(text, list(self._candidates(text))))
        if "@" not in text:
            return named
        taken = {match.end for match in named}
        handles = [match for match in self._find_handles(text) if match.end not in taken]
        return tuple(sorted((*named, *handles), key=lambda match: match.start)) if handles else named

    def lookup(self, name: str) -> KnownOutlet | None:
        """The one outlet that goes by exactly this name, however it is written."""
        node: _Node | None = self._root
        for token in _key(name):
            node = node.children.get(token) if node else None
        owners = {e.outlet.id: e.outlet for e in node.entries if e.kind != "short"} if node else {}
        return next(iter(owners.values())) if len(owners) == 1 else None

    def lookup_handle(self, word: str) -> KnownOutlet | None:
        """The one outlet whose name, written in one word, the word is or begins with: "@BBCNews", "CNNPolitics"."""
        handle = word.removeprefix("@").lower()
        if not handle.isalnum():
            return None
        stem = _HANDLE_ENDING.sub("", handle)
        return self._handles.get(handle) or (self._handles.get(stem) if stem[-1:] and len(stem) > 2 else None)

    def _find_handles(self, text: str) -> Iterator[OutletMatch]:
        for found in _HANDLE.finditer(text):
            if outlet := self.lookup_handle(found[0]):
                yield OutletMatch(found.start(), found.end(), outlet, "name")

    def _add_handle(self, entry: _Entry) -> None:
        words = [_fold(token) for token in entry.tokens]
        if entry.kind == "domain":
            words = words[:1]
        handle = "".join(filter(str.isalnum, words))
        known = self._handles.setdefault(handle, entry.outlet)
        if known is not entry.outlet and entry.kind != "programme":
            self._handles[handle] = None

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
            found = self._longest(text, tokens, i, caseless)
            if tokens[i].folded == "the" and i + 1 < len(tokens):  # "the Argus Leader" is not "the Argus"
                bare = self._longest(text, tokens, i + 1, caseless)
                found = bare if bare and (found is None or bare.last > found.last) else found
            if found:
                yield found
            i = (found.last if found else i) + 1

    def _longest(self, text: str, tokens: Sequence[_Token], i: int, caseless: bool) -> _Candidate | None:
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
            if j == len(tokens) or not _joined(text, tokens[j - 1], tokens[j]):
                break
            node = node.children.get(tokens[j].folded)
        return found


# --- Which outlet is meant, if any ---


def _settle(text: str, candidates: Sequence[_Candidate]) -> Iterator[OutletMatch]:
    """The outlet that each candidate means, given those that the article names in full around it."""
    in_full = [
        next((e for e in c.entries if e.kind in ("name", "domain") and not e.ambiguous), None) for c in candidates
    ]
    first_named = {entry.outlet.id: i for i, entry in reversed(list(enumerate(in_full))) if entry}
    last_named: dict[str, int] = {}
    ending_in: dict[tuple[str, ...], _Entry] = {}
    previous: OutletMatch | None = None
    for i, (candidate, entry) in enumerate(zip(candidates, in_full, strict=True)):
        if entry:
            words = _folded_words(entry)
            if entry.outlet.id not in last_named:
                entry = ending_in.get(words, entry)
            last_named[entry.outlet.id] = i
            ending_in |= {words[k:]: entry for k in range(1, len(words))}
        else:
            entry = _likeliest(text, candidate, last_named, first_named)
        match = entry and _match(text, candidate, entry, previous)
        if match:
            yield match
            previous = match


def _folded_words(entry: _Entry) -> tuple[str, ...]:
    """The words of a name without "the", as the names of others may end: the paper "New Times" after the paper
    "Phoenix New Times" is that one."""
    words = tuple(map(_fold, entry.tokens))
    return words[1:] if words[0] == "the" else words


def _likeliest(
    text: str, candidate: _Candidate, last_named: Mapping[str, int], first_named: Mapping[str, int]
) -> _Entry | None:
    """Of several readings, the outlet last named in full before, else the first after; else any but a short name."""
    entries = [e for e in candidate.entries if not e.bare or evidence.has_staff(text, candidate.end)]
    if before := [e for e in entries if e.outlet.id in last_named]:
        return max(before, key=lambda e: (last_named[e.outlet.id], not e.ambiguous))
    if after := [e for e in entries if e.outlet.id in first_named]:
        return min(after, key=lambda e: (first_named[e.outlet.id], e.ambiguous))
    return min((e for e in entries if e.kind != "short"), key=lambda e: e.kind, default=None)


def _match(text: str, candidate: _Candidate, entry: _Entry, previous: OutletMatch | None) -> OutletMatch | None:
    """The match, or nothing where the words plainly belong to something else."""
    start, end = candidate.start, candidate.end
    if entry.kind == "domain" and evidence.is_in_address(text, start, end):
        return None
    shared = entry.kind == "programme" and len({e.outlet.id for e in candidate.entries}) > 1
    doubtful = entry.ambiguous or shared
    single = len(entry.tokens) == 1 and not text[start:end].isupper()
    continues = single and evidence.continues_name(text, start)
    owned = (
        previous is not None and previous.outlet is entry.outlet and evidence.is_possession(text, previous.end, start)
    )
    if owned or evidence.is_credited(text, start, end):
        return OutletMatch(start, end, entry.outlet, entry.kind)
    if doubtful and (
        continues or evidence.is_continued(text, end) or (single and evidence.starts_sentence(text, start))
    ):
        return None
    if doubtful and entry.kind == "programme" and not evidence.is_on_air(text, start):
        return None
    return OutletMatch(start, end, entry.outlet, entry.kind, doubtful or continues)
