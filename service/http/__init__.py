"""The HTTP service."""

from service.http.app import create_app

__all__ = ["create_app"]
