"""Places that carry a name."""

from __future__ import annotations

from service.attribution.mentions.detect import find_mentions
from service.attribution.mentions.mention import BareNames
from service.attribution.text import words_of


def test_a_mention_has_its_name_apart_from_what_stands_around_it() -> None:
    text = "It rained. Press Secretary Ada “Addie” Brook Jr.’s house stood."
    (mention,) = find_mentions(text, words_of(text))
    assert (mention.name, mention.words, mention.suffix) == ("Ada Brook Jr.", ("ada", "brook"), "jr")
    assert text[mention.outer : mention.start] == "Press Secretary "
    assert mention.titles == {"press", "secretary"}
    assert mention.kind == "person"


def test_a_title_in_small_letters_before_the_name_is_one_of_its_titles() -> None:
    text = "It was senator Brook."
    (mention,) = find_mentions(text, words_of(text))
    assert mention.titles == {"senator"}


def test_bare_names_are_single_words_that_stand_for_somebody() -> None:
    text = "Ada Brook met Dunn. Mr. Fenn left. Dunn stayed."
    bare = BareNames.of(find_mentions(text, words_of(text)))
    assert dict(bare.first) == {"dunn": text.index("Dunn"), "fenn": text.index("Fenn")}
    assert bare.titled == {"fenn"}
    assert bare.stands_before("dunn", len(text))
    assert not bare.stands_before("dunn", 0)
    assert not bare.stands_before("brook", len(text))


def test_a_name_is_without_what_no_reader_sees() -> None:
    text = "\u2066Ada\u200b Bro\u00adok\u2069 met Griﬃn Fi\u200beld."
    ada, griffin = find_mentions(text, words_of(text))
    assert (ada.name, ada.words) == ("Ada Brook", ("ada", "brook"))
    assert (griffin.name, griffin.words) == ("Griffin Field", ("griffin", "field"))
