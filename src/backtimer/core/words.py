"""The vocabulary of the coach: sides, positions, phases, breaths, times, and what is said when things happen.

Plain text without markup, short and speakable: it may be read by someone at a distance, or heard by someone
who lies face down with her eyes closed.
"""

from __future__ import annotations

from backtimer.core.counting import counted
from backtimer.core.outcomes import Outcome, PauseReason
from backtimer.core.plan import Step, StepKind
from backtimer.core.routine import Breath, Exercise, Position, Side

_KIND_WORDS = {
    StepKind.PREPARE: "Get ready",
    StepKind.SWITCH: "Switch sides",
    StepKind.REST: "Rest",
    StepKind.TRANSITION: "Next exercise",
    StepKind.ACTIVITY: "At your own pace",
    StepKind.SELF_PACED: "At your own pace",
}

_BREATH_WORDS = {
    Breath.IN: "Breathe in",
    Breath.OUT: "Breathe out",
    Breath.SLOW: "Breathe slowly",
    Breath.FREE: "Breathe freely",
}

_INTO = {
    Position.STANDING: "Stand up",
    Position.SEATED: "Sit down",
    Position.SUPINE: "Lie down on your back",
    Position.PRONE: "Lie down on your stomach",
    Position.SIDE_LYING: "Lie down on your side",
    Position.QUADRUPED: "Come onto your hands and knees",
    Position.KNEELING: "Come onto your knees",
    Position.HALF_KNEELING: "Kneel on one knee",
}

_INTO_FROM = {
    (Position.SUPINE, Position.PRONE): "Roll over onto your stomach",
    (Position.SIDE_LYING, Position.PRONE): "Roll onto your stomach",
    (Position.QUADRUPED, Position.PRONE): "Lower yourself onto your stomach",
    (Position.KNEELING, Position.PRONE): "Lower yourself onto your stomach",
    (Position.PRONE, Position.SUPINE): "Roll over onto your back",
    (Position.SIDE_LYING, Position.SUPINE): "Roll onto your back",
    (Position.SEATED, Position.SUPINE): "Lie back slowly",
    (Position.SUPINE, Position.SIDE_LYING): "Roll onto your side",
    (Position.PRONE, Position.SIDE_LYING): "Roll onto your side",
    (Position.SUPINE, Position.SEATED): "Roll onto your side, then sit up",
    (Position.SIDE_LYING, Position.SEATED): "Push yourself up to sit",
    (Position.PRONE, Position.SEATED): "Push up onto your knees, then sit down",
    (Position.SUPINE, Position.STANDING): "Roll onto your side, then stand up slowly",
    (Position.SIDE_LYING, Position.STANDING): "Push yourself up, then stand up slowly",
    (Position.PRONE, Position.STANDING): "Push up onto your knees, then stand up slowly",
    (Position.SUPINE, Position.QUADRUPED): "Roll over onto your hands and knees",
    (Position.SIDE_LYING, Position.QUADRUPED): "Roll up onto your hands and knees",
    (Position.PRONE, Position.QUADRUPED): "Push up onto your hands and knees",
    (Position.STANDING, Position.QUADRUPED): "Come down onto your hands and knees",
    (Position.SUPINE, Position.KNEELING): "Roll onto your side, then come up onto your knees",
    (Position.PRONE, Position.KNEELING): "Push up onto your knees",
    (Position.QUADRUPED, Position.KNEELING): "Come up onto your knees",
    (Position.STANDING, Position.KNEELING): "Come down onto your knees",
    (Position.SUPINE, Position.HALF_KNEELING): "Roll onto your side, then come up onto one knee",
    (Position.PRONE, Position.HALF_KNEELING): "Push up onto one knee",
    (Position.QUADRUPED, Position.HALF_KNEELING): "Come up onto one knee",
    (Position.STANDING, Position.HALF_KNEELING): "Come down onto one knee",
}

# fmt: off
_NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)
# fmt: on


def sentence(text: str) -> str:
    """Text as a sentence: a capital first, a full stop last, unless it ends in a sign of its own."""
    text = text.strip()
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?…" else f"{text}."


def side_words(side: Side | None) -> str:
    """`Left side`, `Right side`; nothing without a side."""
    return "" if side is None else f"{side.value.capitalize()} side"


def phase_word(step: Step) -> str:
    """The one or two words for what a step is: `Lift`, `Keep moving`, `Rest`."""
    if step.kind is not StepKind.PHASE:
        return "Change position" if step.position_change else _KIND_WORDS[step.kind]
    if step.continuous:
        return "Keep moving"
    said = step.say.strip().rstrip(".") or (step.phase or "").replace("-", " ").replace("_", " ").strip()
    return f"{said[:1].upper()}{said[1:]}" or "Go on"


def breath_word(breath: Breath) -> str:
    """What to do with the breath: `Breathe in`, `Breathe out`, `Breathe slowly`, `Breathe freely`."""
    return _BREATH_WORDS[breath]


def position_words(position: Position, coming_from: Position | None = None) -> str:
    """How to get into a position, kindly to the back: `Roll over onto your stomach`."""
    if coming_from is None:
        return _INTO[position]
    return _INTO_FROM.get((coming_from, position), _INTO[position])


def setup_words(exercise: Exercise) -> str:
    """How to get set for an exercise: its own words or, without any, its position."""
    return sentence(exercise.setup or position_words(exercise.position))


def faults(exercise: Exercise) -> tuple[str, ...]:
    """What to take care of in an exercise, one sentence each."""
    return tuple(sentence(fault) for fault in exercise.watch if fault.strip())


def count_words(number: int) -> str:
    """A number to be called out: `three`; from 21 on in figures."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def number_text(value: float) -> str:
    """A number without needless decimals: `3`, `2.5`."""
    return f"{round(value, 3):g}" if value < 100_000 else str(round(value))


def time_text(value_s: float) -> str:
    """A time for the eye: `3 s`, `1 min`, `1 min 30 s`."""
    return _time(value_s, " s", " min", " h")


def time_words(value_s: float) -> str:
    """A time for the ear: `3 seconds`, `1 minute`, `1 minute 30 seconds`."""
    return _time(value_s, " second", " minute", " hour", plural="s")


def _time(value_s: float, second: str, minute: str, hour: str, plural: str = "") -> str:
    if value_s >= 59.5:
        value_s = round(value_s)
    hours, rest = divmod(value_s, 3600)
    minutes, secs = divmod(rest, 60)
    parts = ((hours, hour), (minutes, minute), (secs, second))
    said = [f"{number_text(number)}{unit}{'' if number == 1 else plural}" for number, unit in parts if number]
    return " ".join(said) or f"0{second}{plural}"


def minutes_text(total_s: float, estimated: bool = False) -> str:
    """How long a session takes: `22 min`, or `about 22 min` where that is not certain."""
    if round(total_s) < 60:
        text = f"{round(total_s)} s"
    else:
        hours, minutes = divmod(round(total_s / 60), 60)
        text = " ".join(f"{number} {unit}" for number, unit in ((hours, "h"), (minutes, "min")) if number)
    return f"about {text}" if estimated else text


def rep_words(rep: int, reps: int | None) -> str:
    """Which rep it is: `Rep 3 of 10`, and `Last rep` at the end of several."""
    if reps is None:
        return f"Rep {rep}"
    return "Last rep" if rep == reps > 1 else f"Rep {rep} of {reps}"


def halfway_words() -> str:
    """At half of a long hold."""
    return "Halfway."


def extended_words(added_s: float) -> str:
    """When the person asked for more time."""
    return f"{time_words(added_s).capitalize()} more."


def paused_words(reason: PauseReason, gap_s: float = 0.0) -> str:
    """When the session stands still, and why."""
    if reason is PauseReason.SLEPT:
        return f"Paused: the computer was away for {_rough(gap_s)}. Nothing was counted."
    return "Paused."


def _rough(gap_s: float) -> str:
    if gap_s < 60:
        return time_words(round(gap_s))
    return time_words(round(gap_s / 60) * 60)


def resumed_words() -> str:
    """When the session is about to go on; the count-in follows."""
    return "Going on."


def hurt_words(following: str = "") -> str:
    """When something hurts.

    Args:
        following: The name of the exercise to go on with; empty: there is none.
    """
    easing = "Ease out of it, slowly. Leave this exercise for today."
    return f"{easing} {sentence(f'When you are ready: {following}')}" if following else easing


def outcome_words(outcome: Outcome) -> str:
    """How a set ended, in a word or three."""
    return {
        Outcome.SKIPPED: "skipped",
        Outcome.PARTIAL: "partly done",
        Outcome.DONE: "done",
        Outcome.HURT: "stopped, it hurt",
    }[outcome]


def ending_words(done: int, planned: int, complete: bool) -> str:
    """At the end of a session: `Done. 9 of 9 sets.`."""
    return f"{'Done' if complete else 'Stopped'}. {done} of {counted(planned, 'set')}."


def interrupted_words(title: str, done: int, planned: int) -> str:
    """Of a session that broke off, when it can be taken up again."""
    return f"{title} broke off after {done} of {counted(planned, 'set')}."
