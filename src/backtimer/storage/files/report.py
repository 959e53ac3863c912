"""Collects all that is wrong in one file."""

from __future__ import annotations

from collections.abc import Iterable

from backtimer.storage.files.problems import Problem
from backtimer.storage.files.source import Source
from backtimer.storage.files.suggest import did_you_mean
from backtimer.storage.files.yaml_nodes import Mapping, Node, Scalar, Sequence

MAX_PROBLEMS = 200
"""More than this is no help to anybody; the rest is counted."""
_MAX_SUGGESTIONS = 50


class Report:
    """The problems of one file, each told once although an alias may lead to it several times."""

    def __init__(self, source: Source) -> None:
        self.told = 0
        """How often something was told; when it has not changed, what was read in between is flawless."""
        self._source = source
        self._found: dict[tuple[int, int, str], Node] = {}
        self._suggestions = 0

    def tell(self, node: Node, message: str) -> None:
        """Report a problem with a node."""
        self.told += 1
        self._found.setdefault((node.line, node.column, message), node)

    def did_you_mean(self, word: str, known: Iterable[str]) -> str:
        """The known word nearest to this one; nothing after many of these, as comparing takes time."""
        self._suggestions += 1
        return did_you_mean(word, known) if self._suggestions <= _MAX_SUGGESTIONS else ""

    def has_colon(self, key: Scalar) -> bool:
        """Whether a key is written with a colon; in braces one may stand there without."""
        rest = self._source.lines[key.end_line - 1][key.end_column - 1 :].lstrip()
        return rest != "" and rest[0] not in ",}"

    def problems(self) -> tuple[Problem, ...]:
        """All of them, in the order of the file."""
        shown = sorted(self._found)[:MAX_PROBLEMS]
        problems = [self._problem(self._found[place], place[2]) for place in shown]
        if more := len(self._found) - len(shown):
            problems.append(Problem(self._source.name, 0, 0, f"and {more:,} more problems"))
        return tuple(problems)

    def _problem(self, node: Node, message: str) -> Problem:
        line, column = node.line, node.column
        shown = node
        while shown.end_line != line:  # too much to underline: its first part will do
            if isinstance(shown, Mapping) and shown.pairs:
                shown = shown.pairs[0][0]
            elif isinstance(shown, Sequence) and shown.items:
                shown = shown.items[0]
            else:
                break
        end = shown.end_column if (shown.line, shown.end_line) == (line, line) else None
        return self._source.problem(message, line, column, end)


def kind_of(node: Node) -> str:
    """What a node is, for a sentence that says what it should have been."""
    if isinstance(node, Scalar):
        return "text" if node.text or not node.plain else "nothing"
    return "a list" if isinstance(node, Sequence) else "a mapping (key: value)"
