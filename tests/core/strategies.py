"""Random routines and plans, small enough to be run through the engine many times."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.rep import has_sided
from backtimer.core.plan.routine import (
    REST_DAY,
    WEEKDAYS,
    Breath,
    Circuit,
    Day,
    DayKind,
    Defaults,
    Exercise,
    Item,
    Pace,
    Phase,
    PhaseSide,
    Position,
    Prescription,
    Routine,
    Side,
    Sides,
)
from backtimer.core.plan.units import OWN_REST, Breathing, Count, Duration, Reps, Unit

EXERCISE_IDS = ("bird-dog", "superman", "bridge")


@cache
def _maybe(strategy: SearchStrategy[Duration]) -> SearchStrategy[Duration | None]:
    return st.none() | strategy


@cache
def spans(least: int, most: int) -> SearchStrategy[Duration]:
    """Durations and ranges of whole and half seconds."""
    halves = st.integers(least * 2, most * 2)
    return st.tuples(halves, halves).map(lambda ends: Duration(min(ends) / 2, max(ends) / 2))


@cache
def counts(most: int) -> SearchStrategy[Count]:
    """Counts and ranges of them."""
    number = st.integers(1, most)
    return st.tuples(number, number).map(lambda ends: Count(min(ends), max(ends)))


@cache
def breathings() -> SearchStrategy[Breathing]:
    """Paces of breathing."""
    pace = st.sampled_from((2.0, 3.5, 4.0, 6.0))
    return st.builds(Breathing, pace, pace)


@cache
@st.composite
def prescriptions(draw: DrawFn, exercise: str = "", *, bare: bool = False) -> Prescription:
    """Prescriptions that say how much, unless they may be bare."""
    measures = ["reps", "reps", "pyramid", "max", "hold", "breaths", "duration"] + ["none"] * bare
    measure = draw(st.sampled_from(measures))
    reps: Reps | None = None
    hold: Duration | None = None
    duration: Duration | None = None
    sets = draw(st.none() | counts(2))
    tempo: tuple[tuple[str, Duration], ...] = ()
    if measure == "reps":
        reps = Reps((draw(counts(3)),))
    elif measure == "pyramid":
        reps = Reps(tuple(draw(st.lists(counts(3), min_size=2, max_size=3))))
        sets = None
    elif measure == "max":
        reps = Reps(())
    elif measure == "hold":
        hold = draw(spans(1, 25))
    elif measure == "breaths":
        breaths = float(draw(st.integers(1, 3)))
        hold = Duration(breaths, breaths, Unit.BREATHS)
    elif measure == "duration":
        duration = draw(spans(1, 25))
    if reps is not None:
        hold = draw(_maybe(spans(1, 12)))
        tempo = draw(st.sampled_from(((), (("hold", Duration(2, 3)),), (("relax", Duration(1, 1)),))))
    return Prescription(
        exercise=exercise,
        sets=sets,
        reps=reps,
        hold=hold,
        relax=draw(_maybe(spans(0, 2))) if reps is not None else None,
        tempo=tempo,
        duration=duration,
        sides=draw(st.none() | st.sampled_from(Sides)),
        rest=draw(_maybe(spans(0, 15)) | st.just(OWN_REST)),
        switch=draw(_maybe(spans(0, 4))),
        load=draw(st.sampled_from(("", "red band"))),
        pace=draw(st.none() | st.none() | st.sampled_from(Pace)),
        note=draw(st.sampled_from(("", "Slowly."))),
        first=draw(st.sampled_from((None, None, Side.RIGHT))),
    )


@cache
def phases() -> SearchStrategy[Phase]:
    """Phases of a rep, named as usual or by the exercise."""
    return st.builds(
        Phase,
        name=st.sampled_from(("lift", "lower", "hold", "relax", "return")),
        duration=_maybe(spans(1, 9)),
        breathe=st.none() | st.sampled_from(Breath),
        say=st.sampled_from(("", "Reach long")),
        side=st.none(),
    )


@cache
@st.composite
def exercises(draw: DrawFn, exercise_id: str) -> Exercise:
    """Exercises with every kind of position, sides and phases; a rep always takes time."""
    own = draw(st.lists(phases(), max_size=3, unique_by=lambda phase: phase.name))
    if all(phase.name in ("hold", "relax") for phase in own):
        own = []
    sides = draw(st.sampled_from(Sides))
    if own and draw(st.integers(0, 3)) == 0:  # one rep does both sides, between a way in and a way out
        timed = [phase if phase.duration else phase._replace(duration=Duration(2, 2)) for phase in own]
        turns = [phase._replace(side=side) for side in PhaseSide for phase in timed]
        ways = draw(st.tuples(st.booleans(), st.booleans()))
        own = [Phase("up", Duration(3, 3))] * ways[0] + turns + [Phase("down")] * ways[1]
        sides = draw(st.sampled_from((Sides.NONE, Sides.ALTERNATE)))
    prescription = draw(st.none() | prescriptions(bare=True))
    if prescription is not None and any(phase.side for phase in own):
        prescription = prescription._replace(sides=None)
    return Exercise(
        id=exercise_id,
        name=exercise_id.replace("-", " ").capitalize(),
        position=draw(st.sampled_from(Position)),
        sides=sides,
        targets=("multifidus",),
        equipment=draw(st.sampled_from(((), ("mat",), ("mat", "band")))),
        phases=tuple(own),
        setup=draw(st.sampled_from(((), ("Hands under the shoulders.",)))),
        watch=draw(st.sampled_from(((), ("The back stays long.", "Do not rush.")))),
        prescription=prescription,
    )


@cache
def _items() -> SearchStrategy[Item]:
    one = st.sampled_from(EXERCISE_IDS).flatmap(prescriptions)
    circuit = st.builds(
        Circuit,
        st.lists(one, min_size=1, max_size=2).map(tuple),
        rounds=counts(3),
        rest=_maybe(spans(0, 20)),
        every=_maybe(spans(20, 60)),
        first_sessions=st.none(),
        title=st.sampled_from(("", "Warm-up")),
    )
    pause = spans(1, 20).map(lambda rest: Prescription(rest=rest))
    away = _maybe(spans(1, 30)).map(lambda length: Prescription(activity="Walk", duration=length))
    return st.one_of(one, one, one, circuit, circuit, pause, away)


def _prescribed(day: Day) -> Iterator[Prescription]:
    for item in day.items:
        asked = item.exercises if isinstance(item, Circuit) else (item,)
        yield from (each for each in asked if each.exercise)


def _fits(day: Day, known: dict[str, Exercise]) -> bool:
    """Whether no `sets` of the day contradict a pyramid of the exercise's own, and no `each` its phases."""
    for each in _prescribed(day):
        own = known[each.exercise].prescription
        if each.sets and own and own.reps and own.reps.is_pyramid:
            return False
        if has_sided(known[each.exercise]) and each.sides in (Sides.EACH, Sides.LEFT, Sides.RIGHT):
            return False
    return True


@cache
@st.composite
def days(draw: DrawFn) -> Day:
    """Days of exercises or, now and then, with an activity."""
    if draw(st.integers(0, 9)) == 9:
        return Day(
            DayKind.ACTIVITY,
            title=draw(st.sampled_from(("", "Out"))),
            activity="Light swimming",
            duration=draw(_maybe(spans(1, 30))),
        )
    items = tuple(draw(st.lists(_items(), min_size=1, max_size=3)))
    assume(not all(isinstance(item, Prescription) and item.is_rest for item in items))
    return Day(DayKind.EXERCISES, title=draw(st.sampled_from(("", "Strength"))), items=items)


@cache
@st.composite
def routines(draw: DrawFn) -> Routine:
    """Routines whose Monday can always be compiled; the other days are rest."""
    monday = draw(days())
    used = dict.fromkeys(each.exercise for each in _prescribed(monday))
    known = {exercise_id: draw(exercises(exercise_id)) for exercise_id in used}
    assume(_fits(monday, known))
    defaults = Defaults(
        prepare=draw(spans(0, 10)),
        rest=draw(spans(0, 12)),
        switch=draw(spans(0, 3)),
        transition=draw(spans(0, 5)),
        position_change=draw(spans(0, 12)),
        round_rest=draw(spans(0, 20)),
        breathing=draw(breathings()),
    )
    week = dict.fromkeys(WEEKDAYS, REST_DAY) | {"monday": monday}
    return Routine("my-week", "My week", week, known, defaults=defaults)


@cache
def plans() -> SearchStrategy[Plan]:
    """Plans of every kind, compiled from random routines."""
    return routines().map(lambda routine: compile_day(routine, "monday"))
