"""What was done of a plan, exercise by exercise, as lines."""

from __future__ import annotations

from collections.abc import Sequence

from backtimer.core.plan.plan import Plan
from backtimer.core.plan.units import counted
from backtimer.core.session.events import Outcome, SetRecord
from backtimer.core.speech.phrases import exercise_name, outcome_words
from backtimer.storage.text import clean
from backtimer.tui.widgets.columns import Line

GLYPHS = {Outcome.DONE: "✓", Outcome.PARTIAL: "◐", Outcome.SKIPPED: "–", Outcome.HURT: "!"}

ADVICE = "If it keeps hurting, leave it out and ask a physiotherapist."


def result_lines(plan: Plan, records: Sequence[SetRecord | None]) -> tuple[Line, ...]:
    """One line for every exercise and side, in order, and advice if something hurt."""
    groups: dict[tuple[str | None, str | None], list[int]] = {}
    for index, spec in enumerate(plan.sets):
        groups.setdefault((spec.exercise, spec.side), []).append(index)
    lines = [
        _line(
            _title(plan, indexes[0]),
            [_outcome(records[index]) for index in indexes],
            _sore(plan, records, indexes),
        )
        for indexes in groups.values()
    ]
    if any(line.style == Outcome.HURT for line in lines):
        lines += [Line(), Line(ADVICE, aside=True)]
    return tuple(lines)


def _title(plan: Plan, index: int) -> str:
    spec = plan.sets[index]
    name = exercise_name(plan, spec)
    return clean(name if spec.side is None else f"{name}, {spec.side}")


def _outcome(record: SetRecord | None) -> Outcome:
    return Outcome.SKIPPED if record is None else record.outcome


def _sore(plan: Plan, records: Sequence[SetRecord | None], indexes: Sequence[int]) -> str:
    """The side on which a set without a side of its own hurt."""
    for index in indexes:
        record = records[index]
        if record is not None and record.outcome is Outcome.HURT and plan.sets[index].side is None:
            return record.side or ""
    return ""


def _line(title: str, outcomes: Sequence[Outcome], sore: str) -> Line:
    overall = _overall(outcomes)
    return Line(title, _words(outcomes, sore), glyph=GLYPHS[overall], style=overall.value)


def _overall(outcomes: Sequence[Outcome]) -> Outcome:
    if Outcome.HURT in outcomes:
        return Outcome.HURT
    kinds = set(outcomes)
    return kinds.pop() if len(kinds) == 1 else Outcome.PARTIAL


def _words(outcomes: Sequence[Outcome], sore: str) -> str:
    total = len(outcomes)
    if all(outcome is Outcome.SKIPPED for outcome in outcomes):
        return outcome_words(Outcome.SKIPPED)
    done = f"{outcomes.count(Outcome.DONE)} of {counted(total, 'set')} done"
    if Outcome.HURT in outcomes:
        where = f" on the {sore}" if sore else ""
        return f"{outcome_words(Outcome.HURT)}{where} · {done}"
    rest = ((outcomes.count(outcome), outcome) for outcome in (Outcome.PARTIAL, Outcome.SKIPPED))
    return " · ".join([done, *(f"{count} {outcome_words(outcome)}" for count, outcome in rest if count)])
