"""Rules that hold for each of many cases: one test asks a case for all of them.

A test for each rule and each case takes longer to deal out than to run, and what a case costs to make is made
by each worker anew. What breaks rules is told rule by rule.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

Rule = Callable[..., None]


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
        wrong: list[Exception] = []
        key = case[0] if len(case) == 1 else case
        for rule, cases in self._rules:
            if cases is not None and key not in cases:
                continue
            try:
                rule(*case)
            except Exception as error:  # whatever it is, the other rules are asked as well
                broken.append(rule.__name__)
                wrong.append(error)
        if wrong:
            raise ExceptionGroup(f"{key} breaks: {', '.join(broken)}", wrong)
