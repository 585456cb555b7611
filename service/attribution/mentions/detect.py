"""Finds all name mentions of a text: first in lines with ordinary capitalisation, then in the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.attribution.mentions.caseless import CaselessWords, KnownNames
from service.attribution.mentions.introductions import read_run
from service.attribution.mentions.mention import NameMention
from service.attribution.mentions.runs import run_at
from service.attribution.text import Word, lines_of, opens_sentence
from service.data import word_lists

_MIN_HEADLINE = 3
_HEADLINE_SHARE = 0.8
_LOWER_CASE_SHARE = 0.01
_MIN_SHOUT = 3


def find_mentions(text: str, words: Sequence[Word]) -> list[NameMention]:
    """All name mentions of ``text``, in order and without overlap. ``words`` are its `words_of`."""
    mentions: list[NameMention] = []
    caseless: list[Sequence[Word]] = []
    for line, cased in _lines(text, words):
        if not cased:
            caseless.append(line)
            continue
        for run, opens in _runs(text, line):
            if _is_shout(run):
                caseless.append(run)
            elif (mention := read_run(text, run, opens)) is not None:
                mentions.append(mention)
    mentions += _in_caseless(text, caseless, KnownNames(mentions))
    mentions.sort(key=lambda m: m.start)
    return _with_shared_surnames(text, mentions)


def _in_caseless(text: str, lines: Sequence[Sequence[Word]], known: KnownNames) -> list[NameMention]:
    readings = [CaselessWords(text, line, known) for line in lines]
    for reading in readings:
        known.add(reading.full_names())
    return [mention for reading in readings for mention in reading.mentions()]


def _lines(text: str, words: Sequence[Word]) -> Iterator[tuple[Sequence[Word], bool]]:
    """The lines of a text, each with whether its capitals mark names."""
    lines = [words[begin:end] for begin, end in lines_of(text, words)]
    cased = [not _is_headline(line) for line in lines]
    mostly = sum(len(line) for line, c in zip(lines, cased, strict=True) if c) * 2 >= len(words)
    if not mostly or sum(w.capitalised for w in words) < _LOWER_CASE_SHARE * len(words):
        cased = [False] * len(lines)
    return zip(lines, cased, strict=True)


def _is_headline(line: Sequence[Word]) -> bool:
    """Whether a line is in title case or all capitals, so that ordinary words are capitalised too."""
    telling = [
        w for w in line[1:] if len(w.text) >= 4 and word_lists.is_ordinary(w.folded) and not _names_office(w.folded)
    ]
    return len(telling) >= _MIN_HEADLINE and sum(w.capitalised for w in telling) >= _HEADLINE_SHARE * len(telling)


def _names_office(word: str) -> bool:
    return word_lists.is_title(word) or word_lists.is_organisation_head(word) or word in word_lists.PORTFOLIOS


def _runs(text: str, line: Sequence[Word]) -> Iterator[tuple[list[Word], bool]]:
    i = 0
    while i < len(line):
        run = run_at(text, line, i) if line[i].capitalised else ()
        if run:
            yield list(run), opens_sentence(text, line, i)
        i += len(run) or 1


def _is_shout(run: Sequence[Word]) -> bool:
    """Whether a run is a phrase in capitals rather than a name made of acronyms."""
    return (
        len(run) >= _MIN_SHOUT
        and all(w.text.isupper() for w in run)
        and any(word_lists.is_ordinary(w.folded) for w in run)
    )


def _with_shared_surnames(text: str, mentions: list[NameMention]) -> list[NameMention]:
    """Adds the surname to "Ann" in "Ann and Bo Lee"."""
    for i in range(len(mentions) - 1):
        one, two = mentions[i], mentions[i + 1]
        if len(one.words) != 1 or len(two.words) != 2 or text[one.stop : two.start] not in {" and ", " & "}:
            continue
        if word_lists.is_given_name(one.words[0]) and word_lists.is_given_name(two.words[0]):
            mentions[i] = replace(one, surname=two.name.split()[-1])
    return mentions
