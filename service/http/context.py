"""The parts of the app that the routes share."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app

from service.http.metrics import Metrics
from service.serving.scheduler import Scheduler
from service.serving.slots import Slots
from service.settings import Settings

_KEY = "quote-attribution"


@dataclass(frozen=True, slots=True)
class Context:
    """The parts of one app. Batches and streams hold a thread for long, and so have slots of their own."""

    settings: Settings
    scheduler: Scheduler
    slots: Slots
    stream_slots: Slots
    metrics: Metrics


def attach(app: Flask, context: Context) -> None:
    app.extensions[_KEY] = context


def context() -> Context:
    """The context of the current app."""
    attached: Context = current_app.extensions[_KEY]
    return attached


def context_of(app: Flask) -> Context:
    """The context of ``app``, for code outside a request."""
    attached: Context = app.extensions[_KEY]
    return attached
