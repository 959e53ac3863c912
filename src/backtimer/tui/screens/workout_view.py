"""A moment of a session as what the workout screen shows: texts and numbers, nothing of Textual.

The words that all front ends share come from the script; those that only make sense on a screen stand here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import NamedTuple

from backtimer.core.plan.plan import COUNTED_S, LEAD_INS, Plan, SetSpec, Step, StepKind
from backtimer.core.plan.routine import Breath, Position
from backtimer.core.plan.units import Breathing, clock_text
from backtimer.core.session.events import Coming, Outcome, PauseReason, SetRecord
from backtimer.core.session.session import Snapshot
from backtimer.core.session.transitions import State
from backtimer.core.speech.asides import next_line
from backtimer.core.speech.entries import set_text
from backtimer.core.speech.languages import v
from backtimer.core.speech.phrases import (
    breath_word,
    capital,
    exercise_name,
    phase_word,
    position_words,
    sentence,
    time_text,
)
from backtimer.core.speech.reading import explained
from backtimer.language import _, marked
from backtimer.storage.text import clean
from backtimer.tui.widgets.text import Mark, Tally

ROUNDING_S = 0.01
"""A clock that was read this much early, or late, still shows the whole second it is about."""

MOST_MARKS = 20
"""More reps, sets or rounds than this are told in words only."""

_MARK_OF = {
    Outcome.DONE: Mark.DONE,
    Outcome.PARTIAL: Mark.PARTIAL,
    Outcome.SKIPPED: Mark.SKIPPED,
    Outcome.HURT: Mark.HURT,
}
_LARGE_BREATHS = {Breath.IN: marked("in"), Breath.OUT: marked("out")}
_WORST_FIRST = (Mark.HURT, Mark.SKIPPED, Mark.PARTIAL, Mark.TO_COME, Mark.DONE)
"""A set done on each side is two; together they are as the one that went worse."""


@dataclass(frozen=True, slots=True)
class View:
    """What the screen shows at one moment."""

    crumb: str
    """Where this is: `Bird-dog · Strength circuit`."""
    times: str
    """`2:05 done · 17:40 left`."""
    fraction: float
    """How much of the session has passed, 0 to 1."""
    name: str
    """Of the exercise; from a lead-in on, of the one it leads to."""
    sets: tuple[Tally, ...]
    """Set, round, load and note."""
    count: str
    """The countdown; counts up while the person sets the pace."""
    count_shape: str
    """A text as wide as the longest that this count will be."""
    phase: str
    """`Lift`, `Rest`; empty for an activity, which has none."""
    side: str
    """`Left`, `Right` or nothing."""
    step: str
    """Phase and side in words: `Lift left`."""
    detail: tuple[Tally, ...]
    """Which rep it is or, where there are none to count, what this is."""
    prompt: str
    """What the person is to press for the session to go on; empty when it goes on by itself."""
    guidance: tuple[str, ...]
    """How to do what comes, the most important first; empty while the breath has its place."""
    next: str
    """What comes next."""
    leads_in: bool
    """Whether this moment leads to a set, rather than being part of one."""


class BreathView(NamedTuple):
    """What to do with the breath at one moment."""

    word: str
    """`Breathe out`."""
    large: str = ""
    """The one word of it that is shown large: `in`, `out`; empty where the breath has no pace."""
    level: float | None = None
    """How full the lungs are, 0 to 1; None where the breath has no pace."""


def view(plan: Plan, now: Snapshot, total_s: float) -> View:
    """What to show.

    Args:
        plan: What is done.
        now: Where the session stands.
        total_s: How long the whole plan takes, as estimated.
    """
    step = now.step
    spec = plan.sets[step.set_index]
    leads_in = is_lead_in(plan, now)
    title = clean(plan.title)
    name = clean(exercise_name(plan, spec))
    detour = _detour(now)
    counting_in = now.count_in is not None and detour is None
    count, shape = (str(now.count_in), "0") if counting_in else _count(now)
    phase = _way_word(plan, detour) if detour else clean(phase_word(step))
    side = v.SIDES[step.side] if step.side else ""
    step_text = _in_words(phase, side, step.kind, leads_in=leads_in)
    if counting_in:
        phase = _get_ready()
        step_text = step_text if step_text.startswith(phase) else _phase_and(phase, step_text)
    done = clock_text(int(now.elapsed_s + ROUNDING_S))
    left = clock_text(ceil(max(0.0, now.remaining_s - ROUNDING_S)))
    coming = clean(next_line(plan, spec.lead_in if detour else now.step_index))
    return View(
        crumb=f"{name} · {title}" if title and title != name else name,
        times=(
            _("{done} done · about {left} left") if plan.estimated else _("{done} done · {left} left")
        ).format(done=done, left=left),
        fraction=1.0 - now.remaining_s / total_s if total_s > 0 else 1.0,
        name=name,
        sets=_set_tallies(plan, spec, now.records, step.set_index),
        count=count,
        count_shape=shape,
        phase="" if step.kind is StepKind.ACTIVITY and now.count_in is None else phase,
        side=capital(side),
        step=step_text,
        detail=_detail(plan, now, spec, leads_in=leads_in),
        prompt=_prompt(now, leads_in=leads_in),
        guidance=_guidance(plan, now) if leads_in or step.seconds is None else (),
        next=coming,
        leads_in=leads_in,
    )


def _prompt(now: Snapshot, *, leads_in: bool) -> str:
    if now.state is not State.WAITING:
        return ""
    return _("Press any key to go on") if leads_in else _("Press any key when done")


def is_lead_in(plan: Plan, now: Snapshot) -> bool:
    """Whether this moment leads to a set, rather than being part of one."""
    if _detour(now) is not None:
        return True
    return now.step.kind in LEAD_INS and now.step_index < plan.sets[now.step.set_index].first_step


def breath_now(step: Step, elapsed_s: float, length_s: float | None, pace: Breathing) -> BreathView:
    """What to do with the breath at this moment of a step.

    Args:
        step: The step.
        elapsed_s: How much of it has passed.
        length_s: Its length, extensions included; None while it waits for the person.
        pace: Of a slow breath.
    """
    breath = step.breath
    if breath is Breath.SLOW:
        within_s = elapsed_s % pace.breath_s
        breathes_in = within_s < pace.in_s
        passed = within_s / pace.in_s if breathes_in else (within_s - pace.in_s) / pace.out_s
        breath = Breath.IN if breathes_in else Breath.OUT
    elif length_s and breath is not Breath.FREE:
        passed = min(1.0, elapsed_s / length_s)
    else:
        return BreathView(breath_word(Breath.FREE))
    return BreathView(
        breath_word(breath), _(_LARGE_BREATHS[breath]), passed if breath is Breath.IN else 1.0 - passed
    )


class Still(NamedTuple):
    """What is shown while the session stands still."""

    title: str
    why: str
    """For what it stands still, in a sentence; empty when the person knows."""
    place: str
    """Where it stands, or what comes."""
    keys: str
    """What goes on."""


def still_view(plan: Plan, now: Snapshot, slept: str) -> Still:
    """What to show while the session stands still.

    Args:
        plan: What is done.
        now: Where it stands.
        slept: That the computer was away, in a sentence; empty when it was not.
    """
    if now.halt is PauseReason.WHICH and now.unsure is not None:
        worked, coming = (_name(plan, index) for index in now.unsure)
        return Still(
            _("Which?"),
            _("h: {worked}, just done. n: {coming}, to come.").format(worked=worked, coming=coming),
            _("Which one hurts?"),
            _("u: neither"),
        )
    if now.halt is PauseReason.HURT and now.left_out:
        what = _("{exercise} is left out today.").format(exercise=_name(plan, now.left_out[-1]))
        if now.over:
            last = _("That was the last exercise")
            return Still(_rest(), what, last, _("Any key finishes · u takes it back"))
        then = _("Then: {exercise}").format(exercise=_name(plan, now.step.set_index))
        return Still(_rest(), what, then, _("Pain as usual? Any key · u takes it back"))
    return Still(v.PAUSED, slept, pause_place(now), _("Space goes on"))


def standing_for_pain(plan: Plan, now: Snapshot, shown: View) -> View:
    """What to show while it stands still because something hurts: that exercise, and not the next."""
    if now.halt is not PauseReason.HURT or not now.left_out:
        return shown
    spec = plan.sets[now.left_out[-1]]
    name = _name(plan, now.left_out[-1])
    title = clean(plan.title)
    coming = v.THEN_DONE if now.over else v.NEXT.format(what=_name(plan, now.step.set_index))
    return replace(
        shown,
        name=name,
        crumb=f"{name} · {title}" if title and title != name else name,
        sets=_set_tallies(plan, spec, now.records, -1),
        next=coming,
        guidance=(),
        side="",
    )


def left_out_banner(plan: Plan, now: Snapshot) -> str:
    """What is left out, from when that was said until something else is worked on."""
    if not now.left_out or now.halt is PauseReason.WHICH or now.state is State.ENDED:
        return ""
    hurt = plan.sets[now.left_out[-1]].exercise
    fresh = now.halt is PauseReason.HURT or is_lead_in(plan, now) or now.count_in is not None
    if not fresh or (now.worked is not None and plan.sets[now.worked].exercise != hurt and now.halt is None):
        return ""
    hurts = _name(plan, now.left_out[-1])
    return _("{exercise} is left out today. u takes it back.").format(exercise=hurts)


def _name(plan: Plan, set_index: int) -> str:
    return clean(exercise_name(plan, plan.sets[set_index]))


def pause_place(now: Snapshot) -> str:
    """Where a pause stands: `Hold, 12 s left`."""
    if now.coming is not None:
        return _get_ready()
    phase = clean(phase_word(now.step))
    if now.step_remaining_s is None:
        return phase
    left = ceil(max(0.0, now.step_remaining_s - ROUNDING_S))
    if left < 100:
        return _("{phase}, {seconds} s left").format(phase=phase, seconds=left)
    return _("{phase}, {time} left").format(phase=phase, time=clock_text(left))


def _detour(now: Snapshot) -> Coming | None:
    """The detour under way, before its last seconds."""
    return now.coming if now.count_in is not None and now.count_in > COUNTED_S else None


def _way_word(plan: Plan, detour: Coming) -> str:
    """What a detour is there for."""
    if detour.rest_s:
        return _rest()
    return v.CHANGE_POSITION if _moves(plan, detour) else _get_ready()


def _rest() -> str:
    return v.KINDS[StepKind.REST]


def _get_ready() -> str:
    """While it counts down to going on with work."""
    return v.KINDS[StepKind.PREPARE]


def _moves(plan: Plan, detour: Coming) -> bool:
    return _position(plan, detour.after) is not _position(plan, detour.set_index)


def _position(plan: Plan, set_index: int | None) -> Position | None:
    exercise = None if set_index is None else plan.sets[set_index].exercise
    return None if exercise is None else plan.exercise(exercise).position


def _count(now: Snapshot) -> tuple[str, str]:
    """The countdown and its shape; while waiting for the person, how long that has been."""
    if (detour := _detour(now)) is not None:
        return _countdown(now.count_in or 0, detour.seconds)
    if now.step_remaining_s is None or now.step_length_s is None:
        text = clock_text(int(now.step_elapsed_s + ROUNDING_S))
        return text, "0" * (len(text) - 3) + ":00"
    return _countdown(ceil(max(0.0, now.step_remaining_s - ROUNDING_S)), now.step_length_s)


def _countdown(left: int, length_s: float) -> tuple[str, str]:
    length = ceil(length_s - ROUNDING_S)
    if length < 100:
        return str(left), "0" * len(str(length))
    return clock_text(left), "".join("0" if sign.isdigit() else sign for sign in clock_text(length))


def _set_tallies(
    plan: Plan, spec: SetSpec, records: Sequence[SetRecord | None], current: int
) -> tuple[Tally, ...]:
    tallies = []
    if spec.rounds is not None and spec.round is not None and spec.rounds > 1:
        marks = _round_marks(plan, spec, records)
        tallies.append(Tally(v.ROUND_OF.format(round=spec.round, rounds=spec.rounds), marks))
    if spec.exercise is not None and (spec.sets > 1 or not tallies):
        marks = _set_marks(plan, spec, records, current)
        tallies.append(Tally(v.SET_OF.format(set=spec.set, sets=spec.sets), marks))
    tallies += [Tally(clean(text)) for text in (spec.load, spec.note) if text]
    return tuple(tallies)


def _set_marks(
    plan: Plan, spec: SetSpec, records: Sequence[SetRecord | None], current: int
) -> tuple[Mark, ...]:
    """A mark for each set of this exercise in this entry of the day (and round), both sides together."""
    if spec.sets > MOST_MARKS:
        return ()
    found: dict[int, list[Mark]] = {}
    for index, other in enumerate(plan.sets):
        if (other.item, other.round, other.exercise) == (spec.item, spec.round, spec.exercise):
            mark = Mark.NOW if index == current else _mark(records[index])
            found.setdefault(other.set, []).append(mark)
    return tuple(_together(found.get(number, [])) for number in range(1, spec.sets + 1))


def _round_marks(plan: Plan, spec: SetSpec, records: Sequence[SetRecord | None]) -> tuple[Mark, ...]:
    """A mark for each round of this circuit, all its exercises together; one to come has no outcome yet."""
    if spec.rounds is None or spec.rounds > MOST_MARKS:
        return ()
    found: dict[int | None, list[Mark]] = {spec.round: [Mark.NOW]}
    for index, other in enumerate(plan.sets):
        if other.item == spec.item:
            found.setdefault(other.round, []).append(_mark(records[index]))

    def mark(number: int) -> Mark:
        marks = found.get(number, [])
        to_come = number > (spec.round or 0) and Mark.TO_COME in marks
        return Mark.TO_COME if to_come else _together(marks)

    return tuple(mark(number) for number in range(1, spec.rounds + 1))


def _mark(record: SetRecord | None) -> Mark:
    return Mark.TO_COME if record is None else _MARK_OF[record.outcome]


def _together(marks: Sequence[Mark]) -> Mark:
    if Mark.NOW in marks:
        return Mark.NOW
    return next((mark for mark in _WORST_FIRST if mark in marks), Mark.TO_COME)


def _in_words(phase: str, side: str, kind: StepKind, *, leads_in: bool) -> str:
    """Phase and side in a few words: `Lift left`, `Switch sides: right`; before a set the phase is enough."""
    if not side or leads_in:
        return phase
    return _phase_and(phase, side) if kind in LEAD_INS else _("{phase} {side}").format(phase=phase, side=side)


def _phase_and(phase: str, what: str) -> str:
    return _("{phase}: {what}").format(phase=phase, what=what)


def _detail(plan: Plan, now: Snapshot, spec: SetSpec, *, leads_in: bool) -> tuple[Tally, ...]:
    """Below phase and side: which rep it is or, where there are none to count, what this is."""
    if leads_in or spec.exercise is None:
        return ()
    if now.step.seconds is None:
        return (Tally(clean(set_text(plan, now.step.set_index))),)
    if not spec.by_reps:
        time = time_text(now.step_length_s or now.step.seconds)
        return (Tally(v.PHASE_FOR.format(phase=clean(phase_word(now.step)), time=time)),)
    rep = now.step.rep or _coming_rep(plan, now.step_index) or 1
    if spec.reps is None:
        return (Tally(v.REP.format(rep=rep)),)
    place = v.REP_OF.format(rep=rep, reps=spec.reps)
    if spec.reps > MOST_MARKS:
        return (Tally(place),)
    marks = (*(Mark.DONE,) * (rep - 1), Mark.NOW, *(Mark.TO_COME,) * (spec.reps - rep))
    return (Tally(place, marks),)


def _coming_rep(plan: Plan, index: int) -> int | None:
    """The rep that a change of side inside a set leads to."""
    following = plan.steps[index + 1 : index + 2]
    return following[0].rep if following else None


def _guidance(plan: Plan, now: Snapshot) -> tuple[str, ...]:
    """How to do the set: what is new first; what to watch for first where the movement is known."""
    step = now.step
    spec = plan.sets[step.set_index]
    if spec.exercise is None:
        return ()
    exercise = plan.exercise(spec.exercise)
    told = list(explained(plan, step.set_index))
    detour = _detour(now)
    if _moves(plan, detour) if detour else step.position_change or step.kind is StepKind.PREPARE:
        before = step.set_index - 1 if step.set_index else None
        old = _position(plan, detour.after if detour else before)
        into = sentence(position_words(exercise.position, old))
        told = [into, *(text for text in told if text != into)]
    if spec.note:
        told.insert(1, sentence(spec.note))
    return tuple(clean(text) for text in told)
