"""What the README says holds: its curl examples run as they stand, and its table of settings is the settings'."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError

import pytest

from service.settings import PROJECT_ROOT, markdown_table
from tests.http.conftest import wait_for

README = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```bash\n(curl .*?)\n```\n(?:\n```json\n(.*?)\n```)?", README, re.DOTALL)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log: Path = tmp_path_factory.mktemp("serve") / "log"
    environment = {**os.environ, "PORT": str(port), "BIND_ADDRESS": "127.0.0.1"}
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [sys.executable, "-m", "service", "serve"], env=environment, cwd=PROJECT_ROOT, stdout=output, stderr=output
        ) as process,
    ):
        try:
            wait_for(lambda: _is_ready(port), seconds=120)
            yield f"127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=60)


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as response:
            return bool(response.status == 200)
    except URLError:
        return False


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 2


@pytest.mark.model
@pytest.mark.parametrize(("command", "answer"), EXAMPLES, ids=range(len(EXAMPLES)))
def test_a_curl_example_gives_the_answer_that_is_shown(address: str, command: str, answer: str) -> None:
    runnable = command.replace("localhost:8000", address)
    assert runnable != command
    done = subprocess.run(["bash", "-c", runnable], capture_output=True, text=True, cwd=PROJECT_ROOT, check=True)
    if answer:
        assert _shape(json.loads(done.stdout)) == _shape(json.loads(answer))
    else:
        assert done.stdout.strip()


def _shape(value: object) -> object:
    """JSON without what changes from checkpoint to checkpoint and from machine to machine: figures and digests."""
    if isinstance(value, dict):
        return {
            k: "..." if k in {"confidence", "sha256", "version", "precision"} else _shape(v) for k, v in value.items()
        }
    if isinstance(value, list):
        return [_shape(v) for v in value]
    return value


def test_the_table_of_settings_is_the_settings() -> None:
    assert markdown_table() in README
