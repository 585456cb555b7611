"""How far the writing of a database is, for the log: what reads the log of this package may show it."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

LOG = logging.getLogger("service.database")

_SECONDS = 60.0  # between two reports on the same work

_T = TypeVar("_T")


def told(items: Iterable[_T], done: str) -> Iterator[_T]:
    """The items; each minute it is told how many of them are ``done``, such as "articles written"."""
    logged = time.monotonic()
    for number, item in enumerate(items):
        if time.monotonic() - logged > _SECONDS:
            LOG.info("%s %s", f"{number:,}", done)
            logged = time.monotonic()
        yield item
