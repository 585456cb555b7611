"""Known news outlets: finding their names in an article, and naming the outlet that a span of it stands for.

The registry is data (``service/outlets.toml``). An outlet that it lacks is still named, by the words of the article.
All offsets are code points into the article, half-open.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, NamedTuple

OutletMatchKind = Literal["name", "domain", "programme", "short"]

SHIPPED_REGISTRY = Path(__file__).resolve().parents[1] / "outlets.toml"


@dataclass(frozen=True, slots=True)
class KnownOutlet:
    """An entry of the registry.

    ``aliases`` are other names it goes by; ``short_names`` ("the Post") stand for it only where the article also names
    it in full; ``programmes`` are what it broadcasts or publishes under a title of their own. Names listed in
    ``ambiguous`` are ordinary English or mean something else as well, so a match of one needs evidence around it.
    ``country`` is an ISO 3166-1 alpha-2 code.
    """

    id: str
    name: str
    country: str
    medium: str
    domain: str | None = None
    aliases: tuple[str, ...] = ()
    short_names: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    wikidata: str | None = None


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


@dataclass(frozen=True, slots=True)
class OutletIdentity:
    """An outlet as the answer gives it: its key and name in the registry, or a slug and the article's own words."""

    id: str
    name: str


class OutletRegistry:
    """The known outlets, indexed for matching. Not changed after construction, so threads may share one."""

    def __init__(self, outlets: Iterable[KnownOutlet]) -> None:
        """Raises ``ValueError`` where two outlets claim one id or one name."""
        self.outlets = tuple(outlets)
        self._root = _Node()
        ids: set[str] = set()
        for outlet in self.outlets:
            if outlet.id in ids:
                raise ValueError(f"the outlet id {outlet.id!r} is given twice")
            ids.add(outlet.id)
            for entry in _entries(outlet):
                self._add(entry)

    @classmethod
    def load(cls, path: Path = SHIPPED_REGISTRY) -> OutletRegistry:
        """Read a registry file. Raises ``ValueError`` where it is malformed or two outlets claim one id or name."""
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise ValueError(f"{path}: {error}") from error
        return cls(_known_outlet(key, table) for key, table in tables.items())

    def find(self, text: str) -> tuple[OutletMatch, ...]:
        """Every mention of a known outlet in the article, in order and without overlaps; the longest name wins.

        Words are matched whole; a possessive ending and a lower-case "the" stay outside the span. Short names count
        only where the article names their outlet in full, and mean the one last named so. Time is linear in ``text``.
        """
        return tuple(_resolve(text, list(self._candidates(text))))

    def identify(self, text: str, start: int, end: int, matches: Sequence[OutletMatch]) -> OutletIdentity | None:
        """Name the outlet that ``text[start:end]`` stands for; ``matches`` is what ``find`` gave for ``text``.

        A known outlet gets its key and name, also through one of its programmes; "the paper" is the outlet last named
        before it; any other outlet keeps the name that the article gives it. ``None`` where the span names nothing.
        """
        overlapping = [m for m in matches if m.start < end and start < m.end]
        if overlapping:
            best = min(overlapping, key=lambda m: (m.ambiguous, _PRIORITY[m.kind], m.start))
            edition = _edition(text, best.end, end)
            return _as_named(text[best.start : best.end] + edition) if edition else _as_known(best.outlet)
        name = _bare_name(text[start:end])
        if _key(name) in _GENERIC:
            before = [m for m in matches if m.end <= start and not m.ambiguous]
            return _as_known(before[-1].outlet) if before else None
        if known := self._named(name):
            return _as_known(known)
        return _as_named(name)

    def _named(self, name: str) -> KnownOutlet | None:
        """The one outlet that goes by exactly this name, however it is capitalised."""
        node: _Node | None = self._root
        for token in _key(name):
            node = node.children.get(token) if node else None
        owners = [e.outlet for e in node.entries if e.kind != "short"] if node else []
        return owners[0] if len(owners) == 1 else None

    def _add(self, entry: _Entry) -> None:
        node = self._root
        for token in entry.tokens:
            node = node.children.setdefault(_fold(token), _Node())
        for other in node.entries:
            if other.outlet is entry.outlet:
                return  # the same name twice over, with and without its article
            if not (other.shareable or entry.shareable):
                name = " ".join(entry.tokens)
                raise ValueError(
                    f"the outlets {other.outlet.id!r} and {entry.outlet.id!r} both claim the name {name!r}"
                )
        node.entries.append(entry)

    def _candidates(self, text: str) -> Iterator[_Candidate]:
        """The longest name that starts at each word, left to right, with every outlet that may be meant by it."""
        tokens = _tokenize(text)
        caseless = _is_caseless(text)
        i = 0
        while i < len(tokens):
            found: _Candidate | None = None
            node, j = self._root.children.get(tokens[i].folded), i
            while node:
                words = tokens[i : j + 1]
                entries = [e for e in node.entries if e.fits(words, caseless)]
                if entries:
                    found = _Candidate.of(words, j, entries)
                j += 1
                if j == len(tokens) or not tokens[j].joined:
                    break
                node = node.children.get(tokens[j].folded)
            if found:
                yield found
            i = (found.last if found else i) + 1


_PRIORITY: Mapping[OutletMatchKind, int] = {"name": 0, "domain": 1, "short": 2, "programme": 3}

# ---------------------------------------------------------------------------------------------------------------------
# Words of names and of the article


_TOKEN = re.compile(r"\w+|([^\w\s])\1*")
_HYPHENS = frozenset("-‐‑‒–")
_APOSTROPHES = str.maketrans("’‘ʼ`´", "'''''")
_FUNCTION_WORDS = frozenset(
    ["the", "a", "an", "of", "and", "&", "for", "on", "in", "at", "to", "with", "de", "la", "le", "el"]
)


class _Token(NamedTuple):
    """A word, or a run of one mark, of the article; ``joined``: no paragraph break or wide gap before it."""

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
    """Words and marks; hyphens are left out, since "Post-Gazette" and "Post Gazette" name the same paper."""
    tokens: list[_Token] = []
    end = 0
    for m in _TOKEN.finditer(text):
        word = m.group()
        if word in _HYPHENS:
            continue
        gap = text[end : min(m.start(), end + 4)]
        joined = m.start() - end <= 3 and gap.count("\n") < 2
        tokens.append(_Token(word, _fold(word), m.start(), m.end(), joined))
        end = m.end()
    return tokens


def _key(name: str) -> tuple[str, ...]:
    """A name as the tokens it is looked up by, without a leading "the"."""
    tokens = tuple(t.folded for t in _tokenize(name))
    return tokens[1:] if len(tokens) > 1 and tokens[0] == "the" else tokens


def _is_caseless(text: str) -> bool:
    """Whether the article is written without capitals, so that their absence says nothing."""
    capitals = sum(map(str.isupper, text))
    return capitals * 200 < len(text)


# ---------------------------------------------------------------------------------------------------------------------
# The index: a trie over folded tokens


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    entries: list[_Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One name of one outlet, as the tokens of its usual spelling."""

    outlet: KnownOutlet
    kind: OutletMatchKind
    tokens: tuple[str, ...]
    ambiguous: bool

    @property
    def shareable(self) -> bool:
        """Several outlets may have a short name or a programme of this name."""
        return self.kind in ("short", "programme")

    def fits(self, words: Sequence[_Token], caseless: bool) -> bool:
        """Whether the words, which equal the name but for case, are capitalised as a name is."""
        if self.kind == "domain":
            return words[-1].end - words[0].start == sum(map(len, self.tokens))  # one unbroken string
        if all(_capitalised_like(w.text, t) for w, t in zip(words, self.tokens, strict=True)):
            return True
        content = [t for t in self.tokens if t[0].isalpha() and t.lower() not in _FUNCTION_WORDS]
        return caseless and not self.ambiguous and len(content) > 1


def _capitalised_like(word: str, usual: str) -> bool:
    """Whether a word is written as in the name: "Politifact" fits "PolitiFact"; "Ap" does not fit "AP"."""
    if word == usual or usual.lower() in _FUNCTION_WORDS or not usual[0].isalpha():
        return True
    if word.isupper():
        return True
    coined = usual[0].isupper() and any(map(str.isupper, usual[1:])) and not usual.isupper()
    return coined or (word[0].isupper() and not (usual.isupper() and len(usual) < 5))


def _entries(outlet: KnownOutlet) -> Iterator[_Entry]:
    """All names of an outlet. A name in "The" goes without it too if it is then still longer than a word."""
    ambiguous = {_key(name) for name in outlet.ambiguous}
    names: list[tuple[OutletMatchKind, str]] = [("name", outlet.name), *(("name", n) for n in outlet.aliases)]
    names += [("domain", outlet.domain)] if outlet.domain else []
    names += [("programme", n) for n in outlet.programmes]
    names += [("short", n) for n in outlet.short_names]
    if strangers := ambiguous - {_key(name) for _, name in names}:
        raise ValueError(f"the outlet {outlet.id!r} has no name {' '.join(min(strangers))!r} to be ambiguous")
    for kind, name in names:
        tokens = tuple(t.text for t in _tokenize(name))
        is_ambiguous = _key(name) in ambiguous
        yield _Entry(outlet, kind, tokens, is_ambiguous)
        if tokens[0].lower() == "the" and len(tokens) > 2 and kind != "short":
            yield _Entry(outlet, kind, tokens[1:], is_ambiguous)


def _known_outlet(key: str, table: object) -> KnownOutlet:
    """An entry of the registry file, checked."""
    known = {f.name for f in fields(KnownOutlet)} - {"id"}
    if not isinstance(table, dict) or not {"name", "country", "medium"} <= table.keys() <= known:
        raise ValueError(f"the outlet {key!r} needs name, country and medium, and knows only {', '.join(sorted(known))}")
    values: dict[str, Any] = {}
    for name, value in table.items():
        is_list = name in ("aliases", "short_names", "programmes", "ambiguous")
        items = value if is_list and isinstance(value, list) else [value]
        if is_list != isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in items):
            raise ValueError(f"the outlet {key!r} has a malformed {name}: {value!r}")
        values[name] = tuple(items) if is_list else value
    return KnownOutlet(id=key, **values)


# ---------------------------------------------------------------------------------------------------------------------
# Which outlet is meant


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Words of the article that are the name of one or more outlets; ``last`` is the index of their last token."""

    start: int
    end: int
    last: int
    entries: list[_Entry]

    @classmethod
    def of(cls, words: Sequence[_Token], last: int, entries: list[_Entry]) -> _Candidate:
        """The article belongs to the name only where it is capitalised."""
        first = words[1] if len(words) > 1 and words[0].text == "the" else words[0]
        return cls(first.start, words[-1].end, last, entries)


def _resolve(text: str, candidates: Sequence[_Candidate]) -> Iterator[OutletMatch]:
    """Settle for each candidate which outlet it means, given the outlets that are named in full around it."""
    full_names = [_full_name(c) for c in candidates]
    first_named: dict[str, int] = {}
    for i, outlet in enumerate(full_names):
        if outlet:
            first_named.setdefault(outlet.id, i)
    last_named: dict[str, int] = {}
    for i, (candidate, outlet) in enumerate(zip(candidates, full_names, strict=True)):
        if outlet:
            last_named[outlet.id] = i
        entry = _meant(candidate, last_named, first_named)
        if entry is None or (entry.kind == "domain" and _in_url(text, candidate)):
            continue
        doubtful = entry.ambiguous or (entry.kind == "programme" and len(candidate.entries) > 1)
        ambiguous = doubtful and not _is_evident(text, candidate)
        if ambiguous and _starts_sentence(text, candidate.start):
            continue
        yield OutletMatch(candidate.start, candidate.end, entry.outlet, entry.kind, ambiguous)


def _full_name(candidate: _Candidate) -> KnownOutlet | None:
    """The outlet, if the candidate can mean no other and nothing else."""
    named = [e for e in candidate.entries if e.kind in ("name", "domain") and not e.ambiguous]
    return named[0].outlet if named else None


def _meant(candidate: _Candidate, last_named: Mapping[str, int], first_named: Mapping[str, int]) -> _Entry | None:
    """Unambiguous names mean their outlet; anything else the owner last named in full, or failing that first after."""
    for entry in candidate.entries:
        if entry.kind in ("name", "domain") and not entry.ambiguous:
            return entry
    named = [e for e in candidate.entries if e.outlet.id in last_named]
    if named:
        return max(named, key=lambda e: last_named[e.outlet.id])
    named = [e for e in candidate.entries if e.outlet.id in first_named]
    if named:
        return min(named, key=lambda e: first_named[e.outlet.id])
    return next((e for e in candidate.entries if e.kind != "short"), None)


_MEDIUM = (
    r"(?:magazine|newspaper|newspapers|daily|weekly|tabloid|paper|website|programme|program|show|journal|podcast|"
    r"broadcaster|network|channel|reporter|reporters|columnist|correspondent|editor|journalist|interview|op-ed)"
)
_MEDIUM_AFTER = re.compile(rf"[\"”’']?\s{{1,2}}{_MEDIUM}\b")
_REPORTS_AFTER = re.compile(r"\s(?:reported|reports|wrote|writes|that)\b")
_CUE_BEFORE = re.compile(
    r"(?:\b(?:told|tells|telling|according to|interview with|speaking to|spoke to|reported by)(?:\s+the)?|[“\"*_])\s?$",
    re.I,
)


def _is_evident(text: str, candidate: _Candidate) -> bool:
    """Whether the words next to it show that a name is that of an outlet: "Time magazine", "told Time"."""
    after = text[candidate.end : candidate.end + 20]
    if _MEDIUM_AFTER.match(after) or _CUE_BEFORE.search(text[max(0, candidate.start - 30) : candidate.start]):
        return True
    return bool(_REPORTS_AFTER.match(after)) and not _starts_sentence(text, candidate.start)


def _starts_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" \t\u00a0\"“”‘’'(")
    return not before or before[-1] in ".!?:\n"


def _in_url(text: str, candidate: _Candidate) -> bool:
    """Whether a domain is but a part of a link or of an e-mail address."""
    return (
        text[max(0, candidate.start - 1) : candidate.start] in ("/", "@")
        or text[candidate.end : candidate.end + 1] == "/"
    )


# ---------------------------------------------------------------------------------------------------------------------
# Naming what the registry does not have

_GENERIC = frozenset(
    (word,)
    for word in [
        "paper",
        "newspaper",
        "magazine",
        "network",
        "channel",
        "broadcaster",
        "station",
        "website",
        "site",
        "outlet",
        "publication",
        "weekly",
        "daily",
        "tabloid",
        "journal",
        "broadsheet",
        "agency",
        "programme",
        "program",
        "show",
        "podcast",
    ]
)
_MARKS = " \t\n\u00a0\"“”‘’'`*_(),.;:!?[]"
_ARTICLE = re.compile(r"(?:the|an?)\s+", re.I)
_POSSESSIVE = re.compile(r"['’‘]s?(?:\s|$)")
_LAST_WORD = re.compile(rf"\s({_MEDIUM})$", re.I)
_EDITION = re.compile(r"(?:\s[A-Z0-9][\w.&]*){1,3}")


def _bare_name(words: str) -> str:
    """The name in a span: quotation marks, article, what a possessive owns, and a last "newspaper" taken off."""
    words = " ".join(words.split()).strip(_MARKS)
    if article := _ARTICLE.match(words):
        words = words[article.end() :]
    if owner := _POSSESSIVE.search(words):
        words = words[: owner.start()] or words
    return _LAST_WORD.sub("", words).strip(_MARKS)


def _edition(text: str, start: int, end: int) -> str:
    """The words that make a known name one of an edition or sister of its own ("POLITICO Florida"), or nothing."""
    rest = text[start:end].rstrip(_MARKS)
    return rest if _EDITION.fullmatch(rest) else ""


def _as_known(outlet: KnownOutlet) -> OutletIdentity:
    return OutletIdentity(outlet.id, outlet.name)


def _as_named(name: str) -> OutletIdentity | None:
    name = " ".join(name.split())
    return OutletIdentity(_slug(name), name) if name else None


def _slug(name: str) -> str:
    """Lower-case ASCII words joined by hyphens; a checksum for a name that has none."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-") or f"outlet-{zlib.crc32(name.encode('utf-8', 'replace')):08x}"
