from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.attribution import QuoteAttributor
from service.attribution.language import MIN_CHARACTERS, foreign_language
from tests.article_files import Article, load_articles

FRENCH = (
    "Le maire a déclaré jeudi que le pont resterait fermé jusqu’au printemps. « Nous n’avons pas le choix », a-t-il "
    "dit à la presse. « Les habitants le savent depuis longtemps, et ils attendent une réponse de la région. »"
)
GERMAN = (
    "Der Bürgermeister sagte am Donnerstag, die Brücke bleibe bis zum Frühjahr geschlossen. „Wir haben keine Wahl“, "
    "sagte er der Zeitung. „Die Leute wissen das seit langem, und sie warten auf eine Antwort aus der Hauptstadt.“"
)


@pytest.mark.parametrize(("text", "language"), [(FRENCH, "fr"), (GERMAN, "de")])
def test_another_language_is_told(text: str, language: str) -> None:
    assert foreign_language(text) == language


@pytest.mark.parametrize("article", load_articles(), ids=lambda article: article.name)
def test_english_is_not_taken_for_another(article: Article) -> None:
    assert foreign_language(article.text) is None


@pytest.mark.parametrize("text", ["", FRENCH[: MIN_CHARACTERS - 1], "“" * 20_000, "“No,” “Yes,” " * 100, "12.3 " * 500])
def test_too_little_to_go_by_is_let_pass(text: str) -> None:
    assert foreign_language(text) is None


@given(st.text(st.characters(), max_size=400))
def test_any_text_can_be_asked_about(text: str) -> None:
    foreign_language(text)


def test_the_answer_warns(engine: QuoteAttributor) -> None:
    (warning,) = engine.attribute(FRENCH).warnings
    assert "English (fr)" in warning
    assert engine.attribute("“The bridge opens on Monday,” said Ada Brook.").warnings == ()
