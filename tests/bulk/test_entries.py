"""What an archive is."""

from __future__ import annotations

from pathlib import Path

from service.bulk.entries import fingerprint_of


def test_a_fingerprint_changes_with_names_and_sizes(tmp_path: Path) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text("a")
    two.write_text("bb")
    first = fingerprint_of([one, two])
    assert fingerprint_of([one, two]) == first != fingerprint_of([one])
    two.write_text("bbb")
    assert fingerprint_of([one, two]) != first
    assert fingerprint_of([one]) != fingerprint_of([one.rename(tmp_path / "three.txt")])
