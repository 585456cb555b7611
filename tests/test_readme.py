"""What the README says holds: its curl examples run as they stand, and its table of settings is the settings'."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from service.settings import PROJECT_ROOT, markdown_table

README = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```bash\n(curl .*?)\n```\n(?:\n```json\n(.*?)\n```)?", README, re.DOTALL)


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
