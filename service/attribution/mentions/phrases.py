"""Finds the name, if any, that is the head of a noun phrase.

"Scott's niece, state Del. Ann Price (D-Newport)" is about Ann Price, "a spokesman for Clinton" about no name in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.attribution.text import takes_stop
from service.data import outlet_words, word_lists

_BREAKS = frozenset(",;:()[]\n–—―!?.")
_BRACKETS = frozenset("([")
_PERSONAL = frozenset(["i", "you", "he", "she", "it", "we", "they", "who"])
_CORE_ENDS = word_lists.PREPOSITIONS | word_lists.RELATIVES
_INNER_PREPOSITIONS = word_lists.PREPOSITIONS - {"to", "by", "from", "for", "with", "like", "including"}


@dataclass(frozen=True, slots=True)
class Item:
    """A word of a phrase, or a name mention in it.

    ``word`` is folded, and empty for a mention; ``name`` is the mention's name. ``gap`` is the text between the
    preceding item and this one, ``before`` the folded word directly before it in the article, if there is one.
    ``introduced``: the mention has titles or other words before the name proper; ``cut``: the span contains only its
    end; ``organisation``: its name is not a person's; ``common``: its last word is an ordinary one, and nothing shows
    that it is a person's.
    """

    text: str
    gap: str
    before: str = ""
    word: str = ""
    name: str | None = None
    possessive: bool = False
    introduced: bool = False
    cut: bool = False
    organisation: bool = False
    common: bool = False

    @property
    def is_mention(self) -> bool:
        return not self.word


def head_name(items: Sequence[Item]) -> str | None:
    """The name that the phrase is about, several joined by "and"; None for a description or a pronoun."""
    segments = [s for s in _segments(_own_sentence(items)) if not _BRACKETS & set(s[0].gap)]
    listed = _listed_names(segments)
    if listed:
        return listed
    if len(segments) > 1 and _is_leftover(segments[0]):
        return head_name(segments[1]) or _first_head(segments)
    return _first_head(segments)


def _first_head(segments: Sequence[Sequence[Item]]) -> str | None:
    """The head of the first segment that has one, or of its apposition."""
    described = False
    for segment in segments:
        core = _core(segment)
        if not core:
            continue
        name = _led(segment, core) or _core_name(core) or _apposed_name(segment, core) or _issuer(segment, core)
        if name is not None or described:
            return name
        described = True
    return None


def _own_sentence(items: Sequence[Item]) -> Sequence[Item]:
    """The items without those beyond the end of a quotation or sentence, which a span one word too wide contains."""
    quotation = _quotation_edge(items)
    if quotation is not None:
        return items[quotation:] if _closes_quotation(items[quotation].gap) else items[:quotation]
    for k in range(len(items) - 1, 0, -1):
        if _ends_sentence(items[k - 1], items[k]):
            return items[k:] if _goes_on(items[:k], items[k:]) else items[:k]
    return items


def _quotation_edge(items: Sequence[Item]) -> int | None:
    """The index of the item before which a quotation starts or ends that is not entirely within the items."""
    open_at = None
    for k, item in enumerate(items[1:], 1):
        if _closes_quotation(item.gap):
            if open_at is None:
                return k
            open_at = None
        elif _opens_quotation(item.gap):
            open_at = k
    return open_at


def _goes_on(left: Sequence[Item], right: Sequence[Item]) -> bool:
    """Whether the speaker is right of a sentence's end, and what is left of it is a remnant."""
    if len(left) == len(right) == 1:
        small = right[0].word in word_lists.FUNCTION_WORDS and right[0].word not in _PERSONAL
        return not small and left[0].before not in word_lists.CUE_WORDS
    return len(left) <= len(right)


def _closes_quotation(gap: str) -> bool:
    mark = gap.rstrip()
    return mark[-1:] in {"”", "»"} or (mark[-1:] == '"' and len(mark) < len(gap))


def _opens_quotation(gap: str) -> bool:
    return gap[-1:] in {"“", "«"} or (gap[-1:] == '"' and len(gap) > 1)


def _ends_sentence(before: Item, item: Item) -> bool:
    gap = item.gap
    if "\n" in gap:
        return True
    if gap[:1] not in {".", "!", "?"} or not item.text[:1].isupper() or gap == ".":  # "D-N.C." is one word
        return False
    last = before.text.split()[-1].strip(".").lower()
    return gap[0] != "." or not takes_stop(last)


def _segments(items: Sequence[Item]) -> list[list[Item]]:
    """The items between punctuation marks."""
    segments: list[list[Item]] = []
    for item in items:
        if not segments or any(c in _BREAKS for c in item.gap):
            segments.append([])
        segments[-1].append(item)
    return segments


def _is_leftover(segment: Sequence[Item]) -> bool:
    """Whether a first segment is the end of what precedes the speaker: "(In) Ohio, Smith"."""
    first = segment[0]
    return len(segment) == 1 and (first.cut or first.before in _INNER_PREPOSITIONS)


def _listed_names(segments: Sequence[Sequence[Item]]) -> str | None:
    """The names of a list, "Ann Lee, Bo Katz and Cy Young"; None if the segments are not a list."""
    if len(segments) < 2 or not any(i.word == "and" for i in segments[-1]):
        return None
    items = [i for segment in segments for i in segment if i.word != "and"]
    names = [i.name for i in items if i.name is not None]
    return " and ".join(names) if len(names) == len(items) and len(names) > 2 else None


def _core(segment: Sequence[Item]) -> list[Item]:
    """A segment's noun phrase: without verbs and small words at its ends, up to its first preposition."""
    items = list(segment)
    while items and _is_edge(items[0]):
        items.pop(0)
    cut = next((k for k, i in enumerate(items) if k and i.word in _CORE_ENDS), len(items))
    items = items[:cut]
    while items and (_is_edge(items[-1]) or _is_verb_after_name(items)):
        items.pop()
    return items


def _is_edge(item: Item) -> bool:
    return item.word in word_lists.EDGE_WORDS or item.word in word_lists.CUE_WORDS


def _is_verb_after_name(items: Sequence[Item]) -> bool:
    """Whether the last word is a verb included by mistake: "Smith complained", "Mr. Smith rose"."""
    if len(items) < 2 or not items[-2].name or items[-2].possessive:
        return False
    courtesy = _first_word(items[-2]) in word_lists.COURTESY_TITLES
    return items[-1].word.endswith("ed") or (bool(items[-1].word) and courtesy)


def _core_name(core: Sequence[Item]) -> str | None:
    parts = _coordinated(core)
    if len(parts) > 1 and _is_half_of_role(parts[0][-1], parts[1][0]) and _is_role(parts[1]):
        parts = parts[1:]
    names = [_phrase_name(p) for p in parts]
    if len(parts) > 1 and names[0] is not None:
        return " and ".join(n or " ".join(i.text for i in p) for n, p in zip(names, parts, strict=True))
    return names[-1]


def _coordinated(core: Iterable[Item]) -> list[list[Item]]:
    parts: list[list[Item]] = [[]]
    for item in core:
        if item.word in {"and", "&"}:
            parts.append([])
        else:
            parts[-1].append(item)
    return [p for p in parts if p]


def _is_half_of_role(item: Item, following: Item) -> bool:
    """Whether a name before "and" may be part of a role together with what follows: "FBI and CIA official Ann Lee",
    "House Ways and Means Chairman Ann Lee"; not "Lee and Sen. Ann Brook"."""
    return item.organisation or (item.common and not word_lists.is_title(_first_word(following)))


def _first_word(item: Item) -> str:
    return word_lists.fold(item.text.split()[0].rstrip("."))


def _is_role(phrase: Sequence[Item]) -> bool:
    """Whether a phrase introduces a person: "former network anchor Ann Lee"."""
    last = phrase[-1]
    return bool(last.name) and not last.organisation and (last.introduced or len(phrase) > 1)


def _phrase_name(phrase: Sequence[Item]) -> str | None:
    """The name of a phrase without punctuation, conjunction or preposition; usually its last word."""
    last = phrase[-1]
    if last.is_mention:
        return last.name
    if last.word in outlet_words.OUTLET_NOUNS and len(phrase) > 1 and not phrase[-2].possessive:
        return phrase[-2].name
    if last.word in word_lists.UTTERANCES:
        owner = next((i.name for i in phrase if i.possessive and i.name), None)
        return owner or (phrase[-2].name if len(phrase) > 1 and last.word in word_lists.NAMED_UTTERANCES else None)
    return None


def _issuer(segment: Sequence[Item], core: Sequence[Item]) -> str | None:
    """The issuer of a statement or an article: "a statement from the ministry", "an editorial in the Courier"."""
    if core[-1].word not in word_lists.NAMED_UTTERANCES or core[-1].word == "letter":
        return None
    rest = list(segment[segment.index(core[-1]) + 1 :])
    if len(rest) < 2 or rest[0].word not in {"from", "by", "in"}:
        return None
    issuer = _core(rest[1:])
    return _core_name(issuer) if issuer else None


def _led(segment: Sequence[Item], core: Sequence[Item]) -> str | None:
    """The leader of a body with a preposition in its name: "Democracy for Norland chairman Ann Lee"."""
    if len(core) > 1 or not core[0].is_mention or len(segment) < 4 or segment[0] is not core[0]:
        return None
    role, last = segment[-2:]
    return last.name if word_lists.is_title(role.word) and not role.possessive else None


def _apposed_name(segment: Sequence[Item], core: Sequence[Item]) -> str | None:
    """The name that follows a role with a complement: "director of television Nora Quill"."""
    items = list(segment)
    while _is_edge(items[-1]):
        items.pop()
    last, before = items[-1], items[-2] if len(items) > 1 else None
    if last.name is None or before is None or last in core:
        return None
    if core[0].word in word_lists.INDEFINITE or not any(word_lists.is_title(i.word) for i in core):
        return None
    noun = before.word and not word_lists.is_title(before.word) and before.word not in word_lists.FUNCTION_WORDS
    complement = len(items) > 2 and word_lists.completes_title(items[-3].word, before.word)
    return (
        last.name
        if noun or complement or (last.introduced and (before.word in word_lists.PREPOSITIONS or before.word == "the"))
        else None
    )
