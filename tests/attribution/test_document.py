"""An article before inference."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from service.attribution import document
from tests.attribution.resolve.predictions import read
from tests.attribution.texts import ANY_TEXT, BRIDGE


def test_quotations_past_the_limit_are_dropped_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MAX_QUOTATIONS", 3)
    found = read("“Yes,” he said. " * 5)
    assert (len(found.quotations), found.dropped) == (3, 2)
    (warning,) = found.warnings
    assert "first 3" in warning
    assert "last 2" in warning


def test_a_text_in_another_language_is_warned_of() -> None:
    assert not read(BRIDGE).warnings
    (warning,) = read(
        "Der Rat hat gestern beschlossen, dass die Brücke nicht vor dem Sommer geöffnet wird. " * 9
    ).warnings
    assert "another language" in warning


def test_a_text_without_quotations_is_not_read_further() -> None:
    found = read("Ada Brook told the BBC nothing.")
    assert (found.quotations, len(found.tokens), found.sections, found.windows) == ((), 0, (), ())


@given(ANY_TEXT)
@settings(deadline=None)
def test_every_quotation_is_answered_in_one_section(text: str) -> None:
    found = read(text)
    assert sum(len(range(*section.kept.indices(len(section.quotes)))) for section in found.sections) == len(
        found.quotations
    )
