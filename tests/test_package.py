"""The wheel: what is in it, and that it works in an environment of its own, from any folder."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path
from urllib.request import urlopen

import pytest

from service import __version__
from service.settings import PROJECT_ROOT
from tests.waiting import wait_for

pytestmark = pytest.mark.slow

ARTICLE = "“The bridge opens on Monday,” Mayor Ada Brook told Reuters.\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder)]
    subprocess.run([*command, str(PROJECT_ROOT)], check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The console script of an environment that has the wheel, and sees the dependencies of this one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    packages = folder / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    command = [sys.executable, "-m", "pip", "--python", str(folder), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "bin" / "quote-attribution"


def run(installed: Path, cwd: Path, *arguments: str, status: int = 0) -> str:
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "MODEL_PATH")}
    done = subprocess.run([installed, *arguments], cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == status, done.stderr
    return done.stdout + done.stderr


def test_it_holds_the_service_the_data_and_the_model(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(["git", "ls-files", "service"], cwd=PROJECT_ROOT, capture_output=True, text=True)
    assert set(tracked.stdout.split()) <= names
    model = PROJECT_ROOT / "model_cache" / "quote-attribution-minilm"
    assert {f"service/checkpoint/{path.name}" for path in model.iterdir()} <= names
    assert not any(name.startswith(("tests", "training", "benchmarks")) for name in names)


def test_its_metadata(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (path,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    metadata = archive.read(path).decode()
    assert f"\nVersion: {__version__}\n" in metadata
    assert "\nLicense-Expression: Apache-2.0\n" in metadata
    assert re.findall(r"(?m)^Provides-Extra: (\w+)$", metadata) == ["bulk", "datasette", "dev", "ray", "train"]
    assert re.search(r"(?m)^Requires-Dist: torch==", metadata)
    assert re.search(r"(?m)^Requires-Dist: pyarrow==.*extra == .bulk.", metadata)


def test_it_says_what_it_can_do(installed: Path, tmp_path: Path) -> None:
    said = run(installed, tmp_path, "--help")
    assert all(command in said for command in ("serve", "attribute", "bulk", "report"))


def test_a_model_that_is_not_there_is_named(installed: Path, tmp_path: Path) -> None:
    for command in (["serve"], ["attribute"], ["bulk", "in.jsonl", "out.jsonl"]):
        assert "no model at nowhere" in run(installed, tmp_path, *command, "--model", "nowhere", status=1)


@pytest.mark.model
def test_it_attributes_from_any_folder(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    answer = json.loads(run(installed, tmp_path, "attribute", "--json", "article.txt").splitlines()[-1])
    (quote,) = answer["quotes"]
    assert (quote["speaker"]["name"], quote["outlet"]["id"]) == ("Ada Brook", "reuters")


@pytest.mark.model
def test_an_archive_and_its_report(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "a", "text": ARTICLE}) + "\n", encoding="utf-8")
    run(installed, tmp_path, "bulk", "--processes", "1", "in.jsonl", "out.jsonl")
    run(installed, tmp_path, "report", "out.jsonl")
    assert "Ada Brook" in (tmp_path / "out.jsonl.html").read_text(encoding="utf-8")


@pytest.mark.model
def test_it_serves(installed: Path, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [str(installed), "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=tmp_path, env=environment | {"BIND_ADDRESS": "127.0.0.1"}) as process:
        try:
            wait_for(lambda: _answers(port), seconds=300)
        finally:
            process.terminate()
            process.wait(timeout=60)


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False
