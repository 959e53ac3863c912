"""Routine files of format 1: everything they may say, and what comes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.routine import (
    REST_DAY,
    WEEKDAYS,
    Breath,
    Circuit,
    Day,
    DayKind,
    Defaults,
    Pace,
    Phase,
    Position,
    Prescription,
    Routine,
    Sides,
)
from backtimer.core.plan.units import Breathing, Count, Duration, Reps, Unit, seconds
from backtimer.storage.files.exercise_file import Catalogue
from backtimer.storage.files.routine_file import read_routine
from backtimer.storage.files.source import ProblemsError
from tests.rules import for_each
from tests.storage.routine_files import catalogue_in, load, load_day, messages, problems

WHOLE = """\
    format: 1
    title: Lower back week
    source: Gold City Medical Center, 2026
    defaults: {prepare: 0s, rest: 40s, switch: 4, transition: 9s, position_change: 0:14, round_rest: 1m,
               breathing: {in: 3s, out: 5s}}
    days:
      monday:
        title: Strength circuit
        exercises:
          - rounds: 3
            title: Twice the fun
            rest: 0s                       # between rounds
            exercises:
              - exercise: bird-dog
                reps: 10-12
                hold: 3-5s
              - bird-dog
      tuesday:
        title: Mobility
        times: 3
        exercises:
          - bird-dog
          - exercise: cobra
            sets: 2-3
            hold: 5 breaths
          - exercise: cobra
            reps: [6-8, 4, 2]
            hold: 2s
            relax: 0s
            rest: 0s
            switch: 0s
            load: red band
            pace: self
            sides: each
            note: |
              Slowly,
              and with care.
            tempo: {lift: 1s, lower: 3s}
          - {exercise: cobra, reps: max}
          - {exercise: cobra, duration: 1m30s, pace: timed}
          - {exercise: dead-bug, tempo: {return: 4s, relax: 0s}}
      wednesday: {rest: Rest, or a light walk}
      thursday: {same_as: monday, title: Again}
      saturday: {activity: Yoga or light swimming, duration: 30m, optional: true}
      daily: {activity: A walk}
    exercises:
      dead-bug:
        name: Dead bug
        position: supine
        sides: alternate
        targets: [transversus abdominis]
        equipment: [mat]
        phases:
          - {do: lower, for: 3s, breathe: out, say: Reach long}
          - {do: hold, for: 1s}
          - {do: return}
        setup: On your back, arms up.
        steps: [Lower, Return]
        watch: [The lower back stays on the floor.]
        easier: bird-dog
        harder: cobra
        prescription: {sets: 2, reps: 6-8}
        figure: {view: 30, poses: {start: {}, up: {arm: 20}}}
    """


@pytest.fixture
def routine(tmp_path: Path) -> Routine:
    return load(tmp_path, WHOLE)


def test_the_top_of_the_file(routine: Routine) -> None:
    assert routine.id == "my-week"
    assert routine.title == "Lower back week"
    assert routine.source == "Gold City Medical Center, 2026"
    assert routine.defaults == Defaults(
        prepare=seconds(0),
        rest=seconds(40),
        switch=seconds(4),
        transition=seconds(9),
        position_change=seconds(14),
        round_rest=seconds(60),
        breathing=Breathing(3, 5),
        written=(
            *("prepare", "rest", "switch", "transition", "position_change", "round_rest"),
            "breathing",
        ),
    )


def test_a_circuit(routine: Routine) -> None:
    assert routine.days["monday"] == Day(
        kind=DayKind.EXERCISES,
        title="Strength circuit",
        items=(
            Circuit(
                title="Twice the fun",
                rounds=Count(3, 3),
                rest=seconds(0),
                exercises=(
                    Prescription("bird-dog", reps=Reps((Count(10, 12),)), hold=Duration(3, 5)),
                    Prescription("bird-dog"),
                ),
            ),
        ),
    )


def test_prescriptions(routine: Routine) -> None:
    tuesday = routine.days["tuesday"]
    assert tuesday.times == 3
    assert tuesday.items == (
        Prescription("bird-dog"),
        Prescription("cobra", sets=Count(2, 3), hold=Duration(5, 5, Unit.BREATHS)),
        Prescription(
            "cobra",
            reps=Reps((Count(6, 8), Count(4, 4), Count(2, 2))),
            hold=seconds(2),
            relax=seconds(0),
            rest=seconds(0),
            switch=seconds(0),
            load="red band",
            pace=Pace.SELF,
            sides=Sides.EACH,
            note="Slowly, and with care.",
            tempo=(("lift", seconds(1)), ("lower", seconds(3))),
        ),
        Prescription("cobra", reps=Reps(())),
        Prescription("cobra", duration=seconds(90), pace=Pace.TIMED),
        Prescription("dead-bug", tempo=(("return", seconds(4)), ("relax", seconds(0)))),
    )


def test_days_that_are_no_training(routine: Routine) -> None:
    assert routine.days["wednesday"] == Day(DayKind.REST, rest="Rest, or a light walk")
    assert routine.days["saturday"] == Day(
        DayKind.ACTIVITY, activity="Yoga or light swimming", duration=seconds(1800), optional=True
    )


def test_a_day_that_repeats_another_has_its_content_and_its_own_title(routine: Routine) -> None:
    thursday, monday = routine.days["thursday"], routine.days["monday"]
    assert thursday.items == monday.items
    assert (thursday.title, thursday.same_as, thursday.kind) == ("Again", "monday", DayKind.EXERCISES)


def test_daily_stands_for_the_weekdays_that_are_not_named(routine: Routine) -> None:
    assert tuple(routine.days) == WEEKDAYS
    assert routine.days["friday"] == routine.days["sunday"] == Day(DayKind.ACTIVITY, activity="A walk")


def test_a_local_exercise(routine: Routine) -> None:
    exercise = routine.exercises["dead-bug"]
    assert (exercise.id, exercise.name, exercise.position) == ("dead-bug", "Dead bug", Position.SUPINE)
    assert exercise.sides is Sides.ALTERNATE
    assert exercise.targets == ("transversus abdominis",)
    assert exercise.equipment == ("mat",)
    assert exercise.phases == (
        Phase("lower", seconds(3), Breath.OUT, "Reach long"),
        Phase("hold", seconds(1)),
        Phase("return"),
    )
    assert exercise.setup == ("On your back, arms up.",)
    assert exercise.steps == ("Lower", "Return")
    assert exercise.watch == ("The lower back stays on the floor.",)
    assert (exercise.easier, exercise.harder) == ("bird-dog", "cobra")
    assert exercise.prescription == Prescription(sets=Count(2, 2), reps=Reps((Count(6, 8),)))


def test_only_the_exercises_that_are_used_are_there(routine: Routine, tmp_path: Path) -> None:
    assert list(routine.exercises) == ["bird-dog", "cobra", "dead-bug"]
    assert routine.exercises["bird-dog"].name == "Bird-dog"
    assert list(load_day(tmp_path, "- bird-dog").exercises) == ["bird-dog"]


def test_an_exercise_that_is_not_used_is_not_even_read(tmp_path: Path) -> None:
    (catalogue_in(tmp_path) / "broken.yaml").write_text("[", encoding="utf-8")
    assert load_day(tmp_path, "- bird-dog").exercises.keys() == {"bird-dog"}


def test_a_local_exercise_wins_over_the_catalogue(tmp_path: Path) -> None:
    own = "exercises: {cobra: {name: My cobra, position: prone, prescription: {hold: 9s}}}"
    assert load_day(tmp_path, "- cobra", own).exercises["cobra"].name == "My cobra"


def test_what_may_take_its_place_is_known_by_its_name(tmp_path: Path) -> None:
    """Be it the file's own or the catalogue's: the name of a file is not said."""
    ball = catalogue_in(tmp_path) / "ball.yaml"
    ball.write_text("format: 1\nname: Ball roll\nposition: supine\n", encoding="utf-8")
    wall = "exercises: {wall: {name: Wall press, position: standing, instead: ball}"
    assert (
        load_day(tmp_path, "- {exercise: wall, reps: 3}", wall + "}").exercises["wall"].instead_name
        == "Ball roll"
    )
    mine = wall + ", ball: {name: My ball, position: supine, instead: wall}}"
    assert load_day(tmp_path, "- {exercise: wall, reps: 3}", mine).exercises["wall"].instead_name == "My ball"
    ball.write_text("[", encoding="utf-8")
    assert load_day(tmp_path, "- {exercise: wall, reps: 3}", wall + "}").exercises["wall"].instead_name == ""


def test_weekdays_that_are_not_named_are_rest_and_the_title_may_be_missing(tmp_path: Path) -> None:
    routine = load_day(tmp_path, "- bird-dog")
    assert routine.title == "my-week"
    assert {day for day in WEEKDAYS if routine.days[day] == REST_DAY} == set(WEEKDAYS) - {"monday"}
    assert routine.defaults == Defaults()


def test_an_alias_may_stand_for_a_whole_day(tmp_path: Path) -> None:
    routine = load(tmp_path, "format: 1\ndays: {monday: &day {exercises: [&e bird-dog, *e]}, friday: *day}\n")
    assert routine.days["friday"].items == routine.days["monday"].items == (Prescription("bird-dog"),) * 2


def test_line_ends_of_windows_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    text = "format: 1\ntitle: T\ndays:\n  monday: {exercises: [bird-dog]}\n"
    unix = load(tmp_path, text)
    path = tmp_path / "my-week.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert read_routine(path, Catalogue([tmp_path / "exercises"])) == unix


@for_each(
    ("value", "told"),
    [
        ("", "this file has no format"),
        ("format: 2\nfuture: [x]\n", "1:9: this file is of format 2: it needs a newer backtimer"),
        ("format: one\n", "1:9: 'format' must be 1, not 'one'"),
        ("format: 01\n", "1:9: 'format' must be 1, not '01'"),
        ("format: 1.0\n", "1:9: 'format' must be 1, not '1.0'"),
        ("format: [1]\n", "1:9: 'format' must be a number, not a list"),
        ("format:\n", "1:8: 'format' has no value"),
    ],
)
def test_the_format(value: str, told: str, tmp_path: Path) -> None:
    found = problems(tmp_path, f"{value}days: {{monday: {{rest: true}}}}\n")
    if value:
        assert found == [told]
    else:
        assert found == ["1:1: a routine must say 'format': begin it with 'format: 1'"]


def test_all_problems_are_told_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = """\
        format: 1
        titel: A week
        days:
          mnday: {rest: true}
          tuesday:
            exercises:
              - exercise: brid-dog
                holds: 5s
                sets: 0
              - exercise: bird-dog
                reps: 12-10
          wednesday: {rest: x, exercises: [bird-dog]}
          thursday: {same_as: saturday}
        exercises:
          a: {name: A}
        """
    assert problems(tmp_path, text) == [
        "2:1: unknown key 'titel' in a routine; did you mean 'title'?",
        "4:3: 'mnday' is no day; did you mean 'monday'?",
        "7:19: there is no exercise 'brid-dog'; did you mean 'bird-dog'?",
        "8:9: unknown key 'holds' in a prescription; did you mean 'hold'?",
        "9:15: sets must be at least 1: 0",
        "11:15: the range 12-10 is the wrong way round: put the smaller end first",
        "12:24: a day has either 'rest' or 'exercises', not both",
        "13:23: there is nothing to repeat: 'saturday' is not described in this file",
        "15:6: an exercise must say 'position'",
    ]


def test_a_problem_shows_its_line_underlined(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as caught:
        load(
            tmp_path, "format: 1\ndays:\n  monday:\n    exercises:\n      - {exercise: bird-dog, holds: 5s}\n"
        )
    assert str(caught.value) == (
        f"{tmp_path / 'my-week.yaml'}:5:30: unknown key 'holds' in a prescription; did you mean 'hold'?\n"
        "    5 |       - {exercise: bird-dog, holds: 5s}\n"
        "      |                              ^^^^^"
    )


def test_a_broken_file_of_the_catalogue_is_told_under_its_own_name(tmp_path: Path) -> None:
    path = catalogue_in(tmp_path) / "plank.yaml"
    path.write_text("format: 1\nname: Plank\nposition: floor\n", encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        load_day(tmp_path, "- plank\n- {exercise: plank, hold: 5s}\n- cobra")
    own, foreign = caught.value.problems
    assert own.message == "say how much of 'cobra': reps, hold or duration"
    assert (foreign.path, foreign.line, foreign.column) == (str(path), 3, 11)
    assert foreign.message.startswith("'position' must be one of standing, seated, supine")


@for_each("tag", ["nl", "pt-BR", "deu", "zh-Hant-TW"])
def test_the_language_of_a_routine_goes_into_its_plans(tag: str, tmp_path: Path) -> None:
    text = f"format: 1\nlanguage: {tag}\ndays: {{daily: {{activity: Lopen, duration: 9m}}}}\n"
    routine = load(tmp_path, text)
    assert routine.language == tag
    assert compile_day(routine, "monday").language == tag


def test_what_is_no_language(tmp_path: Path) -> None:
    told = problems(tmp_path, "format: 1\nlanguage: --help\ndays: {daily: {activity: Lopen}}\n")
    assert told == ["2:11: 'language' must be the tag of a language, as in en, nl or pt-BR, not '--help'"]


@for_each(
    ("defaults", "told"),
    [
        ("{rest: -1s}", "'rest': a duration cannot be negative: -1s"),
        ("{rset: 1s}", "unknown key 'rset' in 'defaults'; did you mean 'rest'?"),
        (
            "[rest]",
            "'defaults' must be a mapping (key: value), not a list; it may say prepare, rest, switch, "
            "transition, position_change, round_rest, breathing, first, progress",
        ),
        ("{breathing: 4s}", "'breathing' must be a mapping (key: value), not text; it may say in, out"),
        ("{breathing: {in: 4-6s}}", "'in' must be one time, like 4s"),
        ("{breathing: {in: 2 breaths}}", "'in' must be one time, like 4s"),
        ("{breathing: {out: 0s}}", "'out': a duration here must be more than 0: 0s"),
        ("{breathing: {out: 61s}}", "'out' can be at most 60s"),
    ],
)
def test_mistakes_in_the_defaults(defaults: str, told: str, tmp_path: Path) -> None:
    assert messages(tmp_path, "- bird-dog", f"defaults: {defaults}") == [told]


def test_half_a_breath_leaves_the_other_half_as_usual(tmp_path: Path) -> None:
    routine = load_day(tmp_path, "- bird-dog", "defaults: {breathing: {out: 8s}}")
    assert routine.defaults.breathing == Breathing(4, 8)


def test_entries_are_counted_over_the_whole_week(tmp_path: Path) -> None:
    day = "{exercises: [" + ", ".join(["{exercise: cobra, hold: 1s}"] * 201) + "]}"
    names = ("monday", "tuesday", "wednesday", "thursday", "friday")
    text = "format: 1\ndays:\n" + "".join(f"  {name}: {day}\n" for name in names)
    found = problems(tmp_path, text)
    assert [message.split(": ", 1)[1] for message in found] == [
        "the days have more than 1,000 entries in all"
    ]
    assert found[0].startswith("7:")


def test_hundreds_of_problems_are_counted_in_the_end(tmp_path: Path) -> None:
    found = problems(
        tmp_path, "format: 1\ndays: {monday: {rest: x}}\n" + "".join(f"k{n}: v\n" for n in range(300))
    )
    assert len(found) == 201
    assert found[-1] == "0:0: and 100 more problems"


def test_a_problem_behind_an_alias_is_told_once(tmp_path: Path) -> None:
    text = "format: 1\ndays: {monday: &day {exercises: [squat]}, friday: *day}\n"
    [problem] = problems(tmp_path, text)
    assert problem.startswith("2:34: there is no exercise 'squat'; ")


def test_a_rep_that_takes_no_time_is_told_at_each_prescription(tmp_path: Path) -> None:
    path = tmp_path / "week.yaml"
    path.write_text(
        "format: 1\n"
        "days:\n"
        "  monday:\n"
        "    exercises:\n"
        "      - {exercise: a, reps: 2}\n"
        "      - {exercise: b, reps: 3}\n"
        "exercises:\n"
        "  a: {name: A, position: prone, phases: [{do: hold}]}\n"
        "  b: {name: B, position: prone, phases: [{do: hold}]}\n"
    )
    with pytest.raises(ProblemsError) as caught:
        read_routine(path, Catalogue(()))
    assert [(p.line, p.column) for p in caught.value.problems] == [(5, 9), (6, 9)]
    assert all("a rep takes no time" in p.message for p in caught.value.problems)
