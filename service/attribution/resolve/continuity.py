"""The outlet of an interview that goes on: who has just been quoted from it may be quoted from it again.

An outlet that a quote's own sentence does not name is believed the more readily for being credited with the same
speaker's words close by, and the less so for standing alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from service.attribution.model.decoding import Reading
from service.attribution.outlets.registry import OutletIdentity
from service.attribution.quotations import Quotation
from service.attribution.resolve.outlets import OutletAnswer, OutletFinder
from service.attribution.resolve.speakers import SpeakerAnswer

GOES_ON: Final = 0.25
"""How likely, next to "none", an outlet must be that the same speaker is credited to close by."""
LONE: Final = 6.0
"""The same of an outlet, carried over, that the speaker is credited to nowhere close by."""
CLOSE_BY: Final = 1_500
"""Characters between the two quotes, at most."""


def carry_on(
    finder: OutletFinder,
    quotations: Sequence[Quotation],
    readings: Sequence[Reading],
    speakers: Sequence[SpeakerAnswer | None],
    credits: Sequence[OutletAnswer | None],
) -> list[OutletAnswer | None]:
    """The credits, with those of quotes that go on from one before or after them added, one leading to the next, and
    without those that stand alone and are not likely enough to."""
    carried = list(credits)
    likely = [credit or finder.find(reading, GOES_ON) for credit, reading in zip(credits, readings, strict=True)]
    forth = range(len(carried))
    for order in (forth, reversed(forth)):
        _carry(order, quotations, speakers, likely, carried)
    for i in list(_lone(quotations, speakers, carried)):
        carried[i] = finder.find(readings[i], LONE)
    return carried


def _carry(
    order: Iterable[int],
    quotations: Sequence[Quotation],
    speakers: Sequence[SpeakerAnswer | None],
    likely: Sequence[OutletAnswer | None],
    credits: list[OutletAnswer | None],
) -> None:
    """Fill in ``credits`` with those that are ``likely``, in one direction."""
    latest: dict[tuple[str, OutletIdentity], Quotation] = {}
    for i in order:
        speaker, credit = speakers[i], likely[i]
        if speaker is None or credit is None:
            continue
        last = latest.get((speaker.name, credit.identity))
        if credits[i] is None and last is not None and _gap(last, quotations[i]) <= CLOSE_BY:
            credits[i] = credit
        if credits[i] is not None:
            latest[speaker.name, credit.identity] = quotations[i]


def _lone(
    quotations: Sequence[Quotation],
    speakers: Sequence[SpeakerAnswer | None],
    credits: Sequence[OutletAnswer | None],
) -> Iterator[int]:
    """The quotes whose speaker is credited to their outlet in no other quote close by."""
    alike: dict[tuple[str, OutletIdentity], list[int]] = {}
    for i, (speaker, credit) in enumerate(zip(speakers, credits, strict=True)):
        if speaker is not None and credit is not None:
            alike.setdefault((speaker.name, credit.identity), []).append(i)
    for members in alike.values():
        near = [_gap(quotations[a], quotations[b]) <= CLOSE_BY for a, b in pairwise(members)]
        for i, before, after in zip(members, (False, *near), (*near, False), strict=True):
            if not (before or after):
                yield i


def _gap(one: Quotation, other: Quotation) -> int:
    """Characters between two quotations; negative where one is nested in the other."""
    return max(one.outer.start, other.outer.start) - min(one.outer.end, other.outer.end)
