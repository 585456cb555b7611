"""Health: ``/livez`` (restart me if not), ``/readyz`` (send me work), ``/healthz`` (readiness, for people)."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from service.http.articles import require_ready
from service.http.context import context
from service.http.problems import UNAVAILABLE, Problem

blueprint = Blueprint("health", __name__)


@blueprint.get("/livez")
def live() -> Response:
    """200 unless only a restart can help: the model failed to load, or inference hangs."""
    _require_no_fault()
    return jsonify(status="alive")


@blueprint.get("/readyz")
@blueprint.get("/healthz", endpoint="health")
def ready() -> Response:
    """200 from the warm-up of the model to the start of the shutdown, but not while there has long been no room."""
    _require_no_fault()
    require_ready(context())
    _require_room()
    return jsonify(status="ready")


def _require_no_fault() -> None:
    if fault := context().lane.fault():
        raise Problem(UNAVAILABLE, f"{fault}.".capitalize())


def _require_room() -> None:
    served_by = context()
    full_seconds = max(served_by.lane.full_seconds, served_by.slots.full_seconds)
    if full_seconds > served_by.settings.full_seconds:
        raise Problem(UNAVAILABLE, f"Requests have been turned away for {full_seconds:.0f} s.")
