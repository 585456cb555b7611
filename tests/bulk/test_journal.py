from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.bulk.errors import JournalInUse
from service.bulk.journal import Journal


@given(lines=st.lists(st.binary().map(lambda b: b.replace(b"\n", b"") + b"\n")), cut=st.floats(0, 1))
def test_after_a_kill_at_any_byte_the_whole_lines_are_left(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], cut: float
) -> None:
    path = tmp_path_factory.mktemp("journal") / "lines"
    written = b"".join(lines)
    torn = written[: round(cut * len(written))]
    path.write_bytes(torn)
    with Journal(path) as journal:
        assert journal.lines == torn.count(b"\n")
        for line in lines[journal.lines :]:
            journal.append(line)
        assert journal.lines == len(lines)
    assert path.read_bytes() == written


def test_a_long_torn_line_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b"whole\n" + b"torn" * (1 << 20))
    with Journal(path) as journal:
        assert journal.lines == 1
    assert path.read_bytes() == b"whole\n"


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with Journal(tmp_path / "lines"), pytest.raises(JournalInUse):
        Journal(tmp_path / "lines")
    Journal(tmp_path / "lines").__exit__()
