"""The measured speed of the work."""

from __future__ import annotations


class FadingRate:
    """An exponentially weighted ratio of two quantities.

    It starts from a prior, ``amount`` to ``per``. With each new measurement, the weight of all earlier ones is
    multiplied by ``fading``.
    """

    def __init__(self, amount: float, per: float, *, fading: float = 0.98) -> None:
        self._amount, self._per, self._fading = amount, per, fading

    def count(self, amount: float, per: float) -> None:
        """Add a measurement."""
        self._amount = self._fading * self._amount + amount
        self._per = self._fading * self._per + per

    @property
    def value(self) -> float:
        return max(self._amount, 1e-9) / max(self._per, 1e-9)


class Pace:
    """The encoder's throughput, and the tokens per character for estimating the length of unread text."""

    def __init__(self) -> None:
        self._tokens_a_second = FadingRate(2_000, 1)
        self._tokens_a_character = FadingRate(250, 1_000)

    def count_slice(self, tokens: int, seconds: float) -> None:
        self._tokens_a_second.count(tokens, seconds)

    def count_text(self, tokens: int, characters: int) -> None:
        self._tokens_a_character.count(tokens, characters)

    @property
    def tokens_a_second(self) -> float:
        return self._tokens_a_second.value

    @property
    def characters_a_second(self) -> float:
        return self._tokens_a_second.value / self._tokens_a_character.value

    def tokens_of(self, characters: int) -> int:
        """The estimated tokens of a text of so many characters."""
        return 1 + int(characters * self._tokens_a_character.value)
