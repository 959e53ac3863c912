"""Stages: which part of a programme a date is in, and when the next one is proposed.

A programme is counted from the day on which it was chosen. A stage of a fixed number of weeks goes over into
the next one by itself; any other stays until the person goes on. Neither days declared off nor days on which
another routine was followed count: who was ill for a week finds the programme where it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from backtimer.core.plan.prescription import Level
from backtimer.core.plan.routine import ProgrammeStage, Routine, stage_words
from backtimer.core.progress.calendar import WEEK, Schedule
from backtimer.core.progress.cycles import schedule_of
from backtimer.core.progress.decisions import (
    ENOUGH,
    MOST_PAIN,
    PATIENCE,
    Move,
    Proposal,
    Result,
    StageChange,
)
from backtimer.core.progress.progression import BREAK_DAYS, break_words
from backtimer.core.speech.phrases import count_words
from backtimer.language import _, counted_words
from backtimer.values import NamedTuple

NEW_START_DAYS = 28
"""Who followed other routines for longer begins a programme anew."""


class Spell(NamedTuple):
    """A stage, from a date on."""

    from_date: date
    stage: int


class StagePlace(NamedTuple):
    """Where a date is in a programme."""

    stage: int
    """Its number, from 1."""
    since: date
    """The first date in it."""
    days: int
    """So many days of it have passed."""
    by_itself: bool = False
    """It began when the weeks of the one before were over, and not because the person said so."""

    @property
    def week(self) -> int:
        """The week of the stage, from 1."""
        return self.days // WEEK + 1


class Programme:
    """The stages of a routine, laid out over the dates.

    Args:
        routine: It has stages.
        since: When it was chosen.
        changes: About its stages, oldest first; those of other routines count for nothing.
        idle: The ordinals of dates that do not count.
    """

    def __init__(
        self, routine: Routine, since: date, changes: Sequence[StageChange] = (), idle: Collection[int] = ()
    ) -> None:
        self.routine = routine
        self.since = since
        self._idle = idle
        self._changes = _in_force(
            each for each in changes if each.taken and each.routine == routine.id and each.local_date >= since
        )
        self._places = [self._begun(StagePlace(1, since, 0), since)]
        """Where each date is, from the first one on, as far as it was asked for."""

    def stage(self, number: int) -> ProgrammeStage:
        return self.routine.stages[number - 1]

    def place_on(self, day: date) -> StagePlace:
        """Where a date is; one before the first is where that is."""
        at = max(0, (day - self.since).days)
        while len(self._places) <= at:
            self._places.append(self._next(self._places[-1], self.since + timedelta(days=len(self._places))))
        return self._places[at]

    def _next(self, before: StagePlace, day: date) -> StagePlace:
        """Where a date is, by where the one before it was."""
        counts = day.toordinal() - 1 not in self._idle
        return self._begun(before._replace(days=before.days + 1) if counts else before, day)

    def _begun(self, place: StagePlace, day: date) -> StagePlace:
        """The stage that begins on a date, or the one that goes on."""
        stages = self.routine.stages
        wanted, weeks = self._changes.get(day), stages[place.stage - 1].fixed_weeks
        over = weeks is not None and place.days >= weeks * WEEK and place.stage < len(stages)
        if wanted is not None:  # also back, on the very day on which the next one begins by itself
            to = min(wanted, len(stages))
            return place if to == place.stage and not over else StagePlace(to, day, 0)
        return StagePlace(place.stage + 1, day, 0, by_itself=True) if over else place

    def spells(self, until: date) -> tuple[Spell, ...]:
        """The stages up to a date, in order."""
        self.place_on(until)
        places = self._places[: max(0, (until - self.since).days) + 1]
        return tuple(dict.fromkeys(Spell(place.since, place.stage) for place in places))

    def schedules(self, today: date) -> list[Schedule]:
        """Which days are due from today on: of the stage of today, and of those that follow by themselves."""
        place = self.place_on(today)
        found = [self._schedule(place.stage, today, place.since)]
        following = [spell for spell in self.spells(self._horizon(today)) if spell.from_date > today]
        return found + [self._schedule(spell.stage, spell.from_date, spell.from_date) for spell in following]

    def _horizon(self, today: date) -> date:
        """A date after which no stage begins by itself."""
        weeks = sum(stage.fixed_weeks or 0 for stage in self.routine.stages)
        ahead = sum(ordinal >= today.toordinal() for ordinal in self._idle)
        last = today.toordinal() + weeks * WEEK + ahead + 1
        return date.fromordinal(min(last, date.max.toordinal()))

    def _schedule(self, number: int, from_date: date, since: date) -> Schedule:
        return schedule_of(self.routine.at_stage(number), from_date, since)._replace(stage=number)

    # -- in words ---------------------------------------------------------------------------------------

    def title(self, number: int) -> str:
        """`Stage 2, Strength`."""
        return stage_words(number, self.stage(number).title)

    def week_words(self, place: StagePlace) -> str:
        """`Week 2 of 12`, where all stages have a fixed length; else `Week 2`, counted in the stage."""
        lengths = [stage.fixed_weeks for stage in self.routine.stages]
        known = [weeks for weeks in lengths if weeks is not None]
        if len(known) < len(lengths):
            return _("Week {number}").format(number=place.week)
        total, week = sum(known), sum(known[: place.stage - 1]) + place.week
        if week > total:
            return counted_words("The {number} week is over", "All {number} weeks are over", total).format(
                number=total
            )
        return _("Week {number} of {total}").format(number=week, total=total)

    def place_words(self, place: StagePlace) -> str:
        """`Week 2 of 12 · Stage 1 of 3, Calm`; and, after the most weeks of a stage, that there is time."""
        number, title = place.stage, self.stage(place.stage).title
        told = _("Stage {number} of {total}, {title}") if title else _("Stage {number} of {total}")
        where = told.format(number=number, total=len(self.routine.stages), title=title)
        words = f"{self.week_words(place)} · {where}"
        return _("{place} · take your time").format(place=words) if self._is_longer(place) else words

    def _is_longer(self, place: StagePlace) -> bool:
        """Whether a stage has lasted longer than its range of weeks says, and another one comes after it."""
        weeks = self.stage(place.stage).weeks
        if weeks is None or weeks.low == weeks.high or place.stage == len(self.routine.stages):
            return False
        return place.days >= weeks.high * WEEK


def _in_force(changes: Iterable[StageChange]) -> dict[date, int]:
    """The stage that was asked for, by the date from which on.

    An answer takes back the one before it for the same date, and one that was to hold from a later date on.
    """
    found: dict[date, int] = {}
    for change in sorted(changes, key=lambda each: (each.at, each.local_date)):
        found = {day: stage for day, stage in found.items() if day < change.local_date}
        found[change.local_date] = change.to_stage
    return found


def followed_since(kept: Sequence[Schedule], routine: str, today: date) -> tuple[date, set[int]]:
    """Since when a programme has been followed, and the ordinals of dates on which another routine was.

    Args:
        kept: Which days were due from when on, and of which routine; oldest first.
        routine: Of the programme.
        today: Nobody knows of it yet: it was chosen today.
    """
    # Before it became a programme, the routine was another one.
    known = [(each.from_date, each.routine if each.stage else "") for each in kept if each.from_date <= today]
    since: date | None = None
    idle: set[int] = set()
    left: date | None = None
    for (begin, of), (end, _next) in pairwise([*known, (today, routine)]):
        if of != routine:
            continue
        if left is not None and begin > left:
            if (begin - left).days > NEW_START_DAYS:
                since, idle = begin, set()
            else:
                idle.update(range(left.toordinal(), begin.toordinal()))
        since, left = since or begin, end
    if known and known[-1][1] != routine and left is not None:
        if (today - left).days > NEW_START_DAYS:
            return today, set()
        idle.update(range(left.toordinal(), today.toordinal()))
    if since is None:
        since = today
    return since, idle


def propose_stage(
    programme: Programme,
    place: StagePlace,
    sessions: Sequence[Result],
    today: date,
    declined: Sequence[StageChange] = (),
) -> Proposal | None:
    """Whether to go on to the next stage, or back to the one before after a break.

    Args:
        programme: What is done.
        place: Where today is in it.
        sessions: How those of this stage went, oldest first, since it began.
        today: For the length of a break.
        declined: What was answered with no since this stage began.
    """
    stage = programme.stage(place.stage)
    if place.stage == len(programme.routine.stages) or stage.fixed_weeks is not None:
        return None
    least = stage.weeks.low if stage.weeks is not None else 1
    last = sessions[-ENOUGH:]
    if place.days < least * WEEK or len(last) < ENOUGH:
        return None
    if not all(each.good and each.most_pain <= MOST_PAIN for each in last):
        return None
    no = [each.at for each in declined if each.to_stage > each.from_stage]
    if no and sum(each.at > max(no) for each in sessions) < PATIENCE:
        return None
    weeks = counted_words("{number} week", "{number} weeks", place.days // WEEK)
    told = _("after {weeks}, {number} complete sessions in a row, and no more pain")
    reason = told.format(
        weeks=weeks.format(number=count_words(place.days // WEEK)), number=count_words(ENOUGH)
    )
    return Proposal(Move.UP, Level(), Level(), reason, stage=place.stage + 1)


def propose_back(
    place: StagePlace, trained: date | None, today: date, declined: Sequence[StageChange] = ()
) -> Proposal | None:
    """Whether to go back a stage, which began by itself in a break.

    Args:
        place: Where today is.
        trained: The last date on which anything was done.
        today: The break is up to here.
        declined: As for `propose_stage`.
    """
    if not place.by_itself or trained is None or trained >= place.since:
        return None
    away = (today - trained).days
    if away < BREAK_DAYS or any(each.to_stage < each.from_stage for each in declined):
        return None
    return Proposal(Move.BACK, Level(), Level(), break_words(away), stage=place.stage - 1)


def stage_question(title: str, kind: Move, *, today: bool) -> str:
    """`On to stage 2, Strength, from today?`.

    Args:
        title: Of the stage, as `Programme.title` has it.
        kind: Which way it goes.
        today: From today; else from tomorrow, as today's session has been done.
    """
    if kind is Move.UP:
        asked = _("On to {stage}, from today?") if today else _("On to {stage}, from tomorrow?")
    else:
        asked = _("Back to {stage}, from today?") if today else _("Back to {stage}, from tomorrow?")
    return asked.format(stage=title)


def change_words(title: str, begins: date | None, today: date) -> str:
    """From when on another stage holds, as a sentence.

    Args:
        title: Of the stage, as `Programme.title` has it.
        begins: From when on; None: it was asked to stay.
        today: Either this, or the day before it begins.
    """
    if begins is None:
        told = _("It stays: {stage}.")
    else:
        told = _("From today on: {stage}.") if begins == today else _("From tomorrow on: {stage}.")
    return told.format(stage=title)
