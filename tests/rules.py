"""Rules that hold for each of many cases: one test asks a case for all of them.

A test for each rule and each case takes longer to deal out than to run, and what a case costs to make is made
by each worker anew. What breaks rules is told rule by rule.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from enum import Enum
from functools import wraps
from inspect import signature
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

Rule = Callable[..., None]

_NAME_LENGTH = 60
"""A case that is longer is told by its beginning."""


FAILURES = (Exception, pytest.fail.Exception, BaseExceptionGroup)
"""How a test fails: what pytest raises, as where nothing was raised that should be, is no `Exception`."""


class Rules:
    """The rules of one kind of case."""

    def __init__(self) -> None:
        self._rules: list[tuple[Rule, Collection[object] | None]] = []

    def of_each(self, rule: Rule) -> Rule:
        """Hold a rule of every case."""
        self._rules.append((rule, None))
        return rule

    def among(self, cases: Collection[object]) -> Callable[[Rule], Rule]:
        """Hold a rule of some cases; at least one, or it would be asked of nothing."""
        assert cases

        def keep(rule: Rule) -> Rule:
            self._rules.append((rule, cases))
            return rule

        return keep

    def ask(self, *case: object) -> None:
        """Ask one case for all rules that hold of it.

        Raises:
            ExceptionGroup: With what is wrong by each rule that it breaks.
        """
        broken: list[str] = []
        wrong: list[BaseException] = []
        key = case[0] if len(case) == 1 else case
        for rule, cases in self._rules:
            if cases is not None and key not in cases:
                continue
            try:
                rule(*case)
            except FAILURES as error:  # whatever it is, the other rules are asked as well
                broken.append(rule.__name__)
                wrong.append(error)
        if wrong:
            raise BaseExceptionGroup(f"{key} breaks: {', '.join(broken)}", wrong)


def for_each(
    names: str | Sequence[str], cases: Iterable[Any] | Callable[[], Iterable[Any]], *, ids: Any = None
) -> Callable[[Rule], Rule]:
    """Ask a test for each of many cases: `pytest.mark.parametrize` in one test, which names all that fail.

    For tests that need no fixture of their own for each case: what they ask for is there once for all, bar
    the folder of `tmp_path`. `cases` of the test has them, for others who ask the same.

    Args:
        names: That of the parameter, or those of several.
        cases: A value for each, or as many as there are names; or what finds them, where that takes its time:
            tests are collected by many.
        ids: What each case is called, or what makes that of a value.
    """
    parameters = [names] if isinstance(names, str) else list(names)

    def asked() -> list[tuple[str, dict[str, Any]]]:
        found = list(find() if find else kept)
        assert found, "it would be asked of nothing"
        called = None if ids is None or callable(ids) else list(ids)
        assert called is None or len(called) == len(found)
        named = []
        for number, case in enumerate(found):
            values, name = _taken_apart(case, isinstance(names, str))
            if name is None:
                name = str(called[number]) if called else "-".join(_called(value, ids) for value in values)
            named.append((name, dict(zip(parameters, values, strict=True))))
        return named

    find = cases if isinstance(cases, FunctionType) else None
    kept: tuple[Any, ...] = () if find else tuple(cases)  # type: ignore[arg-type]
    assert find or kept, "it would be asked of nothing"

    def decorate(test: Rule) -> Rule:
        @wraps(test)
        def ask(**given: object) -> None:
            broken: list[str] = []
            wrong: list[BaseException] = []
            skipped: list[BaseException] = []
            all_cases = asked()
            for number, (name, case) in enumerate(all_cases):
                folder = given.get("tmp_path")
                own = {"tmp_path": _folder(folder, number)} if isinstance(folder, Path) else {}
                try:
                    test(**{**given, **own}, **case)
                except pytest.skip.Exception as skip:
                    skipped.append(skip)
                except FAILURES as error:  # whatever it is, the other cases are asked as well
                    error.add_note(f"case: {name}")
                    broken.append(name)
                    wrong.append(error)
            if wrong:
                raise BaseExceptionGroup(
                    f"{len(wrong)} of {len(all_cases)} cases: {', '.join(broken)}", wrong
                )
            if skipped and len(skipped) == len(all_cases):
                raise skipped[0]

        known = signature(test)
        rest = [each for name, each in known.parameters.items() if name not in parameters]
        ask.__signature__ = known.replace(parameters=rest)  # type: ignore[attr-defined]
        ask.cases = kept  # type: ignore[attr-defined]
        return ask

    return decorate


def _folder(place: Path, number: int) -> Path:
    """A new folder for a case."""
    folder = place / str(number)
    folder.mkdir()
    return folder


def _taken_apart(case: Any, single: bool) -> tuple[tuple[Any, ...], str | None]:
    """The values of a case, and its name where `pytest.param` gives one."""
    if isinstance(case, type(pytest.param())):
        assert not case.marks, "all cases are asked alike"
        return tuple(case.values), None if case.id is None else str(case.id)
    return ((case,) if single else tuple(case)), None


def _called(value: Any, ids: Callable[[Any], object] | None) -> str:
    """What a value of a case is called."""
    own = ids(value) if callable(ids) else None
    if own is not None:
        return str(own)
    if isinstance(value, Enum):
        return str(value.value)
    text = getattr(value, "__name__", None) or (value if isinstance(value, str) else repr(value))
    return ascii(text)[1:-1][:_NAME_LENGTH]
