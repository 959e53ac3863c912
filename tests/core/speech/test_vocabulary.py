"""All words that the coach says go through one door, and none is written by a front end."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

import backtimer
from backtimer.core.speech import (
    asides,
    lead_times,
    narrator,
    phrases,
    reading,
    script,
    timing,
    vocabulary,
    work,
)
from tests.rules import for_each

PACKAGE = Path(backtimer.__file__).parent
SPEAKING = (asides, lead_times, narrator, phrases, reading, script, timing, work)
DOORS = frozenset({"_", "marked", "counted_words"})


def literals(tree: ast.Module, doors: frozenset[str] = DOORS) -> Iterator[tuple[int, str]]:
    """Texts in the source that are no docstring, go through no door, and are for no developer."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
        listed = isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets
        )
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in doors
        pattern = isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.")
        if listed or called or pattern or isinstance(node, ast.Assert):
            skipped.update(id(each) for each in ast.walk(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.lineno, node.value


def english(source: str) -> list[tuple[int, str]]:
    """What looks like words; `re` patterns of signs and single letters do not."""
    found = literals(ast.parse(source))
    return [(line, text) for line, text in found if re.search(r"[^\W\d_]{2}", text.replace(r"\W\d_", ""))]


@for_each("module", SPEAKING, ids=lambda module: str(module.__name__).rsplit(".", 1)[-1])
def test_no_words_but_through_the_door(module: object) -> None:
    path = getattr(module, "__file__", "")
    with open(path, encoding="utf-8") as file:  # noqa: PTH123
        assert english(file.read()) == []


def test_a_word_outside_would_be_found() -> None:
    assert english('"""Doc."""\ndef f(x: int) -> str:\n    return f"Lift {x}"\n') == [(3, "Lift ")]
    assert english('__all__ = ["say"]\nsigns = ", "\n') == []


def test_the_templates_can_be_filled() -> None:
    for name, value in vars(vocabulary).items():
        if name.isupper() and isinstance(value, str):
            for _, slot, _, _ in Formatter().parse(value):
                assert slot is None or re.fullmatch(r"[a-z]+", slot), name


def templates(value: object) -> Iterator[str]:
    """The texts in a value of the vocabulary, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from templates(tuple(value.values()))
    elif isinstance(value, tuple):
        for each in value:
            yield from templates(each)


def said_again(source: str) -> list[tuple[int, str]]:
    """Texts that a front end writes itself though the coach has them: whole, or as a template begins."""
    known = set(templates(tuple(value for name, value in vars(vocabulary).items() if name.isupper())))
    begun = {each.split("{")[0] for each in known if "{" in each}
    taken = {each for each in known | begun if each[:1].isupper() and len(each) > 3}
    return [(line, text) for line, text in literals(ast.parse(source), frozenset()) if text in taken]


@for_each(
    "name",
    [
        *(f"core/speech/{name}" for name in ("asides", "narrator", "reading", "script", "work")),
        "tui/screens/workout_view",
        "day_view",
        "cli/plain_lines",
        "cli/overview",
    ],
)
def test_what_shows_a_session_has_its_words_from_the_coach(name: str) -> None:
    source = (PACKAGE / f"{name}.py").read_text("utf-8")
    labels = {"day_view": "Rest", "tui/screens/workout_view": "Stand up"}  # a day of rest, a short heading
    assert [each for each in said_again(source) if each[1] != labels.get(name)] == []


def test_words_that_stand_twice_are_found() -> None:
    twice = (
        'def show(name):\n    """Rest."""\n    return ("Rest", "Change position", f"Next: {name}", "Left")\n'
    )
    assert said_again(twice) == [(3, "Rest"), (3, "Change position"), (3, "Next: ")]


MOST_WORDS = 12


def _all_texts(table: object) -> Iterator[str]:
    if isinstance(table, str):
        yield table
    elif isinstance(table, Mapping):
        yield from (text for each in table.values() for text in _all_texts(each))
    elif isinstance(table, tuple):
        yield from (text for each in table for text in _all_texts(each))


def test_a_sentence_of_the_coach_has_no_more_than_twelve_words() -> None:
    tables = [getattr(vocabulary, name) for name in dir(vocabulary) if name.lstrip("_").isupper()]
    sentences = [part for text in _all_texts(tuple(tables)) for part in re.split(r"(?<=[.?!:])\s+", text)]
    assert len(sentences) > 100
    assert [each for each in sentences if len(each.split()) > MOST_WORDS] == []
