"""What to watch, and how to make an exercise easier or harder: before its first set, and in rests."""

from __future__ import annotations

from backtimer.core.plan.plan import COUNTED_S, Plan, exercise_of_set, goes_on
from backtimer.core.plan.routine import Exercise
from backtimer.core.speech import vocabulary as v
from backtimer.core.speech.heard import Heard
from backtimer.core.speech.own_words import OwnWords, way_out
from backtimer.core.speech.phrases import place_of_next, sentence
from backtimer.core.speech.pieces import Piece, Why, in_next, joined, speech_s
from backtimer.core.speech.placing import Placing
from backtimer.language import _

TIPS = 2
"""So many sentences that there was no time for before are made up for in one rest."""

TIPPED_S = 18.0
"""A rest of this length has time for something to watch, whatever else is told in it."""

TIP_S = 3.0
"""So long it takes to tell something to watch."""

SLOWER = 1.05
"""Voices take up to so much longer than is estimated."""

CALLED_S = 25.0
"""In a rest of this length it is told near its end how to get back into place."""


class Tips:
    """The small advice of one session, each told when there is time for it.

    Args:
        plan: What is done.
        heard: What the listener knows.
        own: The exercises' own sentences.
        placing: How one gets back into place, for which a rest has to have time.
    """

    def __init__(self, plan: Plan, heard: Heard, own: OwnWords, placing: Placing) -> None:
        self._plan = plan
        self._heard = heard
        self._own = own
        self._placing = placing

    def watch(self, set_index: int, exercise: Exercise, most: int = 1) -> list[Piece]:
        """What to watch: the first things that were not told, or another one once more each time."""
        watch = [sentence(text) for text in exercise.watch if text.strip()]
        if not watch or most < 1:
            return []
        spec = self._plan.sets[set_index]
        untold = self._own.untold(exercise, Why.WATCH, watch)
        number = (spec.round or 1) + spec.set - 2
        again = self._own.told(exercise, Why.WATCH, watch[number % len(watch)])
        return untold[:most] or in_next(again, _("Then think of this: {what}"))

    def watch_now(self, set_index: int, *, told: bool) -> int:
        """How much to watch is told before a set: one thing, and what no later rest has time for.

        Args:
            set_index: The set.
            told: The rest before has told some.
        """
        if told:
            return 0
        plan, spec = self._plan, self._plan.sets[set_index]
        exercise = exercise_of_set(plan, set_index)
        if exercise is None or exercise.id in plan.known:
            return 1
        later = [
            self._time_for_tips(at)
            for at in range(set_index + 1, len(plan.sets))
            if plan.sets[at].exercise == spec.exercise and not plan.sets[at].is_second
        ]
        untold = self._own.untold(exercise, Why.WATCH, exercise.watch)
        return max(len(untold) - sum(later), 1)

    def _time_for_tips(self, set_index: int) -> int:
        """How much to watch can be told before a set, whatever else is."""
        plan, spec = self._plan, self._plan.sets[set_index]
        rest_s = sum(step.estimate_s for step in plan.steps[spec.lead_in : spec.first_step])
        if rest_s >= CALLED_S and goes_on(plan, set_index):
            return TIPS
        if rest_s >= TIPPED_S or not goes_on(plan, set_index):
            return int(rest_s >= TIPPED_S)
        then = place_of_next(plan, set_index)
        said = [
            *way_out(plan, set_index - 1),
            v.SHORT_PAUSE,
            then,
            *(piece.text for piece in self._placing.back_in_place(set_index)),
        ]
        return int(rest_s >= SLOWER * speech_s(joined(said)) + TIP_S + COUNTED_S)

    def easier_first(self, set_index: int, exercise: Exercise) -> list[Piece]:
        """How to make an exercise easier, before it is done for the first time; later rests tell more."""
        if self._plan.sets[set_index].exercise in self._heard.first_sets:
            return []
        return self.easier(set_index, exercise)

    def harder(self, exercise: Exercise) -> list[Piece]:
        """What more there is of it for who knows it, and for whom the first set was easy."""
        if exercise.id not in self._heard.first_sets or exercise.id not in self._plan.known:
            return []
        return self._own.untold(exercise, Why.HARDER, exercise.make_harder)

    def easier(self, set_index: int, exercise: Exercise) -> list[Piece]:
        """How to make it easier, as far as that was not told; the routine's note may tell it, too."""
        note = self._plan.sets[set_index].note
        texts = [text for text in exercise.make_easier if sentence(text) not in note]
        return self._own.untold(exercise, Why.EASIER, texts)
