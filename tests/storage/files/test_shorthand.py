"""A line of text as exercises, and the files that are made of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backtimer.core.plan.routine import Prescription, Sides
from backtimer.storage.files.drafts import copy_of, template, title_of, written_out
from backtimer.storage.files.exercise_file import Catalogue
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import Paths, bundled_routines
from backtimer.storage.files.routine_file import routine_of
from backtimer.storage.files.schema import MODELINE
from backtimer.storage.files.shorthand import Shorthand, ShorthandError
from backtimer.storage.files.source import source_of
from backtimer.storage.files.yaml_nodes import parse_source


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    home = tmp_path_factory.mktemp("home")
    return Library(Paths(home, home, home / "cache"))


@pytest.fixture(scope="module")
def shorthand(library: Library) -> Shorthand:
    return Shorthand(library.exercise_names(), library.exercise)


def read(text: str, library: Library) -> tuple[Prescription, ...]:
    """Monday's exercises, of a file that is flawless."""
    assert library.problems_in("mine", text) == ()
    routine = routine_of(
        parse_source(source_of("mine.yaml", text)), "mine", Catalogue([bundled_routines() / "exercises"])
    )
    items = routine.days["monday"].items
    return tuple(item for item in items if isinstance(item, Prescription))


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("bird-dog 3x10 5s", "bird-dog sets=3 reps=10 hold=5s"),
        ("cat-cow 1m", "cat-cow duration=1m"),
        ("cat-cow for 1 min 30 sec", "cat-cow duration=1 min 30 sec"),
        ("bridge 1 min 10 reps", "bridge reps=10 hold=1 min"),
        ("bridge 1 min 12-15", "bridge reps=12-15 hold=1 min"),
        ("plank 1 min 12x", "plank reps=12 hold=1 min"),
        ("plank 3 x 1 min, 30 s rest", "plank sets=3 hold=1 min rest=30 s"),
        ("plank 3 sets of 1 min 30 sec rest", "plank sets=3 hold=1 min rest=30 sec"),
        ("plank 3 times 1 min, 30 s rest", "plank sets=3 hold=1 min rest=30 s"),
        ("squat 10 x, 30s rest", "squat reps=10 |  rest=30s"),
        ("squat 3x10, 1 min 30 sec rest", "squat sets=3 reps=10 rest=1 min 30 sec"),
        ("squat 3x1 min 15 kg", "squat sets=3 duration=1 min load=15 kg"),
        ("plank 1 min\n20 bridges", "plank hold=1 min | bridge reps=20"),
        ("Child's pose 5 breaths", "childs-pose hold=5 breaths"),
        ("Bird dogs 3 × 8–10 hold 3-5 sec rest 30s", "bird-dog sets=3 reps=8-10 hold=3-5 sec rest=30s"),
        ("bridge 3 sets of 12 reps with red band", "bridge sets=3 reps=12 load=red band"),
        ("prone row 3x8 8 kg", "prone-row sets=3 reps=8 load=8 kg"),
        ("bird-dog 2 sets, superman 6", "bird-dog sets=2 | superman reps=6"),
        ("superman 3x10/8/6", "superman reps=[10, 8, 6]"),
        ("superman 3xmax", "superman sets=3 reps=max"),
        (
            "superman x 8 every 2m; bridge 20s rest 3x8",
            "superman reps=8 every=2m | bridge sets=3 reps=8 rest=20s",
        ),
        ("bird-dog 10 per side", "bird-dog reps=10"),
        ("bird-dog 10 each", "bird-dog reps=10 sides=each"),
        ("bird-dog 10 alternating", "bird-dog reps=10"),
        ("piriformis stretch 2x30s left only", "piriformis-stretch sets=2 hold=30s sides=left"),
        ("superman", "superman"),
        ("bridge hold max", "bridge hold=max"),
        ("bird-dog 6-4-2", "bird-dog reps=[6, 4, 2]"),
        ("bird-dog 3x6–4–2 reps rest 20s", "bird-dog reps=[6, 4, 2] rest=20s"),
        ("bird-dog 6,4, superman 8,10", "bird-dog reps=[6, 4] | superman reps=[8, 10]"),
        ("side plank 30, 20, 10 reps", "side-plank reps=[30, 20, 10]"),
        ("bird-dog 6, 4, 2, superman 5", "bird-dog reps=[6, 4, 2] | superman reps=5"),
        ("bird-dog 8/6/max", "bird-dog reps=[8, 6, max]"),
        ("childs-pose 30-20-10s", "childs-pose hold=[30s, 20s, 10s]"),
        ("bird-dog max", "bird-dog reps=max"),
        ("bridge max holds, bridge 3x max hold", "bridge hold=max | bridge sets=3 hold=max"),
        (
            "bridge 3 sets of max hold, bridge maximum hold x 3",
            "bridge sets=3 hold=max | bridge sets=3 hold=max",
        ),
        ("bridge hold max x 3, squat max hold 30s", "bridge sets=3 hold=max | squat hold=max 30s"),
        (
            "wall-sit to failure, wall-sit AMRAP, wall sits max",
            "wall-sit hold=max | wall-sit hold=max | wall-sit hold=max",
        ),
        (
            "sit to stand max, partial sit ups to failure, side-plank max",
            "sit-to-stand reps=max | partial-sit-up reps=max | side-plank hold=max",
        ),
        ("plank 3 times 20s, bridge 2 times for 30s", "plank sets=3 hold=20s | bridge sets=2 hold=30s"),
        ("bird-dog 10 times 5s, plank 20s 3 times", "bird-dog reps=10 hold=5s | plank sets=3 hold=20s"),
        ("childs pose 3x max, plank max", "childs-pose sets=3 hold=max | plank hold=max"),
        ("plank 3x max 60s, plank max 1 min", "plank sets=3 hold=max 60s | plank hold=max 1 min"),
        ("plank as long as possible, max 60s, rest 1m", "plank hold=max 60s |  rest=1m"),
        ("plank 60 sec max x 3 rest 30s", "plank sets=3 hold=max 60 sec rest=30s"),
        ("side plank 2x up to 30s each side", "side-plank sets=2 hold=max 30s"),
        ("squat hold max 30s", "squat hold=max 30s"),
        ("superman 8-10", "superman reps=8-10"),
        ("clamshell 2x8 (right side)", "clamshell sets=2 reps=8 sides=right"),
        ("clamshell 8 on the left", "clamshell reps=8 sides=left"),
        ("superman 8, rest 1m, bridge 8", "superman reps=8 |  rest=1m | bridge reps=8"),
        ("superman 8; pause of 20s; bridge 8", "superman reps=8 |  rest=20s | bridge reps=8"),
        ("hike 5m, superman, swimming", " activity=Hike duration=5m | superman |  activity=Swimming"),
        ("bird-dog 2-3x10", "bird-dog sets=2-3 reps=10"),
        ("bird-dog 2 or 3 sets of 8-10 reps", "bird-dog sets=2-3 reps=8-10"),
        ("pelvic tilt 10 5-10s", "pelvic-tilt reps=10 hold=5-10s"),
        ("squat 10x; 3x bird-dog 10", "squat reps=10 | bird-dog sets=3 reps=10"),
        ("bridge 3 x 10, hold 5s", "bridge sets=3 reps=10 hold=5s"),
        ("bird-dog: 3 sets, 10 reps, 5 second hold", "bird-dog sets=3 reps=10 hold=5 second"),
        ("bird-dog 3x10x5s", "bird-dog sets=3 reps=10 hold=5s"),
        ("bird-dog 10x5s, plank 3x20s", "bird-dog reps=10 hold=5s | plank sets=3 hold=20s"),
        ("bird-dog 10 reps x 3 sets", "bird-dog sets=3 reps=10"),
        ("bird-dog ten times L/R", "bird-dog reps=10"),
        (
            "bird-dog 10 reps x 2, Clamshells, 2 sets of 15 each side",
            "bird-dog sets=2 reps=10 | clamshell sets=2 reps=15",
        ),
        (
            "bridge w/ band 3x15, stationary bike 10 min",
            "bridge sets=3 reps=15 load=band |  activity=Stationary bike duration=10 min",
        ),
        (
            "squat 10 with 5 kg, squat 10 with 5kg dumbbells",
            "squat reps=10 load=5 kg | squat reps=10 load=5kg dumbbells",
        ),
        ("bird-dog 3x10 w/ 30 seconds rest between sets", "bird-dog sets=3 reps=10 rest=30 seconds"),
        ("bridge 3x10, rest 60", "bridge sets=3 reps=10 rest=60s"),
        ("Bridge 10. Squat 10 and bird-dog", "bridge reps=10 | squat reps=10 | bird-dog"),
        ("1. Bridge 10\n2. Squat 8", "bridge reps=10 | squat reps=8"),
        ("walk 10 min, clam 8 per leg", "walk duration=10 min | clamshell reps=8"),
        ("glute bridge, plank on knees, cobra, bird dogs", "bridge | plank-knees | press-up | bird-dog"),
        (
            "figure 4 stretch 30s, seated chin tucks, side planks",
            "figure-four-stretch hold=30s | chin-tuck | side-plank",
        ),
        ("side plank 6, 4, 2 x 10s", "side-plank reps=[6, 4, 2] hold=10s"),
        ("side plank 6, 4, 2 (10s each)", "side-plank reps=[6, 4, 2] hold=10s"),
        ("side plank 6/4/2 x 10s each side", "side-plank reps=[6, 4, 2] hold=10s"),
        ("bird-dog 3x10s, plank 3x20s", "bird-dog reps=3 hold=10s | plank sets=3 hold=20s"),
        ("bird-dog 10 sets of 5s", "bird-dog sets=10 hold=5s"),
        ("crunches 30s, crunches 3x30s", "partial-sit-up duration=30s | partial-sit-up sets=3 duration=30s"),
        ("clamshell 5s, bridge 30s, squat 30s", "clamshell hold=5s | bridge hold=30s | squat duration=30s"),
        ("run 8x60s", "run sets=8 duration=60s"),
        ("bridge (10 reps, hold 5s)", "bridge reps=10 hold=5s"),
        ("3 x (bird-dog 10)", "bird-dog sets=3 reps=10"),
        ("Bird dog: 3 sets of 10, 5 second holds, each side", "bird-dog sets=3 reps=10 hold=5 second"),
        (
            "Plank - 30 sec x 3, side plank 30s R/L x 2",
            "plank sets=3 hold=30 sec | side-plank sets=2 hold=30s",
        ),
        ("bird-dog 5s x 10", "bird-dog reps=10 hold=5s"),
        ("Squats 3*12 @ 20kg", "squat sets=3 reps=12 load=20kg"),
        ('bridge 10 reps, hold 5"', "bridge reps=10 hold=5s"),
        ("hamstring stretch 30s x 2/side", "hamstring-stretch sets=2 hold=30s"),
        ("bridge 3x10, 2 min rest between sets", "bridge sets=3 reps=10 rest=2 min"),
        ("bird dog 3 x 8 e/side, heel raises until fatigue", "bird-dog sets=3 reps=8 | heel-raise reps=max"),
        ("pelvic tilts 10 times, hold 5 s, repeat 3 times", "pelvic-tilt sets=3 reps=10 hold=5 s"),
        (
            "knee to chest: hold 20 sec, repeat 3x, bird-dog hold 5s, repeat 10 times",
            "knees-to-chest sets=3 hold=20 sec | bird-dog reps=10 hold=5s",
        ),
        ("bird-dog: 10 reps; hold: 5s; sets: 3", "bird-dog sets=3 reps=10 hold=5s"),
        ("bird-dog sets 3 reps 8-10 hold 5s", "bird-dog sets=3 reps=8-10 hold=5s"),
        ("bird-dog 3x10ea, bridge 3 by 10", "bird-dog sets=3 reps=10 sides=each | bridge sets=3 reps=10"),
        (
            "bird-dog 2 sets 8-10 reps, superman 3 sets 8",
            "bird-dog sets=2 reps=8-10 | superman sets=3 reps=8",
        ),
        ("plank: 20s, 30s, 40s", "plank hold=[20s, 30s, 40s]"),
        ("bridge 20s, 30s rest, squat 8", "bridge hold=20s |  rest=30s | squat reps=8"),
        ("side plank 20 sec, 30 sec, 40 sec each side", "side-plank hold=[20s, 30s, 40s]"),
        ("side plank 3x(10s, 8s, 6s)", "side-plank hold=[10s, 8s, 6s]"),
        (
            "squat 12, 10, 8 @ 10 kg, squat 3x12 @ BW",
            "squat reps=[12, 10, 8] load=10 kg | squat sets=3 reps=12",
        ),
        ("hamstring stretch: hold 30 seconds, 3 each leg", "hamstring-stretch reps=3 hold=30 seconds"),
        ("plank to failure 3x, push ups max reps x 3", "plank sets=3 hold=max | push-up sets=3 reps=max"),
        ("cat camel 6-8 cycles, clamshells 3x12 bilat", "cat-cow reps=6-8 | clamshell sets=3 reps=12"),
        ("bridge 3x10 hold 5s 30s rest", "bridge sets=3 reps=10 hold=5s rest=30s"),
        (
            "squat 3x10, rest 60s between sets, bridge 8, 90s after each set, cat-cow 1m",
            "squat sets=3 reps=10 rest=60s | bridge reps=8 rest=90s | cat-cow duration=1m",
        ),
        ("squat 3x10, rest 60s, cat-cow 1m", "squat sets=3 reps=10 |  rest=60s | cat-cow duration=1m"),
        ("squat 8, 5 kg, superman 6,4,2", "squat reps=8 load=5 kg | superman reps=[6, 4, 2]"),
        ("3x plank 20s, 10x bird-dog 5s", "plank sets=3 hold=20s | bird-dog reps=10 hold=5s"),
        ("box breathing 2m, walk 1h30m, walk", "box-breathing duration=2m | walk duration=1h30m | walk"),
    ],
)
def test_lines(line: str, wanted: str, shorthand: Shorthand, library: Library) -> None:
    wishes = shorthand.read(line)
    told = (
        " ".join([wish.exercise, *(f"{key}={value}" for key, value in wish.says.items())]) for wish in wishes
    )
    assert " | ".join(told) == wanted
    assert len(read(written_out("mine", wishes), library)) == len(wishes)


ROUNDS = {
    "run/walk 8x (60s/90s)": "8x (run 60s, walk 90s)",
    "run/walk 60/90s x 8": "8x (run 60s, walk 90s)",
    "jog/walk intervals 6 x 1 min/2 min": "6x (jog 1min, walk 2min)",
    "Circuit x3: squat 10, bridge 10, plank 20s": "3x (squat 10, bridge 10, plank 20s)",
    "three rounds of: squat 10; bridge 10": "3x (squat 10, bridge 10)",
    "Circuit (3 rounds): squat 10, bridge 10, rest 1m between rounds": "3x (squat 10, bridge 10) rest 1m",
    "cat-cow 1m, circuit 2x: squat 10, bridge 10": "cat-cow 1m, 2x (squat 10, bridge 10)",
    "Circuit x3:\n- squat 10\n- bridge 8, hold 5s\n\nplank 30s": "3x (squat 10, bridge 8 hold 5s), plank 30s",
    "2 rounds: squat 10, bridge 10\nplank 30s": "2x (squat 10, bridge 10), plank 30s",
    "circuit x2: squat 10, bridge 10, circuit x3: cobra 5, superman 5": (
        "2x (squat 10, bridge 10), 3x (cobra 5, superman 5)"
    ),
    "3 rounds: squat 10": "squat 3x10",
    "3 rounds: squat 10\n2 rounds: bridge 10, cobra 5": "squat 3x10, 2x (bridge 10, cobra 5)",
    "3x (squat 10, plank 20s), rest between rounds 60s": "3x (squat 10, plank 20s) rest 60s",
    "3x (squat 10, plank 20s), rest between rounds: 60s, cat-cow 1m": (
        "3x (squat 10, plank 20s) rest 60s, cat-cow 1m"
    ),
    "3x (squat 10, plank 20s), rest 60s": "3x (squat 10, plank 20s) rest 60s",
    "3 rounds: squat 10, plank 20s\n60s rest": "3x (squat 10, plank 20s) rest 60s",
    "3x (squat 10, plank 20s), rest 60s between rounds, cat-cow 1m": (
        "3x (squat 10, plank 20s) rest 60s, cat-cow 1m"
    ),
    "(squat 10, plank 20s) x 3; 60s rest after each round; cat-cow 1m": (
        "3x (squat 10, plank 20s) rest 60s, cat-cow 1m"
    ),
    "3x (squat 10, plank 20s). With 1.5 min between rounds. Cat-cow": (
        "3x (squat 10, plank 20s) rest 1.5 min, cat-cow"
    ),
}


def test_rounds_in_other_words(shorthand: Shorthand, library: Library) -> None:
    for line, same in ROUNDS.items():
        assert written_out("mine", shorthand.read(line)) == written_out("mine", shorthand.read(same)), line
        assert library.problems_in("mine", written_out("mine", shorthand.read(line))) == (), line


def test_a_list_that_is_not_as_long_as_its_sets_is_refused(shorthand: Shorthand, library: Library) -> None:
    text = written_out("mine", shorthand.read("superman 3x10/10"))
    assert [each.message for each in library.problems_in("mine", text)] == [
        "a pyramid of 2 is 2 sets; leave 'sets' out"
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("brige 3x10", "did you mean 'bridge'?"),
        ("cat-cow max 60s", "it moves: write cat-cow 60s, or cat-cow hold max 60s"),
        ("bridge 10 reps hold max 5s", "a hold within a rep has one length: write hold 5s"),
        ("bird-dog 3x8 hold up to 10s", "a hold within a rep has one length: write hold 10s"),
        ("bird-dog 8/6/4, at most 10s hold", "a hold within a rep has one length: write hold 10s"),
        ("Piriformis strech 30s", "did you mean 'piriformis-stretch'?"),
        ("juggling 3x10", "'backtimer list --exercises' shows those there are"),
        ("plank 1,5", "'1,5': a time, or the reps of two sets? Write 1.5m, or 1/5"),
        ("plank 1,30", "'1,30': a time, or the reps of two sets? Write 1m30s, or 1/30"),
        ("side plank 2,05, squat 8", "'2,05': a time, or the reps of two sets? Write 2m5s, or 2/5"),
        ("squat 3x10 rest 1,5", "'1,5': a time, or the reps of two sets? Write 1.5m"),
        ("side plank 30, 20, 10", "reps, or seconds? Write '30/20/10 reps' or '30/20/10s'"),
        ("childs-pose 8/6", "reps, or seconds? Write '8/6 reps' or '8/6s'"),
        ("bridge 3x10 quickly", "what does 'quickly' mean here?"),
        ("3x10 5s", "Its name comes first"),
        ("bridge 3x10 per side", "Bridge has no sides"),
        ("rest 1m", "say at least one exercise"),
        ("bridge 3x10, 12", "'12': which exercise is it?"),
        ("hike 3x10", "there is no exercise 'hike'"),
        (" , ", "say at least one exercise"),
        (
            "heel drops 3x15",
            "did you mean 'heel-drop-straight' (Heel drop, knee straight) or 'heel-drop-bent' (",
        ),
        ("press ups 10", "did you mean 'press-up' (Press-up for the back) or 'push-up' (Push-up)?"),
        ("knees to chest", "did you mean 'both-knees-to-chest' (Both knees to chest) or 'knees-to-chest' ("),
        ("calf stretch 30s", "'backtimer list --exercises' shows those there are"),
        ("squat with chair 8", "did you mean 'squat'?"),
        ("plank 3x30", "reps, or seconds? Write '30 reps' or '30s'"),
        ("bridge 10x3", "sets come first: write 3x10"),
        ("bridge 3x10 twice a day", "how often ('twice a day') stands in the file: its days"),
        ("bridge 3x10, slowly", "How fast is a 'tempo' in the file, or a 'note'"),
        ("3 rounds of bridge 10", "of several exercises: 3x (squat 10, bridge 10)"),
        ("bridge 8, rest", "'rest': how long? Write rest 1m"),
        ("squat 10, bridge 10 x 3 rounds", "of several exercises: 3x (squat 10, bridge 10)"),
        ("circuit: squat 10, bridge 10", "how many rounds? Write 3x (squat 10, bridge 10)"),
        ("3 rounds: squat 10, bridge 10. Then plank 30s", "where does it end? Put what is in it in brackets"),
        ("circuit x3: squat 10, bridge 10; plank 30s", "where does it end? Put what is in it in brackets"),
        ("3 sets: squat 10, bridge 10", "or in turn? Write squat 3x10, bridge 3x10; or 3x (squat 10,"),
        ("run/walk 60s/90s", "how often, and how long is each? Write 8x (run 60s, walk 90s)"),
        ("8x run/walk 1/2 min", "how often, and how long is each? Write 8x (run 60s, walk 90s)"),
        ("bird-dog 10/10", "10/10 on two sides is 10, for reps are per side; two sets are 2x10"),
        ("side plank: R 3x20s L 2x20s", "a side at a time: side plank 3x20s right, side plank 2x20s left"),
        ("plank 1 min 30", "'1 min 30': 30 of what? Write 1m30s, or 30 reps"),
        ("plank 2x1 min 30 rest 30s", "'1 min 30': 30 of what? Write 1m30s, or 30 reps"),
        ("side plank 2 Minutes and 15 per side", "'2 Minutes and 15': 15 of what? Write 2m15s"),
        ("plank 1m30", "'1m30': 30 of what? Write 1m30s"),
        ("walk 1h 30", "'1h 30': write 1h30m, with both units"),
        ("plank 30s rest 1 min 30.", "'1 min 30': 30 of what? Write 1m30s"),
        ("pelvic tilts x 10 hold 5", "how long is it held? Write hold 5s"),
        (
            "Monday: bird dog 3x10\nWednesday: bridge 3x10",
            "'Wednesday:': days stand in the file: write those of one",
        ),
        ("Mon/Wed/Fri: bird-dog 3x10", "'Mon/Wed/Fri:': days stand in the file"),
        ("Week 1: bridge 10\nWeek 2: bridge 15", "'Week 2:': days stand in the file"),
        ("Warm up\ncat-cow 1m\nMain:\nbridge 3x10", "'Main:': a title is of a circuit in the file"),
        ("walk 1 mile", "'1 mile' cannot be counted: give a time, as in walk 20m"),
        ("bike 10 min easy", "what does 'easy' mean here?"),
        ('plank 3 x 30"', "write 30s for seconds; a height is a 'note' in the file"),
        ("plank 1'", "write 1m for minutes"),
        ("squat 20s on 10s off x 8", "with their rest: squat 8x20s rest 10s"),
        ("EMOM 10 min: 10 squats", "write squat 8x10 every 1m"),
        ("tabata squats", "or squat 8x20s rest 10s"),
        ("squat 10, bridge 10, rest 30s between exercises", "squat 10, rest 30s, bridge 10"),
        ("bird-dog 8 each side x 3", "sets come first: write 3x8 each side"),
        ("squat 3x10 tempo 3-1-3", "what does 'tempo 3-1-3' mean here? How fast is a 'tempo' in the file"),
        ("squat 3x10 1-2-1 breathing", "How fast is a 'tempo' in the file, or a 'note'"),
        ("clamshell 10-15 reps, 3x/week", "how often ('3x per week') stands in the file"),
        ("walk 30 min 5 days/wk", "how often ('5 days per week') stands in the file"),
        ("3x (squat 10, bridge 10", "a bracket is not closed"),
        ("3x (squat 10, bridge 10) quickly", "what does 'quickly' mean here?"),
        ("squat 8 (squat 10, bridge 10)", "'(squat 10, bridge 10)': how many rounds? Write 3x (squat 10,"),
        ("8 x run 60s, walk 90s", "are these sets? Write run 8x60s, or 8x (run 60s, walk 90s)"),
        ("bridge 10 every 2-3 hours", "how often ('every 2-3 hours') stands in the file"),
        ("bridge, 2 to 3 times daily", "how often ('2 to 3 times daily') stands in the file"),
        ("bridge 3x10, 6-8 times a day", "how often ('6-8 times a day') stands in the file"),
        ("walk 10", "it has no reps and no hold: give a time, as in walk 1m"),
        ("plank 1,5 min", "'1,5 min': a comma stands between exercises: write 1.5 min, with a dot"),
        ("plank 3x1,5min", "write 1.5min, with a dot"),
        ("squat 8,5 kg", "write 8.5 kg, with a dot"),
        ("squat 3x10 @ 2,5kg rest 1m", "write 2.5kg, with a dot"),
        ("squat 3x10 rest 1,5 min", "write 1.5 min, with a dot"),
        ("walk 1-1,5 h", "write 1-1.5 h, with a dot"),
        ("plank 20, 30, 40s", "times, or reps and a hold? Write 20s, 30s, 40s; or 20/30 hold 40s"),
        ("squat 12, 10, 8 kg", "reps and a load, or several loads? Write 12/10 @ 8 kg; loads go into"),
        ("plank 20,30,40 sec, squat 8", "Write 20s, 30s, 40s; or 20/30 hold 40s"),
        ("2x (3x (squat 10, plank 20s), walk 1m)", "no rounds stand in rounds"),
        ("2x ((squat 10; plank 20s) x3, walk 1m)", "no rounds stand in rounds"),
        ("circuit x2: walk 1m, 3 rounds of (juggling 10, plank 20s)", "no rounds stand in rounds"),
        ("2 rounds: squat 10, 2 rounds: plank 20s, cat-cow 1m", "no rounds stand in rounds"),
        ("circuit x2: squat 10; 3x: plank 20s, cat-cow 1m", "no rounds stand in rounds"),
        ("2 rounds: squat 10, 2x (plank 20s, cat-cow 1m)", "no rounds stand in rounds"),
        ("box breathing 4-4-4-4", "are 'phases' in the file: say how long, as in box breathing 2m"),
        ("walk half an hour", "'walk half an hour': how long? Write walk 30m"),
        ("swim for an hour", "'swim for an hour': how long? Write swim 1h"),
        ("walk two hours", "'walk two hours': how long? Write walk 2h"),
        ("bridge 8, swim twenty minutes", "'swim twenty minutes': how long? Write swim 20m"),
        ("swim 2 x 20m", "'swim 2 x 20m': how long? Write swim 40m"),
        ("swim 45 Minuten", "'swim 45 Minuten': how long? Write swim 45m"),
        ("walk two and a half hours", "'walk two and a half hours': how long? Write walk 2.5h"),
        ("walk for 1h30", "'1h30': write 1h30m, with both units"),
        (
            "stretch hamstring 2x30s",
            "there is no exercise 'stretch hamstring'; did you mean 'hamstring-stretch'?",
        ),
        ("walk 10 steps", "steps are not counted: give a time, as in walk 1m"),
    ],
)
def test_what_is_not_understood_is_told(line: str, told: str, shorthand: Shorthand) -> None:
    with pytest.raises(ShorthandError) as caught:
        shorthand.read(line)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("8 x (run 60s, walk 90s)", "rounds=8: run duration=60s | walk duration=90s"),
        (
            "3x[bird-dog 10 (left), rest 1m, bridge 10] rest 2m between rounds",
            "rounds=3 rest=2m: bird-dog reps=10 sides=left |  rest=1m | bridge reps=10",
        ),
        ("(bird-dog 10 + bridge 10) x 3", "rounds=3: bird-dog reps=10 | bridge reps=10"),
        ("three rounds of (Bird-dog 10; bridge)", "rounds=3: bird-dog reps=10 | bridge"),
        ("2-3 sets of (bird-dog 10, bridge 10)", "rounds=2-3: bird-dog reps=10 | bridge reps=10"),
    ],
)
def test_brackets_are_a_circuit(line: str, wanted: str, shorthand: Shorthand, library: Library) -> None:
    before, circuit, after = shorthand.read(f"cat-cow, {line}, then superman 8")
    assert (before.exercise, after.exercise) == ("cat-cow", "superman")
    told = [
        " ".join([wish.exercise, *(f"{key}={value}" for key, value in wish.says.items())])
        for wish in circuit.inside
    ]
    head = " ".join(f"{key}={value}" for key, value in circuit.says.items())
    assert f"{head}: {' | '.join(told)}" == wanted
    assert library.problems_in("mine", written_out("mine", (before, circuit, after))) == ()


def test_a_time_that_may_be_meant_otherwise_is_announced(shorthand: Shorthand) -> None:
    line = "dead bug 10x 5s each leg, crunches 3x30s, leg swings 10x5s, ankle circles 2m, calf stretches 20s"
    reps, sets, own, moving, held = shorthand.read(line, stubs=True)
    assert "read as 10 reps, each held 5s; or write '10 sets of 5s'" in reps.read_as
    assert "read as 3 sets of 30s; or write '3 reps, hold 30s'" in sets.read_as
    assert own.says == {"reps": "10", "hold": "5s"} and own.read_as
    assert moving.says == {"duration": "2m"} and "or write 'hold 2m'" in moving.read_as
    assert held.says == {"hold": "20s"}
    assert [wish.read_as for wish in shorthand.read("plank 3x20s hold, bridge 3x10 5s, squat 30s")][1:] == [
        "",
        "",
    ]


def test_a_list_that_may_be_for_both_sides_is_announced(shorthand: Shorthand) -> None:
    line = "McGill curl-up 6-4-2, curl-up 3-2-1, curl-up 6-4-2 per side, bird-dog 6-4-2, curl-up 8-6-max"
    told = [wish.read_as for wish in shorthand.read(line)]
    assert "is read as 6, 4, 2 on each side; if half of them are meant for a side, write 3/2/1." in told[0]
    assert told[1:] == [""] * 4
    timed = "curl-up 8/6/4 10s each side, curl-up 8/6/4, 10 s hold per side, curl-up 8/6/4 each side 10s"
    told = [wish.read_as for wish in shorthand.read(timed)]
    assert all("is read as 8, 6, 4 on each side" in one for one in told[:2]) and told[2] == ""


def test_a_rest_at_the_end_is_one_between_rounds_and_announced(shorthand: Shorthand) -> None:
    (circuit,) = shorthand.read("3x (squat 10, plank 20s), rest 60s")
    assert circuit.says == {"rounds": "3", "rest": "60s"}
    assert "'rest 60s' is read as the rest between the rounds." in circuit.read_as
    for line in ("2x (squat 10, bridge 10), rest 60s, cobra 5", "2x (squat 10, bridge 10) rest 9s, rest 60s"):
        assert not any(wish.read_as for wish in shorthand.read(line)), line
        assert {"rest": "60s"} in [wish.says for wish in shorthand.read(line)], line


def test_what_is_called_otherwise_is_told(shorthand: Shorthand) -> None:
    wishes = shorthand.read("glute bridge 10, Bird dogs, rest 1m, Child's pose")
    assert [shorthand.taken_for(wish) for wish in wishes] == ["Bridge", "", "", ""]


def test_all_that_is_not_understood_is_told_at_once(shorthand: Shorthand) -> None:
    with pytest.raises(ShorthandError) as caught:
        shorthand.read("brige 3x10, superman, jugling")
    assert len(str(caught.value).splitlines()) == 2


def test_what_is_not_known_becomes_the_files_own_only_when_asked(
    shorthand: Shorthand, library: Library
) -> None:
    wishes = shorthand.read("wall handstand 3x20s each, slack line 2x8", stubs=True)
    assert [wish.known for wish in wishes] == [False, False]
    stand, line = read(written_out("mine", wishes), library)
    assert (stand.exercise, stand.sides, line.exercise) == ("wall-handstand", Sides.EACH, "slack-line")


def test_the_template_and_copies_are_right_from_the_first_line(library: Library) -> None:
    assert len(read(template("my-back"), library)) == 3
    assert template("my-back").startswith(f"{MODELINE}\n")
    for path in bundled_routines().glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        copy = copy_of(text, "my-back")
        assert library.problems_in("my-back", copy) == ()
        assert copy.startswith(f"{MODELINE}\n") and "\ntitle: My back\n" in copy.replace("'", "")
        assert copy_of(copy_of(text)).count(MODELINE) == 1
        assert copy_of(text).removeprefix(f"{MODELINE}\n") == text
    untitled = copy_of("format: 1\ndays: {monday: {rest: R}}\n", "mine")
    assert "\nformat: 1\ntitle: Mine\n" in untitled


@pytest.mark.parametrize("name", ["null", "no", "1", "my-back-2"])
def test_a_title_is_the_name_whatever_it_is(name: str, library: Library) -> None:
    text = template(name)
    assert library.problems_in(name, text) == ()
    assert title_of(name).strip("'") == name.replace("-", " ").capitalize()


PIECES = st.sampled_from(
    [
        *("bird-dog", "bridge", "3x10", "3", "x", "10", "5s", "1m", "each", "side", "left", "with", "band"),
        *("swim", ")", "3x (", "6-4-2", "6/4s", "left", "(", "rest"),
        *("8", "kg", ",", ";", "hold", "rest", "max", "/", "-", "to", ":", "[", "{", "#", "'", '"', "é", "0"),
    ]
)


@given(line=st.lists(PIECES, max_size=12).map(" ".join))
def test_whatever_is_written_makes_a_file_or_is_told(
    line: str, shorthand: Shorthand, library: Library
) -> None:
    try:
        wishes = shorthand.read(line, stubs=True)
    except ShorthandError as error:
        assert str(error)
        return
    for problem in library.problems_in("mine", written_out("mine", wishes)):
        assert "YAML" not in problem.message and "unknown key" not in problem.message, line
