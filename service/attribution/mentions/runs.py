"""Runs of capitalised words, with the small words, initials, nicknames and suffixes within names."""

from __future__ import annotations

from collections.abc import Sequence

from service.attribution.text import Word, opens_sentence
from service.data import word_lists
from service.data.word_lists import is_organisation_head

_MAX_WORDS = 16
_SPACES = " \u00a0\u00ad\u200b\t"
_BEFORE_MONTHS = word_lists.PREPOSITIONS | {"last", "this", "next"}
_PARTY_LABELS = frozenset({"D-", "R-", "I-"})  # of a politician's party and state: "(D-Calif.)"
_OPENING = {"“": "”", '"': '"', "‘": "’", "'": "'", "(": ")", "„": "“", "«": "»"}


def run_at(text: str, words: Sequence[Word], i: int) -> Sequence[Word]:
    """The words from word ``i`` on that are written as one name with its titles; empty if no name starts there."""
    first = words[i]
    if not first.capitalised or _is_party_label(words, i) or first.folded in word_lists.HEADLINE_VERBS:
        return ()
    if _is_small(text, first) and not _is_will(text, words, i):
        return ()
    run = [first]
    if first.folded in word_lists.MONTHS_AND_DAYS and not _is_given_name(words, i):
        return run
    while len(run) < _MAX_WORDS:
        more = _continuation(text, words, i + len(run), run)
        if not more:
            break
        run += more
    return _up_to_repeated(run)


def _up_to_repeated(run: Sequence[Word]) -> Sequence[Word]:
    """A run up to a repetition of its surname: "Ann Lee | Dorothy Ann Lee", where text extraction lost a separator."""
    capitals = [w.folded for w in run if w.capitalised]
    if len(set(capitals)) == len(capitals):
        return run
    places = {word.folded: k for k, word in enumerate(run) if word.capitalised}
    repeated = [k for k, word in enumerate(run) if places.get(word.folded, 0) > k + 1]
    return run[: repeated[-1] + 1] if repeated else run


def _is_party_label(words: Sequence[Word], i: int) -> bool:
    """Whether a word belongs to a politician's party and state: "D-Calif", or either part of "D-N.C."."""
    second = len(words[i].text) == 1 and i > 0 and words[i - 1].text[:2] in _PARTY_LABELS
    return second or words[i].text[:2] in _PARTY_LABELS


def _is_small(text: str, word: Word) -> bool:
    """Whether a word is a function word, and neither an initial ("A. Lee") nor a month."""
    initial = len(word.text) == 1 and text[word.stop : word.stop + 1] == "."
    return word.folded in word_lists.FUNCTION_WORDS and not initial and word.folded not in word_lists.MONTHS_AND_DAYS


def _is_given_name(words: Sequence[Word], i: int) -> bool:
    """Whether a month is a given name here: "April Lee", but not "in April Lee said"."""
    before = words[i - 1].folded if i else ""
    return word_lists.is_given_name(words[i].folded) and before not in _BEFORE_MONTHS


def _is_will(text: str, words: Sequence[Word], i: int) -> bool:
    """Whether a function word is a name here: "Will said", "Will Smith" within a sentence or opening a statement."""
    if i + 1 == len(words):
        return False
    if words[i + 1].folded in word_lists.CUE_WORDS and words[i].folded not in word_lists.PRONOUNS:
        return text[words[i].stop : words[i + 1].start] == " "
    if not word_lists.is_given_name(words[i].folded) or not words[i + 1].capitalised:
        return False
    if _is_small(text, words[i + 1]) or text[words[i].stop : words[i + 1].start] != " ":
        return False
    if not opens_sentence(text, words, i):
        return True
    sentence = text[words[i].start : words[i].start + 300]
    ends = [k for k in (sentence.find(mark) for mark in ".?!\n") if k >= 0]
    return not ends or sentence[min(ends)] != "?"


def _continuation(text: str, words: Sequence[Word], i: int, run: Sequence[Word]) -> Sequence[Word]:
    """The next words of a run: one, or several where small words link two parts of a name."""
    if i >= len(words):
        return ()
    last, following = run[-1], words[i]
    gap = text[last.stop : following.start]
    if last.possessive:
        return (following,) if gap == " " and _is_office_of(following) else ()
    if following.folded in word_lists.SUFFIXES and following.capitalised and gap.strip(_SPACES) in {"", ","}:
        return (following,)
    if not _joins(gap, last):
        return _nickname(text, words, i, gap)
    if "&" in gap and word_lists.is_given_name(run[0].folded) and word_lists.is_given_name(following.folded):
        return ()
    if gap == "/" and len(run) > 1 and word_lists.is_given_name(run[0].folded):  # "Ann Lee/AP"
        return ()
    if following.capitalised:
        if _is_party_label(words, i) or (following.folded in word_lists.HEADLINE_VERBS and _is_name(run)):
            return ()
        if following.folded in word_lists.MONTHS_AND_DAYS or _is_small(text, following):
            return (following,) if _is_surname(text, words, i, run) or _is_inner(text, words, i, run) else ()
        return (following,)
    if following.text.isdigit():
        alone = len(run) == 1 and word_lists.is_ordinary(last.folded)
        numbered = last.acronym or is_organisation_head(last.folded) or alone
        return (following,) if numbered and len(following.text) < 4 else ()
    return _linked(text, words, i, run)


def _is_name(run: Sequence[Word]) -> bool:
    """Whether the words of a run may be a complete name: "Lee", "Mayor Field", but not "Field"."""
    first, last = run[0].folded, run[-1].folded
    titled = len(run) > 1 and word_lists.is_title(first)
    return titled or word_lists.is_given_name(first) or not word_lists.is_ordinary(last)


def _is_office_of(word: Word) -> bool:
    """Whether a word carries an organisation's name on after a possessive: "Governor's Office"."""
    return word.capitalised and word.folded in word_lists.ORGANISATION_HEADS


def _joins(gap: str, last: Word) -> bool:
    """Whether two words with ``gap`` between them can belong to one name."""
    if not 0 < len(gap) <= 3:
        return False
    mark = gap.strip(_SPACES)
    if mark == ".":
        return last.takes_stop or last.folded in word_lists.SUFFIXES
    return mark == "" or gap in {" & ", "/"}


def _is_surname(text: str, words: Sequence[Word], i: int, run: Sequence[Word]) -> bool:
    """Whether a month or a function word is a surname here: "Nora May", "Mr Will"."""
    word, before = words[i], run[-1]
    named = word_lists.is_given_name(before.folded) or len(before.text) == 1
    if word.folded in word_lists.MONTHS_AND_DAYS and not named:
        return word_lists.title_sex(before.folded) is not None
    if (
        word.folded in word_lists.PRONOUNS
        or len(word.text) < 3
        or text[word.stop : word.stop + 2].strip()[:1].isdigit()
    ):
        return False
    return word_lists.is_title(before.folded) or not word_lists.is_ordinary(before.folded)


def _is_inner(text: str, words: Sequence[Word], i: int, run: Sequence[Word]) -> bool:
    """Whether a function word with a capital is a part of a body's name: "Human Rights Watch", "Doctors Without
    Borders"."""
    word = words[i]
    if word.folded in word_lists.PRONOUNS or word.folded in word_lists.MONTHS_AND_DAYS or len(word.text) < 4:
        return False
    if not all(word_lists.is_ordinary(w.folded) for w in run if w.capitalised):
        return False
    follows = i + 1 < len(words) and text[word.stop : words[i + 1].start] == " " and words[i + 1].capitalised
    return len(run) > 1 or (follows and word_lists.is_ordinary(words[i + 1].folded))


def _nickname(text: str, words: Sequence[Word], i: int, gap: str) -> Sequence[Word]:
    """The words of a nickname in quotation marks or brackets, with the name's next word after it."""
    mark = gap.lstrip(_SPACES + ".")
    if len(gap) > 3 or mark not in _OPENING or not words[i].capitalised:
        return ()
    for j in range(i, min(i + 2, len(words) - 1)):
        closing = text[words[j].end : words[j + 1].start]
        if closing.strip(_SPACES) == _OPENING[mark] and len(closing) <= 3:
            named = words[j + 1].capitalised and not any(w.acronym for w in words[i : j + 1])
            return words[i : j + 2] if named else ()
        if closing != " ":
            break
    return ()


def _linked(text: str, words: Sequence[Word], i: int, run: Sequence[Word]) -> Sequence[Word]:
    """Lower-case words inside a name, with the capitalised word after them: "van der Berg", "Bank of the West"."""
    j = i
    while j < len(words) and j - i < 3 and not words[j].capitalised:
        j += 1
        if j == len(words) or text[words[j - 1].stop : words[j].start].strip(_SPACES + "'’"):
            return ()
    if not words[j].capitalised or _is_small(text, words[j]) or words[j].folded in word_lists.MONTHS_AND_DAYS:
        return ()
    small = tuple(w.folded for w in words[i:j])
    return words[i : j + 1] if _links(small, run, words[j : j + 4]) else ()


def _links(small: tuple[str, ...], run: Sequence[Word], following: Sequence[Word]) -> bool:
    last = run[-1].folded
    if word_lists.completes_title(small[0], following[0].folded):
        return len(small) == 1 and word_lists.is_title(last)
    if small == ("in",) or small == ("in", "the"):
        return False
    if all(w in word_lists.PARTICLES for w in small):
        return True
    opened = any(w.folded in {"of", "for", "on"} for w in run)
    head = is_organisation_head(last)
    if small == ("to",):  # "Committee to Protect Writers"
        return head and word_lists.is_ordinary(following[0].folded) and not word_lists.is_title(following[0].folded)
    if small[0] == "of" and small[1:] in {(), ("the",)}:
        return head or opened or (word_lists.is_title(last) and not _ends_with_surname(run))
    if small[0] in {"for", "on"} and small[1:] in {(), ("the",)} and not word_lists.is_given_name(following[0].folded):
        return (head and last != "campaign") or (small == ("for",) and len(run) == 1 and last in word_lists.MEMBERS)
    if small != ("and",) or word_lists.is_given_name(following[0].folded):
        return False
    office = any(w.folded in word_lists.OFFICES and w.capitalised for w in following[1:])
    return opened or (office and all(_names_subject(w.folded) for w in run))


def _ends_with_surname(run: Sequence[Word]) -> bool:
    """Whether the title that a run ends with is a surname: "Yorick King of Norland"."""
    return len(run) > 1 and run[-1].folded in word_lists.AMBIGUOUS_TITLES and word_lists.is_given_name(run[-2].folded)


def _names_subject(word: str) -> bool:
    """Whether a word may be part of what an office is for: "Food and Drug Administration", "House Ways and Means"."""
    return not word_lists.is_given_name(word) and not word_lists.is_title(word)
