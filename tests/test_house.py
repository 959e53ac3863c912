"""The house as a reader finds it: one name for one thing, and rooms that one can take in."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pytest

from tests.sources import MODULES, SOURCE, nodes_of, tree_of

MOST_LINES = 500


def public_names(kinds: tuple[type[ast.stmt], ...]) -> dict[str, list[str]]:
    """Where each public name of these kinds is defined at the top of a module."""
    places: dict[str, list[str]] = defaultdict(list)
    for path in MODULES:
        for statement in tree_of(path).body:
            if isinstance(statement, kinds):
                name = getattr(statement, "name", "_")
                if not name.startswith("_"):
                    places[name].append(str(path.relative_to(SOURCE)))
    return places


@pytest.mark.parametrize("kinds", [(ast.ClassDef,), (ast.FunctionDef, ast.AsyncFunctionDef)])
def test_no_public_name_means_two_things(kinds: tuple[type[ast.stmt], ...]) -> None:
    names = public_names(kinds)
    assert len(names) > 100
    assert {name: places for name, places in names.items() if len(places) > 1} == {}


def test_no_room_is_longer_than_one_can_take_in() -> None:
    lines = {str(path.relative_to(SOURCE)): path.read_text(encoding="utf-8").count("\n") for path in MODULES}
    assert len(lines) > 50
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


MOST_LATE_IMPORTS = 60


def late_imports(path: Path) -> set[int]:
    """The lines of a module with an import inside a function."""
    imports = (node for node in nodes_of(path) if isinstance(node, ast.Import | ast.ImportFrom))
    if not any(node.col_offset for node in imports):
        return set()
    functions = (node for node in nodes_of(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    inside = (node for function in functions for node in ast.walk(function))
    return {node.lineno for node in inside if isinstance(node, ast.Import | ast.ImportFrom)}


def test_few_imports_stand_inside_functions() -> None:
    late = {str(path.relative_to(SOURCE)): len(lines) for path in MODULES if (lines := late_imports(path))}
    assert 10 < sum(late.values()) <= MOST_LATE_IMPORTS, late
