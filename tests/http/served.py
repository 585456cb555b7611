"""The app on a fake attributor, for gunicorn to serve: ``tests.http.served:make_app()``."""

from __future__ import annotations

import os
import time
from pathlib import Path

from flask import Flask

from service.http import create_app
from tests.fakes import FakeAttributor

HOLD = "TEST_HOLD"  # the environment variable with the path of a file; while it exists, inference does not end
HELD_SUFFIX = ".held"  # of the file that appears when it first keeps inference waiting


def make_app() -> Flask:
    hold = Path(os.environ[HOLD])

    def wait() -> None:
        while hold.exists():
            hold.with_suffix(HELD_SUFFIX).touch()
            time.sleep(0.01)

    return create_app(load=lambda: FakeAttributor(before_batch=wait))
