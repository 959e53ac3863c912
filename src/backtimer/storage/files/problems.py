"""What is wrong in a file, where, and in which words its author is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file."""

    path: str
    """The file as shown to people: already cleaned."""
    line: int
    """1-based; 0 when it is about the file as a whole."""
    column: int
    """1-based, in characters; 0 when it is about the file as a whole."""
    message: str
    excerpt: str = ""
    """The line with its number, and below it the place underlined. May be empty."""

    def text(self) -> str:
        """`file:line:column: message`, with the excerpt below."""
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        first = f"{place}: {self.message}"
        return f"{first}\n{self.excerpt}" if self.excerpt else first


class ProblemsError(Exception):
    """A file cannot be used; `problems` says why, all at once and in the order of its lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(problem.text() for problem in self.problems)
