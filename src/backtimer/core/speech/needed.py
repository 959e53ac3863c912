"""What is needed for a session, told as it begins, and the chair that one gets up by."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from backtimer.core.plan.plan import Plan
from backtimer.core.speech.pieces import Piece, Why, framed
from backtimer.core.speech.work import foreign
from backtimer.language import _

CHAIR = "chair"

MOST_WORDS = 12
"""So many words of a sentence can be taken in at once."""

FETCHED_CHAIR_S = 8.0
"""Time to fetch a chair, which stands elsewhere."""

SPREAD_S = 5.0
"""Time to spread a mat where it is to lie."""

PLACED_S = 4.0
"""Time to put a chair where it is to stand."""


def things_told(plan: Plan, things: Sequence[str], coach: str, *, within_reach: bool) -> list[Piece]:
    """What to have at hand; what only exercises of other languages need is told in these.

    Args:
        plan: What is done.
        things: What is told of.
        coach: The language of the coach's own words, as a tag.
        within_reach: It is not laid out now.
    """
    theirs = _foreign_things(plan, things, coach)
    ours = [_with_article(thing) for thing in things if thing not in theirs]
    needed = _needed_words(ours, within_reach=within_reach)
    for language, named in _by_language(theirs).items():
        frame = _("You will also need {what}") if needed else _("You will need {what}")
        needed += framed(Piece(Why.EQUIPMENT, ", ".join(named), language=language), frame)
    return needed


def _foreign_things(plan: Plan, things: Sequence[str], coach: str) -> dict[str, str]:
    """Things that no exercise in the coach's language needs, each with its language."""
    theirs = [each for each in plan.exercises if foreign(each.language, coach)]
    ours = {thing for each in plan.exercises if each not in theirs for thing in each.equipment}
    return {
        thing: each.language
        for each in theirs
        for thing in each.equipment
        if thing in things and thing not in ours
    }


def _needed_words(things: Sequence[str], *, within_reach: bool) -> list[Piece]:
    """What is needed, in sentences that can be taken in at once."""
    if not things:
        return []
    all_near = _("You will need {things} within reach").format(things=listed(things))
    if within_reach and _words_of(all_near) <= MOST_WORDS:
        return [Piece(Why.EQUIPMENT, all_near)]
    frame, some, told = _("You will need {things}"), [things[0]], []
    for thing in things[1:]:
        if _words_of(frame.format(things=listed([*some, thing]))) > MOST_WORDS:
            told.append(frame.format(things=listed(some)))
            frame, some = _("And {things}"), []
        some.append(thing)
    return [Piece(Why.EQUIPMENT, text) for text in (*told, frame.format(things=listed(some)))]


def _words_of(text: str) -> int:
    return len(text.split())


def listed(things: Sequence[str]) -> str:
    """`a mat, a towel and a chair`."""
    *some, last = things
    return _("{some} and {last}").format(some=", ".join(some), last=last) if some else last


def _by_language(things: Mapping[str, str]) -> dict[str, list[str]]:
    """Things by their language, in their order."""
    found: dict[str, list[str]] = {}
    for thing, language in things.items():
        found.setdefault(language, []).append(thing)
    return found


def chair_placed(*, on_mat: bool) -> list[Piece]:
    """Where the chair stands from which one gets down, and where one's head will be; as exercises tell it."""
    told = [
        Piece(Why.EQUIPMENT, _("Take a firm chair without wheels"), then_s=FETCHED_CHAIR_S),
        Piece(Why.EQUIPMENT, _("Put its back against the wall"), then_s=PLACED_S),
    ]
    if on_mat:
        told.append(
            Piece(Why.EQUIPMENT, _("Lay the mat in front of it, head end at the chair"), then_s=SPREAD_S)
        )
    return told


def chair_at_mat() -> list[Piece]:
    """The chair from which one gets down, where the mat lies already."""
    firmly = _("Put it at the other end, its back against something firm")
    return [
        Piece(Why.EQUIPMENT, _("Take a firm chair without wheels"), then_s=FETCHED_CHAIR_S),
        Piece(Why.EQUIPMENT, firmly, then_s=PLACED_S),
    ]


_UNCOUNTED = re.compile(r"(a|an|the|your|some|\d+)\b|.*[^s]s$", re.IGNORECASE)


def _with_article(thing: str) -> str:
    """A thing as one speaks of it: `a mat`, `an elastic band`, `handles`."""
    if _UNCOUNTED.match(thing):
        return thing
    return (_("an {thing}") if re.match(r"[aeiou]", thing, re.IGNORECASE) else _("a {thing}")).format(
        thing=thing
    )
