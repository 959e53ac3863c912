"""Which picture of the figure belongs to a moment of a session."""

from __future__ import annotations

from backtimer.core.picture.demonstration import BREATHING_S, MOVING_S, Demonstration, rep_at
from backtimer.core.picture.rows import Look, Row
from backtimer.core.plan.plan import LEAD_INS, Plan, StepKind
from backtimer.core.plan.routine import Day, DayKind, Pace, Prescription, Side
from backtimer.core.plan.units import Count, Reps, seconds
from backtimer.core.session.session import Session, Snapshot
from tests.bundled import library
from tests.rules import for_each
from tests.tui.workout_kit import SUPERMAN, plan_of

BIRD = Prescription("bird-dog", sets=Count(2, 2), reps=Reps((Count(2, 2),)), hold=seconds(3))


def day_of(*items: Prescription) -> Day:
    return Day(DayKind.EXERCISES, "Day", items)


def plan(*items: Prescription) -> Plan:
    return plan_of(day_of(*items), library().exercise("bird-dog"))


def at(whole: Plan, moment_s: float) -> Snapshot:
    """The session after so many seconds, left alone."""
    session = Session(whole)
    session.start(0.0)
    while (due := session.next_deadline) is not None and due <= moment_s:
        session.tick(due)
    session.tick(moment_s)
    return session.snapshot(moment_s)


def begin_of(whole: Plan, kind: StepKind, phase: str | None = None, nth: int = 0) -> float:
    """When the nth step of a kind begins."""
    found = [n for n, step in enumerate(whole.steps) if step.kind is kind and step.phase == phase]
    return sum(step.estimate_s for step in whole.steps[: found[nth]])


def drawn(
    whole: Plan, moment_s: float, *, breath: float | None = None, moves: bool = True
) -> tuple[Row, ...]:
    now = at(whole, moment_s)
    leads_in = now.step_index < whole.sets[now.step.set_index].first_step
    figure = Demonstration(whole, moves=moves).figure(now, breath, leads_in=leads_in)
    assert figure is not None
    return tuple(figure(44, 12))


def test_at_work_it_moves_with_the_phase_and_ends_where_the_hold_begins() -> None:
    whole = plan(BIRD)
    began = begin_of(whole, StepKind.PHASE, "reach")
    held_from = begin_of(whole, StepKind.PHASE, "hold")
    pictures = [drawn(whole, began + share * (held_from - began)) for share in (0.0, 0.3, 0.6, 0.95)]
    assert len(set(pictures)) == 4
    held = drawn(whole, held_from + 0.05, breath=0.0)
    assert drawn(whole, held_from - 0.001) == held


def test_a_hold_breathes_at_its_own_pace_or_with_the_breath_that_is_shown() -> None:
    whole = plan(BIRD)
    began = begin_of(whole, StepKind.PHASE, "hold")
    assert drawn(whole, began + 0.1) != drawn(whole, began + 2.5)
    assert drawn(whole, began + 0.1, breath=1.0) == drawn(whole, began + 2.5, breath=1.0)


def test_before_work_the_whole_rep_goes_round() -> None:
    whole = plan(BIRD)
    length = whole.steps[0].estimate_s
    pictures = {drawn(whole, 0.25 * quarter) for quarter in range(int(length * 4))}
    at_work = begin_of(whole, StepKind.PHASE, "reach")
    assert len(pictures) > 10
    assert drawn(whole, at_work + 1.5) in pictures


def test_left_and_right_are_mirrored_and_in_their_own_colours() -> None:
    whole = plan(BIRD)
    looks = []
    for nth, side in enumerate((Side.LEFT, Side.RIGHT)):
        began = begin_of(whole, StepKind.PHASE, "hold", nth)
        assert at(whole, began + 1).step.side is side
        looks.append({span.look for row in drawn(whole, began + 1) for span in row})
    assert Look.MOVER in looks[0] and not looks[0] & {Look.RIGHT, Look.RIGHT_FAR}
    assert looks[1] & {Look.RIGHT, Look.RIGHT_FAR} and not looks[1] & {Look.MOVER, Look.MOVER_FAR}


def test_a_change_of_side_shows_the_side_that_comes() -> None:
    whole = plan(BIRD)
    began = begin_of(whole, StepKind.SWITCH)
    looks = {span.look for row in drawn(whole, began + 0.5) for span in row}
    assert looks & {Look.RIGHT, Look.RIGHT_FAR}


def test_still_there_is_one_picture_for_each_phase() -> None:
    whole = plan(BIRD)
    reach, hold = (begin_of(whole, StepKind.PHASE, phase) for phase in ("reach", "hold"))
    assert drawn(whole, reach, moves=False) == drawn(whole, reach + 2.5, moves=False)
    assert drawn(whole, hold, moves=False) == drawn(whole, hold + 2.5, moves=False)
    assert drawn(whole, 0.0, moves=False) == drawn(whole, 5.0, moves=False)
    assert drawn(whole, reach, moves=False) != drawn(
        whole, begin_of(whole, StepKind.PHASE, "return"), moves=False
    )


@for_each(
    ("phase", "moves", "frame_s"),
    [("reach", True, MOVING_S), ("hold", True, BREATHING_S), ("reach", False, None), ("hold", False, None)],
)
def test_it_is_asked_again_only_as_often_as_it_changes(
    phase: str, moves: bool, frame_s: float | None
) -> None:
    whole = plan(BIRD)
    now = at(whole, begin_of(whole, StepKind.PHASE, phase) + 1)
    assert Demonstration(whole, moves=moves).next_s(now, leads_in=False) == frame_s


def test_an_exercise_without_a_figure_has_no_picture() -> None:
    whole = plan_of(day_of(Prescription("superman", reps=Reps((Count(2, 2),)))), SUPERMAN)
    shown = Demonstration(whole)
    now = at(whole, 1.0)
    assert shown.figure(now, None, leads_in=True) is None
    assert shown.next_s(now, leads_in=True) is None


def test_a_damaged_figure_is_none() -> None:
    bird = library().exercise("bird-dog")._replace(figure="{")
    whole = plan_of(day_of(BIRD), bird)
    assert Demonstration(whole).figure(at(whole, 1.0), None, leads_in=True) is None


def test_at_ones_own_pace_the_rep_goes_round() -> None:
    whole = plan(BIRD._replace(pace=Pace.SELF, hold=None))
    began = begin_of(whole, StepKind.SELF_PACED)
    assert len({drawn(whole, began + 0.5 * half) for half in range(12)}) > 6


def test_a_rep_is_found_from_each_of_its_steps() -> None:
    whole = plan(BIRD)
    for index, step in enumerate(whole.steps):
        rep = rep_at(whole, index)
        if step.kind in LEAD_INS:
            assert rep is None
            continue
        assert rep is not None and rep.side is step.side
        assert [phase.name for phase in rep.phases] == ["reach", "hold", "return"]
        assert rep.phases[index - rep.first_step].name == step.phase


def test_only_who_is_higher_than_wide_is_upright() -> None:
    def upright(name: str) -> bool:
        day = day_of(Prescription(name, reps=Reps((Count(2, 2),)), hold=seconds(3)))
        whole = plan_of(day, library().exercise(name))
        return Demonstration(whole).upright(at(whole, 1.0), leads_in=True)

    assert all(map(upright, ("squat", "standing-back-bend", "sitting-rotation", "chin-tuck")))
    assert not any(map(upright, ("bird-dog", "bridge", "superman", "nerve-slider")))
    assert not upright("heel-raise"), "it has a second view beside it"
    assert not upright("walk"), "it goes over ground"


def test_an_activity_is_shown_by_the_exercise_of_the_catalogue_that_it_is() -> None:
    day = Day(DayKind.ACTIVITY, "Out", activity="A walk outside", duration=seconds(600))
    whole = plan_of(day)
    now = at(whole, 5.0)
    known = Demonstration(whole, known=library().exercise)
    figure = known.figure(now, None, leads_in=False)
    assert figure is not None and len(figure(44, 12)) == 12
    assert known.next_s(now, leads_in=False) == MOVING_S and not known.upright(now, leads_in=False)
    assert Demonstration(whole).figure(now, None, leads_in=False) is None
