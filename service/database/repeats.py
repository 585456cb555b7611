"""The same words in several articles: which quotes are versions of one saying, and which of them came first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from service.database.progress import told
from service.database.wording import Relation, in_common, relation, shingles, stands_in

_FEWEST_WORDS = 5  # with fewer, many people say the same
_TELLING = 27.0  # weight of common words that no two people say by chance
_TELLING_OF_TWO = 54.0  # the same where the articles name two people: one of them repeats the other, or names badly
_SHARE = 0.75  # of the shorter version that stands in the longer one
_RUN_SHARE = 0.45  # of the shorter version that a telling run of words must be: two excerpts that overlap
_AGREEMENT = 0.75  # of the articles that name anybody
_DAYS = 14  # within which a few words of nobody who is named are taken for the same saying
_MOST_SAYINGS = 100  # sayings that are kept for a run of words; a run that more have is a phrase of everybody's
_COMPARED = 10  # of the sayings that share runs with a quote, those that share most


@dataclass(frozen=True, slots=True)
class Version:
    """A quote as it is compared: ``date`` as ISO 8601, ``speaker`` by their identity over articles, if named."""

    quote: int
    article: int
    date: str | None
    speaker: int | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """Versions of the same words, the first report first, each with what it did to the first one's words."""

    versions: Sequence[tuple[Version, Relation]]

    @property
    def first(self) -> Version:
        return self.versions[0][0]

    @property
    def articles(self) -> int:
        return len({version.article for version, _ in self.versions})


@dataclass(frozen=True, slots=True)
class Inference:
    """A speaker for a quote whose article names none: ``articles`` name them, of ``naming`` that name anybody."""

    quote: int
    speaker: int
    articles: int
    naming: int


def find_sayings(versions: Iterable[Version]) -> Iterator[Saying]:
    """The sayings that stand in two articles or more.

    The longest version gathers the others: a quote joins the saying whose longest version it is another version of
    (``is_same``), of several the one that it shares most runs of words with. So no saying grows by a chain of
    likenesses.
    """
    sayings: list[list[Version]] = []
    by_run: dict[int, list[int]] = {}
    for version in told(sorted(versions, key=lambda v: (-len(v.words), v.quote)), "quotes compared"):
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
    """Whether two quotes are versions of one saying: the shorter is the longer or a part of it, give or take some
    words, or they are excerpts that overlap.

    What they have in common must be telling, for "we will see" is said every day. Where it is not, the shorter must
    stand in the longer as it is, and be of the same speaker or, where an article names nobody, of the same days.
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
    """Whom the other articles name where one names nobody, if they agree.

    Those speak for a version that have its words, or whose words it has.
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
    """The versions by date, those without one last; of one day, in the order of the archive."""
    ordered = sorted(versions, key=lambda v: (v.date is None, v.date or "", v.quote))
    first = ordered[0].words
    return Saying([(version, relation(version.words, first)) for version in ordered])
