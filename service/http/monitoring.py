"""``GET /metrics``: the figures of the service, for Prometheus."""

from __future__ import annotations

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST

from service.http.context import context

blueprint = Blueprint("monitoring", __name__)


@blueprint.get("/metrics")
def metrics() -> Response:
    """Requests, queue, inference and answers, and the process itself."""
    served_by = context()
    return Response(served_by.metrics.text(served_by.lane), content_type=CONTENT_TYPE_LATEST)
