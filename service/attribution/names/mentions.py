"""Finds the places of a text that are written like names: runs of capitalised words and what may stand inside them.

A run such as "Pentagon Press Secretary Alyssa Farah" is read as an introduction and a name; only the name is kept as the
mention's words, while the mention's span takes in the whole run. One pass over the words of the text, bounded look-ahead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from service.attribution.names import lexicon
from service.attribution.names.lexicon import Sex, fold

NameKind = Literal["person", "organization", "unknown"]

# A word with its inner apostrophes, hyphens and ampersands. C1 controls stand inside words of ill-decoded text.
_WORD = re.compile(r"[\w\u0300-\u036f\u0080-\u009f]+(?:['’‘‐‑&-][\w\u0300-\u036f\u0080-\u009f]+)*")
_OPENING = {"“": "”", '"': '"', "‘": "’", "'": "'", "(": ")", "„": "“", "«": "»"}
_SENTENCE_END = frozenset(".!?:;\n•|…")
_MAX_WORDS = 16


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text; ``end`` leaves out a possessive ending, ``stop`` takes it in."""

    text: str
    folded: str
    start: int
    end: int
    stop: int

    @property
    def possessive(self) -> bool:
        return self.stop > self.end


@dataclass(frozen=True, slots=True)
class NameMention:
    """A place that carries a name.

    ``start:end`` is the name proper, ``outer`` the start of the introduction before it ("Press Secretary"), ``stop`` the
    end with a possessive. ``words`` are the name's folded words without suffix and nickname. A ``weak`` mention is a
    word that is mostly no name (May, King) and counts only where the article has somebody of that surname. Mentions of
    a ``headline``, where every word has a capital, are no evidence of what belongs to a name.
    """

    start: int
    end: int
    outer: int
    stop: int
    words: tuple[str, ...]
    suffix: str | None
    sex: Sex | None
    kind: NameKind
    weak: bool
    headline: bool


def words_of(text: str) -> list[Word]:
    """The words of ``text`` in order."""
    words = []
    for match in _WORD.finditer(text):
        word, start, stop = match.group(), match.start(), match.end()
        end = stop
        if word[-2:] in {"'s", "’s", "‘s", "'S", "’S"}:
            end -= 2
        elif word[-1] in "sSzx" and text[stop : stop + 2] in {"' ", "’ "}:
            stop += 1
        words.append(Word(text[start:end], fold(text[start:end]), start, end, stop))
    return words


def is_capitalised(word: Word) -> bool:
    """Whether a word is written like (a part of) a name: Trump, al-Sadr, diCaprio, CNN."""
    first = word.text[0]
    return first.isupper() or (first.isalpha() and any(c.isupper() for c in word.text[1:]))


def is_title(word: Word) -> bool:
    """Whether a word is a title or a role, alone or behind a hyphen ("then-President")."""
    return word.folded in lexicon.TITLES or (
        "-" in word.folded
        and (tail := word.folded.rsplit("-", 1)[1]) in lexicon.TITLES | {"elect", "designate"}
        and tail != ""
    )


def find_mentions(text: str, words: Sequence[Word]) -> list[NameMention]:
    """All name mentions of ``text``, in order and without overlap; ``words`` are its `words_of`."""
    headlines = _headline_flags(text, words)
    mentions = []
    i = 0
    while i < len(words):
        run = _run_at(text, words, i, headlines[i])
        if run:
            mention = _read_run(text, run, _opens_sentence(text, words, i), headlines[i])
            if mention:
                mentions.append(mention)
            i += len(run)
        else:
            i += 1
    return mentions


def _headline_flags(text: str, words: Sequence[Word]) -> list[bool]:
    """For every word, whether its line is in title case or capitals throughout."""
    flags: list[bool] = []
    i = 0
    while i < len(words):
        j = i + 1
        while j < len(words) and "\n" not in text[words[j - 1].stop : words[j].start]:
            j += 1
        flags += [_is_headline(words[i:j])] * (j - i)
        i = j
    return flags


def _is_headline(line: Sequence[Word]) -> bool:
    telling = [w for w in line if len(w.text) >= 4 and w.text[0].isalpha()]
    if len(telling) < 4:
        return False
    capitals = sum(is_capitalised(w) for w in telling)
    return capitals >= 0.8 * len(telling)


def _opens_sentence(text: str, words: Sequence[Word], i: int) -> bool:
    if i == 0:
        return True
    gap = text[words[i - 1].stop : words[i].start]
    return any(c in _SENTENCE_END or c in _OPENING for c in gap)


def _run_at(text: str, words: Sequence[Word], i: int, headline: bool) -> list[Word]:
    """The run of words that a name mention starting at word ``i`` takes up, or none."""
    first = words[i]
    if not is_capitalised(first) or (first.folded in lexicon.FUNCTION_WORDS and _opens_sentence(text, words, i)):
        return []
    run = [first]
    while len(run) < _MAX_WORDS and not run[-1].possessive:
        more = _continuation(text, words, i + len(run), run, headline)
        if not more:
            break
        run += more
    return run


def _continuation(text: str, words: Sequence[Word], i: int, run: Sequence[Word], headline: bool) -> Sequence[Word]:
    """The next words of a run: one, or several where small words link two parts of a name."""
    if i >= len(words):
        return ()
    last, following = run[-1], words[i]
    gap = text[last.stop : following.start]
    if gap.strip(" \u00a0,") == "" and gap.count(",") == 1 and following.folded in lexicon.NAME_SUFFIXES:
        return (following,)
    if not _joins(gap, last):
        return _nickname(text, words, i, gap)
    if is_capitalised(following):
        if following.folded in lexicon.FUNCTION_WORDS and not _may_be_surname(following, last, headline):
            return ()
        return (following,)
    if following.text.isdigit() and len(following.text) < 4 and following.folded not in lexicon.CALENDAR:
        return (following,) if last.text.isupper() or last.folded in lexicon.ORGANISATION_HEADS else ()
    return _linked(text, words, i, run)


def _joins(gap: str, last: Word) -> bool:
    """Whether two words with ``gap`` between them can belong to one name."""
    if gap.strip(" \u00a0\u200b\t") == "":
        return 0 <= len(gap) <= 3
    if gap.rstrip(" \u00a0") == "." and len(gap) <= 3:
        return len(last.text) == 1 or last.folded in lexicon.ABBREVIATIONS or last.folded in lexicon.NAME_SUFFIXES
    return gap in {" & ", "/"}


def _may_be_surname(word: Word, before: Word, headline: bool) -> bool:
    known = is_title(before) or lexicon.is_given_name(before.folded)
    return known and not headline and word.folded not in lexicon.PRONOUNS and len(word.text) > 2


def _nickname(text: str, words: Sequence[Word], i: int, gap: str) -> Sequence[Word]:
    """The words of a nickname in quotation marks or brackets, with the name's next word after it."""
    mark = gap.lstrip(" .\u00a0")
    if len(gap) > 3 or mark not in _OPENING:
        return ()
    for j in range(i, min(i + 2, len(words) - 1)):
        closing = text[words[j].stop : words[j + 1].start]
        if closing.strip(" \u00a0") == _OPENING[mark] and is_capitalised(words[j + 1]) and is_capitalised(words[i]):
            return words[i : j + 2]
        if closing != " ":
            break
    return ()


def _linked(text: str, words: Sequence[Word], i: int, run: Sequence[Word]) -> Sequence[Word]:
    """Lower-case words inside a name, with the capitalised word after them: "van der Berg", "Bank of the West"."""
    limit = min(i + 3, len(words))
    j = i
    while j < limit and not is_capitalised(words[j]) and text[words[j].start - 1] in " \u00a0":
        j += 1
    if j == limit or j == i or text[words[j].start - 1] not in " \u00a0'":
        return ()
    small = [w.folded for w in words[i:j]]
    last = run[-1].folded
    if all(w in lexicon.PARTICLES for w in small) and not (small == ["y"] or small == ["st"]):
        return words[i : j + 1]
    if words[j].folded in lexicon.FUNCTION_WORDS:
        return ()
    head = last in lexicon.ORGANISATION_HEADS
    if small in (["of"], ["of", "the"]) and (head or is_title(run[-1])):
        return words[i : j + 1]
    if small in (["for"], ["on"], ["for", "the"], ["on", "the"]) and head and len(run) == 1 | (last != "campaign"):
        return words[i : j + 1]
    linked = any(w.folded in {"of", "for", "on"} for w in run)
    if (
        small == ["and"]
        and (linked or _office_follows(text, words, j, run))
        and not lexicon.is_given_name(words[j].folded)
    ):
        return words[i : j + 1]
    return ()


_OFFICES = frozenset(
    "ministry authority administration agency protection department committee commission board council bureau".split()
)


def _office_follows(text: str, words: Sequence[Word], j: int, run: Sequence[Word]) -> bool:
    """Whether "X and Y" is the name of one office: "Food and Drug Administration"."""
    if len(run) > 1 or lexicon.is_given_name(run[0].folded):
        return False
    return (
        any(w.folded in _OFFICES and is_capitalised(w) for w in words[j : j + 2]) and text[words[j].stop] in " \u00a0"
    )


def _read_run(text: str, run: list[Word], opens: bool, headline: bool) -> NameMention | None:
    """Tells the name in a run of words from the titles and adjectives before it."""
    suffix = None
    body = list(run)
    if len(body) > 1 and body[-1].folded in lexicon.NAME_SUFFIXES:
        suffix = body.pop().folded
    kind: NameKind = "unknown"
    sex: Sex | None = None
    if _is_organisation(text, body):
        kind, core = "organization", body
    else:
        begin = _name_start(body)
        titles = [w.folded for w in body[:begin] if is_title(w)]
        sex = next((s for t in reversed(titles) if (s := lexicon.title_sex(t))), None)
        core = body[begin:]
        if titles or (len(core) > 1 and lexicon.is_given_name(core[0].folded)):
            kind = "person"
        while len(core) > 1 and core[0].folded in lexicon.FUNCTION_WORDS and not lexicon.is_given_name(core[0].folded):
            core = core[1:]
    if not core:
        return None
    weak = len(core) == 1 and begin_is_weak(core[0], kind, opens)
    last = run[-1]
    named = _without_nickname(text, core)
    return NameMention(
        start=core[0].start,
        end=last.end,
        outer=run[0].start,
        stop=last.stop,
        words=tuple(w.folded for w in named),
        suffix=suffix,
        sex=sex,
        kind=kind,
        weak=weak,
        headline=headline,
    )


def begin_is_weak(word: Word, kind: NameKind, opens: bool) -> bool:
    """Whether a word standing alone is mostly something else than a name."""
    if kind == "person":
        return False
    ordinary = lexicon.CALENDAR | lexicon.NATIONALITIES | lexicon.TITLES | lexicon.ORGANISATION_HEADS
    return word.folded in ordinary or (word.folded in lexicon.FUNCTION_WORDS and not opens)


def _without_nickname(text: str, core: Sequence[Word]) -> list[Word]:
    return [w for k, w in enumerate(core) if k == 0 or text[w.start - 1] not in _OPENING]


def _is_organisation(text: str, body: Sequence[Word]) -> bool:
    if len(body) < 2:
        return False
    folded = [w.folded for w in body]
    for link in ("of", "for", "on", "and"):
        if link in folded[1:]:
            before = folded[: folded.index(link, 1)]
            if before[-1] in lexicon.ORGANISATION_HEADS and not any(is_title(w) for w in body[: len(before) - 1]):
                return not any(is_title(w) for w in body[len(before) :])
    if "&" in text[body[0].start : body[-1].end]:
        return True
    if folded[0] in {"mr", "mrs", "ms", "miss", "dr", "sen", "rep", "gov"}:
        return False
    return folded[-1] in lexicon.ORGANISATION_HEADS and not (
        len(body) == 2 and lexicon.is_given_name(folded[0]) and folded[1] in {"church", "street", "bank", "banks"}
    )


def _name_start(body: Sequence[Word]) -> int:
    """Index of the first word of the name proper; the length of ``body`` where it is all title."""
    n = len(body)
    for i in range(n - 2, -1, -1):
        if is_title(body[i]) and not _is_name_part(body, i):
            return _after_title(body, i + 1)
    if n == 1:
        return 0
    if all(is_title(w) or w.folded in lexicon.PORTFOLIOS or w.folded in lexicon.NATIONALITIES for w in body):
        return n
    return _after_modifiers(body)


def _is_name_part(body: Sequence[Word], i: int) -> bool:
    """Whether the title word at ``i`` is rather a given name or a surname: Dean Smith, Larry King Jr."""
    word = body[i].folded
    if i == 0:
        return len(body) == 2 and lexicon.is_given_name(word)
    if word not in lexicon.AMBIGUOUS_TITLES:
        return False
    return lexicon.is_given_name(body[i - 1].folded)


def _after_title(body: Sequence[Word], i: int) -> int:
    """Skips what a title is a title of: "Secretary | of Homeland Security | Jane Doe"."""
    n = len(body)
    if body[i].folded not in {"of", "for"}:
        while i < n - 1 and body[i].folded in lexicon.PORTFOLIOS:
            i += 1
        return n if i == n - 1 and body[i].folded in lexicon.PORTFOLIOS and n > 1 else i
    i += 1
    while i < n and (
        body[i].folded in lexicon.PORTFOLIOS | {"the", "and", "of"} or body[i].folded in lexicon.NATIONALITIES
    ):
        i += 1
    for j in range(i, n - 1):
        if lexicon.is_given_name(body[j].folded) or (len(body[j].text) == 1 and j > i - 1):
            return j
    if n - i >= 3:
        return n - 2
    return i if n - i == 2 and body[i - 1].folded in lexicon.PORTFOLIOS else n


def _after_modifiers(body: Sequence[Word]) -> int:
    """Skips adjectives, nationalities and initials of organisations before a whole name."""
    n = len(body)
    i = 0
    shouting = all(w.text.isupper() for w in body)
    while n - i > 2 and (
        body[i].folded in lexicon.NATIONALITIES
        or (body[i].text.isupper() and len(body[i].text) > 1 and not shouting)
        or (lexicon.is_given_name(body[i + 1].folded) and _is_adjective(body[i]))
    ):
        i += 1
    return i


def _is_adjective(word: Word) -> bool:
    return not lexicon.is_given_name(word.folded) and word.folded.endswith(lexicon.MODIFIER_ENDINGS)
