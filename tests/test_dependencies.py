"""The packages that requirements bring: they fit together, and their licences allow what is done with them."""

from __future__ import annotations

import json
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


def held_packages() -> list[str]:
    lines = (PROJECT_ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [line.partition("==")[0] for line in lines if not line.startswith("#")] + ["torch"]


@pytest.fixture(scope="module")
def listed() -> dict[str, str]:
    """The licence of each package by docs/licences.md."""
    lines = (PROJECT_ROOT / "docs" / "licences.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return dict(rows[2:])


def test_they_fit_together() -> None:
    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_package_s_licence_is_listed(listed: dict[str, str]) -> None:
    assert set(listed) == set(held_packages()), "run `make licences`"
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
