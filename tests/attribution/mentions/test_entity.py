"""Who an article names, and how it calls them."""

from __future__ import annotations

from service.attribution.mentions.entity import Entity, another, final
from service.attribution.mentions.mention import NameMention
from service.attribution.text import Span


def named(name: str, start: int = 0, *, organisation: bool = False) -> Entity:
    entity = Entity(organisation=organisation)
    add(entity, name, start)
    return entity


def add(entity: Entity, name: str, start: int = 0) -> None:
    words = tuple(name.lower().split())
    end = start + len(name)
    entity.add(words, NameMention(start, end, start, end, name, words), name)


def test_the_name_is_the_fullest_form_in_its_best_spelling() -> None:
    entity = named("ADA B. BROOK")
    add(entity, "Brook", 20)
    add(entity, "Ada B. Brook", 40)
    assert entity.name == "Ada B. Brook"
    assert entity.named_at == Span(0, 12)


def test_a_person_in_capitals_throughout_is_spelt_as_a_name_and_an_organisation_is_not() -> None:
    assert named("ADA BROOK").name == "Ada Brook"
    assert named("TIDE WATCH", organisation=True).name == "TIDE WATCH"


def test_a_form_loses_what_was_no_part_of_it() -> None:
    entity = named("Team Brook")
    entity.shorten(("team", "brook"))
    assert (entity.name, entity.named_at) == ("Brook", None)


def test_an_entity_may_turn_out_to_be_another() -> None:
    one, two, three = named("Ada Brook"), named("Ada B. Brook", 20), named("Carl Dunn")
    one.absorb(two)
    assert final(two) is one
    assert one.name == "Ada B. Brook"
    three.claim(one)
    assert final(two) is three
    assert three.name == "Carl Dunn"
    assert another([one, two], three) is None
    assert another([one, two, named("Edda Fenn")], three) is not None
