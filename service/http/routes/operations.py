"""Endpoints for operators: ``/livez``, ``/readyz``, ``/healthz``, ``/v1/info`` and ``/metrics``."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST

from service import __version__
from service.errors import UNAVAILABLE, Problem
from service.http.articles import RETRY_SOON, require_ready
from service.http.context import context

health = Blueprint("health", __name__)
info = Blueprint("info", __name__, url_prefix="/v1")
monitoring = Blueprint("monitoring", __name__)


@health.get("/livez")
def live() -> Response:
    """200 unless the service must be restarted: the model failed to load, or inference hangs."""
    _require_no_fault()
    return jsonify(status="alive")


@health.get("/readyz")
@health.get("/healthz", endpoint="health")
def ready() -> Response:
    """200 while the service accepts requests: not while loading, during shutdown, or after long saturation."""
    _require_readiness()
    return jsonify(status="ready")


@info.get("/info")
def describe() -> Response:
    """The service's version, its model (null until it is loaded) and its limits."""
    served_by = context()
    settings, model = served_by.settings, served_by.scheduler.model
    return jsonify(
        service={"name": "quote-attribution", "version": __version__},
        model=asdict(model) | {"precision": served_by.scheduler.precision} if model else None,
        limits={
            "max_body_bytes": settings.max_body_bytes,
            "max_article_chars": settings.max_article_chars,
            "max_batch_articles": settings.max_batch_articles,
            "max_queue_chars": settings.max_queue_chars,
            "deadline_seconds": settings.deadline_seconds,
            "batch_deadline_seconds": settings.batch_deadline_seconds,
            "characters_per_second": round(served_by.scheduler.characters_a_second),
        },
    )


@monitoring.get("/metrics")
def measure() -> Response:
    """Metrics of requests, queue, inference, answers and the process, for Prometheus."""
    served_by = context()
    text = served_by.metrics.text(served_by.scheduler, is_ready=_is_ready())
    return Response(text, content_type=CONTENT_TYPE_LATEST)


def _is_ready() -> bool:
    try:
        _require_readiness()
    except Problem:
        return False
    return True


def _require_readiness() -> None:
    _require_no_fault()
    require_ready(context())
    _require_room()


def _require_no_fault() -> None:
    if fault := context().scheduler.fault():
        raise Problem(UNAVAILABLE, f"{fault}.".capitalize(), headers=RETRY_SOON)


def _require_room() -> None:
    served_by = context()
    full_seconds = max(served_by.scheduler.saturated_seconds, served_by.slots.full_seconds)
    if full_seconds > served_by.settings.full_seconds:
        detail = f"Requests have been turned away for {full_seconds:.0f} s."
        raise Problem(UNAVAILABLE, detail, headers=RETRY_SOON)
