"""A moment of a session in words: the move, the side and what it means, the title of the window."""

from __future__ import annotations

import re

import pytest

from backtimer.core.picture.moment import BreathView, View
from backtimer.core.picture.rows import text_of
from backtimer.core.picture.workout import workout_rows
from backtimer.core.plan.plan import Plan, StepKind
from backtimer.core.plan.routine import Position, Prescription, Side
from backtimer.core.plan.units import Count, Duration, Reps, Unit, seconds
from backtimer.core.session.session import Session, Snapshot
from backtimer.core.speech.languages import v
from backtimer.core.speech.phrases import of_side, sentence
from backtimer.tui.screens.workout_view import side_meaning, view, window_title
from tests.bundled import CATALOGUE, catalogue
from tests.core.picture.test_workout_picture import dots
from tests.rules import for_each
from tests.tui.workout_kit import BIRD, BIRD_DOG, SUPER, YOGA, exercise_day, plan_of


def at(plan: Plan, step_index: int) -> Snapshot:
    """The session as a step begins."""
    session = Session(plan)
    session.start(0.0)
    while session.snapshot(session.next_deadline or 0.0).step_index < step_index:
        due = session.next_deadline
        assert due is not None
        session.tick(due)
    return session.snapshot(session.next_deadline or 0.0)


@for_each(
    ("left", "right"),
    [
        ("your left arm with your right leg", "your right arm with your left leg"),
        ("the left leg crossed over", "the right leg crossed over"),
        ("der linke Arm", ""),
        ("leftover", ""),
        ("", ""),
    ],
)
def test_what_the_right_side_means_is_the_left_one_turned_round(left: str, right: str) -> None:
    plan = plan_of(exercise_day(BIRD), BIRD_DOG._replace(left=left))
    steps = [step for step in plan.steps if step.kind is StepKind.PHASE]
    assert side_meaning(plan, next(step for step in steps if step.side is Side.LEFT)) == left
    assert side_meaning(plan, next(step for step in steps if step.side is Side.RIGHT)) == right


@pytest.mark.parametrize(
    ("position", "words"),
    [
        (Position.SUPINE, "Onto your back"),
        (Position.STANDING, "Stand up"),
        (Position.SEATED, "Onto the chair"),
    ],
)
def test_another_position_is_named_by_the_move(position: Position, words: str) -> None:
    other = BIRD_DOG._replace(id="other", name="Other", position=position)
    asked = Prescription("other", sets=Count(1, 1), reps=Reps((Count(2, 2),)), hold=seconds(1))
    plan = plan_of(exercise_day(SUPER, asked), other)
    index = next(n for n, step in enumerate(plan.steps) if step.position_change)
    shown = view(plan, at(plan, index), plan.total_s)
    assert shown.phase[0] == words
    assert (shown.name, shown.then) == ("Other", "")


def test_every_position_has_a_move() -> None:
    for position in Position:
        other = BIRD_DOG._replace(id="other", position=position)
        before = SUPER if position is not Position.PRONE else BIRD
        plan = plan_of(exercise_day(before, BIRD._replace(exercise="other")), other)
        index = next((n for n, step in enumerate(plan.steps) if step.position_change), None)
        if index is not None:
            words = view(plan, at(plan, index), plan.total_s).phase
            assert words != ("Change position",) and all(words)


def test_what_to_watch_is_another_thing_each_time_and_the_note_comes_first() -> None:
    plan = plan_of(exercise_day(BIRD._replace(note="Slowly")))
    firsts = [spec.first_step for spec in plan.sets]
    cues = [view(plan, at(plan, index), plan.total_s).cues for index in firsts]
    assert cues[0][0] == "Slowly."
    assert cues[1][0] == "Keep both hips facing the floor."
    assert set(cues[0]) == set(cues[1])


def test_the_window_tells_exercise_and_time() -> None:
    plan = plan_of(exercise_day(BIRD))
    assert window_title(view(plan, at(plan, 0), plan.total_s)).startswith("Bird-dog · 3:0")
    plan = plan_of(YOGA)
    assert window_title(view(plan, at(plan, 0), plan.total_s)).startswith("Yoga or light swimming · ")


def test_the_list_of_the_session_tells_what_is_done() -> None:
    plan = plan_of(exercise_day(BIRD, SUPER))
    shown = view(plan, at(plan, plan.sets[-1].first_step), plan.total_s)
    assert [(line.name, line.mark.name) for line in shown.agenda] == [
        ("Bird-dog", "DONE"),
        ("Superman", "NOW"),
    ]


def test_breaths_are_counted_where_the_author_wrote_breaths() -> None:
    for hold, told in (
        (Duration(3, 3, Unit.BREATHS), [(1, 3), (2, 3), (3, 3)]),
        (seconds(30), [(None, None)]),
    ):
        plan = plan_of(exercise_day(Prescription("superman", hold=hold)))
        began = at(plan, plan.sets[0].first_step)
        shots = [began._replace(step_elapsed_s=second) for second in (0.0, 5.0, 10.0, 15.0, 20.0, 29.0, 31.0)]
        seen = [view(plan, now, plan.total_s) for now in shots]
        assert list(dict.fromkeys((each.rep, each.reps) for each in seen)) == told
    assert view(plan, began, plan.total_s).rep_word == "of 30 s", "what is held is said above it"


LYING = [name for name in CATALOGUE if catalogue()[name].position in v.OVER]


@for_each("name", LYING)
def test_at_a_change_of_side_it_is_read_how_to_turn_over_and_what_that_side_means(name: str) -> None:
    exercise = catalogue()[name]
    asked = Prescription(name, sets=Count(2, 2), reps=Reps((Count(3, 3),)), hold=seconds(1), rest=seconds(30))
    plan = plan_of(exercise_day(asked), exercise)
    changes = [
        (index, step)
        for index, step in enumerate(plan.steps)
        if step.kind in (StepKind.SWITCH, StepKind.REST) and step.set_index
    ]
    assert len(changes) == 3
    for index, step in changes:
        how = view(plan, at(plan, index), plan.total_s).how
        other = Side.LEFT if step.side is Side.RIGHT else Side.RIGHT
        assert how[0] == sentence(v.OVER[exercise.position])
        assert of_side(exercise.left, step.side) in how[1], how
        assert not any(of_side(exercise.left, other) in text for text in how)
        works = next(at for at in range(index, len(plan.steps)) if plan.steps[at].kind is StepKind.PHASE)
        assert how[0] not in view(plan, at(plan, works), plan.total_s).how, "she has turned over"


@for_each("name", [name for name in CATALOGUE if catalogue()[name].left])
def test_who_begins_with_the_right_side_reads_what_right_means(name: str) -> None:
    exercise = catalogue()[name]
    plan = plan_of(exercise_day(Prescription(name, first=Side.RIGHT)), exercise)
    how = view(plan, at(plan, 0), plan.total_s).how
    assert any(of_side(exercise.left, Side.RIGHT) in text for text in how)
    assert not any(exercise.left in text for text in how)


def worked(name: str) -> list[View]:
    """What is shown of each phase of an exercise, on each of its sides."""
    exercise = catalogue()[name]
    asked = Prescription(name, sets=Count(1, 1), reps=Reps((Count(2, 2),)), hold=seconds(5))
    plan = plan_of(exercise_day(asked), exercise)
    seen = {}
    for index, step in enumerate(plan.steps):
        if step.side is not None and step.kind in (StepKind.PHASE, StepKind.SELF_PACED):
            shown = view(plan, at(plan, index), plan.total_s)
            seen[shown.phase, shown.side] = shown._replace(upright=exercise.position in UPRIGHT)
    return list(seen.values())


UPRIGHT = (Position.STANDING, Position.SEATED, Position.HALF_KNEELING)
SIDED = [name for name in CATALOGUE if catalogue()[name].left]


def lines(shown: View, size: tuple[int, int]) -> list[str]:
    """The rows of a screen, in words: with blanks where there is a figure, and where letters are large."""
    blank = str.maketrans("█▀▄⣿", "    ")
    breath = BreathView("Breathe out", "out", 0.5)
    rows = workout_rows(shown, breath, size[0], size[1] - 1, dots)
    return [text_of(row).translate(blank) for row in rows]


def place_of(text: str, rows: list[str]) -> tuple[int, int] | None:
    """The lowest row and the column where a text begins, which goes on below where it does."""
    words = text.split()
    for y in range(len(rows) - 1, -1, -1):
        for found in re.finditer(re.escape(words[0]), rows[y]):
            there = " ".join(row[found.start() :] for row in rows[y : y + 6]).split()
            if there[: len(words)] == words:
                return y, found.start()
    return None


@for_each("name", SIDED)
@for_each("size", [(80, 24), (100, 30), (120, 40), (200, 60)])
def test_what_a_side_means_stands_at_one_place_in_all_phases_of_an_exercise(
    name: str, size: tuple[int, int]
) -> None:
    places = {}
    for shown in worked(name):
        rows = lines(shown, size)
        place = place_of(shown.means, rows) or place_of(shown.means.partition(",")[0], rows)
        assert place is not None, (shown.phase, shown.means, rows)
        places[shown.phase, shown.side] = place
    assert len(set(places.values())) == 1, places


@for_each("name", SIDED)
def test_on_a_small_screen_what_a_side_means_stands_below_what_is_done_or_nowhere(name: str) -> None:
    rows = [(lines(shown, (40, 12)), shown.means.partition(",")[0]) for shown in worked(name)]
    told = {any(means in row for row in found[2:3]) for found, means in rows}
    assert told == {name != "neck-press-side"}, "it takes one row"
    for shown in worked(name):
        picture = workout_rows(shown, BreathView("Breathe out", "out", 0.5), 40, 11)
        assert sum("█" in text_of(row)[:17] or "▀" in text_of(row)[:17] for row in picture) >= 5, shown.phase


def test_a_note_that_the_exercise_has_too_is_to_be_watched_once() -> None:
    note = BIRD_DOG.watch[0]
    plan = plan_of(exercise_day(BIRD._replace(note=note)))
    at_work = view(plan, at(plan, plan.sets[0].first_step), plan.total_s)
    assert at_work.cues.count(sentence(note)) == 1
    assert len(at_work.cues) == len(BIRD_DOG.watch)
    before = view(plan, at(plan, 0), plan.total_s)
    assert before.how.count(sentence(note)) == 1
