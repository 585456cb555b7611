from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest

from service.libraries import available_processors, loading, prepare


@pytest.fixture(autouse=True)
def eight_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)


@pytest.mark.parametrize(
    ("quota", "processors"),
    [("max 100000", 8), ("200000 100000", 2), ("150000 100000", 2), ("50000 100000", 1), ("1600000 100000", 8)],
)
def test_quota_of_cgroup_version_2(tmp_path: Path, quota: str, processors: int) -> None:
    (tmp_path / "cpu.max").write_text(quota + "\n")
    assert available_processors(tmp_path) == processors


@pytest.mark.parametrize(("quota", "processors"), [("-1", 8), ("300000", 3)])
def test_quota_of_cgroup_version_1(tmp_path: Path, quota: str, processors: int) -> None:
    (tmp_path / "cpu").mkdir()
    (tmp_path / "cpu" / "cpu.cfs_quota_us").write_text(quota + "\n")
    (tmp_path / "cpu" / "cpu.cfs_period_us").write_text("100000\n")
    assert available_processors(tmp_path) == processors


def test_without_a_cgroup(tmp_path: Path) -> None:
    assert available_processors(tmp_path) == 8


def test_what_the_environment_sets_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "5")
    others = ("TOKENIZERS_PARALLELISM", "HF_HUB_OFFLINE", "HF_HUB_DISABLE_PROGRESS_BARS")
    for name in ("MKL_NUM_THREADS", "TORCHINDUCTOR_CACHE_DIR", "THP_MEM_ALLOC_ENABLE", *others):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    prepare()
    assert os.environ["OMP_NUM_THREADS"] == "5"
    assert int(os.environ["MKL_NUM_THREADS"]) >= 1
    assert os.environ["HF_HUB_OFFLINE"] == "1"


def test_what_is_loaded_is_left_out_of_garbage_collection() -> None:
    try:
        with loading():
            assert not gc.isenabled()
            loaded: list[list[int]] = [[] for _ in range(1000)]
        assert gc.isenabled()
        assert gc.get_freeze_count() > len(loaded)
    finally:
        gc.unfreeze()


def test_garbage_is_collected_again_when_loading_fails() -> None:
    with pytest.raises(OSError, match="no model"), loading():
        raise OSError("no model")
    gc.unfreeze()
    assert gc.isenabled()
