"""The speaker's name from the words that point at it. People and articles are invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.attribution.mentions.index import NameIndex, is_pronoun
from service.attribution.text import Span
from tests.attribution.growth import grows_with_length


def span_of(text: str, words: str) -> Span:
    """The last place of ``words`` in ``text``."""
    start = text.rindex(words)
    return Span(start, start + len(words))


def name_in(text: str, words: str) -> str | None:
    return NameIndex.read(text).name_of(span_of(text, words))


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


FORMS = (
    "Pieter van der Molen and Juan de la Cruz met Khalid al-Masri, Liam O’Dowd and José Ibáñez. Van der Molen spoke, "
    "De la Cruz listened, Masri slept. O’Dowd left. Ibanez stayed. J.K. Marlowe and J. Edgar Hooper came. Marlowe and"
    " Hooper said no. Kim Jong-su spoke; Kim was tired. Ana-Lucía de Souza joined, and de Souza laughed. State Del. "
    "Lucia “Lu” Price waved; Price sighed. Robert Lund and Steve Quist sat; Bob Lund and Stephen Quist rose."
)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Van der Molen", "Pieter van der Molen"),
        ("De la Cruz", "Juan de la Cruz"),
        ("Masri", "Khalid al-Masri"),
        ("O’Dowd", "Liam O’Dowd"),
        ("Ibanez", "José Ibáñez"),
        ("Marlowe", "J.K. Marlowe"),
        ("Hooper", "J. Edgar Hooper"),
        ("Kim", "Kim Jong-su"),
        ("de Souza", "Ana-Lucía de Souza"),
        ("Price", "Lucia Price"),
        ("Bob Lund", "Robert Lund"),
        ("Stephen Quist", "Stephen Quist"),
    ],
)
def test_short_forms_lead_to_the_full_name(words: str, name: str) -> None:
    assert name_in(FORMS, words) == name


def test_the_fullest_form_wins_wherever_it_stands() -> None:
    text = "Esterly said no. Tom Esterly left.\n\nPhoto: Secretary Thomas T. Esterly speaks."
    assert name_in(text, "Tom Esterly") == "Thomas T. Esterly"


def test_a_son_of_the_same_name_is_another_person() -> None:
    text = "Rex Tolland Jr. spoke for Rex Tolland. Mr. Tolland Jr. smiled."
    assert name_in(text, "Rex Tolland Jr.") == "Rex Tolland Jr."
    assert name_in(text, "Mr. Tolland Jr.") == "Rex Tolland Jr."


def test_relatives_whose_given_names_begin_alike_are_two_people() -> None:
    text = "Maria Velez met Mario Velez."
    assert name_in(text, "Mario Velez") == "Mario Velez"
    assert name_in(text, "Maria Velez") == "Maria Velez"


def test_a_title_tells_relatives_apart() -> None:
    text = "Bill and Hilda Carrow came. Mr. Carrow spoke first; Mrs. Carrow followed. Bill laughed."
    assert name_in(text, "Mr. Carrow") == "Bill Carrow"
    assert name_in(text, "Mrs. Carrow") == "Hilda Carrow"
    assert name_in(text, "Bill") == "Bill Carrow"


def test_a_bare_surname_is_whom_the_article_is_about() -> None:
    text = "Ann Velez spoke. Velez said so. Her father, Hugo Velez, was proud. Ann Velez left early. Velez was tired."
    assert name_in(text, "Velez was") == "Ann Velez"


@pytest.mark.parametrize("opening", ["Meanwhile ", "But ", "When ", "According to ", "In March ", "On Monday "])
def test_the_word_before_a_name_is_not_part_of_it(opening: str) -> None:
    text = f"Ann Velez flew in. {opening}Velez said so."
    assert name_in(text, f"{opening}Velez") == "Ann Velez"


def test_will_asks_or_is_a_name() -> None:
    text = "Ann Velez spoke. Will Velez win? Will Dorsey thinks so. “No,” said Dorsey."
    assert name_in(text, "Velez") == "Ann Velez"
    assert name_in(text, "Dorsey.") == "Will Dorsey"


def test_an_adjective_is_part_of_no_name() -> None:
    text = "Weary Velez Wins Over Voters\nTired Velez won. Crooked Ann Velez, they said. It was Velez."
    assert name_in(text, "Velez.") == "Ann Velez"


def test_names_that_are_other_words_too() -> None:
    text = "Nora May met Larry King, Will Dorsey and John Major. May said so. King and Major agreed. Mr. Dorsey left."
    assert name_in(text, "May") == "Nora May"
    assert name_in(text, "King and Major") == "Larry King and John Major"
    assert name_in(text, "Mr. Dorsey") == "Will Dorsey"


def test_headlines_are_read_by_the_names_of_the_article() -> None:
    text = "Tolland Says Velez Lied About Taxes\n\nRex Tolland said Ann Velez lied.\nVELEZ DENIES EVERYTHING, SHE SAYS"
    assert name_in(text, "Tolland Says") == "Rex Tolland"
    assert name_in(text, "Velez Lied") == "Ann Velez"
    assert name_in(text, "VELEZ") == "Ann Velez"


@pytest.mark.parametrize("recase", [str.lower, str.upper])
def test_an_article_in_one_case(recase: object) -> None:
    assert callable(recase)
    text = recase("Donald Crane said on Monday that he won. Crane added that Mary Lindqvist lost. Lindqvist disagreed.")
    assert name_in(text, recase("Crane")) == "Donald Crane"
    assert name_in(text, recase("Lindqvist")) == "Mary Lindqvist"


def test_organisations_by_acronym_bracket_and_head_word() -> None:
    text = (
        "The Centers for Disease Control and Prevention warned. The CDC said so. The Greek Rowing Federation (Hellas) "
        "spoke; Hellas denied it. Acme Holdings Inc. reported; Acme said it. The Denver Post wrote. The Post added. "
        "The Oregon Governor's Office of Rural Affairs agreed."
    )
    assert name_in(text, "The CDC") == "Centers for Disease Control and Prevention"
    assert name_in(text, "Hellas") == "Greek Rowing Federation"
    assert name_in(text, "Acme") == "Acme Holdings Inc"
    assert name_in(text, "The Post") == "Denver Post"
    assert name_in(text, "Office of Rural Affairs") == "Oregon Governor's Office of Rural Affairs"


PHRASES = (
    "Howard’s niece, state Del. Ann Price (D-Norford), said no. So did Rep. T.K. Velmont (D-N.C.), head of a caucus. "
    "Karen Finch, a spokeswoman for Velez, agreed. A spokesman for Velez did not. Tolland’s campaign manager Kelly "
    "Anwar spoke; Price’s letter too, and the Herald newspaper. Norbank’s chief John Farley sat. A friend of Velez "
    "stood. Tolland aides ran. Velez herself came. The 44-year-old Bo Katz cheered."
)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Howard’s niece, state Del. Ann Price (D-Norford)", "Ann Price"),
        ("Rep. T.K. Velmont (D-N.C.), head of a caucus", "T.K. Velmont"),
        ("Karen Finch, a spokeswoman for Velez", "Karen Finch"),
        ("A spokesman for Velez", None),
        ("A friend of Velez", None),
        ("Tolland aides", None),
        ("Tolland’s campaign manager Kelly Anwar", "Kelly Anwar"),
        ("Price’s letter", "Ann Price"),
        ("the Herald newspaper", "Herald"),
        ("Norbank’s chief John Farley", "John Farley"),
        ("Velez herself", "Velez"),
        ("The 44-year-old Bo Katz", "Bo Katz"),
    ],
)
def test_the_head_of_a_phrase_is_whom_it_names(words: str, name: str | None) -> None:
    assert name_in(PHRASES, words) == name


@pytest.mark.parametrize(
    "words", ["Velez said", "said Velez", "Ohio. Velez", "it,” Velez", "Velez complained", "Ohio, Velez", "Velez. “We"]
)
def test_a_span_may_be_a_word_too_wide(words: str) -> None:
    text = (
        "Ann Velez flew to Ohio. Velez said so. “I like it,” Velez complained. In Ohio, Velez was loved. “Yes,” said "
        "Velez. “We won.”"
    )
    assert name_in(text, words) == "Ann Velez"


def test_several_speakers_are_joined() -> None:
    text = (
        "Sens. Ada Warwick and Sherman Brooks wrote. Warwick and Brooks agreed. Warwick, Brooks and Rex Tolland voted. "
        "Warwick and her aides left."
    )
    assert name_in(text, "Sens. Ada Warwick and Sherman Brooks") == "Ada Warwick and Sherman Brooks"
    assert name_in(text, "Warwick and Brooks") == "Ada Warwick and Sherman Brooks"
    assert name_in(text, "Warwick, Brooks and Rex Tolland") == "Ada Warwick and Sherman Brooks and Rex Tolland"
    assert name_in(text, "Warwick and her aides") == "Ada Warwick and her aides"


RESOLVED = (
    "Ann Velez spoke. “No,” she added. A senior official, who declined to be named, agreed. Later the official left."
)


@pytest.mark.parametrize(
    ("mention", "name", "answer"),
    [
        ("she", "Velez", "Ann Velez"),
        ("Velez", None, "Ann Velez"),
        ("the official", "Velez", "Ann Velez"),
        ("the official", "A senior official", "A senior official"),
        ("the official", None, "A senior official"),
        ("A senior official, who", None, "A senior official"),
        ("she", "A senior official", "A senior official"),
        ("she", None, None),
        (None, "Velez", "Ann Velez"),
        (None, None, None),
    ],
)
def test_resolve(mention: str | None, name: str | None, answer: str | None) -> None:
    index = NameIndex.read(RESOLVED)
    spans = [None if words is None else span_of(RESOLVED, words) for words in (mention, name)]
    assert index.resolve(*spans) == answer


def test_mentions_of_a_name_are_all_places_that_carry_it() -> None:
    text = (
        "Dr. Ann B. Velez spoke to Hugo Lima. Velez said so. Ann Velez’s friend left. “Ann,” he cried. The letter came."
    )
    index = NameIndex.read(text)
    found = [text[s.start : s.end] for s in index.mentions_of("Ann B. Velez")]
    assert found == ["Ann B. Velez", "Velez", "Ann Velez", "Ann"]
    assert [text[s.start : s.end] for s in index.mentions_of("the letter")] == ["The letter"]
    assert len(index.mentions_of("Hugo Lima and Ann Velez")) == 5
    assert index.mentions_of("Petra Voss") == ()
    assert index.mentions_of("") == ()


@pytest.mark.parametrize(
    ("words", "answer"), [("she", True), ("They", True), ("who,", True), ("Velez", False), ("", False)]
)
def test_is_pronoun(words: str, answer: bool) -> None:
    assert is_pronoun(words) is answer


PIECES = [
    *(
        "Ann",
        "Velez",
        "Mr.",
        "van",
        "der",
        "of",
        "the",
        "and",
        "Bank",
        "A.",
        "Jr.",
        "May",
        "CDC",
        "said",
        "U.S.",
        "DENIED",
    ),
    *("“", "”", "(", ")", "\n", ".", ",", "’s", "é", "\ud800", "\x00", " ", "-", "Ã±"),
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join) | st.text(max_size=200), st.data())
def test_any_text_and_any_span_has_an_answer(text: str, data: st.DataObject) -> None:
    index = NameIndex.read(text)
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    name = index.name_of(span)
    assert name is None or name.strip()
    assert index.resolve(span, span) is not None or name is None
    assert not set(index.resolve(span, None) or "") & set('“”"«»\n')
    if name is not None:
        assert index.resolve(span, None) == name
        assert not set(name) & set('“”"«»\n')
        for place in (index.title_of(name), index.named_at(name)):
            assert place is None or (place.start < place.end and "\n" not in text[place.start : place.end])
        for mention in index.mentions_of(name):
            assert 0 <= mention.start < mention.end <= len(text)


@pytest.mark.parametrize(
    "piece", ["Aa ", "A. ", "Ann and Bob Smith and ", 'A ("B ', "Bank of the ", "A's ", "Will Aa "]
)
def test_time_is_linear(piece: str) -> None:
    assert grows_with_length(lambda text: NameIndex.read(text).name_of(Span(0, len(text))), piece, 5_000)


def test_time_is_linear_in_names_a_letter_apart() -> None:
    letters = "bcdfghjklmnpqrstvwxz"
    names = " ".join(f"Ann Qu{a}{b}{c}e. Qu{a}{b}{c}i." for a in letters for b in letters for c in letters)
    assert grows_with_length(lambda text: NameIndex.read(text).name_of(Span(0, len(text))), names, 1)


def test_a_title_that_is_not_of_their_sex_names_somebody_else() -> None:
    text = "Mr. Venn spoke. Mr. Venn and his wife, Karen Venn, left."
    assert name_in(text, "Mr. Venn spoke") == "Venn"
    assert name_in(text, "Karen Venn") == "Karen Venn"


def test_a_title_brings_the_person_out_of_what_is_named_after_them() -> None:
    text = "President Obrad spoke. Mr. Obrad and Karen Obrad came to the Zoran Obrad Memorial Day."
    assert name_in(text, "President Obrad") == name_in(text, "Mr. Obrad") == "Zoran Obrad"
    assert name_in("They came to the Zoran Obrad Memorial Day.", "Zoran Obrad Memorial Day") != "Zoran Obrad"


def test_of_two_that_are_named_as_often_the_latest_is_meant() -> None:
    text = f"Gary Moss won. {'Nothing came of it. ' * 9}Jeh Moss lost. {'It rained for hours. ' * 9}Moss left."
    assert name_in(text, "Moss left") == "Jeh Moss"


def test_a_misspelt_surname_is_whose_it_nearly_is() -> None:
    text = "Karin Lindqvist spoke. Lindqist agreed, as Lindqiste and Petra Brandt did. Brand said so. Mara Brandl left."
    assert name_in(text, "Lindqist agreed") == "Karin Lindqvist"
    assert name_in(text, "Lindqiste") == "Lindqiste"
    assert name_in("Karin Lindqvist and Tom Lindqvast spoke. Lindqvost agreed.", "Lindqvost") == "Lindqvost"


def test_a_body_for_a_cause_is_one_name() -> None:
    text = "The group Citizens for Clean Water sued. A spokesman for Citizens for Clean Water declined."
    assert name_in(text, "The group Citizens for Clean Water") == "Citizens for Clean Water"


def test_a_day_is_no_part_of_an_outlet_name() -> None:
    assert name_in("The story in the Times on Saturday said so.", "the Times on Saturday") == "Times"


def test_an_organisation_before_a_surname_is_no_given_name() -> None:
    text = "Ann Velez sat down with The Denver Post. In her talk with the Denver Post Velez said so."
    assert name_in(text, "Denver Post Velez") == "Ann Velez"


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("It was Ann Velez, who said so.", "Ann Velez"),
        ("It was Sen. Ann Velez of Norland, who said so.", "Ann Velez"),
        ("Rex Tolland met Ann Velez, now the Senate leader, who said so.", "Ann Velez"),
        ("Ann Velez left. It was a man who said so.", None),
        ("The Denver Post, who said so.", None),
        ("Ann Velez spoke to a crowd who said so.", None),
    ],
)
def test_who_refers_to_the_name_before_it(sentence: str, name: str | None) -> None:
    assert NameIndex.read(sentence).antecedent_of(span_of(sentence, "who said")) == name


OFFICES = (
    "Sen. Mara Okafor met Mayor Hugh Brannigan. Vice President Rex Tolland came, and so did President Ines Varga. The "
    "senator left. Later Senator Lyle Brandt spoke, and the Norland senator, too. The former mayor of the town slept."
)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The senator", "Mara Okafor"),
        ("the Norland senator", "Lyle Brandt"),
        ("The former mayor of the town", "Hugh Brannigan"),
        ("Later", None),
        ("the town", None),
    ],
)
def test_an_office_stands_for_the_last_one_introduced_with_it(words: str, name: str | None) -> None:
    assert NameIndex.read(OFFICES).holder_of(span_of(OFFICES, words)) == name


@pytest.mark.parametrize(
    ("phrase", "name"),
    [("the president", "Ines Varga"), ("the vice president", "Rex Tolland"), ("a president", None), ("the king", None)],
)
def test_a_deputy_is_not_the_holder_of_the_office(phrase: str, name: str | None) -> None:
    text = f"{OFFICES} So said {phrase}."
    assert NameIndex.read(text).holder_of(span_of(text, phrase)) == name


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("House Budget Committee Ranking Member Ines Varga spoke.", "Varga", "Ines Varga"),
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
    "text",
    [
        "President LimaHugo Ann LimaSenate votes today said no. Lima agreed.",
        "Governor Lima Hugo Ann LimaThis is new said no. Lima agreed.",
    ],
)
def test_names_that_lost_what_stood_between_them_are_parted(text: str) -> None:
    assert name_in(text, "Lima agreed") == "Hugo Ann Lima"


def test_a_coinage_is_one_word() -> None:
    text = "Tolland spoke. They would repeal TollandCare. DeVarga and BuzzWire agreed."
    assert name_in(text, "TollandCare") == "TollandCare"
    assert name_in(text, "BuzzWire") == "BuzzWire"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The House Energy and Trade Committee Chairman Fred Quell spoke.", "Quell", "Fred Quell"),
        ("The Department of State Secretary Kirtje Nilsen spoke.", "Nilsen", "Kirtje Nilsen"),
        ("The Writers’ Association President Jeff Moss spoke.", "Moss", "Jeff Moss"),
        ("Sen. Dean Quell and Publisher A.G. Sorrel left.", "A.G. Sorrel", "A.G. Sorrel"),
        ("Sen. Dean Quell and Publisher A.G. Sorrel left.", "Quell", "Dean Quell"),
        ("John Quell & Nancy Moss spoke.", "Nancy Moss", "Nancy Moss"),
        ("George Will spoke to them. Will said so.", "Will said", "George Will"),
        ("Mr. Quell Friday said so.", "Quell", "Quell"),
        ("Clifford D. May spoke. Mr. May left.", "Mr. May", "Clifford D. May"),
        ("Ann Velez R-Norland spoke. Velez left.", "Velez left", "Ann Velez"),
        ("Alex Velez spoke. Van Velez left.", "Van Velez", "Van Velez"),
        ("They won the Senate for Ann Velez.", "Velez", "Ann Velez"),
        ("Ann Velez spoke of Team Velez. Velez left.", "Velez left", "Ann Velez"),
        ("Ann Velez spoke. Wacko Ann Velez left.", "Wacko Ann Velez", "Ann Velez"),
        ("Senator Ann Velez Dorothy Ann VelezVoters wait. Velez left.", "Velez left", "Ann Velez"),
        ("Speaker Ann Velez Ann Dorothy Velez Voters wait. Velez left.", "Velez left", "Ann Velez"),
        ("The Committee to Protect Writers spoke.", "The Committee to Protect Writers", "Committee to Protect Writers"),
        ("It was the Committee to Elect Ann Velez.", "Ann Velez", "Committee to Elect Ann Velez"),
        ("Backbencher Stephen Quell said so.", "Quell", "Stephen Quell"),
        ("Then the FBI and IRS official Jeff Quell left.", "the FBI and IRS official Jeff Quell", "Jeff Quell"),
        ("Democracy for Norland chairman Ann Lee left.", "Democracy for Norland chairman Ann Lee", "Ann Lee"),
        ("It was said by an Iowa Democrat.", "an Iowa Democrat", None),
        ("Adil Abdul Mazin spoke. Abdul Mazin left.", "Abdul Mazin left", "Adil Abdul Mazin"),
        ("Tolland spoke. Rex Tolland Jr. did not. Tolland left.", "Tolland left", "Tolland"),
        ("Sen. Lindsey Moss spoke. Mr. Moss left.", "Mr. Moss", "Lindsey Moss"),
    ],
)
def test_offices_and_neighbours_leave_the_name_alone(text: str, words: str, name: str | None) -> None:
    assert name_in(text, words) == name


UTTERANCES = (
    "The Norland Courier wrote. Ann Velez left. A statement from the Trade Ministry, an editorial in the Norland "
    "Courier, the Velez letter, the Courier headline, and a letter from Velez were read."
)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("A statement from the Trade Ministry", "Trade Ministry"),
        ("an editorial in the Norland Courier", "Norland Courier"),
        ("the Velez letter", "Ann Velez"),
        ("the Courier headline", "Norland Courier"),
        ("a letter from Velez", None),
    ],
)
def test_what_is_written_speaks_for_whoever_it_comes_from(words: str, name: str | None) -> None:
    assert name_in(UTTERANCES, words) == name


BODIES = (
    "The Norland Department of Health met the State Department, the House Budget Committee, Acme Holdings Inc. and the "
    "Norland Times. The health department spoke, the department, the panel, the company, the paper and the union."
)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The health department", "Norland Department of Health"),
        ("the department", "State Department"),
        ("the panel", "House Budget Committee"),
        ("the company", "Acme Holdings Inc"),
        ("the paper", "Norland Times"),
        ("the union", None),
    ],
)
def test_a_noun_stands_for_the_body_of_its_kind_named_last(words: str, name: str | None) -> None:
    assert NameIndex.read(BODIES).holder_of(span_of(BODIES, words)) == name


@pytest.mark.parametrize(
    ("text", "name", "title", "place"),
    [
        ("Secretary of Defense Tom Hale left.", "Tom Hale", "Secretary of Defense", "Tom Hale"),
        (
            "Hale left. Tom Hale, a spokesman for the ministry, slept.",
            "Tom Hale",
            "a spokesman for the ministry",
            "Tom Hale",
        ),
        ("Then state police spokesman Tom Hale left.", "Tom Hale", "state police spokesman", "Tom Hale"),
        ("Sen. Ann Lee, D-Norland, left.", "Ann Lee", "Sen.", "Ann Lee"),
        ("The mayor, Ann Lee, left.", "Ann Lee", "The mayor", "Ann Lee"),
        ("They met Ann Lee, the ministry’s chief, there.", "Ann Lee", "the ministry’s chief", "Ann Lee"),
        ("Mr. Lee met Ann Lee, who left.", "Ann Lee", None, "Ann Lee"),
        ("He criticized Ann Lee, the\nmayor, there.", "Ann Lee", None, "Ann Lee"),
        ("It was Ann Lee, the “mayor” of it.", "Ann Lee", None, "Ann Lee"),
        ("Ada and Bo Lim left.", "Ada Lim", None, None),
        ("A senior official left.", "a senior official", None, None),
    ],
)
def test_title_and_place_of_a_name(text: str, name: str, title: str | None, place: str | None) -> None:
    index = NameIndex.read(text)
    found = (index.title_of(name), index.named_at(name))
    assert tuple(span and text[span.start : span.end] for span in found) == (title, place)


def test_an_office_is_known_from_a_description_too() -> None:
    text = (
        "Tom Hale, the former state trade adviser, met Mossad director Lyle Brandt and Norland Democrat Ines Varga. "
        "The trade adviser, the director and the Norland Democrat left."
    )
    index = NameIndex.read(text)
    places = ("The trade adviser", "the director", "the Norland Democrat")
    assert [index.holder_of(span_of(text, words)) for words in places] == ["Tom Hale", "Lyle Brandt", "Ines Varga"]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("said", None),
        ("The", None),
        ("Monday", None),
        ("more", None),
        ("said the guard", "the guard"),
        ("the guard added", "the guard"),
        ("according to a friend", "a friend"),
        ("Meanwhile, the caption", "the caption"),
        ("closed,” the guard", "the guard"),
        ("the guard: “It", "the guard"),
        ("the guard. Although", "the guard"),
        ("a guard of Gov. Lee", "a guard of Gov. Lee"),
        ("the “Red Wing” file", "the Red Wing file"),
        ("one resident", "one resident"),
        ("the states", "the states"),
    ],
)
def test_a_description_is_a_noun_phrase_or_nothing(words: str, answer: str | None) -> None:
    text = f"So it was: {words} - and so on."
    assert NameIndex.read(text).resolve(span_of(text, words), None) == answer


def test_a_bare_noun_is_called_what_it_was_introduced_as() -> None:
    text = (
        "A new state audit report came out. The firm's first letter came. Guards told that a senior port guard left. "
        "The report said so; the letter did, the guard and the mole."
    )
    index = NameIndex.read(text)
    places = ("The report", "the letter", "the guard", "the mole")
    answers = ["A new state audit report", "The firm's first letter", "a senior port guard", "the mole"]
    assert [index.resolve(span_of(text, words), None) for words in places] == answers


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Senator Ann Sand met Ms. Bo Sand. Senator Sand left.", "Senator Sand", "Ann Sand"),
        ("Senator Ann Sand met Ms. Bo Sand. Ms. Sand left.", "Ms. Sand", "Bo Sand"),
        ("First lady Ann Velez waved. President Velez spoke.", "President Velez", "Velez"),
        ("First lady Ann Velez waved. The first lady, Mrs. Velez, spoke.", "Mrs. Velez", "Ann Velez"),
        ("Mayor Ann Velez waved. Governor Velez spoke.", "Governor Velez", "Ann Velez"),
    ],
)
def test_a_title_tells_people_of_one_surname_apart(text: str, words: str, name: str) -> None:
    start = text.rindex(words)
    assert NameIndex.read(text).name_of(Span(start, start + len(words))) == name


@pytest.mark.parametrize("name", ["Human Rights Watch", "Doctors Without Borders"])
def test_a_body_keeps_the_function_words_of_its_name(name: str) -> None:
    text = f"“It hurts,” {name} said on Monday."
    start = text.index(name)
    assert NameIndex.read(text).name_of(Span(start, start + len(name))) == name


def test_who_is_asked_for_at_each_mention_costs_in_proportion() -> None:
    def ask(text: str) -> None:
        names = NameIndex.read(text)
        for start in range(0, len(text), 40):
            names.title_of("Ada Brook")
            names.bearer_called(f"Ms. Brook of {start % 7}")
            names.sex_of("Brook")

    assert grows_with_length(ask, "The welder Bo Tran met Ada Brook on Sunday. ", 5_000)


def test_the_letter_of_a_question_is_nobody() -> None:
    names = NameIndex.read("Q: Why did you leave?\nA: I was pushed.")
    assert names.resolve(Span(0, 1), None) is None


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Hale spoke. He said first lady Vera Hale would go. Hale went on.", "Hale", "Hale"),
        ("Vera Hale, his wife, spoke. Hale went on.", "Hale", "Vera Hale"),
        ("Brandt won. His daughter, Vera Brandt, wept. Brandt spoke.", "Brandt", "Brandt"),
        ("The Tea Party-backed Sorrel won. Owen Sorrel spoke.", "The Tea Party-backed Sorrel", "Owen Sorrel"),
        ("Attendee Rita Marden praised it.", "Attendee Rita Marden", "Rita Marden"),
        ("Rita Marden/AP. The AP reported it.", "The AP", "AP"),
    ],
)
def test_relatives_participles_and_credits_are_told_apart(text: str, words: str, name: str) -> None:
    assert name_in(text, words) == name
