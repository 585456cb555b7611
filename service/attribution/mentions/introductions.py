"""Separates the name in a run of capitalised words from the words that introduce it.

"Pentagon Press Secretary Jane Doe" is an introduction and a name; "Bank of England" is all name; "Foreign Secretary" is
not a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from service.attribution.mentions.mention import NameKind, NameMention, mention_of
from service.attribution.text import Word
from service.data import word_lists
from service.data.word_lists import is_organisation_head

_OFFICE_WORDS = word_lists.PORTFOLIOS | word_lists.NATIONALITIES | word_lists.COUNTRIES | {"the", "and", "of"}
_TITLED_FOR = word_lists.PORTFOLIOS | word_lists.AFTER_TITLES
_SHORTEST_AGENT = 7
_SHORTEST_LABEL = 4
_SURNAMES_LIKE_HEADS = frozenset({"church", "court", "street", "banks", "hall"})


def read_run(text: str, run: list[Word], opens: bool) -> NameMention | None:
    """Separate the name in a run of words from the titles and adjectives before it; None if it is all title."""
    stop = run[-1].stop
    if len(run) == 1 and len(run[0].text) == 1:  # the "Q:" of an interview
        return None
    if len(run) > 2 and run[-1].folded in word_lists.POSTNOMINALS and word_lists.is_given_name(run[-3].folded):
        run = run[:-1]
    body = run[:-1] if len(run) > 1 and run[-1].folded in word_lists.SUFFIXES else run
    suffix = run[-1].folded if len(body) < len(run) else None
    if _is_organisation(text, body):
        return mention_of(text, run, 0, kind="organization", opens=opens)
    begin = _name_start(body)
    if begin == len(body):
        return None
    titles = [w.folded for w in body[:begin] if word_lists.is_title(w.folded)]
    sex = next((s for t in reversed(titles) if (s := word_lists.title_sex(t))), None)
    person = bool(titles) or (len(body) - begin > 1 and word_lists.is_given_name(body[begin].folded))
    weak = not titles and len(run) - begin == 1 and _is_weak(body[begin], opens)
    kind: NameKind = "person" if person else "unknown"
    mention = mention_of(text, run, begin, suffix=suffix, sex=sex, kind=kind, weak=weak, opens=opens)
    mention = replace(mention, stop=max(stop, mention.stop))
    if begin and len(mention.words) == 1 and titles and titles[-1] in word_lists.NOBLE_TITLES:
        return replace(mention, name=f"{body[begin - 1].text} {mention.name}")
    return mention


def _is_weak(word: Word, opens: bool) -> bool:
    """Whether a word standing alone is mostly not a name."""
    folded = word.folded
    if folded in word_lists.FUNCTION_WORDS and opens:
        return True
    ordinary = (word_lists.MONTHS_AND_DAYS, word_lists.NATIONALITIES, word_lists.FUNCTION_WORDS, word_lists.PORTFOLIOS)
    return any(folded in words for words in ordinary) or word_lists.is_title(folded) or is_organisation_head(folded)


def _is_organisation(text: str, body: Sequence[Word]) -> bool:
    if len(body) < 2:
        return False
    folded = [w.folded for w in body]
    if _person_after_title(body):  # "Department of Justice Secretary Ann Lee"
        return False
    if any(w.possessive for w in body[:-1]):  # a run goes on after a possessive for an office: "Governor's Office"
        return True
    link = next((k for k, w in enumerate(folded) if k and w in {"of", "for", "on", "and", "to"}), None)
    if link is not None and is_organisation_head(folded[link - 1]) and not any(map(word_lists.is_title, folded[:link])):
        return not any(word_lists.is_title(a) and word_lists.is_given_name(b) for a, b in pairwise(folded))
    if link == 1 and folded[1] == "for" and folded[0] in word_lists.MEMBERS:
        return True
    if link is not None and any(map(word_lists.is_title, folded[:link])) and not is_organisation_head(folded[link - 1]):
        return False
    if "&" in text[body[0].start : body[-1].end]:
        return True
    if folded[0] in word_lists.ABBREVIATIONS and word_lists.is_title(folded[0]):
        return False
    if not is_organisation_head(folded[-1]) or word_lists.is_title(folded[-1]):
        return False
    before = [w for w in folded[:-2] if not _is_modifier(w)]
    return bool(before) or not word_lists.is_given_name(folded[-2]) or folded[-1] not in _SURNAMES_LIKE_HEADS


def _person_after_title(body: Sequence[Word]) -> bool:
    """Whether a run ends with a title and a name of two or three words, recognised by its given name or all of its
    words."""
    title = next((k for k in range(len(body) - 3, -1, -1) if word_lists.is_title(body[k].folded)), len(body))
    rest = body[title + 1 :]
    if len(rest) not in {2, 3} or any(w.folded in word_lists.FUNCTION_WORDS for w in rest):
        return False
    return word_lists.is_given_name(rest[0].folded) or not any(map(_is_common, rest))


def _name_start(body: Sequence[Word]) -> int:
    """The index of the first word of the name proper; the length of ``body`` if it is all title."""
    return max(_after_introduction(body), _given_name_after_noun(body), _after_description(body))


def _after_introduction(body: Sequence[Word]) -> int:
    n = len(body)
    if n > 1 and word_lists.is_title(body[-1].folded) and not _is_surname(body, n - 1):
        return n
    for i in range(n - 2, -1, -1):
        if word_lists.is_title(body[i].folded) and not _is_name_part(body, i):
            return _after_title(body, i + 1)
    return _after_modifiers(body)


def _is_surname(body: Sequence[Word], i: int) -> bool:
    """Whether the title word that ends a run is a surname instead: "Larry King", "Mr Major"."""
    before, word = body[i - 1].folded, body[i].folded
    if len(before) == 1 or word_lists.title_sex(before) is not None:
        return True
    if i > 1 and word in word_lists.AMBIGUOUS_TITLES and body[i - 2].folded in word_lists.ABBREVIATIONS:
        return True  # "Sen. Yorick King"
    if word_lists.is_given_name(before):
        return before not in word_lists.PLACE_NAMES and (i == 1 or word in word_lists.AMBIGUOUS_TITLES)
    return i == 1 and word in word_lists.AMBIGUOUS_TITLES and not body[0].acronym and not _is_weak(body[0], False)


def _is_name_part(body: Sequence[Word], i: int) -> bool:
    """Whether the title word at ``i`` is a given name or a surname instead: "Dean Smith", "Larry King Jr."."""
    word = body[i].folded
    if word_lists.is_given_name(word) and i + 2 == len(body) and (i == 0 or word_lists.is_title(body[i - 1].folded)):
        return True  # "Dean Smith", "Senator Dean Smith"
    if i == 0:
        return False
    return word in word_lists.AMBIGUOUS_TITLES and word_lists.is_given_name(body[i - 1].folded)


def _after_title(body: Sequence[Word], i: int) -> int:
    """Skips the complement of a title: "Secretary | of Homeland Security | Jane Doe"."""
    n = len(body)
    if i + 1 < n and word_lists.completes_title(body[i].folded, body[i + 1].folded):
        return i + 2
    if body[i].folded not in {"of", "for"}:
        while i < n and body[i].folded in _TITLED_FOR and not _is_person(body[i - 1 : i + 1]):
            i += 1
        return i
    for j in range(i + 1, n - 1):
        if word_lists.is_given_name(body[j].folded):
            return j
    i += 1
    while i < n and body[i].folded in _OFFICE_WORDS:
        i += 1
    return i if n - i == 2 else n - 2 if n - i > 2 else n


def _after_description(body: Sequence[Word]) -> int:
    """The index where a name starts after a description of its bearer: "Tea Party-backed | Lee", "Iowa Democrat | Ann
    Lee", or after buttons of social networks; 0 if there is none."""
    for k in range(len(body) - 1, -1, -1):
        partisan = k > 0 and body[k].folded in word_lists.PARTISANS
        button = k > 0 and {body[k - 1].folded, body[k].folded} <= word_lists.SOCIAL_NETWORKS
        if partisan or button or word_lists.is_compound_adjective(body[k].text):
            return k + 1
    return 0


def _given_name_after_noun(body: Sequence[Word]) -> int:
    """The index where a full name starts after common nouns: "House Committee Ranking Member | Ann Lee", "Student |
    Amir Khan"; 0 if there is none."""
    for i in range(len(body) - 2, 0, -1):
        before = body[i - 1]
        initial = "." in body[i].text or len(body[i].text) == 1
        titled = i > 1 and body[i - 2].folded in word_lists.ABBREVIATIONS  # "Dr. Birdie X. Lee"
        given = word_lists.is_given_name(body[i].folded) or (initial and not titled)
        if given and not before.possessive and (_is_common(before) or _is_agent(before.folded)):
            return 0 if i == 2 and word_lists.is_given_name(body[0].folded) else i
    return 1 if _is_agent_and_name(body) else 0


def _is_agent_and_name(body: Sequence[Word]) -> bool:
    """Whether an agent noun is followed by two words that may be a name: "Student Amir Khan"."""
    if len(body) != 3 or body[0].folded in word_lists.AGENT_ENDINGS or not word_lists.is_agent_noun(body[0].folded):
        return False
    rest = body[1:]
    return not all(map(_is_common, rest)) and not any(w.acronym or is_organisation_head(w.folded) for w in rest)


def _is_common(word: Word) -> bool:
    """Whether a word is not part of a person's name in spite of its capital."""
    return word_lists.is_ordinary(word.folded) or _is_modifier(word.folded) or is_organisation_head(word.folded)


def _is_modifier(word: str) -> bool:
    return word_lists.is_nationality(word) or word in word_lists.COUNTRIES


def _is_agent(word: str) -> bool:
    """Whether a word has the ending of an agent noun or its counterpart: "Backbencher", "Attendee"."""
    return len(word) >= _SHORTEST_AGENT and word.endswith(("er", "ist", "ee")) and not word_lists.is_given_name(word)


def _is_person(pair: Sequence[Word]) -> bool:
    return len(pair) == 2 and word_lists.is_given_name(pair[0].folded)


def _is_label(body: Sequence[Word]) -> bool:
    """Whether the first of two words is an ordinary word in capitals, the label of a link: "WATCHED | Lee"."""
    label, name = body[0], body[-1]
    return (
        len(body) == 2
        and len(label.text) >= _SHORTEST_LABEL
        and label.acronym
        and not name.acronym
        and word_lists.is_ordinary(label.folded)
        and not _is_common(name)
    )


def _after_modifiers(body: Sequence[Word]) -> int:
    """Skips nationalities, initials of organisations and other words before a full name."""
    n = len(body)
    shouting = all(w.text.isupper() for w in body)
    i = 0
    while n - i > 1:
        word = body[i]
        place = "." in word.folded
        modifies = _is_modifier(word.folded) or (word.acronym and not shouting)
        whole = word_lists.is_given_name(body[i + 1].folded)
        introduces = whole and (
            word_lists.is_adjective(word.folded) or is_organisation_head(word.folded) or "'" in word.text
        )
        if not (place or (n - i > 2 and (modifies or introduces)) or _is_label(body[i:])):
            break
        i += 1
    return i
