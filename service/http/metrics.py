"""Prometheus metrics."""

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
    disable_created_metrics,
    generate_latest,
)

from service import __version__
from service.records import Attribution
from service.serving.jobs import Abandoned, DeadlinePassed, RefusalReason
from service.serving.observer import Slice
from service.serving.scheduler import Scheduler

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_ARTICLES = (1, 2, 4, 8, 16, 32, 64)


class Metrics:
    """The metrics of one app, in a registry of their own. Observes the scheduler."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call] # one more series of each counter: when it began
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
            "quotes_queue_seconds",
            "Time from an article's admission to its first slice.",
            buckets=_SECONDS,
            registry=registry,
        )
        self._slice_seconds = Histogram(
            "quotes_slice_seconds", "Time of one slice, a pass of the encoder.", buckets=_SECONDS, registry=registry
        )
        self._slice_articles = Histogram(
            "quotes_slice_articles", "Articles with windows in a slice.", buckets=_ARTICLES, registry=registry
        )
        self._tokens = Counter("quotes_encoded_tokens", "Tokens encoded.", registry=registry)
        self._refused = Counter(
            "quotes_refused",
            "Requests and articles refused with 429: they would miss their deadline (time), the queue is full (room), "
            "or no thread is free (requests; streams, which includes batches).",
            ["reason"],
            registry=registry,
        )
        self._failed = Counter(
            "quotes_failed",
            "Admitted articles without an answer: the client disconnected (abandoned), the deadline passed (deadline), "
            "or the service failed (error).",
            ["reason"],
            registry=registry,
        )
        for reason in RefusalReason:
            self._refused.labels(reason)
        for name in ("abandoned", "deadline", "error"):
            self._failed.labels(name)
        self._quotes = Counter("quotes_returned", "Quotes returned.", registry=registry)
        self._speakers = Counter("quotes_speakers_returned", "Quotes returned with a speaker.", registry=registry)
        self._outlets = Counter("quotes_outlets_returned", "Quotes returned with an outlet.", registry=registry)
        Info("quotes_service", "The service.", registry=registry).info({"version": __version__})
        self._model = Info("quotes_model", "The model that answers.", registry=registry)
        self._in_flight = Gauge(
            "quotes_articles_in_flight", "Articles admitted but not answered yet.", registry=registry
        )
        self._waiting = Gauge(
            "quotes_articles_waiting", "Articles admitted whose encoding has not begun.", registry=registry
        )
        self._queued = Gauge("quotes_queue_tokens", "Tokens left to encode.", registry=registry)
        self._pace = Gauge("quotes_characters_per_second", "Recent speed of encoding.", registry=registry)
        self._ready = Gauge("quotes_ready", "1 if /readyz answers 200.", registry=registry)

    def watch(self, app: Flask) -> None:
        """Count the requests to ``app``."""
        app.after_request(self._count_request)

    def sliced(self, slice_: Slice) -> None:
        for seconds in slice_.waits:
            self._queue_seconds.observe(seconds)
        self._slice_seconds.observe(slice_.seconds)
        self._slice_articles.observe(slice_.articles)
        self._tokens.inc(slice_.tokens)

    def refused(self, reason: RefusalReason) -> None:
        self._refused.labels(reason).inc()

    def failed(self, error: Exception) -> None:
        kinds = {Abandoned: "abandoned", DeadlinePassed: "deadline"}
        self._failed.labels(kinds.get(type(error), "error")).inc()

    def count_answer(self, attribution: Attribution) -> None:
        """Count the quotes, speakers and outlets of an answer."""
        self._quotes.inc(len(attribution.quotes))
        self._speakers.inc(sum(quote.speaker is not None for quote in attribution.quotes))
        self._outlets.inc(sum(quote.outlet is not None for quote in attribution.quotes))

    def text(self, scheduler: Scheduler, *, is_ready: bool) -> bytes:
        """All metrics in Prometheus's format, including the scheduler's current state."""
        load = scheduler.load()
        self._in_flight.set(load.in_flight)
        self._waiting.set(load.waiting)
        self._queued.set(load.tokens)
        self._pace.set(scheduler.characters_a_second)
        self._ready.set(is_ready)
        if scheduler.model:
            self._model.info(asdict(scheduler.model))
        return generate_latest(self._registry)

    def _count_request(self, response: Response) -> Response:
        rule = request.url_rule
        method, route = (request.method, rule.rule) if rule else ("other", "other")  # clients can invent paths
        self._requests.labels(method, route, response.status_code).inc()
        self._request_seconds.labels(method, route).observe(time.monotonic() - g.began)
        return response
