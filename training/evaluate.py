"""Measures a model, or a running service, on labelled articles.

    python -m training.evaluate --model model_cache/NAME --articles FILE... --breakdown --errors 20
    python -m training.evaluate --model checkpoints/NAME --articles FILE... --held-back
    python -m training.evaluate --url http://127.0.0.1:8000 --articles FILE... --json

The figures, in per cent:

found            labelled speech that a returned quote covers (recall); returned quotes that are speech (precision)
nonspeech        labelled segments that nobody said and that are not returned
speaker mention  the words returned as naming the speaker overlap the labelled ones; of the speech found that has any
speaker name     the labelled name, as full as the article has it; of all labelled speech, by type of that found
outlet           the credited outlet over labelled speech; recall also by where the label says it is named; where the
                 label is in doubt, the credit and none are both right, and neither counts
all right        quotes with the right name and the right outlet, or rightly none

Of several files, the figures are given for each and for all together.
"""

from __future__ import annotations

import argparse
import json
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final, TypeVar, get_args

from pydantic import TypeAdapter
from rich.console import Console

from service.attribution import QuoteAttributor
from service.formats.article import AttributedArticle
from service.formats.contract import contract_body
from service.libraries import Precision
from service.records import Quote
from training.breakdown import breakdown
from training.confidence import calibration, confidence_curve
from training.corpus import Article, read_articles
from training.errors import list_errors
from training.holdout import is_held_back
from training.metrics import Answered, figures, judge
from training.report import Report, print_report

Answer = dict[str, Any]
"""The answer to one article as in the HTTP contract."""
AnswerTo = tuple[Article, Answer]
Ask = Callable[[Sequence[Article]], Iterator[Answer]]
_T = TypeVar("_T")

BATCH = 8
TIMEOUT_SECONDS = 120
THRESHOLDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95)
TOGETHER: Final = "together"
"""The name of all corpora together in a report."""

_QUOTES = TypeAdapter(tuple[Quote, ...])


def main(arguments: Sequence[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    ask = asked(options)
    answers = {_corpus(path): _answers(path, ask, options.held_back) for path in options.articles}
    if options.predictions:
        _write(options.predictions, chain.from_iterable(answers.values()))
    report = measure(answers, options.errors, options.breakdown)
    if options.json:
        print(json.dumps(asdict(report), ensure_ascii=False))
    else:
        print_report(report, Console(highlight=False))


def measure(answers: Mapping[str, Sequence[AnswerTo]], n_errors: int = 0, in_detail: bool = False) -> Report:
    """The report on the answers to each corpus's articles, and on all together."""
    answered = {corpus: [_read(*one) for one in pairs] for corpus, pairs in answers.items()}
    judged = {corpus: [judge(one) for one in articles] for corpus, articles in answered.items()}
    report = Report(
        model=next((answer["model"] for _, answer in chain.from_iterable(answers.values())), None),
        figures={corpus: figures(articles) for corpus, articles in and_together(judged).items()},
        errors=tuple(islice(chain.from_iterable(map(list_errors, chain.from_iterable(judged.values()))), n_errors)),
    )
    if not in_detail:
        return report
    return replace(
        report,
        breakdown=breakdown({c: [j for one in articles for j in one.judgements] for c, articles in judged.items()}),
        calibration={corpus: calibration(articles) for corpus, articles in and_together(judged).items()},
        curves={corpus: confidence_curve(some, THRESHOLDS) for corpus, some in and_together(answered).items()},
    )


def and_together(corpora: Mapping[str, Sequence[_T]]) -> dict[str, Sequence[_T]]:
    """The items of each corpus and, if there are several, all of them under ``TOGETHER``."""
    return {**corpora, **({TOGETHER: list(chain.from_iterable(corpora.values()))} if len(corpora) > 1 else {})}


def add_attributor(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that select what to measure."""
    judged = parser.add_mutually_exclusive_group(required=True)
    judged.add_argument("--model", type=Path, metavar="DIRECTORY", help="a checkpoint")
    judged.add_argument("--url", help="a running service")
    parser.add_argument("--precision", choices=get_args(Precision), default="auto", help="that the checkpoint runs in")


def asked(options: argparse.Namespace) -> Ask:
    """The model or service to measure."""
    return ask_service(options.url) if options.url else ask_model(options.model, options.precision)


def ask_model(path: Path, precision: Precision = "auto") -> Ask:
    """Answers from a model directory, for several articles at a time."""
    attributor = QuoteAttributor.load(path, precision=precision)

    def answers(articles: Sequence[Article]) -> Iterator[Answer]:
        for start in range(0, len(articles), BATCH):
            texts = [article.text for article in articles[start : start + BATCH]]
            for text, attribution in zip(texts, attributor.attribute_batch(texts), strict=True):
                yield contract_body(AttributedArticle(attribution, text))

    return answers


def ask_service(url: str) -> Ask:
    """Answers from a running service, one article at a time. Raises ``urllib.error.HTTPError`` if it refuses one."""

    def answers(articles: Sequence[Article]) -> Iterator[Answer]:
        for article in articles:
            request = urllib.request.Request(
                f"{url.rstrip('/')}/v1/attributions",
                data=json.dumps({"text": article.text}).encode(),
                headers={"Content-Type": "application/json"},
            )
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
                yield json.load(response)

    return answers


def answered_by(ask: Ask, articles: Sequence[Article]) -> list[Answered]:
    """The articles with the quotes returned for them."""
    return [_read(*one) for one in zip(articles, ask(articles), strict=True)]


def _answers(path: Path, ask: Ask, held_back: bool) -> list[AnswerTo]:
    """The labelled articles of a file with their answers; with ``held_back``, only those held back from training."""
    articles = [a for a in read_articles(path) if a.quotes and (is_held_back(a.id) or not held_back)]
    return list(zip(articles, ask(articles), strict=True))


def _read(article: Article, answer: Answer) -> Answered:
    return Answered(article, _QUOTES.validate_python(answer["quotes"]))


def _write(path: Path, answers: Iterable[AnswerTo]) -> None:
    """Save the quotes of each answer, one article per line."""
    with path.open("w", encoding="utf-8") as file:
        for article, answer in answers:
            file.write(json.dumps({"id": article.id, "quotes": answer["quotes"]}, ensure_ascii=False) + "\n")


def _corpus(path: Path) -> str:
    return path.name.removesuffix(".gz").removesuffix(".jsonl")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m training.evaluate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_attributor(parser)
    parser.add_argument("--articles", type=Path, nargs="+", required=True, metavar="FILE", help="JSON lines (.gz)")
    parser.add_argument("--held-back", action="store_true", help="only articles that are held back from training")
    parser.add_argument("--predictions", type=Path, metavar="FILE", help="save the quotes returned, as JSON lines")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="list the first N errors")
    parser.add_argument("--breakdown", action="store_true", help="split the figures; say what the confidence is worth")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


if __name__ == "__main__":
    main()
