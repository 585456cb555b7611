"""What the routes share: the settings and the inference lane of the app that serves the request."""

from __future__ import annotations

from dataclasses import dataclass
from threading import BoundedSemaphore

from flask import Flask, current_app

from service.http.lane import InferenceLane
from service.settings import Settings

_KEY = "quote-attribution"


@dataclass(frozen=True, slots=True)
class Context:
    """``slots`` bounds the threads that attribution requests hold, from before their body is read."""

    settings: Settings
    lane: InferenceLane
    slots: BoundedSemaphore


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
