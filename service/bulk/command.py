"""The ``bulk`` command: starts a run from the arguments, and turns its outcome into an exit status."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from pathlib import Path

from rich.console import Console

from service import libraries
from service.bulk.answering import Answer, Options, give_up, load_answer
from service.bulk.errors import BulkError, EngineError, TargetError
from service.bulk.results import Failures, Totals, failures_in, form_of
from service.bulk.run import Engine, attribute_archive, identity_of, working_folder
from service.bulk.sources import keep_standard_input, open_source
from service.bulk.workers import Load, answer_locally
from service.settings import Settings

_INTERRUPTED = 130  # the conventional exit status after Ctrl-C

LoadAnswer = Callable[[Path, Options], Answer]


def run(arguments: argparse.Namespace, settings: Settings, load: LoadAnswer = load_answer) -> int:
    """Attribute an archive and print a summary.

    Returns the exit status: 1 if the run failed, or if articles failed (in this run or an earlier one) or there were
    none and ``--allow-failures`` is not given. ``load`` replaces the loading of the checkpoint, and must be picklable.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)  # an interrupt must clean up
    console = Console(stderr=True, highlight=False)
    began = time.monotonic()
    try:
        totals = _attribute(arguments, settings, load, console)
        failures = failures_in(arguments.target) if totals is None else totals.failures
    except (BulkError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; repeat the command to resume", file=sys.stderr)
        return _INTERRUPTED
    if totals is None:
        console.print(f"{arguments.target} already exists; delete it to create it again", markup=False, soft_wrap=True)
    else:
        took = timedelta(seconds=round(time.monotonic() - began))
        failed = f", {failures.number:,} of them failed" if failures.number else ""
        console.print(f"{totals.articles:,} articles{failed}, {totals.quotes:,} quotes, in {took}")
    _list_failures(failures, arguments.target, console)
    complete = failures.number == 0 and (totals is None or totals.articles > 0)
    return 0 if complete or arguments.allow_failures else 1


def _list_failures(failures: Failures, target: Path, console: Console) -> None:
    for article, why in failures.first:
        console.print(f"failed: {article or 'an article without an id'}: {why}", markup=False, soft_wrap=True)
    if more := failures.number - len(failures.first):
        console.print(f"and {more:,} more, each with its problem in {target}", markup=False, soft_wrap=True)


def _attribute(arguments: argparse.Namespace, settings: Settings, load: LoadAnswer, console: Console) -> Totals | None:
    form = form_of(arguments.target)
    if form.needs_text and arguments.offset_unit != "codepoint":
        raise TargetError(f"the offsets of {arguments.target.name} count code points")
    options = Options(
        id_field=arguments.id_field,
        text_field=arguments.text_field,
        min_confidence=arguments.min_confidence,
        include_nonspeech=arguments.include_nonspeech,
        offset_unit=arguments.offset_unit,
        with_text=form.needs_text,
        max_article_chars=settings.max_article_chars,
        device=settings.device,
        precision=settings.precision,
    )
    model = arguments.model or settings.model_path
    path = arguments.source
    if path is None:  # standard input
        path = keep_standard_input(sys.stdin.buffer, working_folder(arguments.target))
    source = open_source(
        path,
        id_field=arguments.id_field,
        text_field=arguments.text_field,
        max_line_bytes=settings.max_body_bytes,
    )
    choose = _ray if arguments.engine == "ray" else _local
    engine = choose(partial(load, model, options), options, arguments.processes)
    return attribute_archive(source, arguments.target, identity_of(source, model, asdict(options)), engine, console)


def _local(load: Load, options: Options, processes: int | None) -> Engine:
    number = processes or libraries.available_processors()
    return partial(answer_locally, load=load, give_up=partial(give_up, options), processes=number)


def _ray(load: Load, _: Options, actors: int | None) -> Engine:
    try:
        from service.bulk.machines import answer_on_ray
    except ImportError:
        raise EngineError("this engine needs Ray: install the extra `ray`") from None
    return partial(answer_on_ray, load=load, actors=actors)
