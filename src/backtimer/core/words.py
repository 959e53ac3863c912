"""The small words of the coach: sides, positions, phases, breaths, times, and what is said on the way.

Plain text without markup, short and speakable: it may be read by someone at a distance, or heard by someone
who lies face down with her eyes closed.
"""

from __future__ import annotations

from math import floor

from backtimer.core.languages import v
from backtimer.core.plan.plan import Step, StepKind
from backtimer.core.plan.routine import Breath, Exercise, Position, Side
from backtimer.core.session.events import Outcome, PauseReason

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


def phase_word(step: Step) -> str:
    """The one or two words for what a step is: `Lift`, `Keep moving`, `Rest`."""
    if step.kind is not StepKind.PHASE:
        return v.CHANGE_POSITION if step.position_change else v.KINDS[step.kind]
    if step.continuous:
        return v.KEEP_MOVING
    name = step.phase or ""
    own = v.PHASES.get(name) or name.replace("-", " ").replace("_", " ").strip()
    return capital(step.say.strip().rstrip(".") or own) or v.GO_ON


def breath_word(breath: Breath) -> str:
    """What to do with the breath: `Breathe in`, `Breathe out`, `Breathe slowly`, `Breathe freely`."""
    return v.BREATHS[breath]


def position_words(position: Position, coming_from: Position | None = None) -> str:
    """How to get into a position, kindly to the back: `Roll over onto your stomach`."""
    if coming_from is None:
        return v.INTO[position]
    return v.INTO_FROM.get((coming_from, position), v.INTO[position])


def setup_words(exercise: Exercise) -> str:
    """How to get set for an exercise: its own words or, without any, its position."""
    return sentence(exercise.setup or position_words(exercise.position))


def faults(exercise: Exercise) -> tuple[str, ...]:
    """What to take care of in an exercise, one sentence each."""
    return tuple(sentence(fault) for fault in exercise.watch if fault.strip())


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
    return " ".join(number_of(number, thing) for number, thing in parts if number) or number_of(0, seconds)


def number_of(number: float, thing: v.Pair) -> str:
    """So many of a thing: `1 rep`, `10 reps`."""
    return thing[number != 1].format(number=number_text(number))


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
    sets = v.SETS_DONE.format(done=done, sets=number_of(planned, v.SETS))
    return f"{sentence(v.DONE if complete and done else v.STOPPED)} {sentence(sets)}"


def stopping_words(done: int, planned: int, set_s: float) -> tuple[str, ...]:
    """What is kept when a session is left, and what is lost, a sentence each.

    Args:
        done: The sets that are done.
        planned: Of so many.
        set_s: Seconds at work in the set that is under way; 0 between sets.
    """
    kept = v.SETS_KEPT.format(done=done, sets=number_of(planned, v.SETS))
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
    return v.GO_ON_WITH.format(left=left, sets=number_of(planned, v.SETS))


def interrupted_words(title: str, done: int, planned: int) -> str:
    """Of a session that broke off, when it can be taken up again."""
    return sentence(v.BROKE_OFF.format(title=title, done=done, sets=number_of(planned, v.SETS)))
