"""Articles as nobody would send them: real forms with pieces cut out, doubled, swapped and mangled."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from html import escape
from random import Random

from tests.article_files import Article, load_articles

_TEXT_PIECES = (
    *(
        "“",
        "”",
        '"',
        "'",
        "\n",
        "\n\n",
        "\r\n",
        "— ",
        "> ",
        "- ",
        "(Reuters)",
        "[a](http://b.example)",
        "\0",
        "\u2028",
        "🌉",
    ),
    *(
        "&quot;",
        "&#8220;",
        "&amp;ldquo;",
        "â€œ",
        "â€\x9d",
        "\x93",
        "\x94",
        '\\"',
        "\\u201c",
        '""',
        "<p>",
        "</p>",
        "<b>",
    ),
    *(
        "**",
        "Q: ",
        "AB: ",
        "\nWhy do you?\n",
        "\nI do.\n",
        "\nRead more: ",
        "=E2=80=9C",
        "=\n",
        "\f",
        "\u200b",
        "ﬁ",
        "(Axios).",
    ),
)
_HTML_PIECES = (
    *_TEXT_PIECES,
    *"<blockquote> </blockquote> <cite> </cite> <q> </q> <figure> </figure> <figcaption> <aside> </aside>".split(),
    *("<script>", "</script>", "<!--", "-->", "<div hidden>", "</div>", "<a href='", "<br>"),
    *("<strong>", "</strong>", "<h2>", "</h2>", "<div class='author-box'>"),
)


def mutated(source: str, pieces: tuple[str, ...], random: Random) -> str:
    """``source`` after a few dozen changes, each of a place or a stretch of it."""
    for _ in range(random.randint(1, 30)):
        start = random.randrange(len(source) + 1)
        end = min(len(source), start + random.randint(0, 60))
        change = random.randrange(4)
        if change == 0:
            source = source[:start] + random.choice(pieces) + source[start:]
        elif change == 1:
            source = source[:start] + source[end:]
        elif change == 2:
            source = source[:end] + source[start:]
        else:
            source = source[:start] + random.choice(pieces) + source[end:]
    return source or "a"


def mutated_text(number: int) -> str:
    """The article in plain text of that number."""
    return _mutated(number, lambda text: text, _TEXT_PIECES)


def mutated_html(number: int) -> str:
    """The page of that number."""
    return _mutated(number, page, _HTML_PIECES)


def page(text: str) -> str:
    """An article as a page: its last paragraph a block quotation, with what stands around an article."""
    *paragraphs, last = (f"<p>{escape(line, quote=False)}</p>" for line in text.split("\n") if line.strip())
    body = "\n".join([*paragraphs, f"<blockquote class='wp-block-quote'>{last}<cite>Ada Brook</cite></blockquote>"])
    return f"<html><body><nav>Home</nav><article>{body}</article><footer>“The end”</footer></body></html>"


@cache
def _articles() -> tuple[Article, ...]:
    return load_articles()


def _mutated(number: int, form: Callable[[str], str], pieces: tuple[str, ...]) -> str:
    random = Random(number)
    return mutated(form(random.choice(_articles()).text), pieces, random)
