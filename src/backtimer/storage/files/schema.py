"""The JSON Schema (draft-07) of our files, for editors: made of the tables that the reader goes by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from backtimer.storage.files.fields import EXERCISE_FILE, ROUTINE, SETTINGS
from backtimer.storage.files.shapes import Shape
from backtimer.storage.files.tables import Field, Table

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
        shape: Shape = {
            "type": "object",
            "properties": {field.key: self._field(field) for field in table.fields},
            # A comma tears words of a flow mapping apart, and the reader puts them together again: what comes
            # behind it looks like a key without a value.
            "additionalProperties": {"type": "null"} if torn else False,
        }
        if required := [field.key for field in table.fields if field.required]:
            shape["required"] = required
        if table.kinds:
            shape["oneOf"] = [{"required": [key]} for key in table.kinds]
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
    return {"$schema": DRAFT, "title": f"backtimer: {kind}", **whole, "definitions": book.found}


def schema_text(kind: str, exercises: Mapping[str, str]) -> str:
    """The schema as the text of its file."""
    return json.dumps(schema_of(kind, exercises), indent=2, ensure_ascii=False) + "\n"
