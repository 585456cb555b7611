"""The application factory."""

from __future__ import annotations

import math
from collections.abc import Callable

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from service.http import auth, errors, logs, request_scope
from service.http.context import Context, attach
from service.http.metrics import Metrics
from service.http.routes import attributions, batch, docs, operations, page
from service.serving.lane import Attributor, InferenceLane
from service.serving.slots import Slots
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
    metrics = Metrics()
    lane = InferenceLane(
        load or (lambda: _load_checkpoint(settings)),
        max_queue_chars=settings.max_queue_chars,
        max_batch_chars=settings.max_inference_chars,
        hang_seconds=settings.hang_seconds,
        report=metrics.count_batch,
    )
    app = _App("service", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes
    slots = settings.http_threads - RESERVED_THREADS
    streams = math.ceil(slots / 3)
    attach(app, Context(settings, lane, Slots(slots - streams), Slots(streams), metrics))
    request_scope.register(app)
    logs.register(app)
    metrics.watch(app)
    errors.register(app)
    auth.register(app, settings)
    for module in (attributions, batch, docs, page):
        app.register_blueprint(module.blueprint)
    for blueprint in (operations.health, operations.info, operations.monitoring):
        app.register_blueprint(blueprint)
    lane.start()
    return app


def _load_checkpoint(settings: Settings) -> Attributor:
    from service.attribution import QuoteAttributor  # brings torch: seconds that the health endpoints need not wait

    return QuoteAttributor.load(settings.model_path, settings.device)
