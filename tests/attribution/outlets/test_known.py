"""The file of known outlets."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.attribution.outlets.known import read_outlets


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[a", "Expected"),
        ('[a]\nname = "A"\ncountry = "US"', "'a' must have name, country and medium"),
        ('[a]\nname = "A"\ncountry = "US"\nmedium = "radio"', "unknown medium: 'radio'"),
        ('[a]\nname = "A"\ncountry = "US"\nmedium = "website"\nalias = ["B"]', "may have aliases"),
        ('[a]\nname = "A"\ncountry = "US"\nmedium = "website"\naliases = "B"', "malformed aliases: 'B'"),
        ('[a]\nname = ""\ncountry = "US"\nmedium = "website"', "malformed name"),
        ('[a]\nname = "A"\ncountry = "US"\nmedium = "website"\n[a]\n', "Cannot declare"),
    ],
)
def test_a_malformed_file_is_refused_with_its_path(tmp_path: Path, toml: str, message: str) -> None:
    path = tmp_path / "outlets.toml"
    path.write_text(toml, encoding="utf-8")
    with pytest.raises(ValueError, match=message) as caught:
        read_outlets(path)
    assert str(path) in str(caught.value)
