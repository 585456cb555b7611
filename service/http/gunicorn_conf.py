"""gunicorn's configuration: ``gunicorn --config python:service.http.gunicorn_conf``, as the ``serve`` command runs
it."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import cast

from flask import Flask
from gunicorn.workers.gthread import ThreadWorker

from service import libraries
from service.http.context import context_of
from service.http.logs import logging_config
from service.settings import Settings

settings = Settings()
libraries.prepare()  # here, before a worker imports torch
shared_memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # a disk may be slow, full or read-only
if shared_memory:
    os.environ.setdefault("TMPDIR", shared_memory)  # a library unpacks some 5 MB there at the start

wsgi_app = "service.http:create_app()"
bind = f"{settings.bind_address}:{settings.port}"
worker_class = "service.http.worker.PatientWorker"  # gthread, safe from slow clients
workers = 1  # one model per process; to scale, add replicas
threads = settings.http_threads
preload_app = False  # torch hangs after a fork
keepalive = 75  # seconds; longer than load balancers', so that they do not reuse a closed connection
graceful_timeout = settings.grace_seconds
worker_tmp_dir = shared_memory  # the heartbeat must not wait for a disk
control_socket_disable = True  # it would be created in $HOME
accesslog = None  # the service logs its requests itself
logconfig_dict = logging_config(settings)


def post_worker_init(worker: ThreadWorker) -> None:
    """On SIGTERM, stop admitting articles before gunicorn waits for requests in flight. Also shorten the interpreter's
    switch interval."""
    scheduler = context_of(cast(Flask, worker.wsgi)).scheduler
    sys.setswitchinterval(0.001)  # a fifth of the default, so that the inference thread is not delayed by the others

    def drain(signum: int, frame: FrameType | None) -> None:
        scheduler.close()
        worker.handle_exit(signum, frame)

    signal.signal(signal.SIGTERM, drain)
