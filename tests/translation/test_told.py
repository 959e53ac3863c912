"""No sentence about a file, a plan or the history is made without going through the door."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import backtimer

SOURCE = Path(backtimer.__file__).parent
ROOMS = tuple(sorted([*SOURCE.glob("storage/**/*.py"), *SOURCE.glob("core/plan/*.py")]))
DOOR = {"_", "counted_words", "marked"}
TELLING = {"tell", "problem", "refuse", "_refuse", "Problem", "Notice", "RowError"}
DEVELOPERS = {"ValueError", "TypeError", "KeyError", "AttributeError", "IntegrityError"}
"""Their words are for whoever works on the program; those of values in files are seen by other tests."""


def _name(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def _texts(node: ast.AST) -> Iterator[str]:
    """The texts in a piece of code that do not go through the door, nor say how a slot is written."""
    if isinstance(node, ast.Call) and _name(node) in DOOR:
        return
    if isinstance(node, ast.FormattedValue):
        yield from _texts(node.value)
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from _texts(child)


def untold(code: str) -> list[str]:
    """Words in what is told, or raised for a person to see, that no translator can reach."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and (
            _name(node) in TELLING or (_name(node).endswith("Error") and _name(node) not in DEVELOPERS)
        ):
            texts = [
                text for part in (*node.args, *(key.value for key in node.keywords)) for text in _texts(part)
            ]
            found += [text for text in texts if re.search(r"[^\W\d_]{2,}\W* \W*[^\W\d_]{2,}", text)]
    return found


def test_what_is_missing_is_found() -> None:
    assert untold('raise PlanError(f"{day} has no name")') == [" has no name"]
    assert untold('report.tell(node, "this is wrong")') == ["this is wrong"]
    assert untold('report.tell(node, _("this is {what}").format(what=what))') == []
    assert untold('raise ValueError("not a level")') == []


def test_what_is_told_goes_through_the_door() -> None:
    assert len(ROOMS) > 40
    assert {room.name: texts for room in ROOMS if (texts := untold(room.read_text(encoding="utf-8")))} == {}
