"""Values are named tuples, equal when their fields are, of whatever kind: so none may stand for another.

Kinds with unlike numbers of fields are never equal, and may.
"""

from __future__ import annotations

import ast
import pickle
from collections.abc import Iterable, Iterator
from copy import deepcopy
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest

from backtimer.values import NamedTuple
from tests.rules import for_each
from tests.sources import MODULES, SOURCE, nodes_of


class Pair(NamedTuple):
    """Two of a kind."""

    first: int
    second: Missing | None = None  # type: ignore[name-defined]  # noqa: F821 - nobody looks at it
    """The other one."""

    @property
    def both(self) -> bool:
        return self.second is not None

    @staticmethod
    def of(number: int) -> Pair:
        return Pair(number, number)


def test_a_value_is_what_typing_makes_of_it() -> None:
    assert (Pair._fields, Pair._field_defaults) == (("first", "second"), {"second": None})
    assert (Pair.__doc__, Pair.__module__) == ("Two of a kind.", __name__)
    assert Pair.__annotations__ == {"first": "int", "second": "Missing | None"}
    pair = Pair.of(2)
    assert tuple(pair) == (2, 2) and pair.both and not pair._replace(second=None).both
    assert repr(Pair(1)) == "Pair(first=1, second=None)"
    assert pickle.loads(pickle.dumps(pair)) == deepcopy(pair) == pair
    assert Pair(**pair._asdict()) == pair and not hasattr(pair, "__dict__")
    with pytest.raises(TypeError, match="first"):
        Pair()  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        pair.first = 3  # type: ignore[misc]


@cache
def values() -> dict[str, int]:
    """All classes that are named tuples, by name, and how many fields each has."""
    return {
        node.name: sum(isinstance(part, ast.AnnAssign) for part in node.body)
        for path in MODULES
        for node in nodes_of(path)
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == "NamedTuple" for base in node.bases)
    }


def members(node: ast.AST) -> set[str]:
    """The names that an `A | B | C` is made of; what stands in brackets is no part of it."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return members(node.left) | members(node.right)
    if isinstance(node, ast.Attribute):
        return {node.attr}
    return {node.id} if isinstance(node, ast.Name) else set()


def alternatives(nodes: Iterable[ast.AST]) -> Iterator[set[str]]:
    """The names in every `A | B`."""
    return (members(node) for node in nodes if isinstance(node, ast.BinOp))


def twofold(nodes: Iterable[ast.AST]) -> list[list[str]]:
    """Where either of two named tuples of one length may stand."""
    length = values()
    return [
        sorted(names & length.keys())
        for names in alternatives(nodes)
        if len(found := [length[name] for name in names & length.keys()]) > len(set(found))
    ]


@for_each("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_value_stands_where_another_kind_may(path: Path) -> None:
    assert twofold(nodes_of(path)) == []


def parsed(text: str) -> Iterable[ast.AST]:
    return ast.walk(ast.parse(text))


def test_two_values_in_one_place_would_be_found() -> None:
    length = values()
    one, other = sorted(name for name in length if length[name] == 2)[:2]
    longer = next(name for name in length if length[name] == 3)
    assert twofold(parsed(f"x: {one} | {other}")) == [[one, other]]
    assert twofold(parsed(f"def f(it: {one} | None | m.{other}) -> None: ...")) == [[one, other]]
    assert twofold(parsed(f"x: tuple[{one}, {other}] | None")) == []
    assert twofold(parsed(f"x: {one} | None")) == []
    assert twofold(parsed(f"x: {one} | {longer}")) == []


def test_events_are_no_tuples() -> None:
    event = import_module("backtimer.core.session.events").Event
    kinds = get_args(event)
    assert len(kinds) > 5
    assert not [kind.__name__ for kind in kinds if issubclass(kind, tuple)]
