"""The application factory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import BoundedSemaphore

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from service.http import attributions, health, info, logs, problems, request_id
from service.http.context import Context, attach
from service.http.lane import Attributor, InferenceLane
from service.settings import RESERVED_THREADS, Settings


class _JSONProvider(DefaultJSONProvider):
    sort_keys = False  # the contract's order reads better


class _App(Flask):
    json_provider_class = _JSONProvider


def create_app(settings: Settings | None = None, load: Callable[[], Attributor] | None = None) -> Flask:
    """The service as a WSGI application; its model starts to load in the background.

    ``settings`` are read from the environment by default; ``load`` gives another attributor than the checkpoint's.
    """
    settings = settings or Settings()
    lane = InferenceLane(
        load or (lambda: _load_checkpoint(settings.model_path)),
        max_queue_chars=settings.max_queue_chars,
        max_batch_chars=settings.max_inference_chars,
        hang_seconds=settings.hang_seconds,
    )
    app = _App("service", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes
    attach(app, Context(settings, lane, slots=BoundedSemaphore(settings.http_threads - RESERVED_THREADS)))
    request_id.register(app)
    logs.register(app)
    problems.register(app)
    for module in (attributions, health, info):
        app.register_blueprint(module.blueprint)
    lane.start()
    return app


def _load_checkpoint(path: Path) -> Attributor:
    from service.attribution import QuoteAttributor  # brings torch: seconds that the health endpoints need not wait

    return QuoteAttributor.load(path)
