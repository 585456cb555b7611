"""Leaves of a virtual environment what the service uses: run with its own interpreter, when the image is built.

    /opt/venv/bin/python -m deploy.slim

Takes away what is there to test, to build against and to install, and compiles the modules that one article needs, no
others. They are not compared with their sources when they are loaded, as nothing changes in an image.
"""

from __future__ import annotations

import compileall
import shutil
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path
from py_compile import PycInvalidationMode

_KEPT = "torch/bin/torch_shm_manager"  # torch is not imported without it
_UNUSED = ("torch/test", "torch/include", "torch/share", "torch/lib/*test*.so", "torch/bin/*", "pip", "pip-*.dist-info")
_TESTS = "*/**/tests"


def remove_unused(packages: Path) -> None:
    """Take from the directory of packages what no service needs."""
    for pattern in (*_UNUSED, _TESTS):
        for path in list(packages.glob(pattern)):
            if path != packages / _KEPT:
                _remove(path)


def compile_only(modules: Iterable[Path], packages: Path) -> None:
    """Compile these modules and no others of the packages."""
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
    # Only now, as they are to be found without what has been removed.
    import service.http.gunicorn_conf  # noqa: F401
    from service.attribution import QuoteAttributor
    from service.settings import Settings

    QuoteAttributor.load(Settings().model_path).attribute("“We are ready,” said Ada Brook.")
    compile_only(used_modules(packages), packages)


if __name__ == "__main__":
    main()
