"""How corrections make a session what it is shown as, and how to get back from there: pure reckoning.

A session has a base, as the timer wrote it, and corrections in the order of their time. The rows in the file
are the base with all the corrections that hold, so that every question is answered by the rows alone; each
correction says what it changes (`after`), and what stood there before it (`before`). From the rows and the
befores the base is found again: so nothing is lost, any correction can be undone whatever came after it, and
two machines that corrected the same session come to the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

Value = int | str | None
Facts = Mapping[str, Value]
"""What can be corrected in a session, by name; a set's outcome and reps are `set.0.outcome`, `set.0.reps`."""

DELETED = "deleted"
RATINGS = ("effort", "pain", "pain_before", "pain_next")
SESSION_FACTS = (DELETED, *RATINGS, "note")

STATE = "state"
"""How the session ended: not corrected itself, it follows from the outcomes once one was corrected."""

PLANNED = "planned_sets"


@dataclass(frozen=True, slots=True)
class Patch:
    """A correction, as far as it is about the facts."""

    id: str
    at: str
    """UTC, as it is stored."""
    before: Facts
    after: Facts
    undone: str | None

    @property
    def order(self) -> tuple[str, str]:
        """Where it comes among the others."""
        return self.at, self.id


def set_fact(index: int, name: str) -> str:
    """The name of a fact of a set, by its place in the plan."""
    return f"set.{index}.{name}"


def base_of(facts: Facts, patches: Iterable[Patch]) -> dict[str, Value]:
    """The facts without the corrections that hold."""
    base = dict(facts)
    for patch in sorted(patches, key=lambda patch: patch.order, reverse=True):
        if patch.undone is None:
            base.update((name, value) for name, value in patch.before.items() if name in base)
    return base


def settle(base: Facts, patches: Iterable[Patch]) -> tuple[dict[str, Value], tuple[Patch, ...]]:
    """The facts with the corrections that hold, and all corrections with what stood before each."""
    facts = dict(base)
    settled = []
    for patch in sorted(patches, key=lambda patch: patch.order):
        changes = {name: value for name, value in patch.after.items() if name in facts}
        before = {name: facts[name] for name in changes}
        if patch.undone is None:
            facts.update(changes)
            if any(name.endswith(".outcome") for name in changes):
                before[STATE] = facts[STATE]
                facts[STATE] = _state_of(facts)
        settled.append(replace(patch, before=before))
    return facts, tuple(settled)


def done_sets(facts: Facts) -> int:
    """How many sets are done."""
    return sum(value == "done" for name, value in facts.items() if name.endswith(".outcome"))


def _state_of(facts: Facts) -> Value:
    if facts[STATE] == "running":
        return "running"
    planned = facts[PLANNED]
    return "done" if isinstance(planned, int) and done_sets(facts) >= planned else "partial"
