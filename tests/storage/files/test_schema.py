"""The schema and the reader agree: what the reader takes the schema takes, and what it can say it refuses."""

from __future__ import annotations

import json
import re
import textwrap
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from backtimer.storage.files.exercise_file import Catalogue, read_exercise, read_settings
from backtimer.storage.files.paths import bundled_routines
from backtimer.storage.files.routine_file import routine_of
from backtimer.storage.files.schema import schema_of
from backtimer.storage.files.source import ProblemsError, source_of
from backtimer.storage.files.yaml_nodes import Document, Mapping, Node, Sequence, parse_source
from tests.rules import for_each
from tests.storage.files.test_fields import PAIRS, SAMPLES, SETTINGS, SOUND, TABLES, flow
from tests.storage.files.test_mutations import mutants
from tests.storage.routine_files import catalogue_in

KNOWN = {"bird-dog": "Bird-dog", "cobra": "Cobra"}
ROUTINES = bundled_routines()


@cache
def validator(kind: str) -> Draft7Validator:
    schema = schema_of(kind, KNOWN)
    Draft7Validator.check_schema(schema)
    return Draft7Validator(json.loads(json.dumps(schema)))


INTEGER = re.compile(r"[-+]?[0-9]+")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


def as_seen_by_an_editor(node: Node) -> Any:
    """What YAML 1.2 makes of a file. Our own reader takes `~` for a text, and so does this."""
    if isinstance(node, Sequence):
        return [as_seen_by_an_editor(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key.text: as_seen_by_an_editor(value) for key, value in node.pairs}
    if not node.plain:
        return node.text
    if not node.text:
        return None
    if INTEGER.fullmatch(node.text):
        return int(node.text) if len(node.text) < 400 else node.text
    if FLOAT.fullmatch(node.text):
        return float(node.text)
    return TRUTH.get(node.text, node.text)


def refused(kind: str, text: str) -> list[str]:
    """What the schema says against a text."""
    seen = as_seen_by_an_editor(parse_source(source_of("file.yaml", textwrap.dedent(text))).root)
    return [error.message for error in validator(kind).iter_errors(seen)]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return Catalogue([catalogue_in(tmp_path_factory.mktemp("catalogue"))])


def is_read(document: Document, catalogue: Catalogue) -> bool:
    try:
        routine_of(document, "my-week", catalogue)
    except ProblemsError:
        return False
    return True


@for_each("path", sorted(ROUTINES.glob("*.yaml")), ids=lambda path: path.stem)
def test_bundled_routines_are_taken(path: Path) -> None:
    assert refused("routine", path.read_text(encoding="utf-8")) == []


@for_each("path", sorted(ROUTINES.glob("exercises/*.yaml")), ids=lambda path: path.stem)
def test_bundled_exercises_are_taken(path: Path) -> None:
    assert read_exercise(path, [each.stem for each in path.parent.glob("*.yaml")])
    assert refused("exercise", path.read_text(encoding="utf-8")) == []


@for_each(("name", "key"), PAIRS)
def test_every_key_that_is_read_is_taken(name: str, key: str) -> None:
    sample = SAMPLES[name]
    _, keys = sample.instead.get(key) or (sample.base, sample.base | {key: sample.more[key]})
    assert refused("routine", sample.whole(flow(keys))) == []
    wrong = sample.whole(flow({**keys, "nonsense": "1"}))
    assert refused("routine", wrong), "a key that there is not"


def test_every_setting_is_taken() -> None:
    for keys in (SETTINGS, {**SETTINGS, "sound": flow(SOUND)}, {"sound": "off"}, {"sound": "no"}):
        read_settings(source_of("settings.yaml", flow(keys)))
        assert refused("settings", flow(keys)) == []
    for wrong in ("theme: blue", "sound: loud", "rollover: 25:00", "sound: {volume: 101}", "goal: often"):
        with pytest.raises(ProblemsError):
            read_settings(source_of("settings.yaml", wrong))
        assert refused("settings", wrong), wrong


@given(mutant=mutants(("leaf", "leaf", "other", "list", "empty list", "empty mapping")))
def test_what_the_reader_takes_is_taken(mutant: tuple[str, Document], catalogue: Catalogue) -> None:
    text, document = mutant
    if is_read(document, catalogue):
        errors = list(validator("routine").iter_errors(as_seen_by_an_editor(document.root)))
        assert not errors, (text, errors[0].message)


TIMES = st.from_regex(
    r"[0-9]{1,2}(:[0-5][0-9])?( ?(s|sec|Secs|m|min\.|minutes|h|hour|breaths|Breath))?"
    r"(( | and |)[0-9]{1,2} ?(s|seconds|m|mins))?"
    r"(( ?[-\u2013] ?| to )[0-9]{1,2}( ?(s|sec|m|min|breaths))?)?",
    fullmatch=True,
)
COUNTS = st.from_regex(
    r"0?[0-9]{1,4}(( ?[-\u2014] ?| to )[0-9]{1,2})?( ?(reps?|Reps|sets?|x))?", fullmatch=True
)


@given(key=st.sampled_from(["hold", "rest", "duration", "switch", "relax", "every"]), amount=TIMES)
def test_times_that_the_reader_takes_are_taken(key: str, amount: str, catalogue: Catalogue) -> None:
    _agree(f"{{exercise: bird-dog, {key}: {amount}}}", catalogue)


@given(key=st.sampled_from(["sets", "reps"]), amount=COUNTS)
def test_counts_that_the_reader_takes_are_taken(key: str, amount: str, catalogue: Catalogue) -> None:
    _agree(f"{{exercise: bird-dog, {key}: {amount}}}", catalogue)


def _agree(entry: str, catalogue: Catalogue) -> None:
    text = f"{{format: 1, days: {{monday: {{exercises: [{entry}]}}}}}}"
    if is_read(parse_source(source_of("file.yaml", text)), catalogue):
        assert refused("routine", text) == [], entry


DAY_KEYS = st.sampled_from(["monday", "daily", "sunday", "a", "b", "rest", "Monday"])
DAY_TEXTS = st.sampled_from(
    ["{exercises: [bird-dog]}", "{rest: Rest}", "{activity: Walk}", "{same_as: monday}", "{same_as: a}", "[]"]
)
STAGE_PARTS: dict[str, st.SearchStrategy[str]] = {
    "title": st.sampled_from(["Calm", "'2'", "[Calm]", ""]),
    "weeks": st.sampled_from(["2", "2-4", "4-2", "0", "104", "105", "two", "1 to 3", "[2]"]),
    "cycle": st.sampled_from(["[a, b]", "[a, rest]", "[monday]", "[]", "a"]),
    "on": st.sampled_from(["[monday, friday]", "[mon]", "[]"]),
    "days": st.dictionaries(DAY_KEYS, DAY_TEXTS, max_size=3).map(flow),
    "nonsense": st.just("1"),
}
GENERATED_STAGE = st.fixed_dictionaries(
    {"days": STAGE_PARTS["days"]}, optional={key: STAGE_PARTS[key] for key in ("title", "weeks")}
) | st.fixed_dictionaries({}, optional=STAGE_PARTS)


@given(stages=st.lists(GENERATED_STAGE, max_size=3), beside=st.sampled_from(["", "days: {}", "cycle: [a]"]))
def test_of_generated_stages_what_the_reader_takes_is_taken(
    stages: list[dict[str, str]], beside: str, catalogue: Catalogue
) -> None:
    text = f"{{format: 1, stages: [{', '.join(map(flow, stages))}]{beside and ', ' + beside}}}"
    try:
        document = parse_source(source_of("file.yaml", text))
    except ProblemsError:
        return
    if is_read(document, catalogue):
        assert refused("routine", text) == [], text


ENTRY = "format: 1\ndays:\n  monday:\n    exercises:\n      - {}\n"
MISTAKES = {
    "an unknown key": "{exercise: bird-dog, holds: 5s}",
    "a comma for a dot": "{exercise: bird-dog, hold: '2,5s'}",
    "sets and reps in one": "{exercise: bird-dog, reps: 3x10}",
    "to failure": "{exercise: bird-dog, reps: to failure}",
    "reps for each side": "{exercise: bird-dog, reps: 10 per side}",
    "no reps": "{exercise: bird-dog, reps: 0}",
    "no sets": "{exercise: bird-dog, sets: 0}",
    "too many reps": "{exercise: bird-dog, reps: 1001}",
    "less than nothing": "{exercise: bird-dog, rest: -5}",
    "a duration of nothing": "{exercise: bird-dog, duration: 0s}",
    "longer than a day": "{exercise: bird-dog, duration: 86401}",
    "not a time": "{exercise: bird-dog, hold: long}",
    "the wrong unit": "{exercise: bird-dog, hold: 5 metres}",
    "a list of nothing": "{exercise: bird-dog, hold: []}",
    "a word for a side": "{exercise: bird-dog, sides: both}",
    "no value": "{exercise: bird-dog, reps: }",
    "no exercise": "{reps: 8}",
    "not the name of an exercise": "Bird Dog",
    "a circuit of nothing": "{rounds: 3}",
    "a circuit in a circuit": "{rounds: 3, exercises: [{rounds: 2, exercises: [bird-dog]}]}",
    "a text for a mapping": "{exercise: bird-dog, tempo: slow}",
    "a list for a text": "{exercise: bird-dog, note: [slowly]}",
    "`max` where it means nothing": "{exercise: bird-dog, rest: max}",
    "`self` where it means nothing": "{exercise: bird-dog, hold: self}",
}
FILES = {
    "no format": "days: {monday: {exercises: [bird-dog]}}",
    "another format": "format: 2\ndays: {monday: {exercises: [bird-dog]}}",
    "no days": "format: 1",
    "days without a day": "format: 1\ndays: {}",
    "a day that is none": "format: 1\ndays: {mon: {exercises: [bird-dog]}}",
    "a day with a capital": "format: 1\ndays: {Monday: {exercises: [bird-dog]}}",
    "a day that is a list": "format: 1\ndays: {monday: [bird-dog]}",
    "a day that is a word": "format: 1\ndays: {monday: rest}",
    "a day that asks for nothing": "format: 1\ndays: {monday: {title: Nothing}}",
    "a day that asks for two things": "format: 1\ndays: {monday: {exercises: [bird-dog], rest: Rest}}",
    "too often a day": "format: 1\ndays: {monday: {exercises: [bird-dog], times: 25}}",
    "an empty list of exercises": "format: 1\ndays: {monday: {exercises: []}}",
    "an exercise without a position": "format: 1\ndays: {monday: {rest: R}}\nexercises: {own: {name: Own}}",
    "a breath of minutes": "format: 1\ndefaults: {breathing: {in: 61}}\ndays: {monday: {rest: R}}",
    "defaults of nothing": "format: 1\ndefaults:\ndays: {monday: {rest: R}}",
    "no stages": "format: 1\nstages: []",
    "a stage without days": "format: 1\nstages: [{weeks: 2}]",
    "stages that are a mapping": "format: 1\nstages: {a: {days: {monday: {rest: R}}}}",
    "days beside stages": "format: 1\nstages: [{days: {monday: {rest: R}}}]\ndays: {monday: {rest: R}}",
    "no weeks": "format: 1\nstages: [{weeks: 0, days: {monday: {rest: R}}}]",
    "too many weeks": "format: 1\nstages: [{weeks: 105, days: {monday: {rest: R}}}]",
    "a cycle in a stage of no days": "format: 1\nstages: [{cycle: [a], on: [mon], days: {a: {rest: R}}}]",
    "no language": "format: 1\nlanguage: Dutch!\ndays: {monday: {rest: R}}",
}


@pytest.mark.parametrize(
    "text", [ENTRY.format(entry) for entry in MISTAKES.values()] + [*FILES.values()], ids=[*MISTAKES, *FILES]
)
def test_mistakes_are_refused_by_both(text: str, catalogue: Catalogue) -> None:
    assert not is_read(parse_source(source_of("file.yaml", text)), catalogue)
    assert refused("routine", text)


def test_every_key_says_what_it_is_for_and_names_of_the_catalogue_are_proposed() -> None:
    schema = schema_of("routine", KNOWN)
    told = {
        key: value["description"]
        for part in (schema["then"], schema["else"], *schema["definitions"].values())
        for key, value in part.get("properties", {}).items()
        if "description" in value
    }
    for name, table in TABLES.items():
        if name not in ("SETTINGS", "SOUND", "EXERCISE_FILE"):
            assert [field.key for field in table.fields if field.key not in told] == []
    prescription = next(
        part for part in schema["definitions"].values() if "exercise" in part.get("properties", {})
    )
    (reference,) = prescription["properties"]["exercise"]["allOf"]
    exercise = schema["definitions"][reference["$ref"].rpartition("/")[2]]["anyOf"][0]
    assert exercise["enum"] == ["bird-dog", "cobra"]
    assert exercise["enumDescriptions"] == ["Bird-dog", "Cobra"]
