"""Measures confusion of speakers and outlets in texts that quote three people side by side, each with a reporting
clause.

    python -m training.side_by_side --model model_cache/NAME
    python -m training.side_by_side --url http://127.0.0.1:8000 --texts 100 --seed 2

The texts are generated from a seed, equally many for each layout: quotes that are short or long, alone or between the
paragraphs of an article, in one paragraph or in three. Some of the quotes are credited to an outlet, a different one
each. The figures are in per cent of the quotes: those whose speaker and whose outlet, or its absence, is right; and
those that get the speaker or the outlet of one of the other two.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from itertools import chain, islice, product
from pathlib import Path
from typing import Final

from rich.console import Console

from service.attribution.text import Span
from training.corpus import Article, LabelledQuote
from training.errors import list_errors
from training.evaluate import add_attributor, and_together, answered_by, asked
from training.metrics import Figures, Judged, Judgement, judge, percent, share
from training.report import print_error, print_table
from training.sameness import same_outlet, same_speaker

N_QUOTES: Final = 3
CREDITED = 0.55
TITLED = 0.4
UNNAMED = 0.1
JOINED = 0.25
"""The share of quotes that an outlet is credited for, of speakers with a title and of speakers without a name, and of
texts of one paragraph that are one sentence."""
STRAIGHT_MARKS = 0.25
HOSTS = Path("tests/articles")
WIDTH = 100
"""Columns of the printed table."""

_WORDS = Path(__file__).with_name("side_by_side_words.toml")
_QUOTATION = re.compile("“[^”]*”")
_STRAIGHT = {ord("“"): '"', ord("”"): '"'}


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of a group of texts."""

    length: str
    in_article: bool
    paragraphs: int

    def __str__(self) -> str:
        place = "article" if self.in_article else "alone"
        return f"{self.length}, {place}, {self.paragraphs} par."


LAYOUTS: Final = tuple(Layout(*each) for each in product(("short", "long"), (False, True), (1, N_QUOTES)))


@dataclass(frozen=True, slots=True)
class Turn:
    """A clause with a quotation, its speaker, and the outlet credited with it."""

    clause: str
    speaker: str
    outlet: str | None


def make_articles(layout: Layout, count: int, seed: int, hosts: Sequence[str]) -> list[Article]:
    """Texts of one layout, with the labels of their three quotes. ``hosts`` are articles to insert them into."""
    rng = random.Random(f"{seed}, {layout}")
    return [_article(f"{layout}, {number}", layout, hosts, rng) for number in range(1, count + 1)]


def mix_ups(judged: Sequence[Judged]) -> Figures:
    """The percentages of labelled quotes that are right, and that got another quote's speaker or outlet."""
    every = [j for one in judged for j in one.judgements]
    others = [[other.label for other in one.judgements if other is not j] for one in judged for j in one.judgements]
    return {
        "quotes": len(every),
        "found": share(every, lambda j: j.found),
        "speaker": share(every, lambda j: j.name),
        "outlet": share(every, lambda j: j.outlet),
        "credited outlet": share((j for j in every if j.label.outlet), lambda j: j.outlet),
        "no outlet": share((j for j in every if not j.label.outlet), lambda j: j.outlet),
        "another's speaker": percent(sum(map(_has_speaker_of, every, others)), len(every)),
        "another's outlet": percent(sum(map(_has_outlet_of, every, others)), len(every)),
    }


def _has_speaker_of(judgement: Judgement, others: Sequence[LabelledQuote]) -> bool:
    speaker = judgement.quote.speaker if judgement.quote else None
    return speaker is not None and any(same_speaker(speaker.name, other.speaker, other.type) for other in others)


def _has_outlet_of(judgement: Judgement, others: Sequence[LabelledQuote]) -> bool:
    outlet = judgement.quote.outlet if judgement.quote else None
    return outlet is not None and any(same_outlet(outlet.name, other.outlet) for other in others)


def _article(name: str, layout: Layout, hosts: Sequence[str], rng: random.Random) -> Article:
    joined = layout.paragraphs == 1 and rng.random() < JOINED
    turns = _turns(layout.length, joined, rng)
    clauses = [turn.clause for turn in turns]
    separator = "\n\n" if layout.paragraphs > 1 else " "
    passage = _one_sentence(clauses) if joined else separator.join(map(_capitalised, clauses))
    before, after = _around(rng.choice(hosts), rng) if layout.in_article else ("", "")
    labels = tuple(
        _label(Span(len(before) + quotation.start(), len(before) + quotation.end()), turn)
        for quotation, turn in zip(_QUOTATION.finditer(passage), turns, strict=True)
    )
    if rng.random() < STRAIGHT_MARKS:
        passage = passage.translate(_STRAIGHT)
    return Article(name, before + passage + after, labels, ())


def _turns(length: str, joined: bool, rng: random.Random) -> list[Turn]:
    """The turns of three people, all different. ``joined`` selects clauses that can be joined to one sentence."""
    people = zip(*(_three(kind, rng) for kind in ("given_names", "surnames", "titles", "unnamed")), strict=True)
    outlets = [outlet if rng.random() < CREDITED else None for outlet in _three("outlets", rng)]
    said = zip(*(_three(kind, rng) for kind in ("descriptions", f"{length}_sentences", f"{length}_parts")), strict=True)
    turns = []
    for person, where, (what, words, part) in zip(people, outlets, said, strict=True):
        name, who = _speaker(person, rng)
        clause = rng.choice(_clauses(where is not None, name[0].isupper(), joined))
        turns.append(Turn(clause.format(who=who, what=what, where=where, words=words, part=part), name, where))
    return turns


def _clauses(credited: bool, named: bool, joined: bool) -> list[str]:
    """The available clauses; a person without a name is described once, not twice."""
    clauses = _lists()["credited_clauses" if credited else "uncredited_clauses"]
    return [c for c in clauses if (named or "{what}" not in c) and (_can_be_joined(c) or not joined)]


def _speaker(person: Sequence[str], rng: random.Random) -> tuple[str, str]:
    """A speaker's name for the label and in the clause; some have a title, some no name."""
    given, surname, title, unnamed = person
    if rng.random() < UNNAMED:
        return unnamed, unnamed
    name = f"{given} {surname}"
    return name, f"{title} {name}" if rng.random() < TITLED else name


def _three(kind: str, rng: random.Random) -> list[str]:
    return rng.sample(_lists()[kind], N_QUOTES)


@cache
def _lists() -> Mapping[str, list[str]]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


def _can_be_joined(clause: str) -> bool:
    return clause.startswith("{who}") and clause.endswith("{part}.”")


def _one_sentence(clauses: Sequence[str]) -> str:
    *first, last = (clause.removesuffix(".”") for clause in clauses)
    return _capitalised("".join(f"{clause},” " for clause in first) + f"and {last}.”")


def _capitalised(text: str) -> str:
    return text[0].upper() + text[1:]


def _around(host: str, rng: random.Random) -> tuple[str, str]:
    """An article in two parts, split after a paragraph at whose end no quotation is open."""
    paragraphs = host.split("\n\n")
    cut = rng.choice([n for n in range(1, len(paragraphs)) if _is_closed(paragraphs[n - 1])])
    return "\n\n".join(paragraphs[:cut]) + "\n\n", "\n\n" + "\n\n".join(paragraphs[cut:])


def _is_closed(paragraph: str) -> bool:
    return paragraph.count("“") == paragraph.count("”") and paragraph.count('"') % 2 == 0


def _label(span: Span, turn: Turn) -> LabelledQuote:
    return LabelledQuote(
        span=span,
        kind="speech",
        speaker=turn.speaker,
        type="person",
        mention=None,
        outlet=turn.outlet,
        outlet_mention=None,
        basis="sentence" if turn.outlet else None,
        role=None,
    )


def main(arguments: Sequence[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    hosts = [path.read_text(encoding="utf-8") for path in sorted(options.hosts.glob("*.txt"))]
    articles = {str(layout): make_articles(layout, options.texts, options.seed, hosts) for layout in LAYOUTS}
    ask = asked(options)
    judged = {layout: list(map(judge, answered_by(ask, some))) for layout, some in articles.items()}
    figures = {layout: mix_ups(some) for layout, some in and_together(judged).items()}
    errors = chain.from_iterable(list_errors(replace(one, elsewhere=())) for some in judged.values() for one in some)
    shown = list(islice(errors, options.errors))
    if options.json:
        print(json.dumps({"figures": figures, "errors": list(map(asdict, shown))}, ensure_ascii=False))
        return
    console = Console(highlight=False, width=WIDTH)
    print_table(console, "layout", figures)
    for error in shown:
        print_error(console, error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m training.side_by_side",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_attributor(parser)
    parser.add_argument("--texts", type=int, default=40, metavar="N", help="texts of each layout (40)")
    parser.add_argument("--seed", type=int, default=1, help="another number makes other texts (1)")
    parser.add_argument("--hosts", type=Path, default=HOSTS, metavar="DIRECTORY", help=f"articles as *.txt ({HOSTS})")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="list the first N errors")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


if __name__ == "__main__":
    main()
