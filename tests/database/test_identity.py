from __future__ import annotations

from service.database.identity import Bearer, Rarity, context_of, fullest, tell_apart
from service.database.people import PersonName

LINDACH = "On the dam of Lindach the Courier asked Mayor Brook and Karin Holm of the Valley Council about the Oste"
OSTROW = "In the hall of Ostrow the Academy heard the pianist play Chopin and Brahms for Marek Novak and the Opera"
EVERYWHERE = "It was said on Monday in Parliament"


def told_apart(*bearers: tuple[str, str]) -> list[list[int]]:
    """Who the bearers of names are, each in an article with a text, by their places."""
    texts = [text for _, text in bearers]
    rarity = Rarity(map(context_of, [*texts, *texts, LINDACH, OSTROW, *[EVERYWHERE] * 20]))
    names = [PersonName.parse(name) for name, _ in bearers]
    people = tell_apart(
        (Bearer(i, name, context_of(texts[i])) for i, name in enumerate(names) if name is not None), rarity
    )
    return sorted(sorted(person) for person in people)


def test_titles_initials_and_short_forms_are_one_person() -> None:
    assert told_apart(("Ada Brook", LINDACH), ("Sen. A. Brook", LINDACH), ("Brook", LINDACH)) == [[0, 1, 2]]


def test_namesakes_of_different_contexts_are_two() -> None:
    assert told_apart(("Ada Brook", LINDACH), ("Ada Brook", OSTROW), ("Ada Brook", LINDACH)) == [[0, 2], [1]]


def test_a_bare_surname_is_the_person_of_its_context() -> None:
    assert told_apart(("Ada Brook", LINDACH), ("Paul Brook", OSTROW), ("Brook", OSTROW)) == [[0], [1, 2]]


def test_a_bare_surname_that_may_be_two_stays_by_itself() -> None:
    assert told_apart(("Ada Brook", LINDACH), ("Paul Brook", LINDACH), ("Brook", LINDACH)) == [[0], [1], [2]]


def test_the_order_of_the_articles_does_not_count() -> None:
    forward = told_apart(("Brook", LINDACH), ("Paul Brook", OSTROW), ("Ada Brook", LINDACH))
    assert forward == [[0, 2], [1]]


def test_a_full_name_is_one_person_where_nothing_speaks_against_it() -> None:
    rarity = Rarity(map(context_of, [LINDACH, LINDACH]))
    named = PersonName.parse("Ada Brook")
    assert named
    for one, other in ((LINDACH, LINDACH), ("", LINDACH), ("", "")):
        bearers = [Bearer(i, named, context_of(text)) for i, text in enumerate((one, other))]
        assert list(tell_apart(bearers, rarity)) == [[0, 1]]


def test_the_name_to_call_somebody_by() -> None:
    assert fullest({"Brook": 9, "Ada Brook": 3, "A. Brook": 5, "Ada M. Brook": 1}) == "Ada Brook"
    assert fullest({"the Courier": 1, "The Courier": 2}) == "The Courier"
