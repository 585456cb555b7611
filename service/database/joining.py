"""Links the articles of a database: resolves speakers to one identity each, and finds quotes that several articles
share."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple
from functools import partial
from typing import NamedTuple

from service.data.word_lists import fold
from service.database.bodies import stands_in, without_article, written_out
from service.database.identity import Bearer, Context, Rarity, context_of, fullest, tell_apart
from service.database.people import PersonName, is_name
from service.database.progress import log_progress
from service.database.repeats import Version, find_sayings, infer_speakers
from service.database.wording import shingles, words_of

_BODIES = frozenset({"organization", "group"})  # types of speakers that may go by an acronym


class _Quoted(NamedTuple):
    """A speaker in one article: a row of ``bearers``."""

    id: int
    article_id: int
    name: str
    type: str


def join_speakers(connection: sqlite3.Connection) -> None:
    """Insert one row per speaker for all articles, and set each quote's speaker."""
    for named, everywhere in _speakers(connection):
        _add_speaker(connection, everywhere, named=named)
    connection.execute(
        "UPDATE quotes SET speaker_id = (SELECT speaker_id FROM spoken JOIN bearers ON bearers.id = bearer_id"
        " WHERE quote_id = quotes.id)"
    )


def _speakers(connection: sqlite3.Connection) -> Iterator[tuple[bool, Sequence[_Quoted]]]:
    """All speakers: whether each is named, and their rows of ``bearers``.

    People are resolved by ``identity``. Organisations, groups and documents are the same if their names are equal, and
    organisations or groups also if one name is the acronym of the other.
    """
    people: defaultdict[str, list[tuple[PersonName, _Quoted]]] = defaultdict(list)
    others: defaultdict[str, list[_Quoted]] = defaultdict(list)
    rows = connection.execute("SELECT id, article_id, name, type FROM bearers ORDER BY id").fetchall()
    for quoted in map(_Quoted._make, rows):
        person = PersonName.parse(quoted.name) if quoted.type == "person" else None
        if not is_name(quoted.name):
            yield False, [quoted]
        elif person and " and " not in quoted.name:
            people[person.surname].append((person, quoted))
        else:
            others[fold(without_article(quoted.name))].append(quoted)
    _join_acronyms(connection, others)
    yield from ((True, same) for same in others.values())
    contexts = partial(_context, connection)
    rarity = Rarity(contexts(id_) for (id_,) in connection.execute("SELECT id FROM articles ORDER BY id").fetchall())
    for namesakes in log_progress(people.values(), "surnames resolved"):
        by_id = {quoted.id: quoted for _, quoted in namesakes}
        bearers = (Bearer(quoted.id, name, contexts(quoted.article_id)) for name, quoted in namesakes)
        yield from ((True, [by_id[id_] for id_ in person]) for person in tell_apart(bearers, rarity))


def _join_acronyms(connection: sqlite3.Connection, others: dict[str, list[_Quoted]]) -> None:
    """Merge an acronym with the only organisation that it can stand for, if an article has both names.

    ``others`` are speakers by their folded name; it is changed in place.
    """
    names = {same[0].name: key for key, same in others.items() if any(quoted.type in _BODIES for quoted in same)}
    for acronym, full in written_out(names).items():
        short, long = others[names[acronym]], others[names[full]]
        if _in_one_article(connection, acronym, full, {quoted.article_id for quoted in (*short, *long)}):
            long += others.pop(names[acronym])


def _in_one_article(connection: sqlite3.Connection, one: str, other: str, articles: Iterable[int]) -> bool:
    return any(
        stands_in(one, text) and stands_in(other, text)
        for text in (_text(connection, article) for article in sorted(articles))
    )


def _context(connection: sqlite3.Connection, article_id: int) -> Context:
    """The words of the names in an article."""
    return context_of(_text(connection, article_id))


def _text(connection: sqlite3.Connection, article_id: int) -> str:
    """The text of an article; if it was not kept, its title and its speakers' names."""
    text, title = connection.execute("SELECT text, title FROM articles WHERE id = ?", [article_id]).fetchone()
    if text is not None:
        return str(text)
    names = connection.execute("SELECT name FROM bearers WHERE article_id = ?", [article_id])
    return ", ".join(["names", title or "", *(name for (name,) in names)])


def _add_speaker(connection: sqlite3.Connection, everywhere: Sequence[_Quoted], *, named: bool) -> None:
    names = Counter(quoted.name for quoted in everywhere)
    types = Counter(quoted.type for quoted in everywhere)
    speaker = connection.execute(
        "INSERT INTO speakers (name, type, named) VALUES (?, ?, ?)", [fullest(names), types.most_common(1)[0][0], named]
    ).lastrowid
    connection.executemany(
        "INSERT INTO speaker_names (speaker_id, name, articles) VALUES (?, ?, ?)",
        [(speaker, name, articles) for name, articles in names.most_common()],
    )
    connection.executemany(
        "UPDATE bearers SET speaker_id = ? WHERE id = ?", [(speaker, quoted.id) for quoted in everywhere]
    )


def join_sayings(connection: sqlite3.Connection) -> None:
    """Insert the quotes that several articles share, and the speakers inferred from them."""
    for number, saying in enumerate(find_sayings(_versions(connection)), start=1):
        connection.execute(
            "INSERT INTO sayings VALUES (?, ?, ?, ?)",
            [number, saying.first.quote, len(saying.versions), saying.articles],
        )
        connection.executemany(
            "INSERT INTO versions VALUES (?, ?, ?)",
            [(version.quote, number, relation) for version, relation in saying.versions],
        )
        connection.executemany(
            "INSERT INTO inferred_speakers VALUES (?, ?, ?, ?)", map(astuple, infer_speakers(saying))
        )


def _versions(connection: sqlite3.Connection) -> Iterator[Version]:
    """The quotes that share a run of words with a quote of another article. Most do not, and are not held in memory."""
    connection.execute("CREATE TEMP TABLE runs (run INTEGER NOT NULL, quote_id INTEGER NOT NULL, article_id INTEGER)")
    connection.executemany("INSERT INTO runs VALUES (?, ?, ?)", _runs(connection))
    rows = connection.execute(
        "SELECT quotes.id, article_id, date, CASE WHEN named THEN speakers.id END, quotes.text FROM quotes"
        " JOIN articles ON articles.id = article_id LEFT JOIN speakers ON speakers.id = speaker_id"
        " WHERE quotes.id IN (SELECT quote_id FROM runs WHERE run IN"
        " (SELECT run FROM runs GROUP BY run HAVING min(article_id) < max(article_id))) ORDER BY quotes.id"
    )
    for quote, article, date, speaker, text in rows:
        yield Version(quote, article, date, speaker, words_of(text))


def _runs(connection: sqlite3.Connection) -> Iterable[tuple[int, int, int]]:
    quotes = connection.execute("SELECT id, article_id, text FROM counted_quotes")
    for quote, article, text in log_progress(quotes, "quotes read"):
        for run in shingles(words_of(text)):
            yield run, quote, article
