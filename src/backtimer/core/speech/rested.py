"""Who should ask first; and who rested: she left something out, and is brought along from there.

Who should ask a doctor first is told so before the way into an exercise. On the back and on the chair she can
rest where the others work, and comes along; else she stays where she was, so that the way on is another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from backtimer.core.plan.plan import Plan, exercise_of_set, position_before
from backtimer.core.plan.routine import Exercise, Position
from backtimer.core.plan.ways import LYING, ON_FEET, has_seat
from backtimer.core.speech.heard import Heard
from backtimer.core.speech.languages import v
from backtimer.core.speech.own_words import OwnWords
from backtimer.core.speech.phrases import lower, position_words, sentence
from backtimer.core.speech.pieces import Piece, Why, joined, singly
from backtimer.language import _, marked

RESTING = frozenset({Position.SUPINE, Position.SEATED})
"""There one can rest while others work."""

KNEELING = frozenset({Position.QUADRUPED, Position.KNEELING, Position.HALF_KNEELING})
"""Not for a new knee: the way down is told with the question who should leave it out."""

MOST_PLACES = 1
"""More than that are not called one by one: the others would wait too long."""

OTHERS = marked("All others: {what}")
"""For whom it is, where some were just told to leave it out."""

LEFT_OUT = marked("Left this out before? Wait again")
"""To who waited elsewhere in another round."""

MEANWHILE_S = 0.5
"""Who rested makes her last move while the others make theirs."""


def comes_along(exercise: Exercise, before: Position | None) -> str:
    """What is told who leaves an exercise out, where she is to come along and to rest there; or nothing.

    Args:
        exercise: The exercise.
        before: The position that one comes from; None: it is the first.
    """
    if before is exercise.position:
        return ""
    if exercise.position is Position.STANDING:
        return "" if before is None or before in ON_FEET else _("If so, come up to the chair, and rest")
    if before is None:
        if exercise.position in ON_FEET:
            return ""
        if exercise.position in KNEELING:
            return _("If so, go to the mat as taught, and rest")
        lies = exercise.position in RESTING
        return _("If so, come along, and lie as you like") if lies else _("If so, come and sit on the mat")
    if exercise.position is Position.SUPINE:  # on the back not everybody rests well
        if before is Position.SIDE_LYING:
            return stays_words(before)
        return _("If so, come along, and lie as you like")
    return _("If so, come along, and rest") if exercise.position in RESTING else stays_words(before)


def stays_words(before: Position) -> str:
    """How she rests who stays where the others leave from: who only hears half of it must not obey it.

    On the back she may stay as she is: on the side nobody lies well who has a new hip.
    """
    if before is Position.SUPINE:
        return _("If so, wait on your back or your side")
    if before in LYING:
        return _("If so, wait on your side")
    return _("If so, sit as you like, and wait") if before in KNEELING else ""


def up_as_taught(heard: Heard, why: Why) -> list[Piece]:
    """Once in a session, before the first way up that goes over the knees."""
    knee = Piece(why, _("A new knee or hip? Get up as you were taught"))
    return [] if knee.said in heard.said else [knee]


def places(plan: Plan, heard: Heard, set_index: int) -> Iterator[Position]:
    """Where she may be who left out what came before a set, as she was told; the last one left out first.

    Args:
        plan: What is done.
        heard: Who was told to leave something out.
        set_index: The set; one beyond the last: the end.
    """
    coming = exercise_of_set(plan, set_index) if set_index < len(plan.sets) else None
    at = set_index
    while at > 0:
        exercise = exercise_of_set(plan, at - 1)
        if exercise is None or not any(heard.has(exercise.id, sentence(each)) for each in exercise.ask_first):
            return
        if at == set_index and coming is not None and _leaves_out_both(exercise, coming):
            return
        while at > 0 and plan.sets[at - 1].exercise == exercise.id:
            at -= 1
        if exercise.position is Position.STANDING:
            if has_seat(plan):
                yield Position.SEATED
            return
        if exercise.position in RESTING:
            return
        before = position_before(plan, at)
        if before is None:
            if at == 0:  # she came down to the mat
                yield Position.QUADRUPED
            return
        first = all(spec.exercise != exercise.id for spec in plan.sets[:at])  # only then she was told how
        on_side = first and before in LYING and heard.has(exercise.id, stays_words(before))
        yield Position.SIDE_LYING if on_side else before


def _leaves_out_both(exercise: Exercise, coming: Exercise) -> bool:
    """Whether all that should leave out one should leave out the other, too, and stay where they are."""
    up = coming.position is Position.STANDING and exercise.position not in ON_FEET
    if up or coming.position in RESTING:  # for that she comes along
        return False
    return _words(exercise) <= _words(coming)


def _words(exercise: Exercise) -> set[str]:
    """Those of the questions who should leave it out."""
    return {word for text in exercise.ask_first for word in re.findall(r"\w+", text.split("?")[0].lower())}


def ways_of_all(
    moves: Sequence[Piece],
    others: Mapping[Position, Sequence[Piece]],
    *,
    before: Position | None = None,
    some_stay: bool = False,
) -> list[list[Piece]]:
    """A way, a group of pieces for each move, with what brings along who is elsewhere.

    What is for some comes first: they are called by where they are. Then all go on together.

    Args:
        moves: The way of who worked; none, where she stays where she is.
        others: The ways of who rested, by where they may be, the most likely place first.
        before: Where she comes from who worked; None: it is not known.
        some_stay: Some have just been told to stay where they are: not all go on.
    """
    theirs = {place: list(way) for place, way in others.items() if _texts(way) != _texts(moves)}
    there = [place for place, way in theirs.items() if not way]
    if len(theirs) > len(there):  # who is there already need not be told so
        theirs = {place: way for place, way in theirs.items() if way}
    theirs = dict(list(theirs.items())[:MOST_PLACES])
    groups = [[move] for move in moves]
    if not theirs:
        return [[for_whom(_(OTHERS), moves[0])], *groups[1:]] if some_stay and moves else groups
    shared = min(_shared(moves, way) for way in theirs.values())
    own = len(moves) - shared
    told: list[Piece] = []
    mine = v.WHERE[before] if before and v.WHERE[before] not in {v.WHERE[place] for place in theirs} else ""
    if some_stay and mine and before is not Position.PRONE:  # from the stomach they wait on the side
        mine = _joining_in(mine)
    for place, way in theirs.items():
        where = _joining_in(v.WHERE[place]) if some_stay else v.WHERE[place]
        rest = [piece._replace(why=Why.RESTED) for piece in _shortly(place, way[: len(way) - shared])]
        if not rest:
            told.append(Piece(Why.RESTED, f"{where} {_('Wait') if shared else _('Stay there')}"))
        if own and rest[2:] and mine:  # else she takes the last of their moves for hers
            told.append(Piece(Why.RESTED, f"{mine} {_('Wait')}"))
        for at, piece in enumerate(rest):
            told.append(piece if at else piece._replace(text=f"{where} {piece.text}"))
    if own and any(piece.then_s for piece in told):
        told[-1] = told[-1].with_still(MEANWHILE_S)
    if own and mine:
        groups[0] = [moves[0]._replace(text=f"{mine} {moves[0].text}", brief=moves[0].text)]
    elif own and any(piece.then_s for piece in told):
        groups[0] = [for_whom(_("Others: {what}"), moves[0])]
    if shared:
        frame = _("All who join in: {what}") if some_stay else _("Now all: {what}")
        groups[own] = [for_whom(frame, moves[own])]
    return [[*told, *groups[0]], *groups[1:]] if groups else [told]


def _joining_in(where: str) -> str:
    """By where they rest, those are called who go on, where others were just told to stay there."""
    return _("Joining in, {where}").format(where=lower(where))


def _shortly(place: Position, way: Sequence[Piece]) -> Sequence[Piece]:
    """Up from the back, which comes most often, in a sentence: the others wait meanwhile."""
    up = position_words(Position.QUADRUPED, place)
    if place is not Position.SUPINE or joined(_texts(way)) != joined([up]):
        return way
    return [way[0]._replace(text=v.UP_FROM_BACK, then_s=max(piece.then_s for piece in way))]


def _shared(moves: Sequence[Piece], way: Sequence[Piece]) -> int:
    """How many moves two ways end with alike."""
    pairs = zip(reversed(_texts(moves)), reversed(_texts(way)), strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _texts(way: Sequence[Piece]) -> list[str]:
    return [piece.text for piece in way]


def for_whom(frame: str, move: Piece) -> Piece:
    """A move, with for whom it is."""
    return move._replace(text=frame.format(what=lower(move.text)), brief=move.brief or move.text)


class AskingFirst:
    """Who should ask a doctor first, in one session.

    Args:
        heard: What the listener knows.
        own: The sentences of its exercises.
    """

    def __init__(self, heard: Heard, own: OwnWords) -> None:
        self._heard = heard
        self._own = own

    def who(self, exercise: Exercise, before: Position | None) -> list[Piece]:
        """Who should ask a doctor first, and where to rest then.

        Args:
            exercise: The exercise.
            before: The position that one comes from; None: it is the first.
        """
        asks = [self._briefly(piece) for piece in self._own.untold(exercise, Why.NOTE, exercise.ask_first)]
        if not asks:
            return self._down(exercise, before)
        down = [] if before is None and exercise.position in KNEELING else self._down(exercise, before)
        along = comes_along(exercise, before)
        asks += [Piece(Why.NOTE, along, tells=along)] if along else []
        return [*down, *asks]

    def again(self, exercise: Exercise, before: Position | None) -> list[Piece]:
        """In another round, to who was told to wait elsewhere: it is the same way once more."""
        waits = stays_words(before) if before is not None else ""
        if not waits or before is exercise.position:
            return []
        asked = any(self._heard.has(exercise.id, sentence(text)) for text in exercise.ask_first)
        stays = asked and comes_along(exercise, before) == waits  # she waits where she now is
        if not (stays or self._heard.has(exercise.id, waits)):
            return []
        return [Piece(Why.NOTE, _(LEFT_OUT), tells=LEFT_OUT)]

    def _down(self, exercise: Exercise, before: Position | None) -> list[Piece]:
        """Before the first way down or up, over the knees and one hip: it is not for who has a new one."""
        if exercise.position in ON_FEET:
            gets_up = before is not None and before not in ON_FEET
            return up_as_taught(self._heard, Why.NOTE) if gets_up else []
        if not (before is None or before in ON_FEET):
            return []
        knee = Piece(Why.NOTE, _("A new knee or hip? Go down and turn as you were taught"))
        return [] if knee.said in self._heard.said else [knee]

    def _briefly(self, piece: Piece) -> Piece:
        """A question, with the first words of the answer where that was told in full before."""
        question, mark, answer = piece.text.partition("? ")
        told = any(text.endswith(f"? {answer}") for _who, text in self._heard.told)
        if not (mark and told) or list(singly((answer,)))[1:]:
            return piece
        does = answer.split(",")[0].rstrip(".!")
        again = _("{question}? {does} now.")
        return piece._replace(text=again.format(question=question, does=does))
