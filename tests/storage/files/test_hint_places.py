"""What a file writes that is not done as it is written, told with its place and its seconds."""

from __future__ import annotations

from pathlib import Path

from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import Paths
from tests.rules import for_each


def hints(tmp_path: Path, text: str) -> list[str]:
    """The hints of a file that is flawless, each with its line."""
    path = tmp_path / "mine.yaml"
    path.write_text(f"format: 1\ntitle: Mine\n{text}\n")
    library = Library(Paths(tmp_path, tmp_path, tmp_path / "cache"))
    assert library.check(str(path)) == ()
    return [f"{each.line}: {each.message}" for each in library.hints(str(path))]


def monday(*entries: str, defaults: str = "") -> str:
    listed = "\n".join(f"      - {entry}" for entry in entries)
    return f"{defaults}days:\n  monday:\n    exercises:\n{listed}"


BRIDGE = "{exercise: bridge, reps: 8, rest: %s}"


def test_a_rest_that_cannot_be_kept_is_told_with_its_seconds(tmp_path: Path) -> None:
    (told,) = hints(tmp_path, monday(BRIDGE % "20s", "{exercise: clamshell, reps: 8}"))
    assert told.startswith("7: monday: the rest of 20 s before 'clamshell' becomes ")
    assert "s, for the way there and its words; while the exercise is new and explained, it is " in told
    (told,) = hints(tmp_path, monday(BRIDGE % "3m", "{exercise: clamshell, reps: 8}"))
    assert told.startswith(
        "4: monday: rests that become longer while exercises are new and explained: 180 s "
    )
    assert hints(tmp_path, monday(BRIDGE % "10m", "{exercise: clamshell, reps: 8}")) == []


def test_a_rest_between_sets_is_that_before_the_next_exercise_too(tmp_path: Path) -> None:
    (told,) = hints(
        tmp_path, monday("{exercise: bridge, sets: 2, reps: 3, rest: 20s}", "{exercise: side-plank, reps: 2}")
    )
    assert told.startswith("7: monday: the rest of 20 s before 'side-plank' becomes ")


JACK = """exercises:
  jack:
    name: Jumping jacks
    position: standing
    steps: Jump the feet apart, then back.
"""


def test_a_rest_that_is_too_short_at_first_is_told_and_one_that_has_no_way_says_nothing_of_it(
    tmp_path: Path,
) -> None:
    station = "{exercise: %s, duration: 30s, rest: %s}"
    stations = monday(
        station % ("jack", "15s"), station % ("squat", "10s"), "{exercise: wall-sit, hold: 30s}"
    )
    at_first, *told = hints(tmp_path, JACK + stations)
    assert at_first.startswith("9: monday: rests that become longer while exercises are new and explained: ")
    assert "15 s before 'squat' become " in at_first and "'wall-sit'" not in at_first
    (always,) = told
    assert always.startswith(
        "13: monday: the rest of 10 s before 'wall-sit' becomes 15 s, for its words: "
        "a rest with words in it is made longer by whole 5 s; while the exercise is new and explained, it is "
    )


def test_what_begins_too_late_at_first_is_told(tmp_path: Path) -> None:
    (told,) = hints(
        tmp_path, monday("{exercise: push-up-wall, reps: 3, every: 60s}", "{exercise: squat, reps: 3}")
    )
    assert told.startswith("7: monday: 'squat' begins after ")
    assert told.endswith(" s, later than the 'every' of 60 s, while what comes is new and explained")
    assert hints(tmp_path, monday("{rounds: 3, every: 60s, exercises: [{exercise: squat, reps: 3}]}")) == []


def test_what_is_left_of_a_rest_before_the_way_is_told(tmp_path: Path) -> None:
    told = hints(tmp_path, monday("{rounds: 3, rest: 60s, exercises: [pelvic-tilt, seated-row]}"))
    assert [each.split(" becomes ")[0] for each in told] == [
        "6: monday: the rest of 60 s before 'pelvic-tilt'"
    ]  # once, whatever its rounds
    assert " s of rest, then " in told[0] and " s for the way there and its words" in told[0]


@for_each(
    ("text", "expected"),
    [
        (monday(BRIDGE % "self", "clamshell"), ""),
        (monday("bridge", "clamshell"), ""),  # nothing is written
        (monday("{exercise: bridge, sets: 2, reps: 8, rest: 9m}", "clamshell"), ""),
        (monday("{rounds: 2, exercises: [pelvic-tilt, seated-row]}"), ""),
        (
            monday("{exercise: bridge, reps: 8}", defaults="defaults: {rest: 30-60s}\n"),
            "3: the range of the 'rest' of 'defaults' is not climbed: it is 30 s",
        ),
        (
            monday("{exercise: bridge, sets: 2, reps: 8, every: 2-3m}"),
            "6: monday: the range of the 'every' of 'bridge' is not climbed: it is 120 s",
        ),
        (
            monday("{activity: Walk 30m to the park}"),
            "6: a length in words is not counted: write {activity: Walk to the park, duration: 30m}",
        ),
        (
            "days: {monday: {activity: Swim for 1 hour}}",
            "3: a length in words is not counted: write {activity: Swim, duration: 1 hour}",
        ),
        (
            monday("{activity: Walk for half an hour}"),
            "6: a length in words is not counted: write {activity: Walk, duration: 30m}",
        ),
        (
            monday("{activity: Easy walk of two hours by the sea}"),
            "6: a length in words is not counted: write {activity: Easy walk by the sea, duration: 2h}",
        ),
        (
            monday("{activity: 'Walk 1,5 h'}"),
            "6: a length in words is not counted: write {activity: Walk, duration: 1.5h}",
        ),
        ("days: {monday: {activity: Last minute stretches}, friday: {activity: 'Swim 0:00'}}", ""),
        (
            monday("{activity: Walk 45 Minuten}"),
            "6: a length in words is not counted: write {activity: Walk, duration: 45m}",
        ),
        (
            monday("{activity: 'Swim 1:30'}"),
            "6: a length in words is not counted: write {activity: Swim, duration: 1h30m}, or 1m30s",
        ),
        (
            monday("{activity: 'Walk for 0:45 with Ann'}"),
            "6: a length in words is not counted: write {activity: Walk with Ann, duration: 45m}, or 45s",
        ),
        ("days: {monday: {activity: 'Yoga at 1:30'}, friday: {activity: 'Yoga 1:30 pm'}}", ""),
        ("days: {monday: {activity: 'Yoga 17:30'}, friday: {activity: 'Swim 1:30', duration: 90m}}", ""),
        ("days: {monday: {activity: Walk two miles}, friday: {activity: Run half a marathon}}", ""),
        ("days: {monday: {activity: Walk 5k}, friday: {activity: Walk 3 minutes fast, duration: 9m}}", ""),
        (
            monday("{rounds: 2-3, exercises: [{exercise: bird-dog, reps: [8, 6]}, bridge]}"),
            "6: monday: the list of 'bird-dog' is one of sets, done in every round: for an entry a round, "
            "'rounds' has to be 2, and no range",
        ),
        (monday("{rounds: 2, exercises: [{exercise: bird-dog, reps: [8, 6]}, bridge]}"), ""),
        (
            monday("{activity: Walk, duration: 5-10m}"),
            "6: monday: the range of the 'duration' of 'Walk' is not climbed: it is 300 s",
        ),
        (
            "days: {monday: {activity: Walk, duration: 20-30m}}",
            "3: monday: the range of the 'duration' of 'Walk' is not climbed: it is 1200 s",
        ),
        (
            monday("{exercise: bridge, reps: 8, load: 5-10 kg}"),
            "6: monday: the 'load' of 'bridge' is words, which nothing climbs: "
            "write one, and a stage for more",
        ),
        (monday("{exercise: bridge, reps: 8, load: 2 bands}"), ""),
        (
            monday("{exercise: walk, duration: 10}"),
            "6: a time without a unit is seconds: write 10m for minutes, or 10s",
        ),
        (
            "days: {monday: {activity: Walk, duration: 30}}",
            "3: a time without a unit is seconds: write 30m for minutes, or 30s",
        ),
        (monday("{activity: Run, duration: 30s}", "{exercise: cat-cow, duration: 30}"), ""),
        (monday("{exercise: plank, hold: [10s, max 30s]}"), ""),
        (monday("{exercise: plank, sets: 2-3, hold: 10-20s}"), ""),  # these are climbed
    ],
)
def test_ranges_that_nobody_climbs(text: str, expected: str, tmp_path: Path) -> None:
    assert hints(tmp_path, text) == ([expected] if expected else [])


UNFILLED = (
    "6: monday: the 'duration' of '%s' is 30 s, and has time for 1 whole rep on each side, "
    "%s s: a quicker 'tempo', "
)
WORDS = "6: monday: the 'load' of 'bridge' is words, which nothing climbs: write one, and a stage for more"


@for_each(
    ("text", "expected"),
    [
        (monday("{exercise: step-up, duration: 30s, sides: alternate}"), UNFILLED % ("step-up", 20)),
        (monday("{exercise: lunge, duration: 30s, sides: alternate}"), UNFILLED % ("lunge", 16)),
        (monday("{exercise: lunge, duration: 30s, sides: alternate, switch: 0s}"), ""),
        (monday("{exercise: squat, duration: 30s}"), ""),
        (
            monday("{exercise: piriformis-stretch, duration: 60s}"),
            "6: monday: the 'duration' of 'piriformis-stretch' is 60 s, and has time for 1 whole rep, 36 s: "
            "'hold: 60s' is one long hold, a shorter hold or less 'relax' makes more reps",
        ),
        (monday("{exercise: squat, duration: 30s, pace: self}"), ""),
        (
            monday(
                "{rounds: 2-3, exercises: [{activity: Run, duration: 60s}, {activity: Walk, duration: 1m}]}"
            ),
            "6: monday: the range of the 'rounds' of 'Circuit' is not climbed: it is 2",
        ),
        (
            monday("{rounds: 2-3, exercises: [{activity: Run, duration: 60s}, {exercise: squat, reps: 3}]}"),
            "",
        ),
        (monday("{rounds: 2-3, exercises: [{exercise: squat, sets: 2, reps: [3, 2]}]}"), ""),  # it has rounds
        (monday("{exercise: bridge, reps: 8, load: +5 kg a week}"), WORDS),
        (monday("{exercise: bridge, reps: 8, load: add 1 kg weekly}"), WORDS),
        (monday("{exercise: bridge, reps: 8, load: a 5 kg dumbbell}"), ""),
        (
            monday("{exercise: clamshell, reps: 8, sides: none}"),
            "6: monday: 'sides: none' of 'clamshell': its reps are done once, and no side is told; "
            "'sides: each' is both of them",
        ),
        (monday("{exercise: clamshell, reps: 8, sides: left}"), ""),
        (
            monday("{exercise: squat, sets: 10, reps: 15, every: 60s, pace: self}"),
            "6: monday: at your own pace a set of 'squat' may take 105 s, longer than its 'every' of 60 s: "
            "then the next one begins later",
        ),
        (monday("{exercise: squat, sets: 10, reps: 5, every: 60s, pace: self}"), ""),
        (monday("{exercise: squat, sets: 10, reps: max, every: 60s}"), ""),
    ],
)
def test_what_is_otherwise_than_one_may_think(text: str, expected: str, tmp_path: Path) -> None:
    told = hints(tmp_path, text)
    assert len(told) == bool(expected)
    assert all(each.startswith(expected) for each in told)
