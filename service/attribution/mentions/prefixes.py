"""Separates words that merely precede a name from the name, if the article has the name without them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from service.attribution.mentions.entity import Entity, Form, add_candidate, another
from service.attribution.mentions.full_names import FullNames, surname_key
from service.attribution.mentions.mention import BareNames
from service.data import word_lists
from service.data.word_lists import is_organisation_head

_Bearers = Mapping[str, Sequence[Entity]]
"""The people of each surname."""


def drop_prefixes(names: FullNames, bare: BareNames) -> None:
    """Resolves "Crooked Ann Lee" to Ann Lee, "de Luc" to Jean de Luc, and "Denver Post Lee", which lacks a comma, to
    Lee."""
    bearers = _bearers(names)
    for form, entity in names.forms():
        if entity.same_as is not None:
            continue
        _drop_before_full_name(form, entity, names)
        if not _drop_organisation(form, entity, names, bearers):
            _drop_adjunct(form, entity, bearers, bare)


def opens_name(word: str) -> bool:
    """Whether a folded word may be the first of a person's name."""
    return len(word) == 1 or word_lists.is_given_name(word) or word in word_lists.PARTICLES


def _bearers(names: FullNames) -> _Bearers:
    bearers: dict[str, list[Entity]] = defaultdict(list)
    for form, entity in names.forms():
        if not entity.organisation:
            add_candidate(bearers[surname_key(form[-1])], entity)
    return bearers


def _drop_before_full_name(form: Form, entity: Entity, names: FullNames) -> None:
    """Resolve a name that ends with another full name, if it does."""
    for cut in range(1, len(form) - 1):
        other = names.exactly(form[cut:])
        if other is not None and other is not entity:
            _settle(form, form[cut:], entity, other)
            return


def _settle(form: Form, rest: Form, entity: Entity, other: Entity) -> None:
    """Decide how a name is related to the one that it ends with."""
    before = form[: len(form) - len(rest)]
    apart = len(before) > 1 or other.first < entity.first  # "Wacko Ann Lee" after "Ann Lee", not before
    if word_lists.is_ordinary(form[0]) or (word_lists.is_given_name(rest[0]) and not opens_name(form[0]) and apart):
        other.claim(entity)
    elif not is_organisation_head(form[-1]):
        entity.absorb(other)


def _drop_organisation(form: Form, entity: Entity, names: FullNames, bearers: _Bearers) -> bool:
    """Resolve "Denver Post Lee" to Lee if the article names both. Returns whether it did."""
    body = names.exactly(form[:-1])
    if body is None or not body.organisation or entity.organisation:
        return False
    other = another(bearers.get(surname_key(form[-1]), ()), entity)
    if other is None:
        return False
    other.claim(entity)
    return True


def _drop_adjunct(form: Form, entity: Entity, bearers: _Bearers, bare: BareNames) -> None:
    """Resolve "Dogged Lee" to Ann Lee, or to Lee alone."""
    if not _may_be_adjunct(form, entity, bare):
        return
    before = bare.stands_before(form[1], entity.first)
    other = another(filter(_has_given_name, bearers.get(surname_key(form[1]), ())), entity)
    if other is not None and (entity.only_opening or before or other.first < entity.first):
        other.claim(entity)
    elif before or (entity.only_opening and word_lists.is_adjective(form[0]) and form[1] in bare.first):
        entity.shorten(form)


def _may_be_adjunct(form: Form, entity: Entity, bare: BareNames) -> bool:
    """Whether the first of two words may not belong to the name: "Dogged Lee won", "Team Lee", "WATCHED Lee"."""
    if len(form) != 2 or entity.organisation or form[0] in word_lists.PARTICLES:
        return False
    first, _, last = entity.spelling[form].partition(" ")
    shouted = first.isupper() and not last.isupper() and (len(first) > 2 or form[1] in bare.titled)
    return shouted or word_lists.is_ordinary(form[0]) or form[0] in word_lists.NATIONALITIES


def _has_given_name(entity: Entity) -> bool:
    return any(not word_lists.is_ordinary(form[0]) for form in entity.forms)
