"""``python -m tests.bulk.faked IN OUT ...``: ``python -m service bulk`` answering by a stand-in for the model."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import service.cli as cli
from service.bulk import command
from service.bulk.answering import Answer, Options, answer
from service.bulk.entries import Entry
from service.settings import Settings
from tests.fakes import FakeAttributor

KILLER = "killer"
"""An article that holds this ends the process that reads it."""


def load_fake(_: Path, options: Options) -> Answer:
    attributor = FakeAttributor()

    def answer_or_die(entry: Entry) -> bytes:
        if KILLER in str(entry.value):
            os._exit(9)
        return answer(entry, attributor, options)

    return answer_or_die


def fail_to_load(_: Path, __: Options) -> Answer:
    raise OSError("no weights here")


def die_loading(_: Path, __: Options) -> Answer:
    os._exit(9)


def main(arguments: Sequence[str]) -> int:
    return command.run(cli.parser().parse_args(["bulk", *arguments]), Settings(), load=load_fake)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
