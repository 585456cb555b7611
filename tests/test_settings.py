from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from service.settings import Settings, markdown_table


def test_the_environment_sets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "9000")
    monkeypatch.setenv("MODEL_PATH", "/models/large")
    monkeypatch.setenv("DEADLINE_SECONDS", "")
    settings = Settings()
    assert settings.port == 9000
    assert settings.model_path == Path("/models/large")
    assert settings.deadline_seconds == 30, "an empty variable counts as unset"


def test_lists_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("API_KEYS", "old, new,")
    monkeypatch.setenv("API_KEYLESS", "health")
    settings = Settings()
    assert [key.get_secret_value() for key in settings.api_keys] == ["old", "new"]
    assert "old" not in repr(settings), "keys are not shown by accident"
    assert settings.api_keyless == ("health",)
    monkeypatch.setenv("API_KEYLESS", "none")
    assert Settings().api_keyless == ()


@pytest.mark.parametrize("level", ["info", "INFO", "Info"])
def test_the_case_of_the_log_level_does_not_matter(monkeypatch: pytest.MonkeyPatch, level: str) -> None:
    monkeypatch.setenv("LOG_LEVEL", level)
    assert Settings().log_level == "info"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "http"),
        ("HTTP_THREADS", "4"),
        ("LOG_FORMAT", "xml"),
        ("LOG_LEVEL", "loud"),
        ("API_KEYLESS", "all"),
        ("MAX_QUEUE_CHARS", "1000"),
    ],
)
def test_an_invalid_value_prevents_the_start(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match=name + "|" + name.lower()):
        Settings()


def test_the_table_lists_every_setting() -> None:
    table = markdown_table()
    for name in Settings.model_fields:
        assert f"| `{name.upper()}` |" in table
    assert str(Path.cwd()) not in table, "defaults are relative to the repository"
