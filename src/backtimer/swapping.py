"""What a person exchanges: for the rest of a day on its page, or for the rest of a session."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from backtimer.core.plan.exchanging import FormKind, Swap
from backtimer.core.plan.forms import Form, forms_of
from backtimer.core.plan.plan import Plan, PlanError
from backtimer.core.plan.routine import Exercise, Routine
from backtimer.core.plan.splicing import Spliced, ToCome, set_forms, spliced
from backtimer.core.speech.entries import entries
from backtimer.language import _, marked
from backtimer.staging import Staging
from backtimer.storage.files.day_swaps import keep_swaps, read_swaps
from backtimer.storage.files.library import Library, UnknownExerciseError
from backtimer.storage.files.source import ProblemsError
from backtimer.storage.text import clean
from backtimer.telling import told_anew

if TYPE_CHECKING:
    from backtimer.storage.files.paths import Paths


CANNOT_KEEP = marked("It cannot be kept for today: nothing can be written there.")


def find_exercise(paths: Paths, exercise_id: str) -> Exercise | None:
    """An exercise of the catalogue; None when there is no such one, or its file is broken."""
    with suppress(UnknownExerciseError, ProblemsError):
        return Library(paths).exercise(exercise_id)
    return None


class CatalogueExchanges:
    """What the exercises of a session can be exchanged for.

    Args:
        paths: Where the person's own exercises are.
        routine: Whose exercises are known without looking for them.
        words_a_minute: How fast the voice speaks; None: at its calm pace.
    """

    def __init__(self, paths: Paths, routine: Routine, words_a_minute: int | None) -> None:
        self._library = Library(paths)
        self._routine = routine
        self._words_a_minute = words_a_minute

    def forms(self, plan: Plan, coming: ToCome) -> tuple[Form, ...]:
        """What may be done in the place of what is to come of an exercise, with how much that is."""
        first = next((each for each in plan.exercises if each.id == coming.exercise), None)
        if first is None:
            return ()
        return tuple(self._with_amounts(plan, coming, first))

    def _with_amounts(self, plan: Plan, coming: ToCome, first: Exercise) -> Iterator[Form]:
        used = {each.id for each in plan.exercises if each.id != coming.exercise}
        instead = plan.sets[coming.sets[0]].in_place_of
        origin = self._find(instead) if instead else None
        found = list(forms_of(origin or first, self._library.exercises(), plan.equipment, used - {instead}))
        if origin is not None:
            back = Form(origin, FormKind.ALIKE, back=True)
            yield from self._if_it_fits(plan, coming, back)
        for each in found:
            exercise = self._find(each.id)
            if exercise is not None and each.id not in (coming.exercise, instead):
                form = Form(exercise, each.why, each.without, each.lacks)
                yield from self._if_it_fits(plan, coming, form)

    def _if_it_fits(self, plan: Plan, coming: ToCome, form: Form) -> Iterator[Form]:
        item = plan.sets[coming.sets[0]].item
        sets = [index for index in coming.sets if plan.sets[index].item == item]
        with suppress(PlanError):
            made = set_forms(plan, sets, form.exercise, form.why)
            yield form._replace(amount=clean(entries(made)[0].text))

    def _find(self, exercise_id: str) -> Exercise | None:
        own = self._routine.exercises.get(exercise_id)
        if own is not None:
            return own
        with suppress(UnknownExerciseError, ProblemsError):
            return self._library.exercise(exercise_id)
        return None

    def made(self, plan: Plan, coming: ToCome, form: Form) -> Spliced:
        """The plan with a form in it, and with time to tell of it.

        Raises:
            PlanError: It cannot be done there.
        """
        return told_anew(spliced(plan, coming, form.exercise, form.why), plan, self._words_a_minute)


class Swapping(Staging):
    """The agenda of a person who exchanges an exercise for today."""

    _paths: Paths

    def swaps(self, day: str) -> Mapping[str, Swap]:
        """By exercise id, what is done in its place today, on a day of the routine."""
        return read_swaps(self._paths, self.today, self.routine.id, day)

    def forms(self, plan: Plan, exercise_id: str) -> tuple[Form, ...]:
        """What an exercise of a day's plan can be exchanged for."""
        sets = tuple(index for index, spec in enumerate(plan.sets) if spec.exercise == exercise_id)
        return self.exchanges.forms(plan, ToCome(exercise_id, sets)) if sets else ()

    @property
    def exchanges(self) -> CatalogueExchanges:
        """What exercises can be exchanged for."""
        settings = self.preferences.settings
        return CatalogueExchanges(self._paths, self.routine, settings.words_a_minute)

    def swap(self, plan: Plan, exercise_id: str, form: Form) -> str:
        """Exchange an exercise of a day's plan for today; why that cannot be, as a sentence."""
        spec = next(spec for spec in plan.sets if spec.exercise == exercise_id)
        swaps = dict(self.swaps(plan.day))
        planned = spec.in_place_of or exercise_id
        swaps.pop(planned, None)
        if not form.back:
            swaps[planned] = Swap(form.exercise.id, form.why)
        kept = keep_swaps(self._paths, self.today, self.routine.id, plan.day, swaps)
        return "" if kept else _(CANNOT_KEEP)

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
