"""What is counted and measured, in Prometheus's terms."""

from __future__ import annotations

import time
from dataclasses import asdict

from flask import Flask, Response, g, request
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    Info,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

from service import __version__
from service.records import Attribution
from service.serving.lane import BatchReport, InferenceLane

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_ARTICLES = (1, 2, 4, 8, 16, 32, 64)


class Metrics:
    """The figures of one app, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=registry)
        self._requests = Counter(
            "quotes_http_requests", "Requests answered.", ["method", "route", "status"], registry=registry
        )
        self._request_seconds = Histogram(
            "quotes_http_request_seconds",
            "Time from a request to the start of its answer.",
            ["method", "route"],
            buckets=_SECONDS,
            registry=registry,
        )
        self._queue_seconds = Histogram(
            "quotes_queue_seconds", "Time an article waited for inference.", buckets=_SECONDS, registry=registry
        )
        self._inference_seconds = Histogram(
            "quotes_inference_seconds", "Time of one inference.", buckets=_SECONDS, registry=registry
        )
        self._batch_articles = Histogram(
            "quotes_inference_articles", "Articles of one inference.", buckets=_ARTICLES, registry=registry
        )
        self._characters = Counter("quotes_inference_characters", "Characters attributed.", registry=registry)
        self._quotes = Counter("quotes_returned", "Quotes returned.", registry=registry)
        self._speakers = Counter("quotes_speakers_returned", "Quotes returned with a speaker.", registry=registry)
        self._outlets = Counter("quotes_outlets_returned", "Quotes returned with an outlet.", registry=registry)
        Info("quotes_service", "The service.", registry=registry).info({"version": __version__})
        self._model = Info("quotes_model", "The model that answers.", registry=registry)
        self._queued = Gauge("quotes_queue_characters", "Characters that wait for inference.", registry=registry)
        self._ready = Gauge("quotes_ready", "1 if the service is ready.", registry=registry)

    def watch(self, app: Flask) -> None:
        """Count the requests of ``app``."""
        app.after_request(self._count_request)

    def count_batch(self, report: BatchReport) -> None:
        """Count an inference."""
        for seconds in report.queue_seconds:
            self._queue_seconds.observe(seconds)
        self._inference_seconds.observe(report.inference_seconds)
        self._batch_articles.observe(len(report.queue_seconds))
        self._characters.inc(report.characters)

    def count_answer(self, attribution: Attribution) -> None:
        """Count what an answer holds."""
        self._quotes.inc(len(attribution.quotes))
        self._speakers.inc(sum(quote.speaker is not None for quote in attribution.quotes))
        self._outlets.inc(sum(quote.outlet is not None for quote in attribution.quotes))

    def text(self, lane: InferenceLane) -> bytes:
        """All figures, the lane's of this moment among them, as Prometheus reads them."""
        self._queued.set(lane.queued_chars)
        self._ready.set(lane.is_ready)
        if lane.model:
            self._model.info(asdict(lane.model))
        return generate_latest(self._registry)

    def _count_request(self, response: Response) -> Response:
        rule = request.url_rule
        method, route = (request.method, rule.rule) if rule else ("other", "other")  # clients can make up any number
        self._requests.labels(method, route, response.status_code).inc()
        self._request_seconds.labels(method, route).observe(time.monotonic() - g.began)
        return response
