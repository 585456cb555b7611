"""Runs the attribution of an archive, or resumes it after the last complete article."""

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
"""Answers a source's entries after the first so many, which are done. Yields each entry's position and its line, in
order."""

SERVICE = Path(__file__).resolve().parent.parent
_RULES = ("attribution", "data", "intake")
"""The folders of the service that, with the checkpoint, determine an answer."""


def attribute_archive(
    source: Source, target: Path, identity: Mapping[str, Any], engine: Engine, console: Console
) -> Totals | None:
    """Write ``target``, which appears only when it is complete; until then the work is in a folder beside it.

    A run can only be resumed with the same ``identity``, whose values are JSON. Returns None, without doing anything,
    if ``target`` exists. Raises ``BulkError`` or ``OSError``.
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
    """The folder of the unfinished work for ``target``."""
    return target.with_name(target.name + WORKING_SUFFIX)


def identity_of(source: Source, model: Path, options: Mapping[str, Any]) -> dict[str, Any]:
    """What must be equal for a run to be resumed: archive, checkpoint, rules, options and version."""
    return {
        "archive": source.fingerprint,
        "model": _digest(model),
        "rules": [_digest(SERVICE / folder) for folder in _RULES],
        "options": dict(options),
        "version": __version__,
    }


def _digest(folder: Path) -> str:
    """A digest of the paths and contents of the files in a folder, except compiled Python files."""
    digest = hashlib.sha256()
    for file in sorted(file for file in folder.rglob("*") if file.is_file() and file.suffix != ".pyc"):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        digest.update(f"{file.relative_to(folder).as_posix()}\0{content}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _claim(file: Path, identity: Mapping[str, Any], *, begun: bool) -> None:
    """Record the identity of a new run. Raises ``RunMismatch`` if the run to resume has another one."""
    if begun:
        earlier = json.loads(file.read_bytes())
        if changed := sorted(name for name in identity if earlier.get(name) != identity[name]):
            raise RunMismatch(f"{file.parent} is from a run with another {', '.join(changed)}; delete it to start over")
        return
    draft = file.with_suffix(".draft")
    draft.write_text(json.dumps(identity), encoding="utf-8")
    os.replace(draft, file)


def _finish(form: ArchiveFormat, lines: Path) -> Path:
    """The complete result as a file that is to be moved to the target."""
    if form.write is None:
        return lines
    finished = lines.with_name("finished")
    form.write(lines, finished)
    with finished.open("rb") as file:
        os.fsync(file.fileno())
    return finished
