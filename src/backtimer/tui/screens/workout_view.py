"""A moment of a session as what the workout screen shows: words, numbers and marks.

The words that all front ends share come from the script; those that only make sense on a screen stand here.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from backtimer.core.picture.moment import Accent, BreathView, Still, View
from backtimer.core.plan.plan import (
    COUNTED_S,
    LEAD_INS,
    Plan,
    SetSpec,
    Step,
    StepKind,
    exercise_of_set,
    position_of_set,
)
from backtimer.core.plan.routine import HOLD, Breath, Position, Side
from backtimer.core.plan.units import Breathing, clock_text
from backtimer.core.session.events import Coming, PauseReason
from backtimer.core.session.session import Snapshot
from backtimer.core.session.transitions import State
from backtimer.core.speech.asides import next_words
from backtimer.core.speech.entries import hold_text, set_text
from backtimer.core.speech.languages import v
from backtimer.core.speech.phrases import (
    breath_word,
    capital,
    exercise_name,
    of_side,
    phase_word,
    position_words,
    quantity,
    sentence,
    time_text,
)
from backtimer.core.speech.pieces import joined
from backtimer.core.speech.placing import turned_over
from backtimer.core.speech.reading import explained, in_turn
from backtimer.language import _, marked
from backtimer.storage.text import clean
from backtimer.tui.screens.tallies import agenda_of, tallies_of

ROUNDING_S = 0.01
"""A clock that was read this much early, or late, still shows the whole second it is about."""

_LARGE_BREATHS = {Breath.IN: marked("in"), Breath.OUT: marked("out")}
_MOVES: dict[Position, tuple[str, ...]] = {
    Position.STANDING: (marked("Stand up"),),
    Position.SEATED: (marked("Onto the chair"),),
    Position.SUPINE: (marked("Onto your back"), marked("On your back")),
    Position.PRONE: (marked("Onto your stomach"), marked("On your stomach")),
    Position.SIDE_LYING: (marked("Onto your side"), marked("On your side")),
    Position.QUADRUPED: (marked("Onto hands and knees"), marked("Hands & knees")),
    Position.KNEELING: (marked("Onto your knees"), marked("Kneel")),
    Position.HALF_KNEELING: (marked("Onto one knee"), marked("One knee")),
    Position.FLOOR_SEATED: (marked("Sit on the floor"), marked("Sit down")),
}
"""A change of position, named by the move; and in fewer letters."""

_SHORTER = {
    StepKind.PREPARE: marked("Ready"),
    StepKind.TRANSITION: marked("Next"),
    StepKind.SWITCH: marked("Switch"),
    StepKind.ACTIVITY: marked("Own pace"),
    StepKind.SELF_PACED: marked("Own pace"),
}
"""The same of other moments."""


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
    detour = _detour(now)
    counting_in = now.count_in is not None and detour is None
    count, shape = (str(now.count_in), "0") if counting_in else _count(now)
    side = v.SIDES[step.side] if step.side else ""
    rep, reps, rep_word = _rep(plan, now, spec, leads_in=leads_in)
    return View(
        name=clean(exercise_name(plan, spec)),
        title=clean(plan.title),
        places=tallies_of(plan, spec, now.records, step.set_index),
        left=_time_left(plan, now),
        fraction=1.0 - now.remaining_s / total_s if total_s > 0 else 1.0,
        accent=_accent(plan, now, counting_in=counting_in),
        phase=_phase(plan, now, counting_in=counting_in),
        side=step.side,
        side_word=capital(side),
        means=clean(side_meaning(plan, step)),
        sides=_sides(plan, step),
        seconds=count,
        seconds_shape=shape,
        rep=rep,
        reps=reps,
        rep_word=clean(rep_word),
        amount=clean(set_text(plan, step.set_index)) if leads_in and spec.exercise is not None else "",
        prompt=_prompt(now, None if leads_in else spec.most_s, leads_in=leads_in),
        how=_how(plan, now),
        cues=() if leads_in else _cues(plan, spec),
        passed_s=int((detour.seconds - (now.count_in or 0)) if detour else now.step_elapsed_s + ROUNDING_S),
        then="" if leads_in else _then(plan, now),
        leads_in=leads_in,
        agenda=agenda_of(plan, now),
    )


def _prompt(now: Snapshot, most_s: float | None, *, leads_in: bool) -> str:
    if now.state is not State.WAITING:
        return ""
    if most_s is not None:
        return _("Press any key when done, by {time} at the latest").format(time=clock_text(most_s))
    return v.GO_ON if leads_in else _("Press any key when done")


def _time_left(plan: Plan, now: Snapshot) -> tuple[str, ...]:
    left = clock_text(ceil(max(0.0, now.remaining_s - ROUNDING_S)))
    told = _("{left} left").format(left=left)
    return (_("about {left} left").format(left=left), told) if plan.estimated else (told,)


def window_title(shown: View) -> str:
    """What the title of the terminal's window says: the exercise, and the time that is left."""
    return _("{exercise} · {left}").format(exercise=shown.name, left=shown.left[0])


def _accent(plan: Plan, now: Snapshot, *, counting_in: bool) -> Accent:
    kind = now.step.kind
    detour = _detour(now)
    if detour is not None:
        return Accent.REST if detour.rest_s else Accent.READY
    if counting_in:
        return Accent.READY
    if kind is StepKind.REST:
        return Accent.REST
    if kind in LEAD_INS:
        return Accent.READY
    return Accent.HOLD if now.step.phase == HOLD else Accent.WORK


def _phase(plan: Plan, now: Snapshot, *, counting_in: bool) -> tuple[str, ...]:
    """What to do now; and, where it is long, the same in fewer letters."""
    step, detour = now.step, _detour(now)
    if counting_in:
        return _named(StepKind.PREPARE)
    if detour is not None:
        if detour.rest_s:
            return _named(StepKind.REST)
        return _move(plan, step.set_index) if _moves(plan, detour) else _named(StepKind.PREPARE)
    if step.position_change:
        return _move(plan, step.set_index)
    if step.kind is StepKind.SELF_PACED and (what := _in_own_time(plan, step)):
        return (what,)
    if step.kind is not StepKind.PHASE:
        return _named(step.kind)
    return (clean(phase_word(step)),)


def _in_own_time(plan: Plan, step: Step) -> str:
    """What is done at one's own pace, where that is a number of reps or a hold: rather than how."""
    spec = plan.sets[step.set_index]
    if spec.reps is not None:
        return quantity(spec.reps, v.REPS)
    return "" if spec.by_reps else capital(hold_text(plan, spec))


def _named(kind: StepKind) -> tuple[str, ...]:
    shorter = _SHORTER.get(kind)
    return (v.KINDS[kind], _(shorter)) if shorter else (v.KINDS[kind],)


def _move(plan: Plan, set_index: int) -> tuple[str, ...]:
    return tuple(_(text) for text in _MOVES[position_of_set(plan, set_index)])


def side_meaning(plan: Plan, step: Step) -> str:
    """What the side of a step means in its exercise: `your left arm with your right leg`.

    Empty: it means what it says.
    """
    left = plan.exercise(step.exercise).left if step.exercise is not None and step.side is not None else ""
    return of_side(left, step.side)


def _sides(plan: Plan, step: Step) -> tuple[tuple[str, str], ...]:
    """The words of both sides, where a step has one, and what they mean."""
    if step.side is None:
        return ()
    return tuple(
        (capital(v.SIDES[side]), clean(side_meaning(plan, step._replace(side=side)))) for side in Side
    )


def _then(plan: Plan, now: Snapshot) -> str:
    words = clean(next_words(plan, now.step_index))
    return words if words == v.THEN_DONE else _("Then: {what}").format(what=words)


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
            (
                _("Which one hurts?"),
                _("h: {exercise}, just done").format(exercise=worked),
                _("n: {exercise}, to come").format(exercise=coming),
                _("u: neither"),
            ),
            "",
            _("Press h, n or u"),
            hurt=True,
        )
    if now.halt is PauseReason.HURT and now.left_out:
        what = _("{exercise} is left out today.").format(exercise=_name(plan, now.left_out[-1]))
        undo = _("u takes it back.")
        if now.over:
            return Still(
                _rest(), (what, undo), _("That was the last exercise"), _("Any key finishes"), hurt=True
            )
        then = _("Then: {exercise}").format(exercise=_name(plan, now.step.set_index))
        return Still(_rest(), (what, undo), then, _("Pain as usual? Any key goes on"), hurt=True)
    return Still(v.PAUSED, (slept,) if slept else (), pause_place(now), _("Space goes on"))


def standing_for_pain(plan: Plan, now: Snapshot, shown: View) -> View:
    """What to show while it stands still because something hurts: that exercise, and not the next."""
    if now.halt is not PauseReason.HURT or not now.left_out:
        return shown
    spec = plan.sets[now.left_out[-1]]
    return shown._replace(
        name=_name(plan, now.left_out[-1]),
        places=tallies_of(plan, spec, now.records, -1),
        then="",
        leads_in=False,
        amount="",
        how=(),
        cues=(),
        side=None,
        side_word="",
        means="",
    )


def left_out_banner(plan: Plan, now: Snapshot) -> str:
    """What is left out, from when it went on after that until something else is worked on."""
    if not now.left_out or now.halt in (PauseReason.WHICH, PauseReason.HURT) or now.state is State.ENDED:
        return ""
    hurt = plan.sets[now.left_out[-1]].exercise
    fresh = is_lead_in(plan, now) or now.count_in is not None
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


def _rest() -> str:
    return v.KINDS[StepKind.REST]


def _get_ready() -> str:
    """While it counts down to going on with work."""
    return v.KINDS[StepKind.PREPARE]


def _moves(plan: Plan, detour: Coming) -> bool:
    places = {_position(plan, each) for each in (detour.after, detour.led) if each is not None}
    return places != {_position(plan, detour.set_index)}


def _position(plan: Plan, set_index: int | None) -> Position | None:
    return None if set_index is None else position_of_set(plan, set_index)


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


def _rep(plan: Plan, now: Snapshot, spec: SetSpec, *, leads_in: bool) -> tuple[int | None, int | None, str]:
    """Which rep it is, of how many, and that in words or, where there are none to count, what this is."""
    if leads_in or spec.exercise is None:
        return None, None, ""
    if now.step.seconds is None:
        much, *more = set_text(plan, now.step.set_index).split(" · ")
        if spec.reps is None:
            return None, None, much
        return None, None, " · ".join((v.KINDS[StepKind.SELF_PACED], *more))
    breath_s = plan.breathing.breath_s
    if spec.breaths and now.step.breath is Breath.SLOW and now.step.seconds == spec.breaths * breath_s:
        breath = min(spec.breaths, int((now.step_elapsed_s + ROUNDING_S) / breath_s) + 1)
        words = _("Breath {number} of {breaths}").format(number=breath, breaths=spec.breaths)
        return breath, spec.breaths, words
    if not spec.by_reps:
        time = time_text(now.step_length_s or now.step.seconds)
        return None, None, _("of {time}").format(time=time)
    rep = now.step.rep or _coming_rep(plan, now.step_index) or 1
    words = v.REP.format(rep=rep) if spec.reps is None else v.REP_OF.format(rep=rep, reps=spec.reps)
    return rep, spec.reps, words


def _coming_rep(plan: Plan, index: int) -> int | None:
    """The rep that a change of side inside a set leads to."""
    following = plan.steps[index + 1 : index + 2]
    return following[0].rep if following else None


def _cues(plan: Plan, spec: SetSpec) -> tuple[str, ...]:
    """What to watch while a set is done; another thing first each time."""
    if spec.exercise is None:
        return ()
    watch = [sentence(text) for text in (spec.note, *plan.exercise(spec.exercise).watch) if text.strip()]
    return tuple(clean(text) for text in in_turn(spec, list(dict.fromkeys(watch))))


def _how(plan: Plan, now: Snapshot) -> tuple[str, ...]:
    """How to do the set: what is new first; what to watch for first where the movement is known."""
    return tuple(dict.fromkeys(clean(text) for text in _told(plan, now)))


def _told(plan: Plan, now: Snapshot) -> Iterator[str]:
    step, detour = now.step, _detour(now)
    spec, exercise = plan.sets[step.set_index], exercise_of_set(plan, step.set_index)
    last = detour.after if detour else step.set_index - 1 if step.set_index else None
    comes = is_lead_in(plan, now) and last is not None
    over = [piece.text for piece in turned_over(plan, step.set_index, last)] if comes else []
    texts = list(explained(plan, step.set_index, over))
    begins = step.kind is StepKind.PREPARE and exercise is not None
    if _moves(plan, detour) if detour else step.position_change or begins:
        old = _position(plan, last)
        if detour is not None and detour.led is not None:  # or there: the voice knows how far she was
            old = None
        into = sentence(position_words(position_of_set(plan, step.set_index), old))
        texts = [into, *(text for text in texts if text != into)]
    setup = "" if exercise is None else sentence(joined(exercise.setup))
    if spec.note:
        texts.insert(1, sentence(spec.note))
    for text in texts:
        if exercise is not None and text == setup:
            yield from (sentence(each) for each in exercise.setup if each.strip())
        else:
            yield text
