"""The packages that requirements bring: they fit together, and their licences allow what is done with them."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from service.settings import PROJECT_ROOT

# Licences that leave a service which uses the package free: permissive ones, and those whose conditions end at the
# package's own files (MPL). SPDX ids, and the names that packages from before SPDX give.
COMPATIBLE = {
    "0BSD",
    "3-Clause BSD License",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "Apache 2.0",
    "Apache 2.0 License",
    "Apache",
    "Apache Software License",
    "BSD License",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC-BY-SA-3.0",  # of schema.org's descriptions, in a package that only tests use
    "CC0-1.0",
    "CNRI-Python",
    "ISC License (ISCL)",
    "MIT",
    "MIT License",
    "MPL-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)",
    "PSF-2.0",
    "Zlib",
}

# Packages whose metadata names no licence, but whose LICENSE file is this one.
BY_THEIR_FILES = {"axe-playwright-python": "MIT"}


LOCKS = PROJECT_ROOT / "locks"


def locked(name: str) -> dict[str, str]:
    """The version of each package of a lock, by its normalised name."""
    lines = (LOCKS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    pins = (re.match(r"([\w.-]+)==([^ ;]+)", line) for line in lines)
    return {normalised(pin[1]): pin[2] for pin in pins if pin}


def normalised(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()


def required(*files: str) -> dict[str, str]:
    """The version of each package that requirements*.txt ask for."""
    lines = [line for file in files for line in (PROJECT_ROOT / file).read_text(encoding="utf-8").splitlines()]
    pins = (re.match(r"([\w-]+)(?:\[\w+\])?==(\S+)", line) for line in lines)
    return {normalised(pin[1]): pin[2] for pin in pins if pin}


def held_packages() -> set[str]:
    return {"torch"}.union(*(locked(name) for name in ("dev", "ray", "train")))


@pytest.mark.parametrize("name", ["bulk", "ray", "train", "dev"])
def test_a_lock_has_what_the_requirements_ask_for(name: str) -> None:
    asked = required("requirements.txt", f"requirements-{name}.txt")
    lock = locked("dev" if name == "bulk" else name) | locked("torch-gpu")
    assert asked.items() <= lock.items(), "run `make lock`"


def test_every_locked_file_has_a_digest() -> None:
    for path in LOCKS.glob("*.txt"):
        pins = re.split(r"\n(?=[\w.-]+==)", path.read_text(encoding="utf-8"))[1:]
        assert pins
        assert all("--hash=sha256:" in pin for pin in pins), path


def test_torch_is_the_same_everywhere() -> None:
    (wanted,) = {version for name, version in required("requirements.txt").items() if name == "torch"}
    assert locked("torch-gpu")["torch"] == wanted
    assert set(re.findall(r"(?m)^torch==([\d.]+)", (LOCKS / "torch-cpu.txt").read_text())) == {wanted}


@pytest.fixture(scope="module")
def listed() -> dict[str, str]:
    """The licence of each package by docs/licences.md."""
    lines = (PROJECT_ROOT / "docs" / "licences.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return dict(rows[2:])


@pytest.mark.slow
def test_they_fit_together() -> None:
    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_every_package_s_licence_is_listed(listed: dict[str, str]) -> None:
    assert set(map(normalised, listed)) == held_packages(), "run `make licences`"
    command = [
        sys.executable,
        "-m",
        "piplicenses",
        "--from=mixed",
        "--format=json",
        "--with-system",
        "--packages",
        *held_packages(),
    ]
    installed = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert installed
    for package in installed:
        assert listed[package["Name"]] == package["License"], "run `make licences`"


def test_every_licence_is_compatible(listed: dict[str, str]) -> None:
    for package, licence in listed.items():
        licence = BY_THEIR_FILES.get(package, licence)
        either = [choice.split(" AND ") for choice in licence.replace("; ", " AND ").split(" OR ")]
        assert any(set(terms) <= COMPATIBLE for terms in either), f"{package}: {licence}"
