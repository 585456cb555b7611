"""The places of a text that carry a name.

A run of capitalised words such as "Pentagon Press Secretary Alyssa Farah" is read as an introduction and a name. Where
capitals tell nothing (a headline in title case, a text in one case throughout) names are found by the words themselves:
names known from the rest of the text, a given name with what follows it, a title with what follows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from service.attribution.names import lexicon
from service.attribution.names.lexicon import Sex
from service.attribution.names.runs import is_organisation_head, run_at
from service.attribution.names.words import Word, lines_of, opens_sentence

NameKind = Literal["person", "organization", "unknown"]

_MIN_HEADLINE = 4
_HEADLINE_SHARE = 0.8
_MAX_NAME = 5
_OFFICE_WORDS = lexicon.PORTFOLIOS | lexicon.NATIONALITIES | lexicon.COUNTRIES | {"the", "and", "of"}
_NO_SURNAMES = lexicon.FUNCTION_WORDS | lexicon.CUE_WORDS | lexicon.MONTHS_AND_DAYS | lexicon.NATIONALITIES
_MODIFIERS = lexicon.NATIONALITIES | lexicon.COUNTRIES
_OPENING_MARKS = "“\"‘'(„«"


@dataclass(frozen=True, slots=True)
class NameMention:
    """A place that carries a name.

    ``start:end`` is the name proper; ``outer`` is where the introduction before it starts ("Press Secretary"), ``stop``
    where a possessive ends. ``name`` is the name for display, ``words`` its folded words without suffix and nickname.
    A ``weak`` mention is a word that is mostly no name (May, King) and counts only where the article has somebody of
    that surname. ``opens``: it stands where an ordinary word would have a capital too. ``surname`` is what a given
    name shares with the name after it ("Ann and Bo Lee").
    """

    start: int
    end: int
    outer: int
    stop: int
    name: str
    words: tuple[str, ...]
    suffix: str | None = None
    sex: Sex | None = None
    kind: NameKind = "unknown"
    weak: bool = False
    opens: bool = False
    surname: str | None = None


def find_mentions(text: str, words: Sequence[Word]) -> list[NameMention]:
    """All name mentions of ``text``, in order and without overlap; ``words`` are its `words_of`."""
    lines = lines_of(text, words)
    caseless = [_is_caseless(words[begin:end]) for begin, end in lines]
    if sum(end - begin for (begin, end), c in zip(lines, caseless, strict=True) if c) * 2 > len(words):
        caseless = [True] * len(lines)
    mentions: list[NameMention] = []
    for (begin, end), skip in zip(lines, caseless, strict=True):
        if not skip:
            mentions += _in_line(text, words, begin, end)
    known = _KnownNames(mentions)
    silent = [_Caseless(text, words[begin:end], known) for (begin, end), c in zip(lines, caseless, strict=True) if c]
    for line in silent:
        known.add(line.full_names())
    for line in silent:
        mentions += line.mentions()
    mentions.sort(key=lambda m: m.start)
    return _with_shared_surnames(text, mentions)


def _is_caseless(line: Sequence[Word]) -> bool:
    """Whether a line is in title case or in capitals, so that a capital marks no name."""
    telling = [w for w in line if len(w.text) >= 4 and w.text[0].isalpha()]
    return len(telling) >= _MIN_HEADLINE and sum(w.capitalised for w in telling) >= _HEADLINE_SHARE * len(telling)


def _in_line(text: str, words: Sequence[Word], begin: int, end: int) -> Iterable[NameMention]:
    i = begin
    while i < end:
        run = run_at(text, words, i)
        if run:
            mention = _read_run(text, list(run), opens_sentence(text, words, i))
            if mention:
                yield mention
        i += max(len(run), 1)


def _with_shared_surnames(text: str, mentions: list[NameMention]) -> list[NameMention]:
    """Gives "Ann" in "Ann and Bo Lee" the surname."""
    for i in range(len(mentions) - 1):
        one, two = mentions[i], mentions[i + 1]
        if len(one.words) != 1 or len(two.words) != 2 or text[one.stop : two.start] not in {" and ", " & "}:
            continue
        if lexicon.is_given_name(one.words[0]) and lexicon.is_given_name(two.words[0]):
            mentions[i] = replace(one, surname=two.name.split()[-1])
    return mentions


def _read_run(text: str, run: list[Word], opens: bool) -> NameMention | None:
    """Tells the name in a run of words from the titles and adjectives before it; None where it is all title."""
    stop = run[-1].stop
    if len(run) > 2 and run[-1].folded in lexicon.POSTNOMINALS and lexicon.is_given_name(run[-3].folded):
        run = run[:-1]
    body = run[:-1] if len(run) > 1 and run[-1].folded in lexicon.SUFFIXES else run
    suffix = run[-1].folded if len(body) < len(run) else None
    if _is_organisation(text, body):
        return _mention(text, run, 0, kind="organization", opens=opens)
    begin = _name_start(body)
    if begin == len(body):
        return None
    titles = [w.folded for w in body[:begin] if lexicon.is_title(w.folded)]
    sex = next((s for t in reversed(titles) if (s := lexicon.title_sex(t))), None)
    person = bool(titles) or (len(body) - begin > 1 and lexicon.is_given_name(body[begin].folded))
    weak = not titles and len(run) - begin == 1 and _is_weak(body[begin], opens)
    kind: NameKind = "person" if person else "unknown"
    mention = _mention(text, run, begin, suffix=suffix, sex=sex, kind=kind, weak=weak, opens=opens)
    mention = replace(mention, stop=max(stop, mention.stop))
    if begin and len(mention.words) == 1 and titles and titles[-1] in lexicon.NOBLE_TITLES:
        return replace(mention, name=f"{body[begin - 1].text} {mention.name}")
    return mention


def _mention(
    text: str,
    run: Sequence[Word],
    begin: int,
    *,
    suffix: str | None = None,
    sex: Sex | None = None,
    kind: NameKind = "unknown",
    weak: bool = False,
    opens: bool = False,
) -> NameMention:
    start, end = run[begin].start, run[-1].end
    if suffix in {"jr", "sr"} and text[end : end + 1] == ".":
        end += 1
    core = run[begin : len(run) - (suffix is not None)]
    named = [w for k, w in enumerate(core) if k == 0 or text[w.start - 1] not in _OPENING_MARKS]
    return NameMention(
        start=start,
        end=end,
        outer=run[0].start,
        stop=max(run[-1].stop, end),
        name=" ".join(text[start:end].replace("\u00ad", "").split()),
        words=tuple(w.folded for w in named),
        suffix=suffix,
        sex=sex,
        kind=kind,
        weak=weak,
        opens=opens,
    )


def _is_weak(word: Word, opens: bool) -> bool:
    """Whether a word standing alone is mostly something else than a name."""
    folded = word.folded
    if folded in lexicon.FUNCTION_WORDS and opens:
        return True
    ordinary = (lexicon.MONTHS_AND_DAYS, lexicon.NATIONALITIES, lexicon.FUNCTION_WORDS, lexicon.PORTFOLIOS)
    return any(folded in words for words in ordinary) or lexicon.is_title(folded) or is_organisation_head(folded)


def _is_organisation(text: str, body: Sequence[Word]) -> bool:
    if len(body) < 2:
        return False
    folded = [w.folded for w in body]
    link = next((k for k, w in enumerate(folded) if k and w in {"of", "for", "on", "and"}), None)
    if link is not None and is_organisation_head(folded[link - 1]) and not any(map(lexicon.is_title, folded[:link])):
        return not any(lexicon.is_title(a) and lexicon.is_given_name(b) for a, b in pairwise(folded))
    if link is not None and any(map(lexicon.is_title, folded[:link])) and not is_organisation_head(folded[link - 1]):
        return False
    if "&" in text[body[0].start : body[-1].end]:
        return True
    if folded[0] in lexicon.ABBREVIATIONS and lexicon.is_title(folded[0]):
        return False
    if not is_organisation_head(folded[-1]) or lexicon.is_title(folded[-1]):
        return False
    return not (len(body) == 2 and lexicon.is_given_name(folded[0]) and folded[1] in {"church", "street", "banks"})


def _name_start(body: Sequence[Word]) -> int:
    """Index of the first word of the name proper; the length of ``body`` where it is all title."""
    n = len(body)
    if n > 1 and lexicon.is_title(body[-1].folded) and not _is_surname(body, n - 1):
        return n
    for i in range(n - 2, -1, -1):
        if lexicon.is_title(body[i].folded) and not _is_name_part(body, i):
            return _after_title(body, i + 1)
    return _after_modifiers(body)


def _is_surname(body: Sequence[Word], i: int) -> bool:
    """Whether the title word that ends a run is rather a surname: "Larry King", "Mr Major"."""
    before, word = body[i - 1].folded, body[i].folded
    if len(before) == 1 or lexicon.title_sex(before) is not None:
        return True
    if lexicon.is_given_name(before):
        return before not in lexicon.PLACE_NAMES and (i == 1 or word in lexicon.AMBIGUOUS_TITLES)
    return i == 1 and word in lexicon.AMBIGUOUS_TITLES and not body[0].acronym and not _is_weak(body[0], False)


def _is_name_part(body: Sequence[Word], i: int) -> bool:
    """Whether the title word at ``i`` is rather a given name or a surname: "Dean Smith", "Larry King Jr."."""
    word = body[i].folded
    if i == 0:
        return len(body) == 2 and lexicon.is_given_name(word)
    return word in lexicon.AMBIGUOUS_TITLES and lexicon.is_given_name(body[i - 1].folded)


def _after_title(body: Sequence[Word], i: int) -> int:
    """Skips what a title is a title of: "Secretary | of Homeland Security | Jane Doe"."""
    n = len(body)
    if body[i].folded not in {"of", "for"}:
        while i < n and body[i].folded in lexicon.PORTFOLIOS and not _is_person(body[i - 1 : i + 1]):
            i += 1
        return i
    for j in range(i + 1, n - 1):
        if lexicon.is_given_name(body[j].folded):
            return j
    i += 1
    while i < n and body[i].folded in _OFFICE_WORDS:
        i += 1
    return i if n - i == 2 else n - 2 if n - i > 2 else n


def _is_person(pair: Sequence[Word]) -> bool:
    return len(pair) == 2 and lexicon.is_given_name(pair[0].folded)


def _after_modifiers(body: Sequence[Word]) -> int:
    """Skips nationalities, initials of organisations and whatever else stands before a whole name."""
    n = len(body)
    shouting = all(w.text.isupper() for w in body)
    i = 0
    while n - i > 1:
        word = body[i]
        place = "." in word.folded
        modifies = word.folded in _MODIFIERS or (word.acronym and not shouting)
        whole = lexicon.is_given_name(body[i + 1].folded)
        introduces = whole and (
            lexicon.is_adjective(word.folded) or is_organisation_head(word.folded) or "'" in word.text
        )
        if not (place or (n - i > 2 and (modifies or introduces))):
            break
        i += 1
    return i


class _KnownNames:
    """The names that the cased part of a text has shown: whole forms, and the single words that stand for them."""

    def __init__(self, mentions: Iterable[NameMention]) -> None:
        self._forms: set[tuple[str, ...]] = set()
        self._singles: set[str] = set()
        self.add(mentions)

    def add(self, mentions: Iterable[NameMention]) -> None:
        for mention in mentions:
            if mention.weak:
                continue
            if mention.kind != "organization":
                self._singles |= {mention.words[-1]} | ({mention.words[0]} if mention.kind == "person" else set())
            self._forms.add(mention.words)

    def length_at(self, words: Sequence[Word], i: int) -> int:
        """How many words from word ``i`` on are a known name; 0 if none."""
        for length in range(min(_MAX_NAME, len(words) - i), 1, -1):
            if tuple(w.folded for w in words[i : i + length]) in self._forms:
                return length
        return int(self.single(words[i]))

    def single(self, word: Word) -> bool:
        """Whether the word alone is known as a name."""
        return word.folded in self._singles and word.folded not in lexicon.FUNCTION_WORDS


class _Caseless:
    """A line in which capitals tell nothing."""

    def __init__(self, text: str, words: Sequence[Word], known: _KnownNames) -> None:
        self._text = text
        self._words = words
        self._known = known

    def full_names(self) -> Iterable[NameMention]:
        """Whole names that show by their given name alone."""
        i = 0
        while i < len(self._words):
            length = self._full_name_at(i)
            if length and (self._known.single(self._words[i + length - 1]) or not self._known.single(self._words[i])):
                yield self._mention(i, length)
            i += max(length, 1)

    def mentions(self) -> Iterable[NameMention]:
        """All names of the line, the known ones first."""
        i = 0
        while i < len(self._words):
            length = self._known.length_at(self._words, i) or self._full_name_at(i) or self._titled_at(i)
            if length:
                yield self._mention(i, length)
            i += max(length, 1)

    def _mention(self, i: int, length: int) -> NameMention:
        title = lexicon.title_sex(self._words[i - 1].folded) if i and self._adjacent(i - 1) else None
        kind: NameKind = "person" if length > 1 else "unknown"
        return _mention(self._text, self._words[i : i + length], 0, sex=title, kind=kind, opens=True)

    def _adjacent(self, i: int) -> bool:
        """Whether word ``i`` and the next can belong to one name."""
        if i + 1 >= len(self._words) or self._words[i].possessive:
            return False
        gap = self._text[self._words[i].stop : self._words[i + 1].start]
        abbreviated = len(self._words[i].text) == 1 or self._words[i].folded in lexicon.ABBREVIATIONS
        return gap.strip(" \u00a0") == "" or (gap == ". " and abbreviated)

    def _full_name_at(self, i: int) -> int:
        first = self._words[i].folded
        if not lexicon.is_given_name(first) or first in lexicon.FUNCTION_WORDS or not self._adjacent(i):
            return 0
        k = i + 1
        if len(self._words[k].text) == 1 and self._adjacent(k):
            k += 1
        last = self._words[k].folded
        return k + 1 - i if self._may_be_surname(last) and not last.isdigit() else 0

    def _titled_at(self, i: int) -> int:
        titled = i and lexicon.is_title(self._words[i - 1].folded) and self._adjacent(i - 1)
        word = self._words[i].folded
        return int(bool(titled) and self._may_be_surname(word) and not lexicon.is_ordinary(word))

    @staticmethod
    def _may_be_surname(word: str) -> bool:
        return (
            word not in _NO_SURNAMES and not is_organisation_head(word) and not lexicon.is_title(word) and len(word) > 1
        )
