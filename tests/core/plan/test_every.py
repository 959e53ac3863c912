"""Sets and rounds that begin at equal intervals: the rest is what remains."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.every import check_every, intervals, late_at_tops
from backtimer.core.plan.exchanging import FormKind, Swap, ToCome
from backtimer.core.plan.levels import grown, tops_of_day, written_tops_of_day
from backtimer.core.plan.plan import Plan, PlanError, StepKind, plan_from_dict, plan_to_dict
from backtimer.core.plan.prescription import Level
from backtimer.core.plan.routine import (
    Circuit,
    Day,
    DayKind,
    Exercise,
    Item,
    Pace,
    Phase,
    Position,
    Prescription,
    SetAmounts,
    Sides,
)
from backtimer.core.plan.splicing import set_forms, spliced
from backtimer.core.plan.units import Duration, Reps, seconds
from backtimer.core.session.events import StepStarted
from backtimer.core.session.session import Session
from backtimer.core.session.transitions import State
from backtimer.core.speech.asides import next_words
from backtimer.core.speech.lead_times import with_time_to_tell
from backtimer.storage.files.hint_places import late_hints
from backtimer.storage.files.source import ProblemsError
from tests.core.plans import count, plan_of, routine_of, telling, times
from tests.core.session_plans import begun, run_until
from tests.core.telling import say
from tests.rules import for_each
from tests.storage.routine_files import load_day, messages

MINUTE = Prescription("superman", sets=count(3), reps=times(2), every=seconds(60))


def begins(plan: Plan) -> list[float]:
    """When each set begins, from the first on."""
    at, found = 0.0, []
    for index, step in enumerate(plan.steps):
        found += [at for spec in plan.sets if spec.first_step == index]
        at += step.estimate_s
    return [each - found[0] for each in found]


def refused(*items: Item) -> str:
    routine = routine_of(Day(DayKind.EXERCISES, "", items))
    compile_day(routine, "monday")
    with pytest.raises(PlanError) as caught:
        check_every(routine, "monday", {})
    return str(caught.value)


def test_sets_begin_at_equal_intervals() -> None:
    plan = plan_of(MINUTE)
    assert begins(plan) == [0, 60, 120]
    assert telling(plan)[5:7] == ["rest 52", "lift 2"]


def test_both_sides_are_one_set() -> None:
    plan = plan_of(Prescription("knees-to-chest", sets=count(2), hold=seconds(20), every=seconds(60)))
    assert begins(plan) == [0, 25, 60, 85]


@pytest.mark.parametrize("position", [Position.SUPINE, Position.SIDE_LYING, Position.HALF_KNEELING])
def test_what_fills_the_interval_on_both_sides_begins_on_it(position: Position) -> None:
    own = Prescription(sets=count(3), hold=seconds(12), switch=seconds(5), every=seconds(29))
    sided = Exercise("sided", "Sided", position, sides=Sides.EACH, prescription=own)
    day = Day(DayKind.EXERCISES, "", (Prescription("sided"),))
    check_every(routine_of(day, sided), "monday", {})
    assert begins(compile_day(routine_of(day, sided), "monday")) == [0, 17, 29, 46, 58, 75]


@pytest.mark.parametrize(("position", "turns_s"), [(Position.SUPINE, 0), (Position.SIDE_LYING, 5)])
def test_turning_over_is_part_of_the_set(position: Position, turns_s: int) -> None:
    own = Prescription(sets=count(2), hold=seconds(12), switch=seconds(0))
    sided = Exercise("sided", "Sided", position, sides=Sides.EACH, prescription=own)
    day = Day(DayKind.EXERCISES, "", (Prescription("sided", every=seconds(34)),))
    plan = compile_day(routine_of(day, sided), "monday")
    assert begins(plan) == [0, 12 + turns_s, 34, 46 + turns_s]
    short = Day(DayKind.EXERCISES, "", (Prescription("sided", every=seconds(23 + turns_s)),))
    with pytest.raises(PlanError, match=f"a set takes {24 + turns_s} s, longer than its 'every'"):
        check_every(routine_of(short, sided), "monday", {})


def test_sets_of_a_list_begin_at_equal_intervals() -> None:
    amounts = tuple(SetAmounts(hold=seconds(length)) for length in (30, 20, 10))
    plan = plan_of(Prescription("cobra", hold=seconds(30), by_set=amounts, every=seconds(40)))
    assert begins(plan) == [0, 40, 80]
    assert [step.seconds for step in plan.steps if step.kind is StepKind.REST] == [10, 20]


def test_rounds_begin_at_equal_intervals_whatever_is_in_them() -> None:
    circuit = Circuit(
        (Prescription("superman", reps=times(3)), Prescription("cobra", hold=seconds(5))),
        count(3),
        every=seconds(60),
    )
    plan = plan_of(circuit)
    assert begins(plan)[::2] == [0, 60, 120]
    moving = Circuit(
        (*circuit.exercises, Prescription("bird-dog", reps=times(1))), count(2), every=seconds(120)
    )
    assert begins(plan_of(moving))[::3] == [0, 120], "the way to another position is part of it"


def test_what_fills_the_interval_has_no_rest() -> None:
    plan = plan_of(MINUTE._replace(every=seconds(8)))
    assert begins(plan) == [0, 8, 16]
    assert all(step.kind is not StepKind.REST for step in plan.steps)


def test_at_a_higher_level_a_set_may_take_longer() -> None:
    routine = routine_of(Day(DayKind.EXERCISES, "", (MINUTE._replace(reps=times(2, 9), every=seconds(10)),)))
    check_every(routine, "monday", {})
    assert begins(compile_day(routine, "monday", levels={"superman": Level(reps=9)})) == [0, 36, 72]


@pytest.mark.parametrize(
    ("items", "told"),
    [
        ((MINUTE._replace(every=seconds(7)),), "superman: a set takes 8 s, longer than its 'every' of 7 s"),
        (
            (Circuit((MINUTE._replace(sets=None, every=None),), count(2), every=seconds(7)),),
            "a round takes 8 s, longer than its 'every' of 7 s; ask for less in it, for a quicker 'tempo'",
        ),
    ],
)
def test_what_cannot_be_is_refused(items: tuple[Item, ...], told: str) -> None:
    assert refused(*items).startswith(told)


SELF = MINUTE._replace(pace=Pace.SELF)


def finish_set(session: Session, at: float) -> None:
    """Let time go on in a set that waits, and end it."""
    while (now := session.next_deadline) is not None and now < at:
        session.tick(now)
    session.done(at)


@pytest.mark.parametrize("asked", [SELF, MINUTE._replace(reps=Reps(()))], ids=["own pace", "as many"])
def test_the_next_set_begins_on_the_minute_however_long_the_one_before_took(asked: Prescription) -> None:
    plan = plan_of(asked)
    check_every(routine_of(Day(DayKind.EXERCISES, "", (asked,))), "monday", {})
    session, starts = Session(plan), []
    session.start(0.0)
    now = 0.0
    for took_s in (20.0, 35.5, 10.0):
        while session.state is not State.WAITING:
            now = session.next_deadline or now
            session.tick(now)
        starts.append(now)
        now += took_s
        finish_set(session, now)
    assert [each - starts[0] for each in starts] == [0, 60, 120]


def test_who_needs_longer_has_time_to_get_ready() -> None:
    session = begun(plan_of(SELF), until=10)
    finish_set(session, at=10 + 80)
    assert session.snapshot(90).step_remaining_s == 5


def test_a_pause_is_no_part_of_it() -> None:
    session = begun(plan_of(SELF), until=10)
    run_until(session, 20)
    session.pause(20)
    session.resume(500)
    finish_set(session, at=503 + 10)
    assert session.snapshot(513).step_remaining_s == 40


def test_rounds_with_a_walk_in_them_begin_on_the_minute_too() -> None:
    circuit = Circuit(
        (Prescription(activity="Walk"), Prescription("superman", reps=times(1))), count(2), every=seconds(120)
    )
    check_every(routine_of(Day(DayKind.EXERCISES, "", (circuit,))), "monday", {})
    plan = plan_of(circuit)
    session = begun(plan, until=10)
    finish_set(session, at=10 + 40)
    while session.snapshot(0).step.kind is not StepKind.REST:
        session.tick(session.next_deadline or 0)
    spent_s = 40 + plan.steps[2].estimate_s + 4
    rest = next(step for step in plan.steps if step.since is not None)
    way_s = plan.steps[plan.steps.index(rest) + 1].estimate_s
    assert session.snapshot(0).step_length_s == 120 - way_s - spent_s


def test_the_coach_says_no_number_that_would_be_wrong() -> None:
    plan = plan_of(SELF)
    rest = next(index for index, step in enumerate(plan.steps) if step.since is not None)
    assert say(plan, rest).startswith("Rest until it is time again. Then set 2 of 3.")
    assert next_words(plan, 1) == "Rest until it is time, then set 2 of 3"
    assert plan_from_dict(json.loads(json.dumps(plan_to_dict(plan)))) == plan


def test_a_mistake_is_told_where_it_stands(tmp_path: Path) -> None:
    inside = "{exercise: bird-dog, reps: 2, sets: 2, every: 3s}"
    entries = f"- bird-dog\n- rounds: 2\n  exercises:\n    - {{exercise: cobra, reps: 1}}\n    - {inside}"
    with pytest.raises(ProblemsError) as caught:
        load_day(tmp_path, entries)
    [problem] = caught.value.problems
    text = (tmp_path / "my-week.yaml").read_text().splitlines()[problem.line - 1]
    assert "every: 3s" in text and problem.column == text.index("{") + 1


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("- {exercise: cobra, reps: 2, sets: 2, every: 3s}", "cobra: a set takes 8 s"),
        (
            "- {exercise: cobra, reps: 2-5, sets: 2, every: 10s}",
            "cobra: at the top of its ranges a set takes 20 s, longer than its 'every' of 10 s; ask for less",
        ),
        (
            "- {rounds: 2-3, every: 30s, exercises: [{exercise: cobra, reps: 2-9}]}",
            "at the top of its ranges a round takes 36 s, longer than its 'every' of 30 s; ask for less",
        ),
        (
            "- {exercise: cobra, reps: 2, rest: 5s, every: 30s}",
            "a prescription says either 'rest' or 'every'",
        ),
        (
            "- {rounds: 2, rest: 5s, every: 30s, exercises: [bird-dog]}",
            "a circuit says either 'rest' or 'every', not both",
        ),
    ],
)
def test_check_tells_of_it(entry: str, expected: str, tmp_path: Path) -> None:
    [told] = messages(tmp_path, entry)
    assert told.startswith(expected)


def test_a_range_may_fill_what_every_leaves(tmp_path: Path) -> None:
    assert not messages(tmp_path, "- {exercise: cobra, reps: 2-5, sets: 2, every: 20s}")
    assert not messages(tmp_path, "- {exercise: cobra, reps: 2-50, sets: 2, every: 20s, pace: self}")


LONG = Exercise("long", "Long", Position.PRONE, prescription=Prescription(sets=count(2), reps=times(20)))
HELD = Exercise("held", "Held", Position.PRONE, prescription=Prescription(sets=count(4), hold=seconds(90)))
SLOW = Exercise(
    "slow",
    "Slow",
    Position.PRONE,
    phases=(Phase("down", seconds(40)), Phase("up", seconds(40))),
    prescription=Prescription(reps=times(1)),
)
CIRCUIT = Circuit((MINUTE._replace(sets=None, every=None),), count(3), every=seconds(60))


@for_each(
    ("item", "form", "why"),
    [
        (item, form, why)
        for item in (MINUTE, CIRCUIT)
        for form in (LONG, HELD)
        for why in (FormKind.ALIKE, FormKind.HARDER, FormKind.EASIER)
    ],
)
def test_what_is_done_in_its_place_is_over_in_time(item: Item, form: Exercise, why: FormKind) -> None:
    routine = routine_of(Day(DayKind.EXERCISES, items=(item,)), form)
    swaps = {"superman": Swap(form.id, why)}
    plan = compile_day(routine, "monday", swaps=swaps)
    assert {spec.exercise for spec in plan.sets} == {form.id}
    assert begins(plan) == [0, 60, 120][: len(plan.sets)] and len(plan.sets) > 1
    asked = compile_day(routine, "monday")
    alone = set_forms(asked, tuple(range(len(asked.sets))), form, why)
    amounts = [(spec.reps, spec.hold_s, spec.every_s) for spec in plan.sets]
    assert [(spec.reps, spec.hold_s, spec.every_s) for spec in alone.sets] == amounts, "as it is offered"


@pytest.mark.parametrize("item", [MINUTE, CIRCUIT])
def test_what_takes_too_long_in_its_place_cannot_be_done_there(item: Item) -> None:
    routine = routine_of(Day(DayKind.EXERCISES, items=(item,)), SLOW)
    asked = compile_day(routine, "monday")
    with pytest.raises(PlanError, match="slow cannot be done in the place of superman"):
        set_forms(asked, tuple(range(3)), SLOW, FormKind.ALIKE)
    swapped = compile_day(routine, "monday", swaps={"superman": Swap("slow", FormKind.ALIKE)})
    assert swapped == asked, "the day is not lost for it"


LONGER = SLOW._replace(id="longer", phases=(Phase("down", seconds(20)), Phase("up", seconds(20))))
KNEELING = Exercise("kneeling", "Kneeling", Position.KNEELING, prescription=Prescription(hold=seconds(8)))
OF_TWO = Circuit(
    (Prescription("superman", reps=times(2)), Prescription("cobra", hold=seconds(20))),
    count(3),
    every=seconds(60),
)


@pytest.mark.parametrize("form", [LONGER, KNEELING])
def test_what_makes_a_round_late_is_not_done_in_it(form: Exercise) -> None:
    """In a set of its own it would be over in time: what else is in the round, and the way back, counts."""
    every = seconds(60) if form is LONGER else seconds(50)
    item = OF_TWO._replace(every=every)
    routine = routine_of(Day(DayKind.EXERCISES, items=(item,)), form)
    asked = compile_day(routine, "monday")
    swapped = compile_day(routine, "monday", swaps={"superman": Swap(form.id, FormKind.ALIKE)})
    assert swapped == asked, "the day is not lost for it"
    with pytest.raises(PlanError, match=f"{form.id} cannot be done in the place of superman"):
        set_forms(asked, (0, 2, 4), form, FormKind.ALIKE)
    slower = routine_of(Day(DayKind.EXERCISES, items=(item._replace(every=seconds(120)),)), form)
    taken = compile_day(slower, "monday", swaps={"superman": Swap(form.id, FormKind.ALIKE)})
    assert {spec.exercise for spec in taken.sets} == {form.id, "cobra"}
    assert begins(taken)[::2] == [0, 120, 240]
    as_asked = compile_day(slower, "monday")
    alone = set_forms(as_asked, (0, 2, 4), form, FormKind.ALIKE)
    assert {spec.exercise for spec in alone.sets} == {form.id}
    made = spliced(as_asked, ToCome("superman", (2, 4)), form, FormKind.ALIKE).plan
    assert [spec.every_s for spec in made.sets] == [120] * 6


def test_alone_in_its_round_there_is_no_way_back() -> None:
    asked = compile_day(routine_of(Day(DayKind.EXERCISES, items=(CIRCUIT,)), KNEELING), "monday")
    every = routine_of(Day(DayKind.EXERCISES, items=(CIRCUIT._replace(every=seconds(9)),)), KNEELING)
    tight = compile_day(every, "monday")
    for plan in (asked, tight):
        made = set_forms(plan, (0, 1, 2), KNEELING, FormKind.ALIKE)
        assert [spec.exercise for spec in made.sets] == ["kneeling"] * 3


def test_of_two_exchanges_the_first_that_fits_is_done() -> None:
    middle = SLOW._replace(id="middle", phases=(Phase("down", seconds(10)), Phase("up", seconds(10))))
    routine = routine_of(Day(DayKind.EXERCISES, items=(OF_TWO,)), middle, LONGER)
    swaps = {"superman": Swap("middle", FormKind.ALIKE), "cobra": Swap("longer", FormKind.ALIKE)}
    plan = compile_day(routine, "monday", swaps=swaps)
    assert [spec.exercise for spec in plan.sets] == ["middle", "cobra"] * 3


def test_an_easier_form_in_the_place_of_what_hurt_begins_on_the_minute() -> None:
    hurt = Exercise("hurt", "Hurt", Position.PRONE, easier="superman")
    routine = routine_of(Day(DayKind.EXERCISES, items=(MINUTE._replace(exercise="hurt"),)), hurt)
    superman = routine.exercises["superman"]._replace(prescription=Prescription(reps=times(2)))
    known = routine._replace(exercises={**routine.exercises, "superman": superman})
    plan = compile_day(known, "monday", easier={"hurt"})
    assert [spec.exercise for spec in plan.sets] == ["superman"]
    assert plan.sets[0].every_s == 60


def test_a_harder_form_that_takes_too_long_is_not_taken() -> None:
    routine = routine_of(Day(DayKind.EXERCISES, items=(MINUTE,)))
    assert grown(routine, [("monday", "superman", LONG)]) is routine
    short = LONG._replace(prescription=Prescription(reps=times(3)))
    assert grown(routine, [("monday", "superman", short)]) is not routine


CLIMBS = Exercise(
    "climbs",
    "Climbs",
    Position.PRONE,
    prescription=Prescription(sets=count(2), reps=times(2), hold=Duration(5, 10)),
)
OF_CLIMBS = Prescription("climbs", sets=count(2), reps=times(2), every=seconds(20))
AROUND = Circuit((Prescription("climbs", reps=times(2)),), count(2), every=seconds(20))


@pytest.mark.parametrize("item", [OF_CLIMBS, AROUND])
def test_what_only_climbs_in_the_catalogue_is_hinted_at_and_refused_where_it_is_written(item: Item) -> None:
    day = Day(DayKind.EXERCISES, items=(item,))
    routine = routine_of(day, CLIMBS)
    check_every(routine, "monday", written_tops_of_day(routine, "monday"))
    (hint,) = late_hints(routine, "monday")
    assert (
        "at the top of its ranges a " in hint.text and "amounts in place of the exercises' own" in hint.text
    )
    asked = Prescription("climbs", sets=count(2), reps=times(2), hold=Duration(5, 10), every=seconds(20))
    written = routine_of(Day(DayKind.EXERCISES, items=(asked,)), CLIMBS)
    for late in (written, routine._replace(own=("climbs",))):
        with pytest.raises(PlanError, match="at the top of its ranges a "):
            check_every(late, "monday", written_tops_of_day(late, "monday"))


@pytest.mark.parametrize(("every_s", "hints"), [(75, 0), (74, 1), (52, 1)])
def test_the_way_back_to_the_first_of_a_round_counts_at_the_top_of_ranges(every_s: int, hints: int) -> None:
    """At the top 28 s and 8 s of work, 17 s on the way to kneeling, and 22 s back: 75 s."""
    inside = (Prescription("climbs", reps=times(2)), Prescription("kneeling"))
    circuit = Circuit(inside, count(2), every=seconds(every_s))
    routine = routine_of(Day(DayKind.EXERCISES, items=(circuit,)), CLIMBS, KNEELING)
    tops = tops_of_day(routine, "monday")
    assert [hint.entry for hint in late_at_tops(routine, "monday", tops)] == [(0,)] * hints


def test_a_round_that_is_late_at_once_is_hinted_at_once() -> None:
    inside = (Prescription("climbs", reps=times(2)), Prescription("kneeling"))
    circuit = Circuit(inside, count(2), every=seconds(45))
    (hint,) = late_hints(routine_of(Day(DayKind.EXERCISES, items=(circuit,)), CLIMBS, KNEELING), "monday")
    assert "with the way and its words" in hint.text


def test_a_harder_form_is_taken_beside_what_is_late_only_at_the_top_of_the_catalogue() -> None:
    short = LONG._replace(prescription=Prescription(reps=times(3)))
    routine = routine_of(Day(DayKind.EXERCISES, items=(OF_CLIMBS, MINUTE)), CLIMBS)
    assert grown(routine, [("monday", "superman", short)]) is not routine
    climbs = short._replace(prescription=Prescription(reps=times(3, 60)))
    assert grown(routine, [("monday", "superman", climbs)]) is routine


def test_a_file_without_a_range_is_read_although_the_catalogue_climbs(tmp_path: Path) -> None:
    asked = "{exercise: bird-dog, reps: 2, sets: 2, every: 45s}"
    assert not messages(tmp_path, f"- {asked}")
    assert messages(tmp_path, f"- {asked.replace('45s', '45s, hold: 3-5s')}")


ONCE = MINUTE._replace(sets=None)


@for_each(
    "items",
    [
        (Circuit((ONCE, ONCE._replace(exercise="cobra")), count(2)),),
        (Circuit((ONCE,), count(4)),),
        (ONCE, ONCE, ONCE._replace(exercise="cobra"), ONCE),
        (MINUTE, ONCE),
    ],
    ids=["in a round", "alone in a round", "one below the other", "after sets"],
)
def test_what_says_every_is_followed_on_the_minute(items: tuple[Item, ...]) -> None:
    assert begins(plan_of(*items)) == [0, 60, 120, 180]


def test_the_way_to_another_position_is_part_of_the_minute() -> None:
    assert begins(plan_of(ONCE, ONCE._replace(exercise="bird-dog"), ONCE)) == [0, 60, 120]


def test_a_rest_that_is_written_stands_in_its_place() -> None:
    circuit = Circuit((ONCE,), count(2), rest=seconds(20))
    assert begins(plan_of(circuit)) == [0, 28]
    assert begins(plan_of(ONCE, Prescription(rest=seconds(15)), ONCE)) == [0, 23]


def test_sets_by_the_clock_wait_for_nothing_that_is_not() -> None:
    plan = plan_of(MINUTE, Prescription("superman", reps=times(2)))
    assert begins(plan)[:3] == [0, 60, 120] and begins(plan)[3] < 150


def test_words_on_the_way_leave_the_rounds_on_the_minute() -> None:
    circuit = Circuit(
        (
            Prescription("superman", reps=times(3)),
            Prescription(rest=seconds(5)),
            Prescription("row", reps=times(1)),
        ),
        count(3),
        every=seconds(240),
    )
    words = ("Bend down, and take the weights.", "Pull them up to your chest.", "Let them down slowly.")
    row = Exercise("row", "Row", Position.QUADRUPED, steps=words)
    laid_out = compile_day(routine_of(Day(DayKind.EXERCISES, "", (circuit,)), row), "monday")
    plan = with_time_to_tell(laid_out, slower=2.0)
    assert begins(plan)[1] > begins(laid_out)[1], "more is told in the first round"
    assert begins(plan)[::2] == [0, 240, 480]
    session = begun(plan, until=1)
    at = {}
    while (now := session.next_deadline) is not None and now < 2000:
        session.tick(now)
        for event in session.drain():
            if isinstance(event, StepStarted):
                at[event.step] = now
    starts = [at[spec.first_step] for spec in plan.sets]
    assert [each - starts[0] for each in starts[::2]] == [0, 240, 480]


def test_what_the_way_and_its_words_make_late_is_hinted_at() -> None:
    up = Exercise("up", "Up", Position.STANDING)
    minute = Prescription("superman", reps=times(2), every=seconds(25))
    day = Day(DayKind.EXERCISES, items=(minute, minute, Prescription("up", reps=times(2)), MINUTE))
    routine = routine_of(day, up)
    assert [(each.since, each.until, each.entry) for each in intervals(routine, "monday")] == [
        (0, 1, (1,)),
        (1, 2, (2,)),
        (3, 4, (3,)),
        (4, 5, (3,)),
    ]
    (hint,) = late_hints(routine, "monday")
    assert hint.entry == (2,) and hint.text.startswith("'up' begins after ")
    in_rounds = Circuit(
        (Prescription("superman", reps=times(2)), Prescription("up", reps=times(2))), count(3)
    )
    rounds = routine_of(Day(DayKind.EXERCISES, items=(in_rounds._replace(every=seconds(60)),)), up)
    assert [(each.since, each.until) for each in intervals(rounds, "monday")] == [(0, 2), (2, 4)]
    assert [hint.entry for hint in late_hints(rounds, "monday")] == [(0, 0)]
    assert late_hints(routine_of(Day(DayKind.EXERCISES, items=(in_rounds,)), up), "monday") == ()
