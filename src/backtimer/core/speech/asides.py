"""What is told beside the way: what comes next, what is left out as it hurts, praise, how it ends."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable

from backtimer.core.plan.plan import Plan, SetSpec, StepKind, exercise_of_set, goes_on, leads_to, new_round
from backtimer.core.plan.routine import Exercise, Position
from backtimer.core.plan.ways import LYING, ON_FEET
from backtimer.core.session.events import Ended, HurtAsked, LeftOut, Outcome, TakenBack
from backtimer.core.speech.cues import Cue, Priority
from backtimer.core.speech.entries import set_text
from backtimer.core.speech.heard import Heard
from backtimer.core.speech.languages import v
from backtimer.core.speech.marks import NEAR_S
from backtimer.core.speech.needed import CHAIR
from backtimer.core.speech.own_words import way_out
from backtimer.core.speech.phrases import (
    exercise_name,
    lower,
    place_of_next,
    position_words,
    quantity,
    rough_time,
    sentence,
    side_words,
    time_text,
)
from backtimer.core.speech.pieces import Piece, Why, framed, joined, singly
from backtimer.core.speech.placing import GRIPPED_S
from backtimer.core.speech.props import is_fixed
from backtimer.core.speech.rested import places, up_as_taught, ways_of_all
from backtimer.core.speech.work import told_name
from backtimer.language import _, marked


def left_out(
    plan: Plan, event: LeftOut, worked: int | None, *, coach: str = "", attended: bool = True
) -> list[Piece]:
    """When something hurts: the way out, what is left out, and how it goes on, with keys to press.

    Args:
        plan: The plan.
        event: What happened.
        worked: The set last worked on; None: none yet. Of what was not begun there is no way out.
        coach: The language of the coach's own words, as a tag.
        attended: Someone can press keys.
    """
    begun = worked is not None and plan.sets[worked].exercise == plan.sets[event.set_index].exercise
    pieces = [Piece(Why.HURT, _("Stop, and come out slowly"))]
    pieces += out_of(plan, event.set_index, coach) if begun else []
    pieces += _of(plan, event.set_index, Why.HURT, _("We leave out {what} today"), coach)
    pieces.append(Piece(Why.REST, v.KINDS[StepKind.REST]))
    if not attended:
        return pieces
    if event.following is None:
        return [
            *pieces,
            Piece(Why.NEXT, _("That was the last exercise. Press any key to finish")),
            Piece(Why.KEYS, _("Press u to take it back")),
        ]
    frame = _("When the pain is back to usual, press any key: {what}")
    return [
        *pieces,
        *_of(plan, event.following, Why.NEXT, frame, coach),
        Piece(Why.KEYS, _("Or press f to finish")),
        Piece(Why.KEYS, _("Press u to take it back")),
    ]


def out_of(plan: Plan, set_index: int, coach: str = "") -> list[Piece]:
    """The way out of what is done in a set."""
    _name, language = told_name(plan, set_index, coach)
    exercise = exercise_of_set(plan, set_index)
    still_s = GRIPPED_S if exercise is not None and is_fixed(exercise) else 0.0
    told = [Piece(Why.WAY_OUT, text, language=language) for text in way_out(plan, set_index)]
    return [piece.with_still(still_s) for piece in told]


def _of(plan: Plan, set_index: int, why: Why, frame: str, coach: str) -> list[Piece]:
    name, language = told_name(plan, set_index, coach)
    return framed(Piece(why, name, language=language), frame)


def left_out_words(plan: Plan, event: LeftOut, worked: int | None, *, attended: bool = True) -> str:
    """The same, to be read."""
    return joined(piece.text for piece in left_out(plan, event, worked, attended=attended))


def which_words(plan: Plan, event: HurtAsked) -> str:
    """When it hurts on the way from one exercise to another: which one is it?"""
    worked, coming = (exercise_name(plan, plan.sets[index]) for index in (event.worked, event.coming))
    return joined(
        (
            _("Which one hurts?"),
            _("Press h again for {what}, the one just done").format(what=worked),
            _("Press n for {what}, the one to come").format(what=coming),
            _("Press u for neither, and go on"),
        )
    )


def taken_back_words(plan: Plan, event: TakenBack, *, stands: bool) -> str:
    """When an exercise that was left out is back.

    Args:
        plan: The plan.
        event: What happened.
        stands: Whether the session stands still, so that a key is needed to go on.
    """
    if stands:
        words = _("{what} is back in. Press any key to go on")
    elif event.returns:
        words = _("{what} is back in")
    else:
        words = _("{what} is back in. It comes later")
    return sentence(words.format(what=exercise_name(plan, plan.sets[event.set_index])))


def next_words(plan: Plan, index: int) -> str:
    """What comes after this step's set or, from a lead-in, what it leads to; short, without a full stop."""
    leading = leads_to(plan, index)
    if leading is not None:
        return _what(plan, leading)
    following = plan.steps[index].set_index + 1
    if following == len(plan.sets):
        return v.THEN_DONE
    what = _what(plan, following)
    lead = plan.steps[plan.sets[following].lead_in]
    if lead.kind is not StepKind.REST:
        return what
    what = lower(what) if goes_on(plan, following) else what
    if lead.seconds is None:
        return _("Rest as long as you like, then {what}").format(what=what)
    if lead.since is not None:
        return _("Rest until it is time, then {what}").format(what=what)
    return _("Rest {time}, then {what}").format(time=time_text(lead.estimate_s), what=what)


def _what(plan: Plan, set_index: int) -> str:
    """A set as what comes next: the name of something new, otherwise what is different about it."""
    spec = plan.sets[set_index]
    if not goes_on(plan, set_index):
        round_text = _round(spec) if new_round(plan, set_index) else ""
        parts = (exercise_name(plan, spec), round_text, set_text(plan, set_index))
        return " · ".join(part for part in parts if part)
    return side_words(spec.side) if spec.is_second else place_of_next(plan, set_index)


def _round(spec: SetSpec) -> str:
    return _("round {round} of {rounds}").format(round=spec.round, rounds=spec.rounds)


def summed_up(
    plan: Plan, outcomes: Collection[Outcome], event: Ended, *, attended: bool = True
) -> list[Piece]:
    """How a session ended and, where that is known, how much of it was done."""
    pieces = [Piece(Why.END, v.DONE if event.complete else v.STOPPED)]
    if attended:  # of others it is not known what they did
        done = sum(outcome is Outcome.DONE for outcome in outcomes)
        sets, time = quantity(len(plan.sets), v.SETS), rough_time(event.credited_s)
        pieces.append(Piece(Why.END, v.SETS_DONE_IN.format(done=done, sets=sets, time=time)))
    return pieces


BREATHS_S = 6.0
"""Time for two breaths, before one gets up: the head swims else."""

MOVE_S = 3.5
"""Time for each move of getting up."""


def getting_up(plan: Plan, heard: Heard, *, complete: bool) -> list[Piece]:
    """How to get up at the end, from where she is, move by move, each with its time.

    Args:
        plan: The plan.
        heard: Where she is, and what she may have left out.
        complete: Whether it is the end of the plan.
    """
    exercise = None if heard.place is None else exercise_of_set(plan, heard.place)
    if exercise is None:
        return []
    rested = places(plan, heard, len(plan.sets)) if complete and heard.place == len(plan.sets) - 1 else ()
    over = Piece(Why.END, _("That was all"))
    if exercise.position is Position.STANDING:
        dizzy = _("Dizzy? Hold the chair, and sit down") if CHAIR in exercise.equipment else ""
        dizzy = dizzy or _("Dizzy? Sit down slowly")
        return [Piece(Why.END, _("Stand still for a breath")), Piece(Why.END, dizzy), over]
    if exercise.position is Position.SEATED:
        return [Piece(Why.END, _("Take your time getting up")), over]
    others = {place: _up_from(place) for place in rested if place not in ON_FEET}  # there she is up
    groups = ways_of_all(_up_from(exercise.position), others, before=exercise.position)
    still = _("Rest for two slow breaths")
    if exercise.position in LYING:
        still = _("Lie still for two breaths, and open your eyes")
    told = [Piece(Why.END, still, then_s=BREATHS_S)]
    told += [] if plan.knows_all else up_as_taught(heard, Why.END)
    off = int(exercise.position in LYING)  # with the first move she is off what she lay on
    for at, group in enumerate(groups):
        told += [*(_aside(exercise) if at == off else ()), *group]
    return [*told, over]


def _up_from(position: Position) -> list[Piece]:
    moves = singly((position_words(Position.STANDING, position),))
    return [Piece(Why.END, move, then_s=MOVE_S) for move in moves]


def _aside(exercise: Exercise) -> list[Piece]:
    """What lies in the way of who crawls to the chair."""
    if not exercise.away:
        return []
    return [Piece(Why.END, _("Push the things aside"), then_s=MOVE_S)]


GOOD_WORDS = (marked("Well done"), marked("Good work"), marked("Nice and steady"), marked("Nicely done"))
"""Said now and then, in turn."""

KIND_EVERY_S = 180.0
"""A good word comes at most this often."""


class Praise:
    """The good words of one session."""

    def __init__(self) -> None:
        self._since_s: float | None = None
        """When one was said last; before the first, when the session began."""
        self._done_s = -math.inf
        self._said = 0

    def begin(self, at_s: float) -> None:
        """Note when the session began; of no effect later."""
        if self._since_s is None:
            self._since_s = at_s

    def set_done(self, at_s: float) -> None:
        self._done_s = at_s

    def word(self, at_s: float) -> str:
        """A good word, when one is due: a set was just done, and the last one is long ago."""
        since_s = at_s - (at_s if self._since_s is None else self._since_s)
        if at_s - self._done_s > NEAR_S or since_s < KIND_EVERY_S:
            return ""
        return sentence(_(GOOD_WORDS[self._said % len(GOOD_WORDS)]))

    def note(self, cues: Iterable[Cue]) -> None:
        """Note when one of some cues is a good word."""
        for cue in cues:
            if cue.priority is Priority.KIND:
                self._since_s, self._said = cue.at_s, self._said + 1
