"""Logs how far the writing of a database has got. ``bulk`` shows this log to the user."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

LOG = logging.getLogger("service.database")

_SECONDS = 60.0  # between two messages

_T = TypeVar("_T")


def log_progress(items: Iterable[_T], done: str) -> Iterator[_T]:
    """The items. Once a minute, logs how many have been processed as, for example, "1,000 articles written"."""
    logged = time.monotonic()
    for number, item in enumerate(items):
        if time.monotonic() - logged > _SECONDS:
            LOG.info("%s %s", f"{number:,}", done)
            logged = time.monotonic()
        yield item
