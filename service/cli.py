"""The command line: ``quote-attribution COMMAND`` or ``python -m service COMMAND``; ``-h`` lists the commands."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, get_args

from pydantic import ValidationError

from service import libraries
from service.formats.article import AttributedArticle
from service.formats.contract import contract_body
from service.formats.registry import archive_suffixes
from service.libraries import Device, Precision
from service.records import OffsetUnit
from service.settings import Settings, markdown_table

if TYPE_CHECKING:
    from service.attribution import QuoteAttributor

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

_STANDARD_INPUT = "-"
_ARCHIVES = (
    "a folder of *.txt, *.html, *.xml or *.json (ninjs), *.jsonl, *.jsonl.gz, *.parquet; -: stdin, as JSON Lines"
)


class NoModelError(Exception):
    """There is no checkpoint at the given path."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command in ``arguments``, by default the process's. Returns the exit status."""
    options = parser().parse_args(arguments)
    try:
        settings = Settings()
    except ValidationError as error:
        return _fail(str(error))
    command: Callable[[argparse.Namespace, Settings], int] = options.command
    try:
        return command(options, settings)
    except NoModelError as error:
        return _fail(str(error))


def attribute(options: argparse.Namespace, settings: Settings) -> int:
    """Attribute the quotes of files. A file that cannot be read is reported, and the others continue."""
    from rich.console import Console  # not needed by the server

    from service.formats.terminal import print_table
    from service.intake.reading import read_text

    attributor = _load(_model(options, settings), settings.device, settings.precision)
    console = Console(highlight=False)
    status = 0
    for name in options.files:
        try:
            text = _read(name)
        except (OSError, ValueError) as error:
            status = _fail(f"{name}: {error}")
            continue
        readable = read_text(text)
        attribution = readable.answer(
            attributor.attribute(
                readable.read, min_confidence=options.min_confidence, include_nonspeech=options.include_nonspeech
            )
        )
        if options.json:
            answer = contract_body(AttributedArticle(attribution, text, offset_unit=options.offset_unit))
            line = answer if len(options.files) == 1 else {"id": name, "result": answer}
            print(json.dumps(line, ensure_ascii=False))
        else:
            print_table(attribution, name, console)
    return status


def serve(options: argparse.Namespace, settings: Settings) -> int:
    """Run gunicorn in this process, so that it receives the process's signals. gunicorn ends the process."""
    model = _model(options, settings)
    os.environ["MODEL_PATH"] = str(model.resolve())
    os.environ["PORT"] = str(options.port or settings.port)
    sys.argv = ["gunicorn", "--config", "python:service.http.gunicorn_conf"]  # where gunicorn reads its options
    with libraries.loading():
        from gunicorn.app.wsgiapp import WSGIApplication  # not needed by other commands

        server = WSGIApplication(prog="gunicorn")
    server.run()
    return 0  # not reached: gunicorn exits by itself


def bulk(options: argparse.Namespace, settings: Settings) -> int:
    """Attribute the quotes of an archive."""
    from service.bulk import command  # imports what other commands do not need

    options.model = _model(options, settings)
    return command.run(options, settings)


def report(options: argparse.Namespace, _: Settings) -> int:
    """Write a page about an archive's result."""
    from service.report import command

    return command.run(options)


def search(options: argparse.Namespace, _: Settings) -> int:
    """Print the quotes in a database that match."""
    from service.database import command

    return command.run(options)


def settings_table(_: argparse.Namespace, __: Settings) -> int:
    """Print every setting of the service as a Markdown table."""
    print(markdown_table())
    return 0


def openapi(_: argparse.Namespace, __: Settings) -> int:
    """Print the OpenAPI document."""
    from service.http.openapi import document  # imports Flask

    print(json.dumps(document(), indent=2))
    return 0


def parser() -> argparse.ArgumentParser:
    """The commands and their arguments."""
    root = argparse.ArgumentParser(
        prog="quote-attribution", description="Who said each quote of a news article, and which outlet reported it."
    )
    commands = root.add_subparsers(required=True, metavar="COMMAND")
    for add in (_add_attribute, _add_bulk, _add_search, _add_report, _add_serve):
        add(commands)
    commands.add_parser("settings", help="list the environment's settings").set_defaults(command=settings_table)
    commands.add_parser("openapi", help="print the OpenAPI document").set_defaults(command=openapi)
    return root


def _add_attribute(commands: _Commands) -> None:
    parser = commands.add_parser("attribute", help="attribute the quotes of articles in text files")
    parser.set_defaults(command=attribute)
    parser.add_argument(
        "files", nargs="*", default=[_STANDARD_INPUT], metavar="FILE", help="UTF-8 text; - or none: stdin"
    )
    parser.add_argument("--json", action="store_true", help="print JSON, as over HTTP: one line per article")
    _add_answer_options(parser)


def _add_bulk(commands: _Commands) -> None:
    parser = commands.add_parser("bulk", help="attribute the quotes of an archive; repeat the command to resume")
    parser.set_defaults(command=bulk)
    parser.add_argument("source", type=_path_or_stdin, metavar="IN", help=_ARCHIVES)
    parser.add_argument("target", type=Path, metavar="OUT", help=f"named {archive_suffixes()}")
    parser.add_argument(
        "--processes", type=_positive, metavar="N", help="processes or, with ray, actors (default: one per processor)"
    )
    parser.add_argument(
        "--allow-failures", action="store_true", help="exit with 0 even if articles failed or there were none"
    )
    parser.add_argument("--engine", choices=("local", "ray"), default="local", help="where to run (default: local)")
    parser.add_argument("--id-field", default="id", metavar="NAME", help="field or column of the id (default: id)")
    parser.add_argument(
        "--text-field", default="text", metavar="NAME", help="field or column of the text (default: text)"
    )
    _add_answer_options(parser)


def _add_search(commands: _Commands) -> None:
    parser = commands.add_parser("search", help="search a database written by bulk")
    parser.set_defaults(command=search)
    parser.add_argument("database", type=Path, metavar="DB", help="*.db")
    parser.add_argument("words", nargs="*", metavar="WORD", help="words of the quote; a phrase as '\"so it is\"'")
    parser.add_argument("--speaker", default="", metavar="NAME", help="the speaker, by any name that the articles use")
    parser.add_argument("--outlet", default="", metavar="NAME", help="the credited outlet, by id or part of its name")
    parser.add_argument("--since", default="", metavar="DATE", help="first date, such as 2026-11 or 2026-11-30")
    parser.add_argument("--until", default="", metavar="DATE", help="last date")
    parser.add_argument(
        "--limit", type=_positive, default=20, metavar="N", help="maximum number of quotes (default: 20)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON: one line per quote")


def _add_report(commands: _Commands) -> None:
    parser = commands.add_parser("report", help="write an HTML report on the results")
    parser.set_defaults(command=report)
    parser.add_argument("result", type=Path, metavar="OUT", help="a result of bulk, except *.csv")
    parser.add_argument("--to", type=Path, metavar="FILE", help="file to write (default: OUT.html)")


def _add_serve(commands: _Commands) -> None:
    parser = commands.add_parser("serve", help="serve over HTTP")
    parser.set_defaults(command=serve)
    parser.add_argument("--port", type=int, help="default: PORT, or 8000")
    _add_model_option(parser)


def _add_answer_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--offset-unit", choices=get_args(OffsetUnit), default="codepoint", help="unit of the offsets in JSON"
    )
    parser.add_argument(
        "--min-confidence",
        type=_probability,
        default=0.0,
        metavar="P",
        help="leave out speakers and outlets below this confidence, from 0 to 1",
    )
    parser.add_argument("--include-nonspeech", action="store_true", help="also return quoted words that are not speech")
    _add_model_option(parser)


def _add_model_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--model", type=Path, metavar="DIRECTORY", help="directory of the checkpoint (default: MODEL_PATH)"
    )


def _model(options: argparse.Namespace, settings: Settings) -> Path:
    """The directory of the checkpoint to use. Raises ``NoModelError`` if it does not exist."""
    path: Path = options.model or settings.model_path
    if not path.is_dir():
        raise NoModelError(f"no model at {path}; set --model or MODEL_PATH")
    return path


def _load(path: Path, device: Device, precision: Precision) -> QuoteAttributor:
    libraries.prepare()
    from service.attribution import QuoteAttributor  # imports torch, hence after prepare()

    return QuoteAttributor.load(path, device, precision)


def _read(name: str) -> str:
    """The text of a file or of standard input. Raises ``OSError``, or ``ValueError`` if it is blank or not UTF-8."""
    content = sys.stdin.buffer.read() if name == _STANDARD_INPUT else Path(name).read_bytes()
    text = content.decode("utf-8-sig")
    if not text or text.isspace():
        raise ValueError("the text is empty")
    return text


def _path_or_stdin(argument: str) -> Path | None:
    return None if argument == _STANDARD_INPUT else Path(argument)


def _probability(argument: str) -> float:
    with suppress(ValueError):
        if 0 <= (value := float(argument)) <= 1:
            return value
    raise argparse.ArgumentTypeError("must be a number from 0 to 1")


def _positive(argument: str) -> int:
    with suppress(ValueError):
        if (value := int(argument)) >= 1:
            return value
    raise argparse.ArgumentTypeError("must be a whole number of at least 1")


def _fail(message: str) -> int:
    print(f"error: {message}", file=sys.stderr)
    return 1
