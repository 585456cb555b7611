"""What introduces a name, and where the name proper starts."""

from __future__ import annotations

import pytest

from tests.attribution.mentions.naming import name_in

TITLES = (
    "Gen. Mara Okafor spoke. Secretary of Defense Dr. Tom R. Hale met her. Tom Hale agreed. U.S. Rep. Lyle Brandt "
    "left. Marine Corps. Brig. Gen. William H. Sorrel III came. Republican presidential nominee Rex Tolland won. NYPD"
    " Commissioner Hugh Brannigan said so. Ohio State coach Gus Marden agreed. Pentagon Press Secretary Ines Varga "
    "declined. Then-Sen. Petra Voss, R-Texas, was there, with President-elect Hugo Lima, Hall of Famer Gus Reyes, "
    "Chief Justice Roy Bean and Israeli Prime Minister Benny Nadav. Labour MP Tim Farr QC and Bank of Norwich "
    "governor Orrin King sat down. Director of radio Nora Quill stood. Kenya’s ambassador to Norway Abeni Okoro rose."
)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Gen. Mara Okafor", "Mara Okafor"),
        ("Secretary of Defense Dr. Tom R. Hale", "Tom R. Hale"),
        ("Tom Hale", "Tom R. Hale"),
        ("U.S. Rep. Lyle Brandt", "Lyle Brandt"),
        ("Marine Corps. Brig. Gen. William H. Sorrel III", "William H. Sorrel III"),
        ("Republican presidential nominee Rex Tolland", "Rex Tolland"),
        ("NYPD Commissioner Hugh Brannigan", "Hugh Brannigan"),
        ("Ohio State coach Gus Marden", "Gus Marden"),
        ("Pentagon Press Secretary Ines Varga", "Ines Varga"),
        ("Then-Sen. Petra Voss", "Petra Voss"),
        ("President-elect Hugo Lima", "Hugo Lima"),
        ("Hall of Famer Gus Reyes", "Gus Reyes"),
        ("Chief Justice Roy Bean", "Roy Bean"),
        ("Israeli Prime Minister Benny Nadav", "Benny Nadav"),
        ("Labour MP Tim Farr QC", "Tim Farr"),
        ("Bank of Norwich governor Orrin King", "Orrin King"),
        ("Director of radio Nora Quill", "Nora Quill"),
        ("Kenya’s ambassador to Norway Abeni Okoro", "Abeni Okoro"),
    ],
)
def test_titles_are_no_part_of_a_name(words: str, name: str) -> None:
    assert name_in(TITLES, words) == name


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("House Budget Committee Ranking Member Ines Varga spoke.", "Varga", "Ines Varga"),
        ("The winner was Danish-American Rick Gill.", "Gill", "Rick Gill"),
        ("The winner was Jean-Christian Rick Gill.", "Gill", "Jean-Christian Rick Gill"),
        ("Georgia Democrat Mark Waller spoke.", "Waller", "Mark Waller"),
        ("Tarnshire Republican Zell spoke.", "Zell", "Zell"),
        ("Republican Mark Waller spoke.", "Waller", "Mark Waller"),
        ("It was said by the Georgia Democrat.", "the Georgia Democrat", None),
        ("The town was in Norse-held land.", "Norse-held", None),
        ("A long Norse-language film shows it.", "Norse-language", None),
        ("A Norland-linked Mark Waller spoke.", "Waller", "Mark Waller"),
        ("Moon Chan-ying met Ban Hak-song.", "Moon Chan-ying met", "Moon Chan-ying"),
        ("Moon Chan-ying met Ban Hak-song.", "Ban Hak-song", "Ban Hak-song"),
        ("JUST WATCHED Waller on jobs. Mark Waller spoke.", "Waller on", "Mark Waller"),
        ("They passed the DREAM Act then.", "the DREAM Act", "DREAM Act"),
        ("Senate President Pro Tem Mark Waller spoke.", "Waller", "Mark Waller"),
        ("Professor Emeritus Zell spoke.", "Zell", "Zell"),
        ("Norland Sen. Yorick King spoke.", "King", "Yorick King"),
        ("Norland Counselor Kelline Waller spoke.", "Waller", "Kelline Waller"),
        ("It was the psychiatrist, Dr. Bandy X. Lind.", "Lind", "Bandy X. Lind"),
        ("Facebook Twitter Pinterest Telma Gand spoke.", "Gand", "Telma Gand"),
        ("Facebook Live spoke.", "Facebook Live", "Facebook Live"),
        ("Tarnshire Republican Lyle Brandt spoke.", "Brandt", "Lyle Brandt"),
        ("Resident Paula Reed and Organizer Hugo Lima spoke.", "Reed", "Paula Reed"),
        ("It rained. Student Amir Khan and Plumber Oke Adeyemi spoke.", "Khan", "Amir Khan"),
        ("“Yes!” they shouted as Mr Lind rose.", "Mr Lind rose", "Lind"),
        ("Malcolm X met Mr. T and Agent K.", "X", "Malcolm X"),
        ("It rained. Student Amir Khan and Plumber Oke Adeyemi spoke.", "Plumber Oke Adeyemi", "Oke Adeyemi"),
        ("It rained. Charter Schools Lusatia closed.", "Charter Schools Lusatia", "Charter Schools Lusatia"),
        ("Ngũgĩ wa Kamau met Siti binti Salleh.", "Ngũgĩ wa Kamau", "Ngũgĩ wa Kamau"),
        ("EPA Administrator Andrew Quell spoke.", "Quell", "Andrew Quell"),
        ("State Health and Human Works Agency Director Mark Galen spoke.", "Galen", "Mark Galen"),
        ("TARNBROOK (CNN) Hugo Lima spoke.", "Lima", "Hugo Lima"),
        ("Anton “Tony” Velmont spoke.", "Velmont", "Anton Velmont"),
        ("Mr. Lima spoke. Team Lima cheered. WATCHED Lima.", "WATCHED Lima", "Lima"),
        ("The IRS Friday said so.", "IRS", "IRS"),
        ("Nora May said so.", "May", "Nora May"),
        ("Mary Beth Quell met Ruth Bader Holm.", "Holm", "Ruth Bader Holm"),
    ],
)
def test_what_stands_before_or_within_a_name_is_no_part_of_it(text: str, words: str, name: str) -> None:
    assert name_in(text, words) == name


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The Tea Party-backed Sorrel won. Owen Sorrel spoke.", "The Tea Party-backed Sorrel", "Owen Sorrel"),
        ("Attendee Rita Marden praised it.", "Attendee Rita Marden", "Rita Marden"),
    ],
)
def test_participles_and_nouns_introduce_a_name(text: str, words: str, name: str) -> None:
    assert name_in(text, words) == name
