"""The application factory."""

from __future__ import annotations

import math
from collections.abc import Callable

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from service.http import auth, cors, errors, logs, request_scope
from service.http.context import Context, attach
from service.http.metrics import Metrics
from service.http.routes import attributions, batch, docs, operations, page
from service.serving.engine import Engine
from service.serving.jobs import RefusalReason
from service.serving.scheduler import Scheduler
from service.serving.slots import Slots
from service.settings import RESERVED_THREADS, Settings


class _JSONProvider(DefaultJSONProvider):
    sort_keys = False  # keep the order of the contract


class _App(Flask):
    json_provider_class = _JSONProvider


def create_app(settings: Settings | None = None, load: Callable[[], Engine] | None = None) -> Flask:
    """The service as a WSGI application. It starts to load the model in the background.

    ``settings`` default to the environment's. ``load`` replaces the engine that is loaded from the checkpoint.
    """
    settings = settings or Settings()
    metrics = Metrics()
    scheduler = Scheduler(
        load or (lambda: _load_checkpoint(settings)),
        max_chars=settings.max_queue_chars,
        hang_seconds=settings.hang_seconds,
        observer=metrics,
    )
    app = _App("service", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes
    threads = settings.http_threads - RESERVED_THREADS
    streams = math.ceil(threads / 3)
    slots = Slots(threads - streams, RefusalReason.REQUESTS, metrics)
    stream_slots = Slots(streams, RefusalReason.STREAMS, metrics)
    attach(app, Context(settings, scheduler, slots, stream_slots, metrics))
    request_scope.register(app)
    logs.register(app)
    metrics.watch(app)
    errors.register(app)
    cors.register(app, settings)
    auth.register(app, settings)
    for module in (attributions, batch, docs, page):
        app.register_blueprint(module.blueprint)
    for blueprint in (operations.health, operations.info, operations.monitoring):
        app.register_blueprint(blueprint)
    scheduler.start()
    return app


def _load_checkpoint(settings: Settings) -> Engine:
    from service.attribution import QuoteAttributor  # imports torch, which takes seconds

    return QuoteAttributor.load(settings.model_path, settings.device, settings.precision)
