"""What people write in other words than ours is told with what to write in its place."""

from __future__ import annotations

from pathlib import Path

from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import Paths
from tests.storage.routine_files import messages, problems

AMOUNTS = {
    "reps: 10 in all": "write 10",
    "reps: 10+": "write a range, as in 10-15: you begin with 10",
    "reps: at least 8": "write a range, as in 8-13: you begin with 8",
    "reps: up to 10": "write a range that ends there, as in 5-10",
    "reps: 10 or 12": "write 10-12",
    "reps: ten": "write 10",
    "reps: 10 reps x 3": "write 'sets: 3' and 'reps: 10'",
    "reps: 10 (5 sec hold)": "write 'reps: 10' and 'hold: 5s'",
    "reps: 10x2": "write 'sets: 2' and 'reps: 10'",
    "reps: 10 steps": "steps are not counted: give it a time, 'duration: 1m'",
    "max: 60s": "write both ends in one value: 'hold: 30-60s', or 'hold: max 60s'",
    "reps: as tolerated": "write max: as many as are comfortable",
    "reps: 30 seconds": "a time is a hold: write 'hold: 30s'",
    "sets: max": "for as many reps as are comfortable write 'reps: max'",
    "hold: 5 sec hold": "write 5s",
    "hold: about 30s": "write 30s",
    "hold: 60s max": "write max 60s, for as long as is comfortable, and 60s at most",
    "hold: up to 1 min": "write max 1m, for as long as is comfortable, and 1m at most",
    "hold: max 0s": "a duration here must be more than 0: 0s",
    "hold: max 25h": "25h is longer than a day",
    "hold: max 5 breaths": "write the end of a hold in seconds, as in max 60s",
    "hold: five breaths": "write 5 breaths",
    'hold: 5"': "write 5s",
    "rest: 1'": "write 1m",
    "hold: 1'30\"": "write 1m30s",
    "hold: 1\u2032 30\u2033": "write 1m30s",
    "rest: rest 1'": "write 1m",
    'reps: 10"': "a time is a hold: write 'hold: 10s'",
    """hold: "'30'\"""": "write 30, without quotes",
    "reps: 6 4 2": "a number for every set is a list: write [6, 4, 2]",
    "reps: 8 bis 10": "write 8-10",
    "reps: 8..10": "write 8-10",
    "reps: between 8 and 10 reps": "write 8-10",
    "hold: 20 bis 30s": "write 20-30s",
    "hold: 20s..30s": "write 20s-30s",
    "duration: max": "for as long as is comfortable write 'hold: max'",
    "hold: max. 60s": "write max 60s, for as long as is comfortable, and 60s at most",
    "hold: to failure (max 60s)": "write max 60s, for as long as is comfortable, and 60s at most",
    "hold: half a minute": "write 30s",
    "duration: half an hour": "write 30m",
    "duration: 1/2 hour": "write 30m",
    "duration: 1 1/2 hours": "write 90m",
    "duration: three quarters of an hour": "write 45m",
    "hold: 30 sek": "write 30s for seconds, 30m for minutes",
    "rest: none": "write 0s, for none, in place of none",
    "rest: until ready": "write self, for a rest until you press a key, in place of until ready",
    "rest: 30s between sets": "write 30s",
    "every: minute": "write 1m",
    "tempo: 3-1-3": "write {lift: 2s, hold: 3s, lower: 2s}",
    "tempo: {down: 3s}": "its phases are reach, hold, return",
    "sides: both": "did you mean 'each'?",
    "sides: alternating": "did you mean 'alternate'?",
    "pace: own": "did you mean 'self'?",
    "first: left leg": "did you mean 'left'?",
    "first_sessions: 1-2": "write 1",
    "rpe: 7": "how hard it was is asked after a session; what to aim at is a 'note'",
    "frequency: daily": "by the days it stands on, and by 'times: 2' of a day for two sessions",
    "progression: add 2": "ranges, as in 'reps: 8-12', and how fast by 'progress' in 'defaults'",
    "distance: 10 m": "give it a time: 'duration: 5m'",
    "videos: x": "drawn by the 'figure' of its exercise",
    "easier: cobra": "its exercise says that, in its own entry or file",
}


def test_amounts(tmp_path: Path) -> None:
    for said, expected in AMOUNTS.items():
        found = messages(tmp_path, f"- exercise: bird-dog\n  {said}\n")
        assert len(found) == 1 and found[0].endswith(expected), (said, found)
        assert not expected.startswith("write ") or " " in expected[6:] or _is_read(tmp_path, said, expected)


def _is_read(directory: Path, said: str, expected: str) -> bool:
    """Whether what is to be written is right."""
    key = said.partition(":")[0]
    found = messages(directory, f"- exercise: bird-dog\n  {key}: {expected.removeprefix('write ')}\n")
    return not any("write" in each for each in found)


ENTRIES = {
    "- rest 30s": "write '- rest: 30s'",
    "- rest": "write '- rest: 30s'",
    "- bird-dog: 3x10": "write {exercise: bird-dog, sets: 3, reps: 10}",
    "- cobra: {reps: 8}": "'cobra' has to stand behind 'exercise:', as in {exercise: bird-dog, reps: 8}",
    "- 3x (bird-dog, cobra)": "write {rounds: 3, exercises: [bird-dog, cobra]}",
    "- bird-dog, cobra 10": "write - bird-dog and - {exercise: cobra, reps: 10}",
    "- {rest: 1m, note: x}": "'note' cannot be said of a rest in a list: it has its 'rest' alone",
    "- bird-dog: 30 quick": "write {exercise: bird-dog, reps: 8}",
    "- {name: bird-dog}": "did you mean 'exercise'?",
    "- {sets: 3, exercises: [bird-dog]}": "did you mean 'rounds'?",
    "- {rounds: 2-3 in all, exercises: [bird-dog]}": "write 2-3",
    "- {rounds: 3, exercises: bird-dog}": "write [bird-dog]",
    "- {exercise: bird-dog, sets: 3, rest: [30s, 60s]}": "write [30s, 60s, 60s]",
    "- {exercise: bird-dog, reps = 8}": "a colon and a blank are missing: write 'reps: 8'",
    "- {exercise: bird-dog, hold: 3s, reps:8}": "a blank is missing after the colon: write 'reps: 8'",
    "- {exercise: bird-dog, breath: in}": "its exercise says that, in its own entry or file",
    **{
        f"- {{exercise: bird-dog, {key}: 8}}": "did you mean 'reps'?"
        for key in ("repeats", "repeat", "count", "repetition", "repetitons")
    },
    "- {exercise: bird-dog, weigth: 8 kg}": "did you mean 'load'?",
    "- {exercise: bird-dog, wieght: 8 kg}": "did you mean 'load'?",
    "- {exercise: bird-dog, lenght: 30s}": "did you mean 'duration'?",
    "- {exercise: bird-dog, serie: 3}": "did you mean 'sets'?",
    "- {rounds: 3, exercises: [bird-dog], cobra: 3}": "an exercise is an entry of 'exercises'",
}


def test_entries(tmp_path: Path) -> None:
    for said, expected in ENTRIES.items():
        found = messages(tmp_path, said)
        assert len(found) == 1 and found[0].endswith(expected), (said, found)


REST = "days: {monday: {exercises: [bird-dog]}}"
OWN = "days: {monday: {exercises: [x]}}\nexercises: {x: {name: X, position: prone, prescription: {reps: 5}, "
OWN += "%s}}"
FILES = {
    "days: {2-3 days: {exercises: [bird-dog]}}": "name as many weekdays; 'goal: 3 per week'",
    "days: {3x per week: {exercises: [bird-dog]}}": "name as many weekdays; 'goal: 3 per week'",
    "days: {every other day: {exercises: [bird-dog]}}": "write 'cycle: [main, rest]' in place of weekdays",
    "days: {day 1: {exercises: [bird-dog]}}": "'cycle: [day-1, day-2]' for days in turn",
    "days: {week 1: {exercises: [bird-dog]}}": "weeks are 'stages'",
    "days: {monday: Walk 30 min}": "write {activity: Walk, duration: 30 min}",
    "days: {monday: bird-dog 3x10}": "put exercises into a list: {exercises: [{exercise: ",
    "days: {monday: {rounds: 3, exercises: [bird-dog]}}": "write {rounds: 3, exercises: […]}",
    "days: {monday: {exercises: [bird-dog], times: 2-3}}": "write 2: what is done beyond that counts, too",
    "days: {monday: {exercises: [bird-dog], note: x}}": "the 'note' of an entry in 'exercises'",
    "days: [monday]": "its keys are monday, tuesday",
    f"weeks: 12\n{REST}": "how long is 'weeks' of each of the 'stages'",
    f"defaults: {{rest between sets: 30s}}\n{REST}": "did you mean 'rest'?",
    f"defaults: {{progress: {{after: 2 days, by: 10%}}}}\n{REST}": "or a range like 8-10, not 10%",
    "week 1: {monday: {exercises: [bird-dog]}}": "weeks are 'stages': a list of them, each with 'weeks'",
    "days: {monday: {exercises: [bird-dog]}, friday: same as monday}": "write {same_as: monday}",
    f"phase 1:\n  {REST}": "parts of a programme are 'stages': a list of them",
    "days: {phase 2: {exercises: [bird-dog]}}": "parts of a programme are 'stages', each with its 'days'",
    "stages:\n  - {days: {monday: {exercises: [cobra]}}}\n  - {days: {friday: {same_as: monday}}}": (
        "stage 2: there is nothing to repeat: 'monday' is not one of this stage"
    ),
    "days: {monday: {exercises: [{exercise: bird-dog, hold:3s, reps:8}]}}": "are missing: write 'reps: 8'",
    "days: {monday: {exercises:[bird-dog, cobra]}}": "write 'exercises: [bird-dog, cobra]'",
    f"defaults: {{reps: 8}}\n{REST}": "how much is said of each exercise",
    "days: {monday: {every: 2h, exercises: [bird-dog]}}": "sessions of a day are 'times: 3', at hours",
    "stages: [{criteria: 30 s on one leg, days: {monday: {exercises: [bird-dog]}}}]": (
        "unknown key 'criteria' in a stage: going on is asked from its 'weeks' on, when its sessions"
    ),
    f"defaults: {{breathing: 4-6}}\n{REST}": "it may say in, out",
    f"defaults: {{progress: 2 days}}\n{REST}": "write {after: 2 days}",
    f"monday: {{exercises: [bird-dog]}}\n{REST}": "days stand under 'days:'",
    OWN % "phases: [lift]": "write {do: lift}",
    OWN % "phases: [lift 2s]": "write {do: lift, for: 2s}",
    OWN % "phases: [{lift: 2s}]": "write {do: lift, for: 2s}",
    OWN % "phases: [{do: lift, breathe: inhale}]": "did you mean 'in'?",
    OWN % "reps: 8": "write prescription: {reps: 8}",
    OWN % "steps: [Lift: slowly]": 'one with a colon in it needs quotes: "Lift: slowly"',
    (OWN % "sides: none").replace("prone", "on your back"): "did you mean 'supine'?",
    "days: {monday: {exercises: [{exercise: bird-dog sets: 3}]}}": "a comma is missing before 'sets'",
    "days: {monday: {exercises: [{exercise: bird-dog, sets: 3]}}": "'}' is missing before this",
    "days: {monday: {exercises: [bird-dog}}": "']' is missing before this",
    f"title: a, source: b\n{REST}": "begin a new line, in the same column, before 'source'",
}


def test_whole_files(tmp_path: Path) -> None:
    for said, expected in FILES.items():
        found = problems(tmp_path, f"format: 1\n{said}\n")
        assert any(expected in each for each in found), (said, found)
    assert problems(tmp_path, REST) == ["1:1: a routine must say 'format': begin it with 'format: 1'"]
    (told,) = problems(tmp_path, "bird-dog 3x10\ncat-cow 1m\n")
    assert told.endswith("'backtimer new' makes a routine of a slip of paper")


def test_a_comma_in_a_list_of_sentences_is_hinted_at(paths: Paths, bundled: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    said = "setup: [Lie down, knees bent.], watch: [Breathe, Look up], equipment: [mat, towel]"
    path.write_text(f"format: 1\n{OWN % said}\n")
    (hint,) = Library(paths, bundled).hints(str(path))
    assert hint.message.endswith('put all of it in quotes: "Lie down, knees bent."')
