"""What the image leaves out of its virtual environment."""

from __future__ import annotations

from pathlib import Path

from deploy.slim import compile_only, remove_unused, used_modules

KEPT = ("torch/bin/torch_shm_manager", "torch/lib/libtorch_cpu.so", "torch/testing/__init__.py", "numpy/__init__.py")
REMOVED = (
    "torch/bin/protoc",
    "torch/include/ATen/ATen.h",
    "torch/lib/libtorchbind_test.so",
    "torch/test/cpp",
    "numpy/_core/tests/test_umath.py",
    "pip/__init__.py",
    "pip-26.0.dist-info/METADATA",
)


def make(packages: Path, *names: str) -> None:
    for name in names:
        (packages / name).parent.mkdir(parents=True, exist_ok=True)
        (packages / name).write_text("ANSWER = 1\n")


def test_what_no_service_needs_is_removed(tmp_path: Path) -> None:
    make(tmp_path, *KEPT, *REMOVED)
    remove_unused(tmp_path)
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()) == sorted(KEPT)
    remove_unused(tmp_path)


def test_only_the_modules_in_use_are_compiled(tmp_path: Path) -> None:
    make(tmp_path, "a/used.py", "a/idle.py", "a/__pycache__/idle.cpython-311.pyc", "b/__pycache__/b.pyc")
    compile_only([tmp_path / "a" / "used.py"], tmp_path)
    (compiled,) = tmp_path.rglob("*.pyc")
    assert compiled.name.startswith("used.")
    assert compiled.read_bytes()[4:8] == b"\x01\x00\x00\x00", "by its source's hash, which is not looked at again"


def test_modules_in_use_are_those_that_have_been_imported() -> None:
    packages = Path(__file__).parent
    assert used_modules(packages)
    assert Path(__file__) in used_modules(packages)
