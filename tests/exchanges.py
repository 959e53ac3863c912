"""Exercises for the place of any other, for the tests of what exchanges them."""

from __future__ import annotations

from backtimer.core.plan.exchanging import FormKind, Spliced, ToCome
from backtimer.core.plan.forms import Form
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import Exercise, Position, Prescription
from backtimer.core.plan.splicing import spliced
from backtimer.core.plan.units import Count, seconds
from backtimer.core.speech.lead_times import told_as_new

SPHINX = Exercise(
    "sphinx",
    "Sphinx",
    Position.PRONE,
    setup=("Lie on your belly.",),
    steps=("Come up on your elbows.",),
    prescription=Prescription(sets=Count(2, 2), hold=seconds(10)),
)
BAND = Exercise(
    "band-pull",
    "Band pull",
    Position.SEATED,
    equipment=("resistance band",),
    prescription=Prescription(sets=Count(2, 2), hold=seconds(15)),
)


class TwoForms:
    """An easier form, and one of the same target that needs something."""

    def forms(self, plan: Plan, coming: ToCome) -> tuple[Form, ...]:
        return (
            Form(SPHINX, FormKind.EASIER, amount="2 × 10 s · hold"),
            Form(BAND, FormKind.ALIKE, lacks=("resistance band",), amount="2 × 15 s · hold"),
        )

    def made(self, plan: Plan, coming: ToCome, form: Form) -> Spliced:
        return told_as_new(spliced(plan, coming, form.exercise, form.why), plan)
