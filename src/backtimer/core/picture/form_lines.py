"""What an exercise may be exchanged for, as lines to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from backtimer.core.plan.exchanging import FormKind
from backtimer.core.plan.forms import Form
from backtimer.language import _, marked
from backtimer.values import NamedTuple

_KINDS = {
    FormKind.EASIER: marked("easier"),
    FormKind.HARDER: marked("harder"),
    FormKind.ALIKE: marked("same target"),
}


class FormLine(NamedTuple):
    """One form, as it is offered."""

    key: str
    """The digit that takes it."""
    name: str
    about: str
    """Why, and how much: `easier · 2 × 6 reps`."""


def form_lines(forms: Sequence[Form]) -> tuple[FormLine, ...]:
    """The lines, each with the digit that takes it."""
    numbered = enumerate(forms, start=1)
    return tuple(FormLine(str(number), form.exercise.name, about_form(form)) for number, form in numbered)


def about_form(form: Form) -> str:
    """What a form is to the exercise, what it needs that is not there, and how much of it there is."""
    return " · ".join(part for part in (_kind(form), _needs(form.lacks), form.amount) if part)


def _kind(form: Form) -> str:
    if form.back:
        return _("as it was")
    kind = _(_KINDS[form.why])
    if form.why is not FormKind.ALIKE or not form.without:
        return kind
    return _("{kind}, no {thing}").format(kind=kind, thing=form.without[0])


def _needs(things: Sequence[str]) -> str:
    return _("needs {things}").format(things=", ".join(things)) if things else ""
