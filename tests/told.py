"""When what one must know is told: before an exercise is done, with its phase, after its first set, or never.

`python -m tests.told` prints a table of the bundled days, for one who does them for the first time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import Exercise, Side, Sides
from backtimer.core.speech import vocabulary as v
from backtimer.core.speech.lead_times import with_time_to_tell
from backtimer.core.speech.phrases import on_side, position_words, sentence
from backtimer.core.speech.script import Script
from backtimer.core.speech.transcript import Row, script_rows
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import Paths, bundled_routines

DAYS = (
    ("lower-back", "monday"),
    ("lower-back", "tuesday"),
    ("lower-back", "thursday"),
    ("lower-back", "friday"),
    ("gentle-start", "monday"),
    ("gentle-start", "wednesday"),
    ("gentle-start", "friday"),
    ("between", "monday"),
    ("between", "wednesday"),
    ("between", "friday"),
    ("mcgill-three", "monday"),
    ("morning", "monday"),
    ("extension", "monday"),
    ("desk", "monday"),
)

BEFORE, WITH, AFTER, NEVER = "before", "with", "after", "never"

KINDS = ("name", "position", "side", "equipment", "movement", "breath", "note", "watch", "out")

NEEDED = frozenset({"name", "position", "side", "equipment", "movement", "breath", "note"})
"""What is to be told before, or with its phase."""


class Telling(NamedTuple):
    """One thing to be told of an exercise, and when it is."""

    exercise: str
    kind: str
    text: str
    when: str


@cache
def day_plan(name: str, day: str, known: bool = False) -> Plan:
    """A bundled day as it is told."""
    nowhere = bundled_routines() / "no-such-folder"
    routine = Library(Paths(nowhere, nowhere, nowhere)).load(name)
    return with_time_to_tell(compile_day(routine, day), None if known else ())


@cache
def rows_of(plan: Plan) -> tuple[Row, ...]:
    """All that is heard of it."""
    return tuple(script_rows(plan, Script(plan)))


def _singly(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for part in text.replace(". ", ".|").replace("! ", "!|").split("|"):
            if part.strip():
                yield sentence(part)


def _wanted(plan: Plan, exercise: Exercise) -> Iterator[tuple[str, str]]:
    yield "name", exercise.name
    if exercise.sides is not Sides.NONE and exercise.left:
        yield "side", exercise.left
    for kind, texts in (
        ("position", exercise.setup),
        ("equipment", exercise.gear),
        ("movement", exercise.steps),
        ("breath", exercise.breath),
        ("watch", exercise.watch),
        ("out", exercise.out),
    ):
        for text in map(sentence, texts) if kind == "watch" else _singly(texts):
            # The first sentence of a setup may be the position itself, which is told in other words.
            if kind == "position" and _words(text) <= _words(position_words(exercise.position)):
                continue
            yield kind, text
    for note in {spec.note for spec in plan.sets if spec.exercise == exercise.id and spec.note}:
        yield "note", note


def for_her(text: str) -> str:
    """A move, without for whom it is where some left out the exercise before."""
    text = re.sub(r"^Joining in, (.)", lambda found: found[1].upper(), text)
    for place in v.WHERE.values():
        text = text.removeprefix(f"{place} ")
    return re.sub(
        r"^(?:Now all|All who join in|All others|Others): (.)", lambda found: found[1].upper(), text
    )


def _words(text: str) -> set[str]:
    return set(text.lower().rstrip(".").split())


def tellings(plan: Plan) -> list[Telling]:
    """Everything there is to tell of a day's exercises, and when it is told."""
    rows, starts = rows_of(plan), _starts(plan)
    found = []
    for exercise in plan.exercises:
        first = next(i for i, spec in enumerate(plan.sets) if spec.exercise == exercise.id)
        begins_s = starts[plan.sets[first].first_step]
        over_s = starts[plan.sets[first].last_step + 1]
        for kind, text in _wanted(plan, exercise):
            plain = text.lower().rstrip(".!?")
            sides = {plain, *(on_side(plain, side) for side in Side)}
            moments = [
                row.at_s
                for row in rows
                if row.text and any(each in row.text.lower() for each in sides) and _about(row, exercise)
            ]
            if not moments:
                when = NEVER
            elif moments[0] < begins_s:
                when = BEFORE
            else:
                when = WITH if moments[0] < over_s else AFTER
            found.append(Telling(exercise.id, kind, text, when))
    return found


def _about(row: Row, exercise: Exercise) -> bool:
    """What was laid out, how to breathe, where the hands are, and what some need, may be told of another."""
    return row.exercise == exercise.id or row.why in ("equipment", "breath", "position") or "?" in row.text


def _starts(plan: Plan) -> list[float]:
    starts = [0.0]
    for step in plan.steps:
        starts.append(starts[-1] + step.estimate_s)
    return starts


def missing_ways_out(plan: Plan) -> list[str]:
    """The sets after which the way out of what was done in them is not told before anything else is done."""
    rows, starts = rows_of(plan), _starts(plan)
    missing = []
    for index, spec in enumerate(plan.sets):
        out = tuple(_singly(plan.exercise(spec.exercise).out)) if spec.exercise else ()
        following = plan.sets[index + 1] if index + 1 < len(plan.sets) else None
        if not out or (spec.side is Side.LEFT and following and following.side is Side.RIGHT):
            continue
        over_s = starts[spec.last_step + 1]
        next_s = starts[following.first_step] if following else float("inf")
        last_step_s = starts[spec.last_step] if spec.reps is None else over_s
        told = [row.text for row in rows if row.why == "way_out" and last_step_s <= row.at_s < next_s]
        resting = tuple(_singly(plan.exercise(spec.exercise).resting)) if spec.exercise else ()
        if told not in (list(out), [*out, *resting]):
            missing.append(f"{spec.exercise}, set {index}: {told[:3]}")
    return missing


def main() -> None:
    """Print the table."""
    print(
        f"{'day':<24} {'before':>7} {'with':>5} {'after':>6} {'never':>6}   not told before or with its phase"
    )
    total: Counter[str] = Counter()
    for name, day in DAYS:
        plan = day_plan(name, day)
        told = tellings(plan)
        counts = Counter(each.when for each in told)
        total += counts
        late = Counter(
            f"{each.kind} {each.when}" for each in told if each.when in (AFTER, NEVER) and each.kind != "out"
        )
        why = ", ".join(f"{number} {what}" for what, number in late.items())
        print(f"{name + ' ' + day:<24} " + _numbers(counts) + f"   {why}")
    print(f"{'in all':<24} " + _numbers(total))


def _numbers(counts: Counter[str]) -> str:
    return f"{counts[BEFORE]:>7} {counts[WITH]:>5} {counts[AFTER]:>6} {counts[NEVER]:>6}"


if __name__ == "__main__":
    main()
