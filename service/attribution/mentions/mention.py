"""A place in a text with a name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Self

from service.attribution.text import Word
from service.data import word_lists
from service.data.folding import LIGATURES, UNSHOWN
from service.data.word_lists import Sex

NameKind = Literal["person", "organization", "unknown"]

_OPENING_MARKS = "“\"‘'(„«"
_NICKNAME = re.compile(r"""[“"‘'(„«][^“”"‘’'()„«»\n]*[”"’')“»]""")
_SMALL_WORD = re.compile(r"(?<![\w-])([a-z]+)(,?) $")
_AS_SHOWN = UNSHOWN | LIGATURES
_LONGEST_ROLE = 24  # characters


@dataclass(frozen=True, slots=True)
class NameMention:
    """A place with a name.

    ``start:end`` is the name proper; ``outer`` is the start of the introduction before it ("Press Secretary"), ``stop``
    the end including a possessive. ``name`` is the name for display, ``words`` its folded words without suffix and
    nickname. A ``weak`` mention is a word that mostly is not a name (May, King); it counts only if the article has
    somebody of that surname. ``opens``: it is where an ordinary word would be capitalised too. ``surname`` is the one
    that a given name shares with the following name ("Ann and Bo Lee"). ``titles`` are the folded words of the
    introduction.
    """

    start: int
    end: int
    outer: int
    stop: int
    name: str
    words: tuple[str, ...]
    suffix: str | None = None
    sex: Sex | None = None
    kind: NameKind = "unknown"
    weak: bool = False
    opens: bool = False
    surname: str | None = None
    titles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BareNames:
    """The single words that an article uses as names.

    ``titled`` occur after a title somewhere; ``first`` has the first place of each, except weak mentions.
    """

    titled: frozenset[str]
    first: Mapping[str, int]

    @classmethod
    def of(cls, mentions: Sequence[NameMention]) -> Self:
        singles = [m for m in mentions if len(m.words) == 1]
        titled = frozenset(m.words[0] for m in singles if m.kind == "person")
        return cls(titled, {m.words[0]: m.start for m in reversed(singles) if not m.weak})

    def stands_before(self, word: str, place: int) -> bool:
        """Whether a word is used as a name before a place in the text."""
        return self.first.get(word, place) < place


def mention_of(
    text: str,
    run: Sequence[Word],
    begin: int,
    *,
    suffix: str | None = None,
    sex: Sex | None = None,
    kind: NameKind = "unknown",
    weak: bool = False,
    opens: bool = False,
) -> NameMention:
    """The mention for the words of ``run``; the name starts at index ``begin``."""
    start, end = run[begin].start, run[-1].end
    if suffix in {"jr", "sr"} and text[end : end + 1] == ".":
        end += 1
    core = run[begin : len(run) - (suffix is not None)]
    named = [w for k, w in enumerate(core) if k == 0 or text[w.start - 1] not in _OPENING_MARKS]
    return NameMention(
        start=start,
        end=end,
        outer=run[0].start,
        stop=max(run[-1].stop, end),
        name=" ".join(_NICKNAME.sub(" ", text[start:end].translate(_AS_SHOWN)).split()),
        words=tuple(w.folded for w in named),
        suffix=suffix,
        sex=sex,
        kind=kind,
        weak=weak,
        opens=opens,
        titles=frozenset(w.folded for w in run[:begin]) | _role_before(text, run[0].start),
    )


def _role_before(text: str, outer: int) -> frozenset[str]:
    """The lower-case word directly before a name, if it is a title or a kinship term."""
    found = _SMALL_WORD.search(text, max(0, outer - _LONGEST_ROLE), outer)
    word, comma = ("", "") if found is None else found.groups()
    is_role = word in word_lists.FAMILY or (word_lists.is_title(word) and not comma)
    return frozenset({word} if is_role else ())
