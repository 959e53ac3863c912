"""Every key that the field tables know changes what is read and the plan; the rest say who reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import DayKind, Routine
from backtimer.core.speech.cues import Sound
from backtimer.storage.files import fields, figure_fields
from backtimer.storage.files.exercise_file import Catalogue
from backtimer.storage.files.routine_file import routine_of
from backtimer.storage.files.settings import load_settings
from backtimer.storage.files.source import source_of
from backtimer.storage.files.tables import Table
from backtimer.storage.files.yaml_nodes import parse_source
from tests.rules import for_each

Keys = dict[str, str]


def flow(keys: Keys) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in keys.items()) + "}"


class Sample(NamedTuple):
    """A file with one mapping in it that a table describes."""

    base: Keys
    """What it says for a start."""
    more: Keys
    """Every key of the table, with another value than that of the start."""
    whole: Callable[[str], str]
    """The file around it."""
    elsewhere: Mapping[str, str] = MappingProxyType({})
    """The keys that change no plan, and who reads them."""
    instead: Mapping[str, tuple[Keys, Keys]] = MappingProxyType({})
    """What it says before and after, for keys that do not go with the start."""


OWN = {
    "name": "Own",
    "position": "prone",
    "sides": "alternate",
    "phases": "[{do: up, for: 2s}, {do: hold, for: 1s}, {do: down, for: 2s}]",
    "prescription": "{sets: 2, reps: 3, hold: 3s}",
    "easier": "easy",
    "harder": "hard",
}
OTHERS = (
    "easy: {name: Easy, position: supine}, hard: {name: Hard, position: supine}, "
    "third: {name: Third, position: supine}"
)
OTHER = "{name: Other, position: supine, sides: each, prescription: {sets: 2, reps: 4, hold: 5 breaths}}"


def week(day: str, own: str = flow(OWN), more: str = "") -> str:
    """A week whose Monday is this day, with exercises of its own."""
    return (
        f"{{format: 1, days: {{monday: {day}, wednesday: {{exercises: [own]}},"
        f" thursday: {{exercises: [other]}}}}, {more}"
        f"exercises: {{own: {own}, other: {OTHER}, {OTHERS}}}}}"
    )


def programme(stage: str) -> str:
    """A routine with a stage, and exercises of its own."""
    return f"{{format: 1, stages: [{stage}], exercises: {{own: {flow(OWN)}, other: {OTHER}, {OTHERS}}}}}"


MONDAY = "{exercises: [own, {exercise: other, sides: each}, {rounds: 2, exercises: [own, other]}]}"

OWN_AMOUNTS = {
    "sets": "3",
    "reps": "7",
    "hold": "9s",
    "relax": "9s",
    "tempo": "{up: 6s}",
    "duration": "50s",
    "sides": "each",
    "first": "right",
    "rest": "77s",
    "every": "70s",
    "switch": "8s",
    "breather": "12s",
    "load": "red band",
    "pace": "self",
    "note": "Slowly",
}


SAMPLES = {
    "ROUTINE": Sample(
        {
            "format": "1",
            "days": f"{{monday: {MONDAY}}}",
            "exercises": f"{{own: {flow(OWN)}, other: {OTHER}, {OTHERS}}}",
        },
        {
            "title": "Another",
            "source": "A book",
            "language": "nl",
            "defaults": "{rest: 77s}",
            "days": "{monday: {exercises: [own]}}",
            "exercises": f"{{own: {flow(OWN | {'name': 'Mine'})}, other: {OTHER}, {OTHERS}}}",
        },
        lambda text: text,
        {"source": "`show`"},
        {
            "cycle": (
                {"format": "1", "days": "{monday: {activity: Walk}}"},
                {"format": "1", "cycle": "[a]", "days": "{a: {activity: Walk}}"},
            ),
            "stages": (
                {"format": "1", "days": "{monday: {activity: Walk}}"},
                {"format": "1", "stages": "[{days: {monday: {activity: Swim}}}]"},
            ),
        },
    ),
    "STAGES": Sample(
        {
            "format": "1",
            "stages": f"[{{days: {{monday: {MONDAY}}}}}]",
            "exercises": f"{{own: {flow(OWN)}, other: {OTHER}, {OTHERS}}}",
        },
        {
            "title": "Another",
            "source": "A book",
            "language": "nl",
            "defaults": "{rest: 77s}",
            "stages": "[{days: {monday: {exercises: [own]}}}]",
            "exercises": f"{{own: {flow(OWN | {'name': 'Mine'})}, other: {OTHER}, {OTHERS}}}",
        },
        lambda text: text,
        {"source": "`show`"},
    ),
    "STAGE": Sample(
        {"days": f"{{monday: {MONDAY}}}"},
        {"title": "Strong", "weeks": "2-4", "days": "{monday: {exercises: [own]}}"},
        programme,
        {"title": "the first screen and `show`", "weeks": "when the next one begins"},
        {
            "cycle": (
                {"days": "{monday: {activity: Walk}}"},
                {"cycle": "[a]", "days": "{a: {activity: Swim}}"},
            )
        },
    ),
    "CYCLE_STAGE": Sample(
        {"cycle": "[a, b]", "days": f"{{a: {MONDAY}, b: {{activity: Walk}}}}"},
        {
            "title": "Strong",
            "weeks": "2",
            "cycle": "[a, b, rest]",
            "on": "[monday, friday]",
            "days": "{a: {exercises: [own]}, b: {activity: Walk}}",
        },
        programme,
        {
            "title": "the first screen and `show`",
            "weeks": "when the next one begins",
            "cycle": "which day a date asks for",
            "on": "which day a date asks for",
        },
    ),
    "CYCLE": Sample(
        {
            "format": "1",
            "cycle": "[a, b]",
            "days": f"{{a: {MONDAY}, b: {{activity: Walk}}}}",
            "exercises": f"{{own: {flow(OWN)}, other: {OTHER}, {OTHERS}}}",
        },
        {
            "title": "Another",
            "source": "A book",
            "language": "nl",
            "defaults": "{rest: 77s}",
            "cycle": "[a, b, rest]",
            "on": "[monday, friday]",
            "days": "{a: {exercises: [own]}, b: {activity: Walk}}",
            "exercises": f"{{own: {flow(OWN | {'name': 'Mine'})}, other: {OTHER}, {OTHERS}}}",
        },
        lambda text: text,
        {"source": "`show`", "cycle": "which day a date asks for", "on": "which day a date asks for"},
    ),
    "DAY_OF_CYCLE": Sample(
        {"exercises": "[own]"},
        {"title": "Strong", "exercises": "[other]", "optional": "yes", "times": "2"},
        lambda text: (
            "{format: 1, cycle: [a, b, c], days: {a: "
            + text
            + ", b: {exercises: [own]}, c: {exercises: [other]}}, exercises: {own: "
            + f"{flow(OWN)}, other: {OTHER}, {OTHERS}}}}}"
        ),
        {
            "rest": "the first screen and `show`",
            "optional": "the calendar",
            "times": "the calendar",
        },
        {
            "activity": ({"activity": "A walk"}, {"activity": "A swim"}),
            "duration": ({"activity": "A walk"}, {"activity": "A walk", "duration": "20m"}),
            "rest": ({"rest": "yes"}, {"rest": "A light walk"}),
            "same_as": ({"same_as": "b"}, {"same_as": "c"}),
        },
    ),
    "DEFAULTS": Sample(
        {},
        {
            "prepare": "31s",
            "rest": "32s",
            "switch": "33s",
            "transition": "34s",
            "position_change": "35s",
            "round_rest": "36s",
            "breathing": "{in: 3s}",
            "progress": "{after: 2 days}",
            "first": "right",
        },
        lambda text: week(
            "{exercises: [own, {exercise: own, sets: 1, note: x}, {exercise: other, sides: each},"
            " {rounds: 2, exercises: [own, other]}]}",
            more=f"defaults: {text}, ",
        ),
        {"progress": "the rules of progress"},
    ),
    "PROGRESS": Sample(
        {"after": "3 sessions"},
        {"after": "1 week", "by": "2"},
        lambda text: week(MONDAY, more=f"defaults: {{progress: {text}}}, "),
        {"after": "the rules of progress", "by": "the rules of progress"},
    ),
    "BREATHING": Sample(
        {}, {"in": "3s", "out": "5s"}, lambda text: week(MONDAY, more=f"defaults: {{breathing: {text}}}, ")
    ),
    "DAY": Sample(
        {"exercises": "[own]"},
        {"title": "Strong", "exercises": "[other]", "optional": "yes", "times": "2"},
        lambda text: week(text, more="title: x, "),
        {
            "rest": "the first screen and `show`",
            "optional": "the calendar",
            "times": "the calendar",
        },
        {
            "activity": ({"activity": "A walk"}, {"activity": "A swim"}),
            "duration": ({"activity": "A walk"}, {"activity": "A walk", "duration": "20m"}),
            "rest": ({"rest": "yes"}, {"rest": "A light walk"}),
            "same_as": ({"same_as": "wednesday"}, {"same_as": "thursday"}),
        },
    ),
    "BREAK": Sample(
        {"rest": "20s"}, {"rest": "50s"}, lambda text: week(f"{{exercises: [own, {text}, other]}}")
    ),
    "AWAY": Sample(
        {"activity": "A walk"},
        {"activity": "A swim", "duration": "5m", "note": "Slowly", "first_sessions": "1"},
        lambda text: week(f"{{exercises: [own, {text}], times: 2}}"),
        {"first_sessions": "the advice for the next session"},
    ),
    "CIRCUIT": Sample(
        {"exercises": "[own, other]", "rounds": "2"},
        {
            "title": "Round",
            "rounds": "3",
            "rest": "77s",
            "every": "9m",
            "first_sessions": "1",
            "exercises": "[other, own]",
        },
        lambda text: week(f"{{exercises: [{text}, own], times: 2}}"),
        {"first_sessions": "the advice for the next session"},
    ),
    "PRESCRIPTION": Sample(
        {"exercise": "own"},
        {"exercise": "other", **OWN_AMOUNTS, "first_sessions": "1"},
        lambda text: week(f"{{exercises: [{text}, own], times: 2}}"),
        {"first_sessions": "the advice for the next session"},
        instead={
            "switch": (
                {"exercise": "own", "sides": "each"},
                {"exercise": "own", "sides": "each", "switch": "9s"},
            ),
            "breather": (
                {"exercise": "own", "reps": "6"},
                {"exercise": "own", "reps": "6", "breather": "12s"},
            ),
        },
    ),
    "OWN_PRESCRIPTION": Sample(
        {"sets": "2", "reps": "3"},
        OWN_AMOUNTS,
        lambda text: week("{exercises: [own]}", flow(OWN | {"prescription": text})),
        instead={
            "duration": ({"hold": "9s"}, {"duration": "50s"}),
            "first": ({"reps": "3", "sides": "each"}, {"reps": "3", "sides": "each", "first": "right"}),
            "switch": ({"reps": "3", "sides": "each"}, {"reps": "3", "sides": "each", "switch": "9s"}),
            "breather": ({"reps": "6"}, {"reps": "6", "breather": "12s"}),
        },
    ),
    "PHASE": Sample(
        {"do": "up", "for": "2s"},
        {"do": "reach", "for": "5s", "breathe": "out", "say": "Reach", "side": "first"},
        lambda text: week(
            "{exercises: [own]}", flow(OWN | {"phases": f"[{text}, {{do: hold}}{_other(text)}]"})
        ),
    ),
    "EXERCISE": Sample(
        OWN,
        {
            "name": "Mine",
            "position": "seated",
            "sides": "each",
            "first": "right",
            "targets": "[glutes]",
            "equipment": "[band]",
            "phases": "[{do: up, for: 9s}, {do: hold}]",
            "setup": "[Lie down, Bend your knees]",
            "gear": "[You need a mat]",
            "away": "[Push it aside]",
            "left": "your left arm",
            "steps": "[Up, Down]",
            "breath": "[Breathe out as you lift]",
            "watch": "[The neck]",
            "out": "Roll over",
            "resting": "[Sit as you like]",
            "make_easier": "[Lift less]",
            "make_harder": "[Lift more]",
            "ask_first": "[New hip]",
            "instead": "hard",
            "easier": "third",
            "harder": "third",
            "prescription": "{sets: 3, reps: 3}",
            "figure": "{}",
            "language": "nl",
        },
        lambda text: week("{exercises: [own]}", text),
    ),
    "FIGURE": Sample(
        {"poses": "{start: {}, high: {arm: 90}}"},
        {
            "from": "supine",
            "poses": "{start: {}, high: {arm: 80}}",
            "phases": "{up: high}",
            "view": "[30, 10]",
            "props": "[mat, {kind: towel, under: head}]",
            "other_end": "yes",
            "inset": "yes",
            "of": "[head, shoulders]",
            "ghost": "yes",
            "arrows": "[knee_left]",
            "coloured": "[pelvis, head]",
            "follow": "yes",
            "travel": "200",
            "trace": "yes",
        },
        lambda text: week("{exercises: [own]}", flow(OWN | {"figure": text})),
    ),
    "INSET": Sample(
        {"view": "[0, 0]"},
        {"view": "[10, 5]", "at": "left", "of": "[head, hands]"},
        lambda text: week(
            "{exercises: [own]}", flow(OWN | {"figure": "{poses: {start: {}}, inset: " + text + "}"})
        ),
    ),
    "POSE": Sample(
        {"arm": "90"},
        {
            "from": "supine",
            "spine": "[4, 2]",
            "head": "[10, 20]",
            "neck": "[20, 5]",
            "look": "40",
            "arm": "[80, [70, 5], 60]",
            "arm_left": "10",
            "arm_right": "10",
            "leg": "10",
            "leg_left": "10",
            "leg_right": "10",
            "roll": "-90",
            "twist": "20",
            "shoulders": "-4",
            "belly": "-3",
            "on": "[knees, hand_left]",
            "rest": "feet",
            "holds": "{hand_left: knee_left}",
            "presses": "{head: [0, 90]}",
            "hinge": "knee",
        },
        lambda text: week("{exercises: [own]}", flow(OWN | {"figure": f"{{poses: {{start: {text}}}}}"})),
    ),
    "PROP": Sample(
        {"kind": "band"},
        {"kind": "wall", "under": "head", "to": "feet", "at": "-20", "height": "30.5"},
        lambda text: week("{exercises: [own]}", flow(OWN | {"figure": f"{{props: [{text}]}}"})),
    ),
}


def _other(text: str) -> str:
    """The phase of the other side, for one that says a side."""
    return ", {do: other, for: 2s, side: second}" if "side:" in text else ""


TABLES = {
    name: table for name, table in (vars(figure_fields) | vars(fields)).items() if isinstance(table, Table)
}
IN_FILES_OF_THEIR_OWN = {
    "EXERCISE_FILE": "the keys of EXERCISE",
    "SETTINGS": "`test_every_setting_changes_the_settings`",
    "SOUND": "`test_every_setting_changes_the_settings`",
}
NOT_READ = {
    ("ROUTINE", "format"): "another value is refused",
    ("CYCLE", "format"): "another value is refused",
    ("STAGES", "format"): "another value is refused",
}
PAIRS = [
    (name, field.key)
    for name in SAMPLES
    for field in TABLES[name].fields
    if (name, field.key) not in NOT_READ
]


def test_every_table_has_samples() -> None:
    assert SAMPLES.keys() | IN_FILES_OF_THEIR_OWN.keys() == TABLES.keys()


@for_each(("name", "key"), PAIRS)
def test_every_key_changes_what_is_read_and_the_plan(name: str, key: str) -> None:
    sample = SAMPLES[name]
    assert key in sample.more or key in sample.instead, f"say here what '{key}' of {name} does"
    before, after = sample.instead.get(key) or (sample.base, sample.base | {key: sample.more[key]})
    routines = [
        routine_of(parse_source(source_of("file", sample.whole(flow(keys)))), "file", Catalogue([]))
        for keys in (before, after)
    ]
    assert routines[0] != routines[1], f"nobody reads '{key}' of {name}"
    plans = [_plan(routine) for routine in routines]
    if key in sample.elsewhere:
        assert plans[0] == plans[1], f"'{key}' of {name} reaches the plan by now"
    else:
        assert plans[0] != plans[1], f"'{key}' of {name} changes no plan: say who reads it"


def _plan(routine: Routine) -> Plan | None:
    first = next(iter(routine.days))
    return None if routine.days[first].kind is DayKind.REST else compile_day(routine, first)


SETTINGS = {
    "routine": "lower-back",
    "rollover": "03:00",
    "theme": "dark",
    "figure": "still",
    "language": "nl",
    "breathing": "{in: 3s, out: 5s}",
    "progression": "auto",
    "instructions": "short",
    "circuits": "straight",
    "goal": "3 per week",
    "sound": "short",
}
SOUND = {
    "cues": "short",
    "volume": "5",
    "engine": "espeak-ng",
    "voice": "Anna",
    "rate": "150",
    "clips": "voices/mine",
    "breathing": "yes",
    "duck": "yes",
}


@for_each(
    "keys",
    [{field.key: SETTINGS[field.key]} for field in fields.SETTINGS.fields]
    + [{"sound": flow({field.key: SOUND[field.key]})} for field in fields.SOUND.fields],
)
def test_every_setting_changes_the_settings(keys: Keys, tmp_path: Path) -> None:
    file = tmp_path / "settings.yaml"
    found = []
    for text in ("", flow(keys)):
        file.write_text(text, encoding="utf-8")
        found.append(load_settings(file))
    assert found[0] != found[1]
    if "sound" in keys:
        assert found[1].sound != Sound()
