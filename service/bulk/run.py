"""One run over an archive: started anew, or resumed where a run that was killed left off."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console

from service import __version__
from service.bulk.entries import WORKING_SUFFIX, Source
from service.bulk.errors import RunMismatch
from service.bulk.journal import Journal
from service.bulk.progress import Meter, shown
from service.bulk.results import Totals, count, form_of
from service.database.progress import LOG
from service.formats.json_lines import read_lines
from service.formats.registry import ArchiveFormat

Engine = Callable[[Source, int], Iterator[tuple[int, bytes]]]
"""Answers a source's entries, but for as many as the second argument says, which are done: each entry's position and
line, in order."""

SERVICE = Path(__file__).resolve().parent.parent
_RULES = ("attribution", "data", "intake")
"""The folders of the service that decide on an answer together with the checkpoint: the engine, its word lists and the
registry of outlets, and what makes text of what is sent."""


def attribute_archive(
    source: Source, target: Path, identity: Mapping[str, Any], engine: Engine, console: Console
) -> Totals | None:
    """Write ``target``, which appears when it is whole; until then the work is in a folder beside it.

    ``identity`` is what an earlier run must have had in common with this one, JSON values all. Returns None, with
    nothing done, where ``target`` is there already. Raises ``BulkError`` or ``OSError``.
    """
    form = form_of(target)
    working = working_folder(target)
    if target.exists():
        shutil.rmtree(working, ignore_errors=True)
        return None
    working.mkdir(exist_ok=True)
    lines = working / "answers.jsonl"
    with Journal(lines) as journal:
        _claim(working / "run.json", identity, begun=journal.lines > 0)
        with Meter(console, source.size, journal.lines) as meter:
            for position, line in engine(source, journal.lines):
                journal.append(line)
                meter.advance(position)
        totals = count(read_lines(lines))
        console.print(f"writing {target.name}", markup=False)
        with shown(LOG, console):
            finished = _finish(form, lines)
        os.replace(finished, target)
        shutil.rmtree(working)
    return totals


def working_folder(target: Path) -> Path:
    """Where the work is until ``target`` is complete."""
    return target.with_name(target.name + WORKING_SUFFIX)


def identity_of(source: Source, model: Path, options: Mapping[str, Any]) -> dict[str, Any]:
    """What makes two runs the same: the archive, the checkpoint, the rules, the options and the version."""
    return {
        "archive": source.fingerprint,
        "model": _digest(model),
        "rules": [_digest(SERVICE / folder) for folder in _RULES],
        "options": dict(options),
        "version": __version__,
    }


def _digest(folder: Path) -> str:
    """A digest of the files in a folder, their paths and what they hold, without what Python keeps beside them."""
    digest = hashlib.sha256()
    for file in sorted(file for file in folder.rglob("*") if file.is_file() and file.suffix != ".pyc"):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        digest.update(f"{file.relative_to(folder).as_posix()}\0{content}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _claim(file: Path, identity: Mapping[str, Any], *, begun: bool) -> None:
    """Note whose the work is that is going to be done, or see that the work that has been is of the same kind."""
    if begun:
        earlier = json.loads(file.read_bytes())
        if changed := sorted(name for name in identity if earlier.get(name) != identity[name]):
            raise RunMismatch(f"{file.parent} is from a run with another {', '.join(changed)}; delete it to start over")
        return
    draft = file.with_suffix(".draft")
    draft.write_text(json.dumps(identity), encoding="utf-8")
    os.replace(draft, file)


def _finish(form: ArchiveFormat, lines: Path) -> Path:
    """The file that is to become the result."""
    if form.write is None:
        return lines
    finished = lines.with_name("finished")
    form.write(lines, finished)
    with finished.open("rb") as file:
        os.fsync(file.fileno())
    return finished
