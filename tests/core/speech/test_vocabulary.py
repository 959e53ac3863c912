"""All words that the coach says stand in one place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from string import Formatter

import pytest

from backtimer.core.speech import phrases, script, sentences, spoken, timing, vocabulary

SPEAKING = (phrases, script, sentences, spoken, timing)


def literals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Texts in the source, without docstrings, `__all__`, and what an assertion says to developers."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
        listed = isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets
        )
        if listed or isinstance(node, ast.Assert):
            skipped.update(id(each) for each in ast.walk(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.lineno, node.value


def english(source: str) -> list[tuple[int, str]]:
    """What looks like words; `re` patterns of signs and single letters do not."""
    found = literals(ast.parse(source))
    return [(line, text) for line, text in found if re.search(r"[^\W\d_]{2}", text.replace(r"\W\d_", ""))]


@pytest.mark.parametrize("module", SPEAKING, ids=lambda module: str(module.__name__).rsplit(".", 1)[-1])
def test_no_words_outside_the_vocabulary(module: object) -> None:
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
