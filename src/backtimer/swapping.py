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
from backtimer.storage.files.source import ProblemsError, did_you_mean
from backtimer.storage.text import clean, shorten
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
        instead = plan.sets[coming.sets[0]].in_place_of
        origin = self._find(instead) if instead else None
        if origin is not None:
            yield from self._if_it_fits(plan, coming, Form(origin, FormKind.ALIKE, back=True))
        done = {first.id, instead}
        for each in forms_of(origin or first, self._library.exercises(), plan, done):
            exercise = None if each.id in done else self._find(each.id)
            if exercise is not None:
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

    def plan(self, day: str, *, swapped: bool = True) -> Plan:
        """A day of the routine, with what is exchanged today or without."""
        raise NotImplementedError

    def forms(self, plan: Plan, exercise_id: str) -> tuple[Form, ...]:
        """What an exercise of a day's plan can be exchanged for; as it was comes first."""
        planned = _planned(plan, exercise_id)
        base = plan if planned == exercise_id else self.plan(plan.day, swapped=False)
        sets = tuple(index for index, spec in enumerate(base.sets) if spec.exercise == planned)
        if not sets:
            return ()
        found = [
            each
            for each in self.exchanges.forms(base, ToCome(planned, sets))
            if each.exercise.id not in {spec.exercise for spec in plan.sets}
        ]
        if planned != exercise_id:
            amount = next(entry.text for entry in entries(base) if entry.exercise == planned)
            back = Form(base.exercise(planned), FormKind.ALIKE, amount=clean(amount), back=True)
            found.insert(0, back)
        return tuple(found)

    @property
    def exchanges(self) -> CatalogueExchanges:
        """What exercises can be exchanged for."""
        settings = self.preferences.settings
        return CatalogueExchanges(self._paths, self.routine, settings.words_a_minute)

    def swap(self, plan: Plan, exercise_id: str, form: Form) -> str:
        """Exchange an exercise of a day's plan for today; why that cannot be, as a sentence."""
        swaps = dict(self.swaps(plan.day))
        planned = _planned(plan, exercise_id)
        swaps.pop(planned, None)
        if not form.back:
            swaps[planned] = Swap(form.exercise.id, form.why)
        kept = keep_swaps(self._paths, self.today, self.routine.id, plan.day, swaps)
        return "" if kept else _(CANNOT_KEEP)

    def swap_by_id(self, day: str, old: str, new: str) -> None:
        """Exchange an exercise of a day for today, by the ids.

        Raises:
            PlanError: The day does not have the one, there is no such other one, or that cannot be done in
                its place.
        """
        plan = self.plan(day)
        now = {spec.in_place_of or spec.exercise: spec.exercise for spec in plan.sets if spec.exercise}
        done = [each.id for each in plan.exercises]
        exercise = now.get(old) or (old if old in done else "")
        if not exercise:
            meant = did_you_mean(old, done)
            told = _("{day} has no exercise '{name}'; did you mean '{meant}'?")
            told = told if meant else _("{day} has no exercise '{name}'; it has {all}")
            raise PlanError(told.format(day=day, name=shorten(old), meant=meant, all=", ".join(done)))
        if exercise == new:
            return
        if new in done:
            raise PlanError(_("{exercise} is done on {day} anyway").format(exercise=new, day=day))
        form = next((each for each in self.forms(plan, exercise) if each.exercise.id == new), None)
        if form is None:
            try:
                other = self.routine.exercises.get(new) or Library(self._paths).exercise(new)
            except UnknownExerciseError as error:
                raise PlanError(str(error)) from None
            form = Form(other, FormKind.ALIKE)
            set_forms(plan, [at for at, spec in enumerate(plan.sets) if spec.exercise == exercise], *form[:2])
        if problem := self.swap(plan, exercise, form):
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


def _planned(plan: Plan, exercise_id: str) -> str:
    """The id of what the day has in the place of an exercise of its plan."""
    instead = (spec.in_place_of for spec in plan.sets if spec.exercise == exercise_id)
    return next(instead, "") or exercise_id
