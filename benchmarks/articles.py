"""Invented articles of any length and number of quotes, deterministic."""

from __future__ import annotations

from random import Random

_GIVEN = ("Ada", "Bruno", "Clara", "Dmitri", "Esther", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Karin", "Leon")
_SURNAMES = ("Brook", "Castellan", "Dray", "Ferrow", "Halloran", "Ketting", "Lindqvist", "Marsh", "Okafor", "Pellew")
_ROLES = ("Mayor", "Senator", "Professor", "Captain", "Judge", "Minister")
_PLACES = ("Tarnbrook", "Valmont", "Lindach", "Port Elling", "Saltmere", "Ostrava Bay", "Kestrel Hill")
_OUTLETS = ("Reuters", "The Washington Post", "the Tarnbrook Courier", "CNN", "HuffPost", "the Guardian", "Le Monde")
_SUBJECTS = ("the ferry", "the new bridge", "the harbour wall", "the tram line", "the water tower", "the old mill")
_NARRATIVE = (
    "Work on {subject} in {place} was halted twice last winter because of storms.",
    "{role} {name} has led the inquiry into {subject} since the spring.",
    "Residents of {place} had asked for years what {subject} would cost them, and nobody could say.",
    "The council voted on Tuesday to set aside another 4.2 million for {subject}.",
    "Two of the engineers who drew up the plans have since left {place}.",
    "According to {outlet}, {surname} was told of the delay in March.",
)
_SAID = (
    "“We never promised that {subject} would be ready by the summer,” {surname} said.",
    "“It is a mistake to think that {place} can do without {subject},” {role} {name} told {outlet}.",
    "{name} called {subject} “a gift to everybody who lives in {place}.”",
    "“Nobody asked us about {subject},” she added. “They should have.”",
    "The report, first obtained by {outlet}, quotes {surname} as saying: “There is no money left for {subject}.”",
)
_PARAGRAPH = 400  # characters, about


def invented(characters: int, quotes: int, seed: int = 0) -> str:
    """An article of about ``characters`` code points with about ``quotes`` quotes, evenly spread."""
    random = Random(seed)
    paragraphs = [""]
    length = said = 0
    while length < characters:
        quoted = said < quotes and length >= said * characters / quotes
        sentence = _sentence(random, _SAID if quoted else _NARRATIVE)
        said += quoted
        if len(paragraphs[-1]) + len(sentence) > _PARAGRAPH:
            paragraphs.append("")
        paragraphs[-1] += " " * bool(paragraphs[-1]) + sentence
        length += len(sentence) + 1
    return "\n\n".join(paragraphs)


def _sentence(random: Random, templates: tuple[str, ...]) -> str:
    surname = random.choice(_SURNAMES)
    sentence = random.choice(templates).format(
        subject=random.choice(_SUBJECTS),
        place=random.choice(_PLACES),
        role=random.choice(_ROLES),
        name=f"{random.choice(_GIVEN)} {surname}",
        surname=surname,
        outlet=random.choice(_OUTLETS),
    )
    return sentence[0].upper() + sentence[1:]
