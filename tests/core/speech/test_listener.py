"""The whole session by ear: what is heard of every bundled day rebuilds its plan."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from itertools import accumulate, pairwise

import pytest

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.levels import ranges_of_day
from backtimer.core.plan.plan import Plan, Step, StepKind
from backtimer.core.plan.prescription import Level
from backtimer.core.plan.routine import HOLD, Circuit, Day, DayKind, Prescription, Routine, Sides
from backtimer.core.session.session import rehearse
from backtimer.core.speech.cues import Cue, Priority, Tone, Verbosity
from backtimer.core.speech.lead_times import with_time_to_tell
from backtimer.core.speech.phrases import exercise_name
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import Paths, bundled_routines
from tests.core.hearing import Sound, rehearsed
from tests.core.listener import STEPS, HeardSet, Listener, MisheardError
from tests.core.plans import count, routine_of, times
from tests.rules import for_each

DAYS = [
    ("lower-back", "monday"),
    ("lower-back", "tuesday"),
    ("lower-back", "thursday"),
    ("lower-back", "friday"),
    ("gentle-start", "monday"),
    ("gentle-start", "wednesday"),
    ("gentle-start", "friday"),
]
SPOKEN = [Verbosity.FULL, Verbosity.SHORT]

NAMES = frozenset(
    line.removeprefix("name: ").strip()
    for file in (bundled_routines() / "exercises").glob("*.yaml")
    for line in file.read_text(encoding="utf-8").splitlines()
    if line.startswith("name: ")
)


@cache
def routine(name: str) -> Routine:
    nowhere = bundled_routines() / "no-such-folder"
    return Library(Paths(nowhere, nowhere, nowhere)).load(name)


@cache
def plan(name: str, day: str, high: bool = False, known: bool = False) -> Plan:
    asked = routine(name)
    levels: dict[str, Level] = {}
    if high:
        levels = {each: found.top for each, found in ranges_of_day(asked, day).items()}
    return with_time_to_tell(compile_day(asked, day, levels=levels), None if known else ())


@cache
def sounds(
    name: str, day: str, verbosity: Verbosity, high: bool = False, known: bool = False, *, slower: float = 1.0
) -> tuple[Sound, ...]:
    """What is heard of a day by several tests: led once for all of them."""
    return tuple(rehearsed(plan(name, day, high, known), verbosity, slower=slower))


def heard(name: str, day: str, verbosity: Verbosity, high: bool = False, known: bool = False) -> list[Cue]:
    return [sound.cue for sound in sounds(name, day, verbosity, high, known)]


def planned(made: Plan) -> list[HeardSet]:
    """What a listener should understand."""
    return [_planned(made, index) for index in range(len(made.sets))]


def _planned(made: Plan, index: int) -> HeardSet:
    spec = made.sets[index]
    steps = made.steps[spec.first_step : spec.last_step + 1]
    starts = [step for step in steps if step.rep_start and step.rep is not None]
    return HeardSet(
        exercise=exercise_name(made, spec),
        set=spec.set,
        sets=spec.sets,
        round=spec.round,
        rounds=spec.rounds,
        side=spec.side.value if spec.side else None,
        reps=tuple((s.rep or 0, s.side.value if s.side and spec.alternate else None) for s in starts),
        holds=tuple(s.estimate_s for s in steps if s.phase == HOLD and s.kind is StepKind.PHASE),
        rest_s=sum(
            s.estimate_s for s in made.steps[spec.lead_in : spec.first_step] if s.kind is StepKind.REST
        ),
    )


def understood(cues: list[Cue], slower: float = 1.0) -> list[HeardSet]:
    return [replace(each, counted_on=None) for each in Listener(NAMES, slower).listen(cues)]


@for_each("known", [False, True], ids=["new", "known"])
@for_each("high", [False, True], ids=["low", "high"])
@for_each(("name", "day"), DAYS)
@for_each("verbosity", SPOKEN)
def test_what_is_heard_rebuilds_the_plan(
    name: str, day: str, verbosity: Verbosity, high: bool, known: bool
) -> None:
    assert understood(heard(name, day, verbosity, high, known)) == planned(plan(name, day, high, known))


@for_each("slower", [0.8, 1.3])
@for_each("verbosity", SPOKEN)
@for_each(("name", "day"), DAYS)
def test_a_quicker_or_a_slower_voice_tells_as_much(
    name: str, day: str, verbosity: Verbosity, slower: float
) -> None:
    made = plan(name, day)
    cues = [sound.cue for sound in sounds(name, day, verbosity, slower=slower)]
    assert understood(cues, slower) == planned(made)


@for_each(("name", "day"), DAYS)
def test_tones_alone_tell_work_holds_rests_and_switches(name: str, day: str) -> None:
    made = plan(name, day)
    cues = heard(name, day, Verbosity.TONES)
    assert not any(cue.text for cue in cues)
    begun = [cue for cue in cues if cue.tone in STEPS]
    told = [
        (cue.tone, round(end.at_s - cue.at_s, 3))
        for cue, end in zip(begun, [*begun[1:], cues[-1]], strict=True)
    ]
    meaning = {StepKind.PREPARE: Tone.REST, StepKind.REST: Tone.REST, StepKind.TRANSITION: Tone.REST}
    expected = [
        (
            Tone.SWITCH
            if step.kind is StepKind.SWITCH
            else meaning.get(step.kind)
            or (Tone.HOLD if step.phase == HOLD else Tone.EXERT if _is_effort(step) else Tone.RETURN),
            step.estimate_s,
        )
        for step in made.steps
    ]
    assert told == [*expected, (Tone.END, 0.0)]
    long_holds = sum(1 for step in made.steps if step.phase == HOLD and step.estimate_s >= 30)
    assert sum(cue.tone is Tone.HALFWAY for cue in cues) == long_holds


def _is_effort(step: Step) -> bool:
    """Whether it begins a rep, or is an effort of its own in one: to round the back, to straighten a leg."""
    return step.rep_start or step.phase in ("round", "extend", "press", "bend")


Corruption = Callable[[list[Cue]], list[Cue]]


def said(pattern: str, to: str, which: int | None = None) -> Corruption:
    """Other words in place of some, everywhere or at one place."""

    def corrupt(cues: list[Cue]) -> list[Cue]:
        places = [i for i, cue in enumerate(cues) if re.search(pattern, cue.text)]
        assert places, f"{pattern} is never said"
        chosen = places if which is None else [places[which]]
        return [
            cue._replace(text=re.sub(pattern, to, cue.text)) if i in chosen else cue
            for i, cue in enumerate(cues)
        ]

    return corrupt


def swapped(cues: list[Cue]) -> list[Cue]:
    """Left and right the other way round."""
    other = {"left": "right", "right": "left", "Left": "Right", "Right": "Left"}
    pattern = re.compile("|".join(other))
    return [cue._replace(text=pattern.sub(lambda match: other[match[0]], cue.text)) for cue in cues]


def without(tone: Tone, which: int) -> Corruption:
    """One tone less."""

    def corrupt(cues: list[Cue]) -> list[Cue]:
        place = [i for i, cue in enumerate(cues) if cue.tone is tone][which]
        return cues[:place] + cues[place + 1 :]

    return corrupt


def silenced(pattern: str, which: int) -> Corruption:
    """One text less."""

    def corrupt(cues: list[Cue]) -> list[Cue]:
        place = [i for i, cue in enumerate(cues) if re.search(pattern, cue.text)][which]
        return cues[:place] + cues[place + 1 :]

    return corrupt


def later(tone: Tone, which: int, by_s: float) -> Corruption:
    """One tone at another moment."""

    def corrupt(cues: list[Cue]) -> list[Cue]:
        place = [i for i, cue in enumerate(cues) if cue.tone is tone][which]
        return [cue._replace(at_s=cue.at_s + by_s) if i == place else cue for i, cue in enumerate(cues)]

    return corrupt


STRENGTH: list[tuple[str, Corruption]] = [
    ("sides swapped", swapped),
    ("one side wrong", said("Left arm, right leg", "Right arm, left leg", 2)),
    ("a rep number lost", silenced(r"^Five", 0)),
    ("a rep number wrong", said(r"^Five", "Six", 2)),
    ("a last rep told too early", said(r"^Nine", "Last one", 0)),
    ("a rep too few", said(r"^Last one", "Ten", 0)),
    ("another exercise", said("Superman", "Bridge", 0)),
    ("a name lost", said(r"Next: Superman\. ", "", 0)),
    ("a round lost", said("round 2 of 3", "round 3 of 3", 0)),
    ("a rest said wrong", said(r"Rest for \d+ seconds", "Rest for 51 seconds", 0)),
    ("a rest not said", said(r"Rest for \d+ seconds\. ", "", 1)),
    ("a hold not told", without(Tone.HOLD, 4)),
    ("a hold too long", later(Tone.HOLD, 4, -0.5)),
    ("a rep not told", without(Tone.EXERT, 3)),
]
STRETCH: list[tuple[str, Corruption]] = [
    ("sides swapped", swapped),
    ("one side wrong", said(r"Right side", "Left side", 1)),
    ("a set lost", said("set 2 of 3", "set 3 of 3", 0)),
    ("a hold said wrong", said(r"Hold for \d+ seconds", "Hold for 19 seconds", 0)),
    ("a rest said wrong", said("Short pause", "Rest for 45 seconds", 0)),
    ("a name lost", said("Next: Cat-cow", "Next: something", 0)),
    ("a rest too long", later(Tone.REST, 2, -1.0)),
    ("an ending that does not add up", said("21 of 21", "20 of 21", 0)),
]


@for_each("verbosity", SPOKEN)
@for_each(
    ("day", "corrupt"),
    [pytest.param("monday", each, id=f"strength-{name}") for name, each in STRENGTH]
    + [pytest.param("tuesday", each, id=f"stretch-{name}") for name, each in STRETCH],
)
def test_a_script_that_misleads_is_found_out(day: str, corrupt: Corruption, verbosity: Verbosity) -> None:
    cues = corrupt(heard("lower-back", day, verbosity))
    with suppress(MisheardError):
        assert understood(cues) != planned(plan("lower-back", day))


@for_each("verbosity", SPOKEN)
@for_each(("name", "day"), DAYS)
def test_it_is_neither_hasty_nor_silent_for_long(name: str, day: str, verbosity: Verbosity) -> None:
    found = sounds(name, day, verbosity)
    silent = [
        after.at_s - before.ends_s
        for before, after in pairwise(found)
        if "You have a minute" not in before.cue.text
    ]
    assert max(silent) <= (32 if verbosity is Verbosity.FULL else 35)
    kind = [sound.at_s for sound in found if sound.cue.priority is Priority.KIND]
    assert all(after - before >= 180 for before, after in pairwise([0.0, *kind]))
    assert not any("Next: Next" in sound.cue.text for sound in found)


def test_a_rehearsal_takes_as_long_as_the_plan() -> None:
    for name, day in DAYS:
        made = plan(name, day)
        assert list(rehearse(made))[-1].at_s == pytest.approx(made.total_s)


@pytest.mark.parametrize("verbosity", SPOKEN)
def test_rounds_that_not_every_exercise_takes_part_in_are_understood(verbosity: Verbosity) -> None:
    circuit = Circuit(
        (Prescription("superman", reps=times(3)), Prescription("bird-dog", reps=times(2))), count(2, 4)
    )
    day = Day(DayKind.EXERCISES, "Strength", (circuit,))
    made = compile_day(routine_of(day), "monday", levels={"bird-dog": Level(rounds=3)})
    assert [spec.exercise for spec in made.sets if spec.round == 3] == ["bird-dog"]
    assert understood([sound.cue for sound in rehearsed(made, verbosity)]) == planned(made)


@for_each("slower", [0.8, 1.0, 1.3])
@for_each(("name", "day"), DAYS)
def test_the_breath_is_never_told_from_its_second_half_on(name: str, day: str, slower: float) -> None:
    made = plan(name, day)
    starts = list(accumulate((step.estimate_s for step in made.steps), initial=0.0))
    first, halves, begins, tone = "", 0, False, Tone.REST
    for sound in sounds(name, day, Verbosity.FULL, slower=slower):
        cue = sound.cue
        step = made.steps[min(bisect(starts, sound.at_s + 0.01), len(made.steps)) - 1]
        if step.kind is StepKind.PHASE and step.rep is None:
            continue  # into a stretch there is one breath, and no other half
        if cue.tone is Tone.REST:
            first = ""
        if cue.tone in STEPS:
            begins = cue.tone is Tone.REST or (cue.tone is Tone.EXERT and tone is not Tone.EXERT)
            tone = cue.tone or tone
        found = re.search(r"\bBreathe (out|in)\b", cue.text)
        if found and begins:
            first = found[1]
        elif found:
            halves += 1
            assert first, f"{cue.text} without the other half before it"
    assert halves or slower > 1.0, "a slow voice has no time left there"


@for_each("verbosity", SPOKEN)
@for_each(("name", "day"), DAYS)
def test_what_is_left_and_what_is_right_is_told(name: str, day: str, verbosity: Verbosity) -> None:
    made = plan(name, day)
    told = " ".join(sound.cue.text for sound in sounds(name, day, verbosity))
    for exercise in made.exercises:
        for meaning in re.findall(r"Left means [^.]+\.", " ".join(exercise.steps)):
            assert told.count(meaning) == 1
            if exercise.sides is Sides.ALTERNATE:
                assert told.index(meaning) < told.index("left.", told.index(f"{exercise.name}."))


def test_how_it_is_done_is_told_in_short_too_and_what_to_watch_in_full_only() -> None:
    made = plan("gentle-start", "monday")
    texts = {
        verbosity: " ".join(cue.text for cue in heard("gentle-start", "monday", verbosity))
        for verbosity in SPOKEN
    }
    for exercise in made.exercises:
        assert all(step in text for text in texts.values() for step in exercise.steps)
        assert exercise.watch[0] in texts[Verbosity.FULL]
        assert exercise.watch[0] not in texts[Verbosity.SHORT]
