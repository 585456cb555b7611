"""Counts over the results of an archive, in one pass that keeps names and counts but no article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from service.formats.json_lines import Result

BINS = 10
_SAMPLES = 20


@dataclass(frozen=True, slots=True)
class Name:
    """A speaker or an outlet: the quotes that it has, and the articles that it has them in."""

    name: str
    quotes: int
    articles: int


@dataclass(frozen=True, slots=True)
class Sample:
    """Something of an article, for a reader to look up."""

    article: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What an archive comes to. Quotes are those that somebody said; speakers with one name are taken for one.

    ``credits`` counts quotes by speaker and outlet, each None where there is none. The histograms count quotes in
    ``BINS`` equal bins of confidence from 0 to 1. The samples are the first there are.
    """

    articles: int
    quotes: int
    nonspeech: int
    models: Mapping[str, int]
    speakers: Sequence[Name]
    outlets: Sequence[Name]
    credits: Mapping[tuple[str | None, str | None], int]
    speaker_confidence: Sequence[int]
    outlet_confidence: Sequence[int]
    without_speaker: int
    with_outlet: int
    unattributed: Sequence[Sample]
    problems: Mapping[str, int]
    failures: Sequence[Sample]

    @property
    def failed(self) -> int:
        return sum(self.problems.values())


def gather(results: Iterable[Result]) -> Figures:
    """Count everything in the results of an archive."""
    tally = _Tally()
    for result in results:
        tally.add(result)
    return tally.figures()


@dataclass(slots=True)
class _Tally:
    articles: int = 0
    quotes: int = 0
    nonspeech: int = 0
    models: Counter[str] = field(default_factory=Counter)
    credits: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)
    articles_of_speaker: Counter[str] = field(default_factory=Counter)
    articles_of_outlet: Counter[str] = field(default_factory=Counter)
    speaker_confidence: Counter[int] = field(default_factory=Counter)
    outlet_confidence: Counter[int] = field(default_factory=Counter)
    unattributed: list[Sample] = field(default_factory=list)
    problems: Counter[str] = field(default_factory=Counter)
    failures: list[Sample] = field(default_factory=list)

    def add(self, result: Result) -> None:
        self.articles += 1
        if "problem" in result:
            self.problems[result["problem"]["title"]] += 1
            _keep(self.failures, Sample(result["id"], result["problem"]["detail"]))
            return
        answer = result["result"]
        self.models[f"{answer['model']['name']} {answer['model']['version']}"] += 1
        spoken = [quote for quote in answer["quotes"] if quote["kind"] == "speech"]
        self.nonspeech += len(answer["quotes"]) - len(spoken)
        self.articles_of_speaker.update({quote["speaker"]["name"] for quote in spoken if quote["speaker"]})
        self.articles_of_outlet.update({quote["outlet"]["name"] for quote in spoken if quote["outlet"]})
        for quote in spoken:
            self._add_quote(result["id"], quote)

    def _add_quote(self, article: str | None, quote: Mapping[str, Any]) -> None:
        speaker, outlet = quote["speaker"], quote["outlet"]
        self.quotes += 1
        self.credits[_name(speaker), _name(outlet)] += 1
        if speaker:
            self.speaker_confidence[_bin(speaker["confidence"])] += 1
        else:
            _keep(self.unattributed, Sample(article, quote["text"]))
        if outlet:
            self.outlet_confidence[_bin(outlet["confidence"])] += 1

    def figures(self) -> Figures:
        by_speaker, by_outlet = _sums(self.credits, 0), _sums(self.credits, 1)
        return Figures(
            articles=self.articles,
            quotes=self.quotes,
            nonspeech=self.nonspeech,
            models=dict(self.models.most_common()),
            speakers=_ranked(by_speaker, self.articles_of_speaker),
            outlets=_ranked(by_outlet, self.articles_of_outlet),
            credits=dict(self.credits),
            speaker_confidence=[self.speaker_confidence[number] for number in range(BINS)],
            outlet_confidence=[self.outlet_confidence[number] for number in range(BINS)],
            without_speaker=by_speaker[None],
            with_outlet=self.quotes - by_outlet[None],
            unattributed=self.unattributed,
            problems=dict(self.problems.most_common()),
            failures=self.failures,
        )


def _name(party: Mapping[str, Any] | None) -> str | None:
    return party["name"] if party else None


def _bin(confidence: float) -> int:
    return min(BINS - 1, int(confidence * BINS))


def _keep(samples: list[Sample], sample: Sample) -> None:
    if len(samples) < _SAMPLES:
        samples.append(sample)


def _sums(credits: Mapping[tuple[str | None, str | None], int], side: int) -> Counter[str | None]:
    sums: Counter[str | None] = Counter()
    for names, number in credits.items():
        sums[names[side]] += number
    return sums


def _ranked(quotes: Mapping[str | None, int], articles: Mapping[str, int]) -> list[Name]:
    """Those with a name, the most quoted first."""
    names = [Name(name, number, articles[name]) for name, number in quotes.items() if name is not None]
    return sorted(names, key=lambda name: (-name.quotes, name.name))
