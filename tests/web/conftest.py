"""The page in a real browser: Chromium, where the machine has one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from service.http import create_app
from service.http.context import context_of
from service.serving.engine import Engine
from service.settings import Settings
from tests.http.conftest import ready
from tests.web.newsroom import Newsroom

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
_PATIENCE_MS = 60_000  # the machine may be busy

OpenPage = Callable[..., Page]


class Modules:
    """The page's scripts by themselves, in the browser that runs them."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def call(self, module: str, function: str, *arguments: Any) -> Any:
        """What a function of a module returns, maps and sets as lists."""
        return self.run(f"return (await load('{module}')).{function}(...given);", *arguments)

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script returns; ``load`` imports a module, and ``given`` are the arguments."""
        return self._page.evaluate(
            f"""async (given) => {{
                const load = (name) => import(`/page/${{name}}.js`);
                const result = await (async () => {{ {script} }})();
                return result instanceof Map || result instanceof Set ? [...result] : result;
            }}""",
            list(arguments),
        )


@contextmanager
def served(load: Callable[[], Engine] | None = None) -> Iterator[str]:
    """The address of a service of this process, by default on the shipped checkpoint; it is ready."""
    app: Flask = ready(create_app(Settings(), load=load))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}/"
    finally:
        server.shutdown()
        thread.join()
        scheduler = context_of(app).scheduler
        scheduler.close()
        scheduler.join(5)  # a thread of torch's that ends after the interpreter aborts the process


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("no Chromium: install one (Debian: apt-get install chromium) or name it in CHROMIUM")
    expect.set_options(timeout=_PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            timeout=_PATIENCE_MS,
            args=["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def address() -> Iterator[str]:
    """A service that knows the newsroom's article."""
    with served(Newsroom) as address:
        yield address


@pytest.fixture(scope="package")
def modules(browser: Browser, address: str) -> Iterator[Modules]:
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(_PATIENCE_MS)
    page.goto(address)
    yield Modules(page)
    context.close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[OpenPage]:
    """Open the page in a context of its own: ``open_page("#nonspeech=1", color_scheme="dark")``.

    After the test it must have asked nobody but its own service, and have thrown nothing.
    """
    faults: list[str] = []
    contexts = []

    def open_(fragment: str = "", at: str = address, **options: object) -> Page:
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(_PATIENCE_MS)
        page.on("request", lambda r: None if r.url.startswith((at, "data:")) else faults.append(f"asked {r.url}"))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: faults.append(f"dialog {dialog.message}"))
        page.on("console", lambda m: faults.append(m.text) if "Content Security Policy" in m.text else None)
        page.goto(at + fragment)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert faults == []
