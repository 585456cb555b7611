"""Removes from a virtual environment what the service does not use. Run by the environment's own interpreter in the
image build:

    /opt/venv/bin/python -m deploy.slim

Removes files for tests, builds and installation, and compiles only the modules that attributing an article imports. The
compiled files are not checked against their sources at import, as nothing changes in an image.
"""

from __future__ import annotations

import compileall
import shutil
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path
from py_compile import PycInvalidationMode

_KEPT = "torch/bin/torch_shm_manager"  # torch cannot be imported without it
_UNUSED = ("torch/test", "torch/include", "torch/share", "torch/lib/*test*.so", "torch/bin/*", "pip", "pip-*.dist-info")
_TESTS = "*/**/tests"


def remove_unused(packages: Path) -> None:
    """Remove files that the service does not need from the directory of packages."""
    for pattern in (*_UNUSED, _TESTS):
        for path in list(packages.glob(pattern)):
            if path != packages / _KEPT:
                _remove(path)


def compile_only(modules: Iterable[Path], packages: Path) -> None:
    """Compile these modules of the packages, and no others."""
    for cache in list(packages.rglob("__pycache__")):
        shutil.rmtree(cache)
    for module in modules:
        compileall.compile_file(module, quiet=1, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH)


def used_modules(packages: Path) -> list[Path]:
    """The modules of the packages that have been imported."""
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return [Path(file) for file in files if file and file.endswith(".py") and Path(file).is_relative_to(packages)]


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    elif path.exists():
        path.unlink()


def main() -> None:
    packages = Path(sysconfig.get_path("purelib"))
    remove_unused(packages)
    # Imported only now, to check that they work without the removed files.
    import service.http.gunicorn_conf  # noqa: F401
    from service.attribution import QuoteAttributor
    from service.settings import Settings

    QuoteAttributor.load(Settings().model_path).attribute("“We are ready,” said Ada Brook.")
    compile_only(used_modules(packages), packages)


if __name__ == "__main__":
    main()
