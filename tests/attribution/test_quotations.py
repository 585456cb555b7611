"""Finding quotations: styles, apostrophes, nesting, damaged marks, paragraphs, and what holds of any text."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.attribution.quotations import Quotation, find_quotations, turn_label
from service.attribution.text import Span
from tests.attribution.growth import grows_with_length

MARKS = "\"'`“”„‟‘’‚‛«»‹›「」『』〝〞＂"
ARTICLE_LIKE = st.text(alphabet=MARKS + "'\"'\"“”ab s.,!?:—-()=5 \n\n\r\u2028\u00a0\x00\ud800", max_size=80)
ANY_TEXT = st.one_of(st.text(alphabet=st.characters(), max_size=80), ARTICLE_LIKE)


def quoted(text: str) -> list[str]:
    return [text[quotation.outer.start : quotation.outer.end] for quotation in find_quotations(text)]


def parents(text: str) -> list[int | None]:
    return [quotation.parent for quotation in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We won,” Ana Roe said.", ["“We won,”"]),
        ('He said "no" and "never".', ['"no"', '"never"']),
        ("‘We won,’ said Ana Roe. ‘Twice.’", ["‘We won,’", "‘Twice.’"]),
        ("'We won,' said Ana Roe. 'Twice.'", ["'We won,'", "'Twice.'"]),
        ("Mayor to quit: ‘No regrets at all’", ["‘No regrets at all’"]),
        ("Mayor 'will not go' quietly", ["'will not go'"]),
        ("«Oui», dit-il. « Non », dit-elle.", ["«Oui»", "« Non »"]),
        ("»Ja«, sagte er. „Nein“, sagte sie. „Nie.“", ["»Ja«", "„Nein“", "„Nie.“"]),
        ("„Tak,” powiedział.", ["„Tak,”"]),
        ("”Ja”, sa han. ”Nej.”", ["”Ja”", "”Nej.”"]),
        ("‹Oui› et ‚nein‘.", ["‹Oui›", "‚nein‘"]),
        ("''We won,'' he said. ``We lost,'' she said.", ["''We won,''", "``We lost,''"]),
        ("‘‘We won,’’ he said. `Twice,' she said.", ["‘‘We won,’’", "`Twice,'"]),
        ("「我们赢了」，他说。『不』", ["「我们赢了」", "『不』"]),
        ("＂We won,＂ he said.", ["＂We won,＂"]),
        ("(“So it goes.”) Then “and so—” and “—on.”", ["“So it goes.”", "“and so—”", "“—on.”"]),
        ('the "other" ones—"them"—and "us"', ['"other"', '"them"', '"us"']),
    ],
)
def test_styles(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected
    assert all(quotation.closed and quotation.continues is None for quotation in find_quotations(text))


def test_spans_with_and_without_marks() -> None:
    text = "She said ``yes,'' twice."
    (quotation,) = find_quotations(text)
    assert text[quotation.outer.start : quotation.outer.end] == "``yes,''"
    assert text[quotation.inner.start : quotation.inner.end] == "yes,"


@pytest.mark.parametrize(
    "text",
    [
        "The players' union met the owners' lawyers; the Joneses' dog didn't mind.",
        "The players’ union met the owners’ lawyers; the Joneses’ dog didn’t mind.",
        "The players ' union met the owners ' lawyers , and the Joneses ' dog did n't mind .",
        "'Tis the season, and 'twas ever so; tell 'em that.",
        "It was ’90s rock ’n’ roll, not '80s rock 'n' roll or rock ‘n’ roll.",
        "Goin' home, nothin' doin' there.",
        "O'Dea and D’Arcy sailed to Hawai‘i.",
        'He is 6\'2" tall, she is 5\' 11" and wants a 12" pizza.',
        '<post author="ana roe" class=\'x\'><a href="http://news.example/a">here</a>',
        'Nothing between “” or "" or “ ” there.',
        '"""""""" ‘’‘’‘’‘’‘’ " " " " " " "',
        "",
        "\n\n \n",
    ],
)
def test_marks_that_quote_nothing(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‘The players’ union is finished,’ he said.", ["‘The players’ union is finished,’"]),
        ("'The players' union isn't finished,' he said.", ["'The players' union isn't finished,'"]),
        ("' The players ' union is n't done , ' he said .", ["' The players ' union is n't done , '"]),
        ("'I hated the '80s,' he said.", ["'I hated the '80s,'"]),
        ("'Tis true,' he said.", ["'Tis true,'"]),
        ('"He is 6\'2" tall," she said. "Good."', ['"He is 6\'2" tall,"', '"Good."']),
        ('"I want a 12" pizza," he said.', ['"I want a 12" pizza,"']),
        ('"We won in 2016" was on it.', ['"We won in 2016"']),
        ('"Today"\'s host and “The Bells”’s end', ['"Today"', "“The Bells”"]),
        ('<post author="ana">“Hello there.”</post>', ["“Hello there.”"]),
    ],
)
def test_apostrophes_and_measures_beside_quotations(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected", "nesting"),
    [
        ("“He said ‘no’ to me.”", ["“He said ‘no’ to me.”", "‘no’"], [None, 0]),
        ("'He said \"no\" to me,' she said.", ["'He said \"no\" to me,'", '"no"'], [None, 0]),
        ("''He said 'no.'''", ["''He said 'no.'''", "'no.'"], [None, 0]),
        ("“She told me, ‘I quit.’” “So?”", ["“She told me, ‘I quit.’”", "‘I quit.’", "“So?”"], [None, 0, None]),
        ("\"'Go,' she said, 'now.'\"", ["\"'Go,' she said, 'now.'\"", "'Go,'", "'now.'"], [None, 0, 0]),
        ("“A ‘b “c” d’ e.”", ["“A ‘b “c” d’ e.”", "‘b “c” d’", "“c”"], [None, 0, 1]),
        ('"What does "fair" mean?" he asked.', ['"What does "fair" mean?"', '"fair"'], [None, 0]),
        ("“The “deal” is off,” he said.", ["“The “deal” is off,”", "“deal”"], [None, 0]),
        ("»Er sagte ›nie‹ dazu.«", ["»Er sagte ›nie‹ dazu.«", "›nie‹"], [None, 0]),
        ("« Il a dit “non” hier. »", ["« Il a dit “non” hier. »", "“non”"], [None, 0]),
    ],
)
def test_nesting(text: str, expected: list[str], nesting: list[int | None]) -> None:
    assert quoted(text) == expected
    assert parents(text) == nesting


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('“We won," he said. "Twice,” he said.', ['“We won,"', '"Twice,”']),
        ("“It was a mistake,’’ he said.", ["“It was a mistake,’’"]),
        ("The share “is 51 percent.“", ["“is 51 percent.“"]),
        ("an “urgent review“ of it, a “list” of it", ["“urgent review“", "“list”"]),
        ("” … in this case the train has left,” she wrote.", ["” … in this case the train has left,”"]),
        ("Odds were ”dwindling.”", ["”dwindling.”"]),
        ('And left," he said. "Then he came back," she said.', ['"Then he came back,"']),
        ('He said:"Glued,"and left. He said,"Again."', ['"Glued,"', '"Again."']),
        ('" We won , " he said . " Twice . "', ['" We won , "', '" Twice . "']),
        ("“ Don't go,” he said.", ["“ Don't go,”"]),
        ('"We won, "he said. "Twice."', ['"We won, "', '"Twice."']),
    ],
)
def test_turned_mixed_lost_and_misplaced_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_lost_closing_mark_does_not_shift_the_later_pairs() -> None:
    text = '"We won, he said, and "fine" was all that she said. He was "happy" then. "Bye."'
    assert quoted(text) == ['"We won, he said, and', '"fine"', '"happy"', '"Bye."']
    assert [quotation.closed for quotation in find_quotations(text)] == [False, True, True, True]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "He said: “We won. \u00a0\n\nNobody else spoke.\n\nThe end was “near” then."
    unclosed, near = find_quotations(text)
    assert text[unclosed.outer.start : unclosed.outer.end] == "“We won."
    assert not unclosed.closed
    assert unclosed.inner.end == unclosed.outer.end
    assert near.closed
    assert near.continues is None


def test_an_unclosed_nested_quotation_ends_with_the_one_around_it() -> None:
    text = "“I never said ‘I quit.” She did."
    outer, nested = find_quotations(text)
    assert (outer.closed, nested.closed) == (True, False)
    assert nested.parent == 0
    assert nested.outer.end == outer.inner.end


@pytest.mark.parametrize(
    "text",
    [
        "“One.\n\n“Two.\n\n“Three,” she said.",
        '"One.\n"Two.\n"Three," she said.',
        "‘One.\r\n\r\n‘Two.\r\n\r\n‘Three,’ she said.",
        "'One.\n'Two.\n'Three,' she said.",
        '"One. "Two. "Three," she said.',
    ],
)
def test_an_utterance_reopened_in_each_paragraph(text: str) -> None:
    quotations = find_quotations(text)
    assert [text[quotation.inner.start : quotation.inner.end] for quotation in quotations] == ["One.", "Two.", "Three,"]
    assert [quotation.continues for quotation in quotations] == [None, 0, 1]
    assert [quotation.closed for quotation in quotations] == [True, True, True]


def test_an_utterance_never_closed_is_open_in_all_its_parts() -> None:
    quotations = find_quotations("“One.\n\n“Two.\n\nNobody spoke.")
    assert [(quotation.continues, quotation.closed) for quotation in quotations] == [(None, False), (0, False)]


def test_nested_quotations_are_carried_on_with_the_one_around_them() -> None:
    text = "“She told me, ‘One.\n\n“‘Two,’ and left.”"
    assert quoted(text) == ["“She told me, ‘One.", "‘One.", "“‘Two,’ and left.”", "‘Two,’"]
    assert parents(text) == [None, 0, None, 2]
    assert [quotation.continues for quotation in find_quotations(text)] == [None, None, 0, 1]


def test_a_turn_of_a_transcript_continues_no_other() -> None:
    text = "“LEE: Is it?\n“It was.\n“KATZ: It is.”"
    assert [quotation.continues for quotation in find_quotations(text)] == [None, 0, None]
    assert [turn_label(text, q.inner) for q in find_quotations(text)] == [Span(1, 4), None, Span(23, 27)]
    assert turn_label("“Note: it is.”", Span(1, 12)) is None


def test_a_whole_paragraph_in_other_double_marks_continues_the_one_before() -> None:
    text = '"It was.\n“It is,\n"it will be."'
    assert [quotation.continues for quotation in find_quotations(text)] == [None, 0, 1]
    text = '"It was.\n“It is,” she said.'
    assert [quotation.continues for quotation in find_quotations(text)] == [None, None]


def test_a_quotation_after_a_closed_one_or_after_narration_continues_nothing() -> None:
    text = "“One.”\n\n“Two.\n\nNarration.\n\n“Three.”"
    assert [quotation.continues for quotation in find_quotations(text)] == [None, None, None]


def test_reopening_marks_keep_a_nested_pair_inside_its_paragraph() -> None:
    text = '"The “deal” is off.\n\n"It is over," he said.'
    assert quoted(text) == ['"The “deal” is off.', "“deal”", '"It is over,"']
    assert [quotation.continues for quotation in find_quotations(text)] == [None, None, 0]


def ends_itself(quotation: Quotation) -> bool:
    return quotation.outer.end > quotation.inner.end


def chain_closed(quotations: Sequence[Quotation], index: int) -> bool:
    """Whether the utterance that quotation ``index`` belongs to has its closing mark."""
    following = next((i for i, quotation in enumerate(quotations) if quotation.continues == index), None)
    return ends_itself(quotations[index]) if following is None else chain_closed(quotations, following)


@settings(deadline=None)  # the first run fills caches
@given(ANY_TEXT)
@example("\ud800“\ud800”")
@example("\x00'\x00'")
def test_spans_of_any_text(text: str) -> None:
    quotations = find_quotations(text)
    starts = [quotation.outer.start for quotation in quotations]
    assert starts == sorted(set(starts))
    for outer, inner in ((quotation.outer, quotation.inner) for quotation in quotations):
        assert 0 <= outer.start < inner.start < inner.end <= outer.end <= len(text)
        assert not (text[outer.start : inner.start] + text[inner.end : outer.end]).strip(MARKS)
        assert "\n" not in text[outer.start : outer.end]
        assert text[inner.start : inner.end].strip(MARKS + " ")


@settings(deadline=None)  # the first run fills caches
@given(ANY_TEXT)
def test_nesting_of_any_text(text: str) -> None:
    quotations = find_quotations(text)
    for index, quotation in enumerate(quotations):
        if quotation.parent is not None:
            assert quotation.parent < index
            around = quotations[quotation.parent].inner
            assert around.start <= quotation.outer.start < quotation.outer.end <= around.end
        for earlier in range(index):
            overlap = quotations[earlier].outer.end > quotation.outer.start
            assert overlap == (earlier in ancestors(quotations, index))


def ancestors(quotations: Sequence[Quotation], index: int) -> set[int]:
    found: set[int] = set()
    parent = quotations[index].parent
    while parent is not None:
        found.add(parent)
        parent = quotations[parent].parent
    return found


@settings(deadline=None)  # the first run fills caches
@given(ANY_TEXT)
def test_utterances_of_any_text(text: str) -> None:
    quotations = find_quotations(text)
    for index, quotation in enumerate(quotations):
        assert quotation.closed == chain_closed(quotations, index)
        if quotation.continues is not None:
            before = quotations[quotation.continues]
            assert quotation.continues < index
            assert before.outer.end <= quotation.outer.start
            assert not ends_itself(before)


@settings(deadline=None)  # the first run fills caches
@given(ARTICLE_LIKE)
def test_a_paragraph_before_only_moves_the_spans(text: str) -> None:
    shift = "Nobody had spoken.\n"
    moved = find_quotations(shift + text)
    assert [(q.outer.start - len(shift), q.outer.end - len(shift), q.parent, q.continues, q.closed) for q in moved] == [
        (q.outer.start, q.outer.end, q.parent, q.continues, q.closed) for q in find_quotations(text)
    ]


@pytest.mark.parametrize(
    "pattern",
    [
        '"',
        "'",
        "“”",
        "\"'",
        '"a ',
        "'a' ",
        "“a‘b ",
        "s' ",
        '="',
        '"\n',
        "“a\n",
        "’ ",
        "\"'a“”‘ ’«», b",
        " ",
        " " * 99 + '"',
    ],
)
def test_time_grows_with_the_length_alone(pattern: str) -> None:
    assert grows_with_length(find_quotations, pattern, 4_000)


@pytest.mark.parametrize("row", ['"', "'", "“”", "\"'"])
def test_megabytes_of_nothing_but_marks_hold_no_quotation(row: str) -> None:
    assert find_quotations(row * (2_000_000 // len(row))) == ()
    assert grows_with_length(find_quotations, row, 250_000)
