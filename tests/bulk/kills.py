"""Kills runs over an archive at random moments, and compares what they leave with what a run left alone makes.

``python -m tests.bulk.kills --articles 1000 --rounds 10`` does so with a stand-in for the model, ``--real`` with the
shipped one; ``--result .db --kills 3`` kills each run into a database three times. The articles are invented.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from service.settings import PROJECT_ROOT
from tests.article_files import load_articles

STAND_IN = ("tests.bulk.faked",)
SHIPPED = ("service", "bulk")


def write_archive(path: Path, articles: int) -> None:
    """Write an archive, every tenth article of which is at fault."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(articles):
            text = f"“The bridge opens on day {number},” Ada Brook told Reuters.{' Nobody knew.' * (number % 7)}"
            article = {"id": f"a{number}", "text": " " if number % 10 == 9 else text}
            file.write(json.dumps(article) + "\n")


def write_long_archive(path: Path, articles: int) -> None:
    """Write an archive of the articles that the tests have, over and over."""
    invented = load_articles()
    with path.open("w", encoding="utf-8") as file:
        for number in range(articles):
            article = invented[number % len(invented)]
            file.write(json.dumps({"id": f"{article.name}-{number}", "text": article.text}) + "\n")


def run(source: Path, target: Path, command: tuple[str, ...], *, kill_at: int | None = None) -> bool:
    """Run over an archive, and kill the run when it has written so many bytes. Returns whether it came to its end."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command, str(source), str(target), "--processes", "2", "--allow-failures"],
        cwd=PROJECT_ROOT,
        stderr=subprocess.PIPE,
    )
    while kill_at is not None and process.poll() is None:
        if written(target) >= kill_at:
            process.kill()  # and not its workers, which must see to themselves
        time.sleep(0.001)
    _, errors = process.communicate()
    if process.returncode not in (0, -signal.SIGKILL):
        raise RuntimeError(errors.decode())
    return process.returncode == 0


def kill(source: Path, target: Path, command: tuple[str, ...], *, times: int, most: int) -> list[int]:
    """Begin a run, and go on with it, each time to kill it when it has written so many bytes, at random up to ``most``.

    Returns how many it had written at each kill: fewer than so many times if it came to its end.
    """
    kept: list[int] = []
    while len(kept) < times and not run(source, target, command, kill_at=random.randint(written(target), most)):
        kept.append(written(target))
        most = max(most, kept[-1])
    return kept


def written(target: Path) -> int:
    """The bytes that a run has written which has not come to its end: its journal, and what it makes of it."""
    working = target.with_name(target.name + ".partial")
    return sum(size_of(working / name) for name in ("answers.jsonl", "finished"))


def size_of(file: Path) -> int:
    """The size of a file that another process may just be taking away."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def database_rows(target: Path) -> list[str]:
    """Every row of a result that is a database, and its schema, as SQL."""
    with closing(sqlite3.connect(target)) as connection:
        return list(connection.iterdump())


def ids_in(lines: Path) -> list[str]:
    return [json.loads(line)["id"] for line in lines.read_bytes().splitlines()]


def ids_in_database(target: Path) -> list[str]:
    with closing(sqlite3.connect(target)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM articles ORDER BY id")]


def faults(source: Path, target: Path) -> list[str]:
    """What is wrong with a result: articles that it lacks, has twice, or has in another place."""
    wanted = ids_in(source)
    given = ids_in_database(target) if target.suffix == ".db" else ids_in(target)
    lost = (Counter(wanted) - Counter(given)).total()
    doubled = (Counter(given) - Counter(wanted)).total()
    return [
        f"{number} {what}"
        for number, what in ((lost, "lost"), (doubled, "doubled"), (int(wanted != given), "order"))
        if number
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--kills", type=int, default=1, help="in a round")
    parser.add_argument("--result", choices=(".jsonl", ".db"), default=".jsonl")
    parser.add_argument("--real", action="store_true", help="the shipped model on longer articles")
    arguments = parser.parse_args()
    command = SHIPPED if arguments.real else STAND_IN
    with tempfile.TemporaryDirectory() as folder:
        source, whole = Path(folder, "in.jsonl"), Path(folder, f"whole{arguments.result}")
        (write_long_archive if arguments.real else write_archive)(source, arguments.articles)
        began = time.monotonic()
        run(source, whole, command)
        print(f"left alone: {time.monotonic() - began:.0f} s, {faults(source, whole) or 'complete'}", flush=True)
        most = whole.stat().st_size * (1 if arguments.result == ".jsonl" else 2)  # a database has a journal besides
        for number in range(1, arguments.rounds + 1):
            target = Path(folder, f"{number}{arguments.result}")
            kept = kill(source, target, command, times=arguments.kills, most=most)
            run(source, target, command)
            print(
                f"round {number}: killed with {', '.join(f'{part / most:.1%}' for part in kept) or 'nothing'} written; "
                f"in the end {faults(source, target) or 'complete'}, "
                f"{'identical' if target.read_bytes() == whole.read_bytes() else 'DIFFERENT'}",
                flush=True,
            )


if __name__ == "__main__":
    main()
