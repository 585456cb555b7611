"""What stands in HTML beside the article: navigation, headers and footers of the site, banners, boxes, hidden parts.

An extractor for the web (trafilatura, readability) weighs densities of text and links in a tree. It neither keeps a
body whole that is all there is, nor tells where its text came from. Newsrooms' markup says what it is: by its elements,
its roles, and the names of its classes. These are believed, the last unless hardly anything is left then.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from service.intake.markup import Tag

_ELEMENTS = frozenset(
    "aside audio button canvas datalist embed form head iframe input math menu meter nav noscript object "
    "progress script select style svg template textarea title video".split()
)
_ROLES = frozenset("navigation banner contentinfo complementary search dialog alertdialog menu toolbar".split())
_HIDING_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)

# Words of the names of classes that are beside the article, as a whole name or with others by hyphens.
_NAMES = frozenset(
    "cookie cookies consent gdpr newsletter subscribe subscription paywall related recommended recommendations "
    "recirculation trending share sharing sidebar comments disqus advert advertisement ads promo sponsored breadcrumb "
    "breadcrumbs teaser teasers signup navbar nav navigation popup modal taboola outbrain".split()
)
_PAIRS = re.compile(
    r"(?:read-(?:more|next|also)|see-also|more-(?:stories|news|from)|most-(?:read|popular)|screen-reader-text|sr-only|"
    r"visually-hidden|site-(?:header|footer)|page-(?:header|footer)|skip-link|social-(?:links|icons|media|share))(?:-|$)"
)
_BOX = re.compile(  # author and profile boxes
    r"(?:^|-)(?:(?:author|bio|contributor|journalist|profile|reporter|writer)s?-(?:bio|box|card|profile)|"
    r"(?:card|box)-(?:author|bio|profile)|about-(?:the-)?author)(?:-|$)"
)
_SAYING_OTHER = frozenset({"has", "with", "no", "is", "js", "not", "without"})  # "has-sidebar" is the article's
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_QUOTING = re.compile(r"(?:^|\s)(?:wp-block-)?(?:pull-?quote|block-?quote)(?:\s|$)", re.IGNORECASE)
_CREDITING = re.compile(r"(?:^|[\s_-])(?:attribution|author|byline|credit|source|speaker)(?:\s|$)", re.IGNORECASE)
_JUDGED = frozenset({"nav", "form", "menu", "aside"})
_WHOLE_PAGE = frozenset({"nav", "form", "menu"})  # what some pages put all of themselves in
_FEWEST_PARAGRAPHS = 3  # a form for subscribers says two sentences
_FEWEST_WORDS = 8
_CLOSING = " \t\u00a0\"'”’»)]"
_LARGE = frozenset("div section ul ol li p span header footer figure table h2 h3 h4 h5 h6".split())
_CREDITABLE = frozenset("div span p a b strong em i h4 h5 h6".split())
_PARAGRAPHS = ("p", "li", "td", "blockquote")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an element stands in: how many of each name are open around it, and whether all is a page, not a body."""

    names: Mapping[str, int]
    is_page: bool


def is_left_out(tag: Tag, around: Surroundings, *, trusts_names: bool) -> tuple[bool, bool]:
    """Whether an element is left out with all that is in it, and whether only for the name of a class."""
    attributes = tag.attributes
    if tag.name in _ELEMENTS or _is_hidden(attributes) or attributes.get("role", "").lower() in _ROLES:
        return tag.name not in ("html", "body"), False
    if tag.name in ("header", "footer") and around.is_page:
        return not any(around.names.get(name) for name in ("article", "main", "blockquote", "figure")), False
    by_name = trusts_names and _stands_apart(tag, around) and _is_named(attributes)
    return by_name, by_name


def is_judged_by_content(tag: Tag) -> bool:
    """Whether an element that is left out may hold the article all the same: what it holds then decides."""
    return tag.name in _JUDGED and not _is_hidden(tag.attributes)


def holds_article(name: str, text: str, *, closed: bool) -> bool:
    """Whether the ``text`` of an element is the article's: it says sentences, and the element has no end tag, so that
    it takes in whatever follows, or there are several paragraphs of them. A box may hold as many."""
    lines = (line.rstrip(_CLOSING) for line in text.split("\n"))
    sentences = sum(line[-1:] in (".", "!", "?", "…") and len(line.split()) >= _FEWEST_WORDS for line in lines)
    return sentences > 0 and (not closed or (name in _WHOLE_PAGE and sentences >= _FEWEST_PARAGRAPHS))


def is_quoting_class(tag: Tag) -> bool:
    """Whether an element is none of quotation, but named as one: ``div class="pullquote"``."""
    return "class" in tag.attributes and tag.name in _LARGE and bool(_QUOTING.search(tag.attributes["class"]))


def is_crediting(tag: Tag) -> bool:
    """Whether an element within a quotation or a figure says, by its kind or its name, whose words they are."""
    named = "class" in tag.attributes and _CREDITING.search(tag.attributes["class"])
    return tag.name == "small" or (bool(named) and tag.name in _CREDITABLE)


def _stands_apart(tag: Tag, around: Surroundings) -> bool:
    """Whether an element may be a box by itself: a link is one outside of paragraphs only."""
    if tag.name == "a":
        return not any(around.names.get(name) for name in _PARAGRAPHS)
    return tag.name in _LARGE


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true":
        return True
    return "style" in attributes and bool(_HIDING_STYLE.search(attributes["style"]))


def _is_named(attributes: Mapping[str, str]) -> bool:
    return any(map(_is_beside, f"{attributes.get('class', '')} {attributes.get('id', '')}".split()))


def _is_beside(name: str) -> bool:
    words = [word.lower() for word in _WORD.findall(name)]
    if not words or words[0] in _SAYING_OTHER:
        return False
    joined = "-".join(words)
    return not _NAMES.isdisjoint(words) or bool(_PAIRS.match(joined) or _BOX.search(joined))
