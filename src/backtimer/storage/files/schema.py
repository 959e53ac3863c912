"""The JSON Schema (draft-07) of our files, for editors: made of the tables that the reader goes by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from backtimer.storage.files.fields import CYCLE, EXERCISE_FILE, ROUTINE, SETTINGS, STAGES
from backtimer.storage.files.shapes import Shape
from backtimer.storage.files.tables import Field, Table
from backtimer.storage.private import is_folder, make_folder, replacing

DRAFT = "http://json-schema.org/draft-07/schema#"
SCHEMA_NAME = "backtimer.schema.json"
"""What its file is called, beside the routines."""

MODELINE = f"# yaml-language-server: $schema=./{SCHEMA_NAME}"
"""The first line of a routine whose editor is to know the schema beside it."""

KINDS: Mapping[str, Table] = {"routine": ROUTINE, "exercise": EXERCISE_FILE, "settings": SETTINGS}
"""The kinds of files, by the names that commands give them."""


class Definitions:
    """The shapes of all kinds of mappings that a file may have in it, each once.

    Args:
        exercises: The exercises of the catalogue: their names by their ids.
    """

    def __init__(self, exercises: Mapping[str, str]) -> None:
        self.exercises = exercises
        self.found: dict[str, Shape] = {}
        self._names: dict[int, str] = {}

    def record(self, table: Table) -> Shape:
        """A reference to the shape of a table, which is made when it is first referred to."""
        name = self._names.get(id(table))
        if name is None:
            name = "-".join(table.name.replace("'", "").split())
            while name in self.found:  # two tables of one name, as an exercise's own prescription and a day's
                name += "-2"
            self._names[id(table)] = name
            self.found[name] = {}  # it may refer to itself
            self.found[name] = self.table_shape(table)
        return {"$ref": f"#/definitions/{name}"}

    def table_shape(self, table: Table) -> Shape:
        """The shape of a mapping."""
        torn = any(getattr(field.type, "is_words", False) for field in table.fields)
        keys = ", ".join(table.keys)
        # A comma tears words of a flow mapping apart, and the reader puts them together again: what comes
        # behind it looks like a key without a value.
        other = {"type": "null", "errorMessage": f"There is no such key in {table.name}; it may say {keys}."}
        shape: Shape = {
            "title": table.name,
            "type": "object",
            "properties": {field.key: self._field(field) for field in table.fields},
            "additionalProperties": other if torn else False,
        }
        if required := [field.key for field in table.fields if field.required]:
            shape["required"] = required
        if table.kinds:
            one = {"oneOf": [{"required": [key]} for key in table.kinds]}
            shape |= {"if": {"type": "object"}, "then": one}
        return shape

    def _field(self, field: Field) -> Shape:
        shape = field.type.shape(self)
        if "$ref" in shape:  # what stands beside a reference is not looked at in draft-07
            shape = {"allOf": [shape]}
        return {"description": field.about, **shape}


def schema_of(kind: str, exercises: Mapping[str, str]) -> dict[str, Any]:
    """The schema of a kind of file.

    Args:
        kind: One of `KINDS`.
        exercises: The exercises that may be named: their names by their ids.
    """
    book = Definitions(exercises)
    whole = book.table_shape(KINDS[kind])
    if kind == "routine":  # as the reader does: one that says `cycle` or `stages` goes by another table
        for key, table in (("cycle", CYCLE), ("stages", STAGES)):
            has_key = {"type": "object", "required": [key]}
            whole = {"if": has_key, "then": book.table_shape(table), "else": whole}
    shared = _Shared()
    definitions = {name: shared.without(shape) for name, shape in book.found.items()}
    whole = shared.without(whole)
    return {
        "$schema": DRAFT,
        **whole,
        "definitions": definitions | shared.definitions,
    }


class _Shared:
    """Long shapes that stand in many places, as that of a time does, each once."""

    def __init__(self) -> None:
        self.definitions: dict[str, Shape] = {}
        self._names: dict[str, str] = {}

    def without(self, part: Any) -> Any:
        """The part with references in the place of long shapes; what a field is for stays beside them."""
        if isinstance(part, list):
            return [self.without(each) for each in part]
        if not isinstance(part, dict):
            return part
        about = {key: part[key] for key in ("description",) if key in part and isinstance(part[key], str)}
        bare = {key: value for key, value in part.items() if key not in about}
        text = json.dumps(bare, sort_keys=True)
        is_value = "anyOf" in bare or "pattern" in bare
        if not is_value or len(text) < _LONG:
            return {key: self.without(value) for key, value in part.items()}
        name = self._names.get(text)
        if name is None:
            name = self._names[text] = f"value-{len(self._names) + 1}"
            self.definitions[name] = {key: self.without(value) for key, value in bare.items()}
        reference = {"$ref": f"#/definitions/{name}"}
        return {**about, "allOf": [reference]} if about else reference


_LONG = 300
"""Characters of a shape that is worth a reference."""


def save_schemas(folder: Path, exercises: Mapping[str, str]) -> None:
    """Write the schemas beside routines and, where there is a folder for them, beside exercises.

    What is there and says the same stays as it is.

    Args:
        folder: Of the routines; it is made if need be.
        exercises: As for `schema_of`.

    Raises:
        OSError: They cannot be written.
    """
    make_folder(folder)
    for kind, place in (("routine", folder), ("exercise", folder / "exercises")):
        if not is_folder(place):
            continue
        target, text = place / SCHEMA_NAME, schema_text(kind, exercises).encode()
        try:
            if target.read_bytes() == text:
                continue
        except FileNotFoundError:
            pass
        with replacing(target, lasting=False) as out:
            out.write(text)


def schema_text(kind: str, exercises: Mapping[str, str]) -> str:
    """The schema as the text of its file."""
    return json.dumps(schema_of(kind, exercises), indent=2, ensure_ascii=False) + "\n"
