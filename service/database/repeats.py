"""Quotes that several articles share: which quotes are versions of one saying, and which came first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from service.database.progress import log_progress
from service.database.wording import Relation, in_common, relation, shingles, stands_in

_FEWEST_WORDS = 5  # shorter quotes coincide by chance
_TELLING = 27.0  # minimum weight of the words in common that rules out chance
_TELLING_OF_TWO = 54.0  # the same if the articles name two different speakers
_SHARE = 0.75  # of the shorter version that the longer one must contain
_RUN_SHARE = 0.45  # of the shorter version that must be one run of words, if two excerpts overlap
_AGREEMENT = 0.75  # minimum share of the articles that name anybody
_DAYS = 14  # the most days between short versions without a speaker in common
_MOST_SAYINGS = 100  # sayings to index under a run of words; a run that more have is a common phrase
_COMPARED = 10  # sayings to compare a quote with, those that share most runs first


@dataclass(frozen=True, slots=True)
class Version:
    """A quote to compare. ``date`` is ISO 8601; ``speaker`` is the id of the resolved speaker, None if not named."""

    quote: int
    article: int
    date: str | None
    speaker: int | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """The versions of one saying, the earliest first, each with its relation to the first."""

    versions: Sequence[tuple[Version, Relation]]

    @property
    def first(self) -> Version:
        return self.versions[0][0]

    @property
    def articles(self) -> int:
        return len({version.article for version, _ in self.versions})


@dataclass(frozen=True, slots=True)
class Inference:
    """A speaker inferred for a quote: ``articles`` name this speaker, out of the ``naming`` that name anybody."""

    quote: int
    speaker: int
    articles: int
    naming: int


def find_sayings(versions: Iterable[Version]) -> Iterator[Saying]:
    """The sayings that occur in two articles or more.

    Each quote is compared only with the longest version of a saying, so that a saying cannot grow by chains of similar
    quotes. It joins the one that it shares most runs of words with, among those that ``is_same`` accepts.
    """
    sayings: list[list[Version]] = []
    by_run: dict[int, list[int]] = {}
    for version in log_progress(sorted(versions, key=lambda v: (-len(v.words), v.quote)), "quotes compared"):
        runs = shingles(version.words)
        shared = Counter(number for run in runs for number in by_run.get(run, ()))
        near = sorted(shared, key=lambda number: (-shared[number], number))[:_COMPARED]
        found = next((number for number in near if is_same(version, sayings[number][0])), None)
        if found is not None:
            sayings[found].append(version)
            continue
        for run in runs:
            numbers = by_run.setdefault(run, [])
            if len(numbers) < _MOST_SAYINGS:
                numbers.append(len(sayings))
        sayings.append([version])
    yield from (saying for members in sayings if (saying := _in_time(members)).articles > 1)


def is_same(one: Version, other: Version) -> bool:
    """Whether two quotes are versions of one saying: one contains the other, up to a few words, or they overlap.

    The words in common must be improbable enough, as "we will see" is said every day. If they are not, the longer must
    contain the shorter word for word, and both must have the same speaker or, if an article names none, be close in
    date.
    """
    if min(len(one.words), len(other.words)) < _FEWEST_WORDS:
        return False
    common = in_common(one.words, other.words)
    speakers = {one.speaker, other.speaker} - {None}
    if common.weight < (_TELLING if len(speakers) < 2 else _TELLING_OF_TWO):
        return common.whole and _may_be_one_occasion(one, other)
    return common.share >= _SHARE or (common.run >= _TELLING and common.run_share >= _RUN_SHARE)


def _may_be_one_occasion(one: Version, other: Version) -> bool:
    if one.speaker is not None and other.speaker is not None:
        return one.speaker == other.speaker
    if one.date is None or other.date is None:
        return False
    return abs((_day(one.date) - _day(other.date)).days) <= _DAYS


def infer_speakers(saying: Saying) -> Iterator[Inference]:
    """The speakers of versions whose articles name none, if other articles agree on one.

    Only versions that contain this version's words, or are contained in them, count.
    """
    versions = [version for version, _ in saying.versions]
    for version in versions:
        if version.speaker is None:
            naming = Counter(
                speaker
                for _, speaker in {
                    (v.article, v.speaker) for v in versions if v.speaker is not None and _within(v, version)
                }
            )
            if naming:
                speaker, articles = min(naming.items(), key=lambda item: (-item[1], item[0]))
                if articles >= _AGREEMENT * naming.total():
                    yield Inference(version.quote, speaker, articles, naming.total())


def _within(one: Version, other: Version) -> bool:
    return stands_in(one.words, other.words) or stands_in(other.words, one.words)


def _day(moment: str) -> date:
    return date.fromisoformat(moment[:10])


def _in_time(versions: Iterable[Version]) -> Saying:
    """The versions as a saying, ordered by date, undated ones last; within a day, in the archive's order."""
    ordered = sorted(versions, key=lambda v: (v.date is None, v.date or "", v.quote))
    first = ordered[0].words
    return Saying([(version, relation(version.words, first)) for version in ordered])
