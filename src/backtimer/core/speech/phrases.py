"""Parts of what the coach says about a set: how much it is, and which one of how many."""

from __future__ import annotations

import itertools
import math
import re
from math import floor

from backtimer.core.plan.plan import Plan, SetSpec, Step, StepKind, goes_on, new_round, reps_of_all
from backtimer.core.plan.routine import Breath, Position, Side
from backtimer.core.session.events import Outcome, PauseReason
from backtimer.core.speech.languages import ENGLISH, same_language, v
from backtimer.language import _, counted_words, spoken_tag

# The small words of the coach: sides, positions, phases, breaths, times, and what is said on the way.
#
# Plain text without markup, short and speakable: it may be read by someone at a distance, or heard by
# someone who lies face down with her eyes closed.

_SHORT_S = 180
"""A time shorter than this is said to the second."""


def sentence(text: str) -> str:
    """Text as a sentence: a capital first, a full stop last, unless it ends in a sign of its own."""
    text = text.strip()
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?…" else f"{text}."


def side_words(side: Side | None) -> str:
    """`Left side`, `Right side`; nothing without a side."""
    return "" if side is None else capital(v.SIDE.format(side=v.SIDES[side]))


_THAT_LIMB = re.compile(r"\b([Tt])hat (foot|heel|knee|leg|thigh|hip|arm|elbow|hand|palm)\b")


def on_side(text: str, side: Side | None) -> str:
    """An exercise's own words, with the side they are for: `Lift your left foot` for `Lift that foot`.

    In English, and for who is spoken to in English.
    """
    if side is None or not same_language(spoken_tag(), ENGLISH):
        return text

    def named(found: re.Match[str]) -> str:
        yours = v.ON_SIDE.format(side=v.SIDES[side], limb=found[2])
        return capital(yours) if found[1] == "T" else yours

    return _THAT_LIMB.sub(named, text)


def of_side(left: str, side: Side | None) -> str:
    """What authors write of the left side, for a side: `your right arm with your left leg`.

    Of the right one it is the same with left and right in each other's place; empty where it has neither.
    """
    if side is not Side.RIGHT:
        return left
    words = {v.SIDES[Side.LEFT]: v.SIDES[Side.RIGHT], v.SIDES[Side.RIGHT]: v.SIDES[Side.LEFT]}
    pattern = "|".join(re.escape(word) for word in words)

    def other(match: re.Match[str]) -> str:
        word = words[match[0].lower()]
        return capital(word) if match[0][0].isupper() else word

    turned, found = re.subn(rf"\b({pattern})\b", other, left, flags=re.IGNORECASE)
    return turned if found else ""


def has_side(text: str) -> bool:
    """Whether `on_side` names the side in it."""
    return bool(_THAT_LIMB.search(text))


def phase_word(step: Step) -> str:
    """The one or two words for what a step is: `Lift`, `Keep moving`, `Rest`."""
    if step.kind is not StepKind.PHASE:
        return v.CHANGE_POSITION if step.position_change else v.KINDS[step.kind]
    if step.continuous:
        return v.KEEP_MOVING
    name = step.phase or ""
    own = v.PHASES.get(name) or name.replace("-", " ").replace("_", " ").strip()
    return capital(on_side(step.say.strip().rstrip("."), step.side) or own) or v.GO_ON


def breath_word(breath: Breath) -> str:
    """What to do with the breath: `Breathe in`, `Breathe out`, `Breathe slowly`, `Breathe freely`."""
    return v.BREATHS[breath]


def position_words(position: Position, coming_from: Position | None = None) -> str:
    """How to get into a position, kindly to the back: `Roll over onto your stomach`."""
    if coming_from is None:
        return v.INTO[position]
    return v.INTO_FROM.get((coming_from, position), v.INTO[position])


def count_words(number: int) -> str:
    """A number to be called out: `three`; from 21 on in figures."""
    return v.NUMBERS[number] if 0 <= number < len(v.NUMBERS) else str(number)


def number_text(value: float) -> str:
    """A number without needless decimals: `3`, `2.5`."""
    return f"{round(value, 3):g}" if value < 100_000 else str(round(value))


def time_text(value_s: float) -> str:
    """A time for the eye: `3 s`, `1 min`, `1 min 30 s`."""
    return _time(value_s, v.HOURS_SHORT, v.MINUTES_SHORT, v.SECONDS_SHORT)


def time_words(value_s: float) -> str:
    """A time for the ear: `3 seconds`, `1 minute`, `1 minute 30 seconds`."""
    return _time(value_s, v.HOURS, v.MINUTES, v.SECONDS)


def _time(value_s: float, hours: v.Pair, minutes: v.Pair, seconds: v.Pair) -> str:
    if value_s >= 59.5:
        value_s = round(value_s)
    whole_h, rest = divmod(value_s, 3600)
    whole_min, secs = divmod(rest, 60)
    parts = ((whole_h, hours), (whole_min, minutes), (secs, seconds))
    return " ".join(quantity(number, thing) for number, thing in parts if number) or quantity(0, seconds)


def quantity(number: float, thing: v.Pair) -> str:
    """So many of a thing: `1 rep`, `10 reps`."""
    one, several = thing
    whole = 1 if number == 1 else max(2, round(number))
    return counted_words(one, several, whole).format(number=number_text(number))


def capital(text: str) -> str:
    """Text that begins with a capital."""
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    """Text that goes on after a comma or a colon."""
    return text[:1].lower() + text[1:]


def minutes_text(total_s: float, estimated: bool = False) -> str:
    """How long a session takes: `22 min`, `1 min 40 s`, or `about 22 min` where that is not certain."""
    text = time_text(_roughly(total_s, estimated))
    return v.ABOUT.format(time=text) if estimated else text


def rep_words(rep: int, reps: int | None) -> str:
    """Which rep it is: `Rep 3 of 10`, and `Last rep` at the end of several."""
    if reps is None:
        return v.REP.format(rep=rep)
    return v.LAST_REP if rep == reps > 1 else v.REP_OF.format(rep=rep, reps=reps)


def halfway_words() -> str:
    """At half of a long hold."""
    return sentence(v.HALFWAY)


def extended_words(added_s: float) -> str:
    """When the person asked for more time."""
    return sentence(v.MORE_TIME.format(time=time_words(added_s)))


def paused_words(reason: PauseReason, gap_s: float = 0.0) -> str:
    """When the session stands still, and why."""
    if reason is PauseReason.SLEPT:
        return sentence(v.SLEPT.format(time=rough_time(gap_s)))
    return sentence(v.SET_BACK if reason is PauseReason.SET_BACK else v.PAUSED)


def rough_time(value_s: float) -> str:
    """A time for the ear, no finer than it matters: `1 minute 40 seconds`, `12 minutes`."""
    return time_words(_roughly(value_s))


def _roughly(value_s: float, estimated: bool = False) -> int:
    """A time in seconds, no finer than it matters: from three minutes on in minutes.

    From a minute on an estimate is no finer than ten seconds.
    """
    whole_s = floor(value_s + 0.5)
    if whole_s < _SHORT_S:
        return floor(whole_s / 10 + 0.5) * 10 if estimated and whole_s >= 60 else whole_s
    return floor(whole_s / 60 + 0.5) * 60


_REST_TOLD_BY_S = 5
_REST_TOLD_FROM_S = 10
_REST_NEAR_S = 1.0
"""Who is told a rest this much too long does not notice."""

_REST_MOSTLY = 0.7
"""Of a rest of which this is left all is told: it began when the work ended."""

RESTED_S = 10.0
"""With less time than that nobody rests."""


def rest_words(left_s: float, still_s: float = math.inf, whole_s: float = 0.0) -> str:
    """A rest as it is heard: `Rest for 50 seconds`, `Rest`, or that it is none.

    Args:
        left_s: How much of it is left, which is rounded down.
        still_s: How much of that one is left to rest, before it is told how to get back into place.
        whole_s: How long it is as the author has it, from the end of the work on.
    """
    if still_s < RESTED_S:
        return v.SHORT_PAUSE
    if left_s >= _REST_MOSTLY * whole_s:
        left_s = max(left_s, whole_s)
    if _told(left_s) < _REST_TOLD_FROM_S:
        return v.KINDS[StepKind.REST]
    return v.REST_FOR.format(time=time_words(_told(left_s)))


def _told(left_s: float) -> int:
    """Whole seconds of a rest; from ten on no finer than five."""
    told_s = floor((left_s + _REST_NEAR_S) / _REST_TOLD_BY_S) * _REST_TOLD_BY_S
    return told_s if told_s >= _REST_TOLD_FROM_S else floor(left_s)


def resumed_words() -> str:
    """When the session is about to go on; the count-in follows."""
    return sentence(v.RESUMED)


def safety_words() -> str:
    """The safety card as it is told."""
    return sentence(v.SAFETY)


def outcome_words(outcome: Outcome) -> str:
    """How a set ended, in a word or three."""
    return v.OUTCOMES[outcome]


def ending_words(done: int, planned: int, complete: bool) -> str:
    """At the end of a session: `Done. 9 of 9 sets.`."""
    sets = v.SETS_DONE.format(done=done, sets=quantity(planned, v.SETS))
    return f"{sentence(v.DONE if complete and done else v.STOPPED)} {sentence(sets)}"


def stopping_words(done: int, planned: int, set_s: float) -> tuple[str, ...]:
    """What is kept when a session is left, and what is lost, a sentence each.

    Args:
        done: The sets that are done.
        planned: Of so many.
        set_s: Seconds at work in the set that is under way; 0 between sets.
    """
    kept = v.SETS_KEPT.format(done=done, sets=quantity(planned, v.SETS)) if done else v.NO_SET_YET
    if set_s <= 0:
        return kept, v.NOTHING_LOST
    return kept, v.SET_LOST.format(time=time_text(max(1, round(set_s)))), v.SET_IN_PART


SOME_PAIN = 4
MUCH_PAIN = 6
"""Pain after exercise: up to 3 go on, 4 and 5 go on if it settles in a day, from 6 on the easier form.

Source: leaflets of UK physiotherapy services; pain monitoring, Thomeé 1997.
"""


def day_words(done: int, planned: int, *, hurt: bool = False, pain: int | None = None) -> str:
    """Words that fit how a session went: praise for what was all done, and none when it hurt.

    Args:
        done: The sets that are done.
        planned: Of so many.
        hurt: Whether an exercise was left because it hurt.
        pain: 0-10, after the session; None: not said.
    """
    if hurt or (pain or 0) >= MUCH_PAIN:
        return v.IT_HURTS
    if not done:
        return v.NONE_DONE
    if done < planned:
        return v.PART_DONE
    return v.ALL_DONE if (pain or 0) >= SOME_PAIN else v.PRAISE


def left_words(left: int, planned: int) -> str:
    """What there is to go on with: `Go on: 1 of 3 sets left`."""
    return v.GO_ON_WITH.format(left=left, sets=quantity(planned, v.SETS))


def how_much(plan: Plan, set_index: int) -> str:
    """An amount to be heard: `3 sets of 10 reps on each side, each held for 3 seconds`."""
    spec = plan.sets[set_index]
    if spec.as_many:
        return _held(_each_side(_sets_of(spec, v.AS_MANY), spec), spec)
    if spec.as_long:
        each = v.PYRAMID.format(sets=quantity(spec.sets, v.SETS), reps=_as_long(spec))
        return _each_side(each if spec.sets > 1 and spec.set == 1 else capital(_as_long(spec)), spec)
    if spec.reps is not None:
        reps = _reps(plan, set_index)
        if _is_paired(plan, spec):  # two holds, and what is between: each is told as it is done
            return v.BOTH_IN_EACH.format(reps=reps)
        return _held(_each_side(reps, spec), spec)
    return _each_side(_length(plan, spec), spec)


def brief_amount(plan: Plan, set_index: int) -> str:
    """The same in fewer words: `3 sets of 10 reps on each side`, `3 holds of 20 seconds`."""
    spec = plan.sets[set_index]
    if spec.as_long:
        return how_much(plan, set_index)
    if not spec.by_reps:
        return _length(plan, spec)
    reps = _sets_of(spec, v.AS_MANY) if spec.as_many else _reps(plan, set_index)
    if _is_paired(plan, spec):
        return reps
    return v.EACH_SIDE.format(reps=reps) if spec.alternate else _each_side(reps, spec)


def held_amount(plan: Plan, set_index: int) -> str:
    """Between the two: with how long each rep is held, for who has not been told yet."""
    brief, spec = brief_amount(plan, set_index), plan.sets[set_index]
    if spec.hold_s is None or spec.reps is None or spec.as_long or _is_paired(plan, spec):
        return brief
    return v.HELD_BRIEFLY.format(reps=brief, time=time_words(spec.hold_s))


def _is_paired(plan: Plan, spec: SetSpec) -> bool:
    """Whether each rep works both sides, one after the other, so that there are as many reps as are told."""
    rep = plan.steps[spec.first_step : spec.last_step + 1]
    return spec.alternate and len({step.side for step in rep if step.rep == 1 and step.rep_start}) == 1


def _as_long(spec: SetSpec) -> str:
    """A hold for as long as is comfortable, with when it is over at the latest."""
    if spec.most_s is None:
        return v.AS_LONG
    return v.AS_LONG_AT_MOST.format(time=time_words(spec.most_s))


def own_pace(plan: Plan, spec: SetSpec) -> str:
    """What to do in a set that is over when the person says so."""
    if spec.as_many:
        return capital(_held(_in_turn(v.AS_MANY, spec), spec))
    if spec.as_long:
        return capital(_as_long(spec))
    if spec.reps is not None:
        return v.OWN_PACE.format(reps=_in_turn(quantity(spec.reps, v.REPS), spec))
    step = plan.steps[spec.first_step]
    about = v.ABOUT.format(time=time_words(step.estimate_s if spec.hold_s is None else spec.hold_s))
    return (v.MOVE_FOR if step.continuous else v.HOLD_FOR).format(time=about)


def waiting_words(step: Step) -> str:
    """What is said now and then while a step waits for the person."""
    return v.GO_ON if step.kind is StepKind.REST else v.PRESS_ANY


def place(spec: SetSpec) -> str:
    """Where in its exercise a set stands: `Set 2 of 3`, `Round 2 of 3`; nothing when there is but one."""
    if spec.sets > 1:
        return v.SET_OF.format(set=spec.set, sets=spec.sets)
    if spec.rounds is not None and spec.rounds > 1:
        return v.ROUND_OF.format(round=spec.round, rounds=spec.rounds)
    return ""


def place_of_next(plan: Plan, set_index: int) -> str:
    """A set that goes on with the same exercise: `Set 2 of 3, left side, 4 reps`."""
    spec = plan.sets[set_index]
    before = plan.sets[set_index - 1]
    reps = "" if spec.reps is None or spec.reps == before.reps else quantity(spec.reps, v.REPS)
    held_s, moves_s = _lengths(plan, spec)
    other = (held_s, moves_s) != _lengths(plan, before)
    time = time_words(held_s or moves_s) if other and (held_s or moves_s) else ""
    if spec.as_long and _as_long(spec) != (_as_long(before) if before.as_long else ""):
        time = _as_long(spec)
    if spec.as_many and not before.as_many:
        reps = v.AS_MANY
    parts = (v.SET_OF.format(set=spec.set, sets=spec.sets), side_words(spec.side).lower(), reps, time)
    return ", ".join(part for part in parts if part)


def _circuit(plan: Plan, spec: SetSpec) -> str:
    """What a circuit of several exercises is: how many one after the other, and how often."""
    rounds = spec.rounds or 1
    exercises = {each.exercise for each in plan.sets if each.item == spec.item}
    if not exercises - {spec.exercise}:
        return ""
    together = counted_words(
        "{number} exercise, one after the other", "{number} exercises, one after the other", len(exercises)
    )
    again = counted_words("{number} round of that", "{number} rounds of that", rounds)
    counted = ((together, len(exercises)), (again, rounds))
    return " ".join(sentence(text.format(number=count_words(number))) for text, number in counted)


def round_words(plan: Plan, set_index: int) -> str:
    """At the first exercise of a circuit's round: which round, or how many there will be."""
    spec = plan.sets[set_index]
    if spec.rounds is None or spec.rounds == 1 or not new_round(plan, set_index):
        return ""
    if spec.round == 1:
        return _circuit(plan, spec) or quantity(spec.rounds, v.ROUNDS)
    return v.ROUND_OF.format(round=spec.round, rounds=spec.rounds)


def _length(plan: Plan, spec: SetSpec) -> str:
    step = plan.steps[spec.first_step]
    time = time_words(step.estimate_s if spec.hold_s is None else spec.hold_s)
    if step.seconds is None:
        time = v.ABOUT.format(time=time)
    if spec.sets > 1 and spec.set == 1 and _differ(plan, spec):
        return _("{sets} sets, the first of {time}").format(sets=spec.sets, time=time)
    if spec.sets > 1 and spec.set == 1:
        if step.continuous:
            return v.TIMES_MOVING.format(sets=spec.sets, time=time)
        return v.HOLDS.format(sets=quantity(spec.sets, v.SETS), time=time)
    return (v.MOVE_FOR if step.continuous else v.HOLD_FOR).format(time=time)


def _lengths(plan: Plan, spec: SetSpec) -> tuple[float | None, float]:
    step = plan.steps[spec.first_step]
    return spec.hold_s, step.estimate_s if step.continuous else 0.0


def _differ(plan: Plan, spec: SetSpec) -> bool:
    """Whether the sets of a prescription are held, or moved in, for different times."""
    begin = next(index for index, each in enumerate(plan.sets) if each.first_step == spec.first_step)
    following = itertools.takewhile(lambda index: goes_on(plan, index), range(begin + 1, len(plan.sets)))
    return any(_lengths(plan, plan.sets[index]) != _lengths(plan, spec) for index in following)


def _reps(plan: Plan, set_index: int) -> str:
    reps = reps_of_all(plan, set_index)
    if len(set(reps)) > 1:
        each = ", ".join(_("as many as are comfortable") if one is None else str(one) for one in reps[:-1])
        last = v.AS_MANY if reps[-1] is None else quantity(reps[-1], v.REPS)
        numbers = f"{each}, {last}"
        return v.PYRAMID.format(sets=quantity(len(reps), v.SETS), reps=numbers)
    spec = plan.sets[set_index]
    return _sets_of(spec, quantity(spec.reps or 0, v.REPS))


def _held(reps: str, spec: SetSpec) -> str:
    if spec.hold_s is None:
        return reps
    return (v.EACH_HELD if spec.reps != 1 else v.HELD).format(reps=reps, time=time_words(spec.hold_s))


def _sets_of(spec: SetSpec, what: str) -> str:
    return v.SETS_OF.format(sets=spec.sets, what=what) if spec.sets > 1 and spec.set == 1 else what


def _each_side(reps: str, spec: SetSpec) -> str:
    if spec.one_sided:
        return on_one_side(reps, spec)
    return v.EACH_SIDE.format(reps=reps) if spec.side is not None else _in_turn(reps, spec)


def on_one_side(amount: str, spec: SetSpec) -> str:
    """An amount, with the side that it is for: `8 reps on the left side`."""
    told = _("{amount} on the left side") if spec.side is Side.LEFT else _("{amount} on the right side")
    return told.format(amount=amount)


def _in_turn(reps: str, spec: SetSpec) -> str:
    return v.EACH_IN_TURN.format(reps=reps) if spec.alternate else reps


def exercise_name(plan: Plan, spec: SetSpec) -> str:
    """The name of what a set is of: its exercise, or the activity."""
    if spec.exercise is None:
        return spec.activity or plan.activity or v.ACTIVITY
    return plan.exercise(spec.exercise).name
