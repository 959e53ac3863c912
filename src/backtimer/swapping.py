"""What a person exchanges for the rest of a day, on its page or by name."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from backtimer.core.plan.exchanging import Swap, planned_of
from backtimer.core.plan.plan import Plan, PlanError
from backtimer.core.plan.routine import Exercise, Routine
from backtimer.language import _, marked
from backtimer.staging import Staging
from backtimer.storage.files.library import Library, UnknownExerciseError
from backtimer.storage.files.remembered import keep_swaps, read_swaps
from backtimer.storage.files.source import ProblemsError

if TYPE_CHECKING:
    from backtimer.core.plan.forms import Form
    from backtimer.exchanges import CatalogueExchanges
    from backtimer.storage.files.paths import Paths

CANNOT_KEEP = marked("It cannot be kept for today: nothing can be written there.")


def find_exercise(paths: Paths, exercise_id: str) -> Exercise | None:
    """An exercise of the catalogue; None when there is no such one, or its file is broken."""
    with suppress(UnknownExerciseError, ProblemsError):
        return Library(paths).exercise(exercise_id)
    return None


class Swapping(Staging):
    """The agenda of a person who exchanges an exercise for today."""

    _paths: Paths

    def plan(self, day: str, *, swapped: bool = True) -> Plan:
        """A day of the routine, with what is exchanged today or without."""
        raise NotImplementedError

    @property
    def exchanges(self) -> CatalogueExchanges:
        """What exercises can be exchanged for."""
        # late: 25 ms with all words, only where something is exchanged
        from backtimer.exchanges import CatalogueExchanges  # noqa: PLC0415

        settings = self.preferences.settings
        return CatalogueExchanges(
            Library(self._paths),
            self.routine,
            settings.words_a_minute,
            lambda day: self.plan(day, swapped=False),
        )

    def swaps(self, day: str) -> Mapping[str, Swap]:
        """By exercise id, what is done in its place today, on a day of the routine."""
        return read_swaps(self._paths, self.today, self.routine.id, day)

    def forms(self, plan: Plan, exercise_id: str) -> tuple[Form, ...]:
        """What an exercise of a day's plan can be exchanged for; as it was comes first."""
        return self.exchanges.of_day(plan, exercise_id, self.plan(plan.day, swapped=False))

    def swap(self, plan: Plan, exercise_id: str, form: Form) -> str:
        """Exchange an exercise of a day's plan for today; why that cannot be, as a sentence."""
        swaps = dict(self.swaps(plan.day))
        planned = planned_of(plan, exercise_id)
        swaps.pop(planned, None)
        if not form.back:
            swaps[planned] = Swap(form.exercise.id, form.why)
        kept = keep_swaps(self._paths, self.today, self.routine.id, plan.day, swaps)
        return "" if kept else _(CANNOT_KEEP)

    def swap_by_id(self, day: str, old: str, new: str) -> None:
        """Exchange an exercise of a day for today, by the ids.

        Raises:
            PlanError: That cannot be; it says why.
        """
        plan = self.plan(day)
        found = self.exchanges.named(plan, old, new, self.plan(day, swapped=False))
        if found is not None and (problem := self.swap(plan, *found)):
            raise PlanError(problem)

    def with_swaps(self, routine: Routine, day: str) -> tuple[Routine, Mapping[str, Swap]]:
        """A routine that knows what is done today in the place of its exercises, and what that is."""
        swaps = self.swaps(day)
        if not swaps:
            return routine, swaps
        forms = {
            swap.form: found
            for swap in swaps.values()
            if swap.form not in routine.exercises
            and (found := find_exercise(self._paths, swap.form)) is not None
        }
        return routine._replace(exercises={**routine.exercises, **forms}), swaps
