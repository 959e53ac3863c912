"""What an exercise may be exchanged for, from the catalogue: how much of it, and the plan with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice

from backtimer.core.plan.exchanging import FormKind, Spliced, ToCome, planned_of
from backtimer.core.plan.forms import MOST_FORMS, Catalogued, Form, forms_of
from backtimer.core.plan.plan import Plan, PlanError
from backtimer.core.plan.routine import Exercise, Prescription, Routine
from backtimer.core.plan.splicing import asked_of, set_forms, spliced
from backtimer.core.speech.entries import entries
from backtimer.core.speech.lead_times import told_as_new
from backtimer.language import _
from backtimer.storage.files.library import Library, UnknownExerciseError
from backtimer.storage.files.source import ProblemsError, did_you_mean
from backtimer.storage.text import clean, shorten


class CatalogueExchanges:
    """What the exercises of a plan can be exchanged for.

    Args:
        library: Where exercises are looked for.
        routine: Whose exercises are known without that.
        words_a_minute: How fast the voice speaks; None: at its calm pace.
        planned: A day of the routine without what is exchanged today; it may raise `PlanError`.
    """

    def __init__(
        self,
        library: Library,
        routine: Routine,
        words_a_minute: int | None,
        planned: Callable[[str], Plan],
    ) -> None:
        self._library = library
        self._routine = routine
        self._words_a_minute = words_a_minute
        self._planned = planned
        self._asked: dict[str, Prescription] = {}
        """How much was asked of what was exchanged in this session."""

    def forms(self, plan: Plan, coming: ToCome) -> tuple[Form, ...]:
        """What may be done in the place of what is to come of an exercise, with how much that is."""
        first = next((each for each in plan.exercises if each.id == coming.exercise), None)
        return () if first is None else tuple(islice(self._with_amounts(plan, coming, first), MOST_FORMS))

    def made(self, plan: Plan, coming: ToCome, form: Form) -> Spliced:
        """The plan with a form in it, and with time to tell of it.

        Raises:
            PlanError: It cannot be done there.
        """
        made = spliced(plan, coming, form.exercise, form.why, self._as_it_was(plan, form))
        self._asked.setdefault(coming.exercise, asked_of(plan, coming.sets))
        return told_as_new(made, plan, self._words_a_minute)

    def _as_it_was(self, plan: Plan, form: Form) -> Prescription | None:
        """How much was asked of what was exchanged; None: that is not known, or it is something else."""
        if not form.back:
            return None
        asked = self._asked.get(form.exercise.id) or _asked_first(plan, form.exercise.id)
        if asked is None and plan.routine == self._routine.id:
            with suppress(PlanError):  # what was exchanged before the session, or in another run of it
                asked = _asked_first(self._planned(plan.day), form.exercise.id)
        return asked

    def of_day(self, plan: Plan, exercise_id: str, base: Plan) -> tuple[Form, ...]:
        """What an exercise of a day can be exchanged for; as it was comes first.

        Args:
            plan: The day, as it is now.
            exercise_id: The exercise, as it is in that.
            base: The day without what is exchanged.
        """
        planned = planned_of(plan, exercise_id)
        sets = sets_of(base, planned)
        if not sets:
            return ()
        done = {each.id for each in plan.exercises}
        found = [each for each in self.forms(base, ToCome(planned, sets)) if each.exercise.id not in done]
        if planned != exercise_id:
            amount = next(entry.text for entry in entries(base) if entry.exercise == planned)
            found.insert(0, Form(base.exercise(planned), FormKind.ALIKE, amount=clean(amount), back=True))
        return tuple(found[:MOST_FORMS])

    def named(self, plan: Plan, old: str, new: str, base: Plan) -> tuple[str, Form] | None:
        """An exercise of a day and what is to be done in its place, by the ids; None: it is done already.

        Raises:
            PlanError: The day does not have the one, there is no such other one, or that cannot be done in
                its place.
        """
        now = {spec.in_place_of or spec.exercise: spec.exercise for spec in plan.sets if spec.exercise}
        done = [each.id for each in plan.exercises]
        exercise = now.get(old) or (old if old in done else "")
        if not exercise:
            meant = did_you_mean(old, done)
            told = _("{day} has no exercise '{name}'; did you mean '{meant}'?")
            told = told if meant else _("{day} has no exercise '{name}'; it has {all}")
            names = {"day": plan.day, "name": shorten(old), "meant": meant, "all": ", ".join(done)}
            raise PlanError(told.format(**names))
        if exercise == new:
            return None
        of_another = bool(sets_of(base, new)) and new != planned_of(plan, exercise)
        if new in done or of_another:
            raise PlanError(_("{exercise} is done on {day} anyway").format(exercise=new, day=plan.day))
        forms = self.of_day(plan, exercise, base)
        form = next((each for each in forms if each.exercise.id == new), None)
        if form is None:
            try:
                other = self._routine.exercises.get(new) or self._library.exercise(new)
            except UnknownExerciseError as error:
                raise PlanError(str(error)) from None
            form = Form(other, FormKind.ALIKE)
            set_forms(plan, sets_of(plan, exercise), other, form.why)
        return exercise, form

    def _with_amounts(self, plan: Plan, coming: ToCome, first: Exercise) -> Iterator[Form]:
        instead = plan.sets[coming.sets[0]].in_place_of
        here = {each.id: each for each in plan.exercises}
        origin = here.get(instead) or (self.find(instead) if instead else None)
        if origin is not None:
            yield from self._if_it_fits(plan, coming, Form(origin, FormKind.ALIKE, back=True))
        done = {first.id, instead}
        others: tuple[Catalogued, ...] = (*self._library.exercises(), *self._routine.exercises.values())
        for each in forms_of(origin or first, others, plan, done, self.find):
            if each.exercise.id not in done:
                yield from self._if_it_fits(plan, coming, each)

    def _if_it_fits(self, plan: Plan, coming: ToCome, form: Form) -> Iterator[Form]:
        item = plan.sets[coming.sets[0]].item
        sets = [index for index in coming.sets if plan.sets[index].item == item]
        with suppress(PlanError):
            made = set_forms(plan, sets, form.exercise, form.why, self._as_it_was(plan, form))
            yield form._replace(amount=clean(entries(made)[0].text))

    def find(self, exercise_id: str) -> Exercise | None:
        """An exercise of the routine or of the catalogue; None: there is none that can be read."""
        own = self._routine.exercises.get(exercise_id)
        if own is not None:
            return own
        with suppress(UnknownExerciseError, ProblemsError):
            return self._library.exercise(exercise_id)
        return None


def _asked_first(plan: Plan, exercise_id: str) -> Prescription | None:
    """What the first entry of a plan that has an exercise asks for; None: none has it."""
    sets = sets_of(plan, exercise_id)
    item = [index for index in sets if plan.sets[index].item == plan.sets[sets[0]].item]
    return asked_of(plan, item) if item else None


def sets_of(plan: Plan, exercise_id: str) -> tuple[int, ...]:
    """The sets of an exercise."""
    return tuple(index for index, spec in enumerate(plan.sets) if spec.exercise == exercise_id)
