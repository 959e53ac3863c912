"""What progression goes by: how an exercise went in each session, what was proposed, and the answer."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from backtimer.core.plan.plan import Plan, plan_from_dict
from backtimer.core.plan.prescription import Level
from backtimer.core.progress.history import PastSession
from backtimer.core.progress.pain import MATTERS
from backtimer.core.session.events import Outcome
from backtimer.values import NamedTuple

MOST_EFFORT = 6
"""The highest effort of a good session.

On Borg's CR10 scale 3 to 6 is 40 to 70 % of the most one can do (Buckley and Borg 2011, read as an abstract).
"""

MOST_PAIN = 5
"""The most pain of a good session whose usual pain is not known, if it has settled by the next morning.

The rule is that of Thomeé (1997) and Silbernagel (2007) for knees and tendons, quoted and not read, carried
over to backs. Who lives with more is measured by that: no rise that matters.
"""

ENOUGH = 3
"""Good sessions in a row before an exercise becomes more, or its full form is proposed again."""

PATIENCE = 3
"""Further sessions before a proposal that was declined is made again."""


class Move(StrEnum):
    """Which way a level moves."""

    UP = "up"
    DOWN = "down"
    BACK = "back"
    """Down after a break."""


class Answer(StrEnum):
    """What became of a proposal."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    AUTO = "auto"
    """Taken without a question."""


class Result(NamedTuple):
    """How one exercise went in one session."""

    at: datetime
    """When the session began, with its offset."""
    local_date: date
    planned_sets: int
    """Of this exercise, in all rounds and on both sides."""
    done_sets: int
    attempted: bool = True
    """Whether anything of it was done; a session that never came to it tells nothing."""
    hurt: bool = False
    effort: int | None = None
    """Of the session, as the following."""
    pain_before: int | None = None
    pain: int | None = None
    """After it."""
    pain_next: int | None = None
    """On the next morning."""

    @property
    def complete(self) -> bool:
        """Whether every set of it was done."""
        return not self.hurt and self.done_sets >= self.planned_sets > 0

    @property
    def rise(self) -> int:
        """By how many points pain rose; 0 when that is not known."""
        return 0 if self.pain is None or self.pain_before is None else self.pain - self.pain_before

    @property
    def painful(self) -> bool:
        """Whether it asks for less next time."""
        return self.hurt or self.rise >= MATTERS

    @property
    def most_pain(self) -> int:
        """The most pain afterwards and on the next morning; 0 when neither was rated."""
        return max(self.pain or 0, self.pain_next or 0)

    @property
    def pain_rose(self) -> bool:
        """Whether pain was higher afterwards, or on the next morning, by a difference that matters."""
        if self.pain_before is not None:
            return self.most_pain - self.pain_before >= MATTERS
        return self.pain is not None and self.pain_next is not None and self.pain_next - self.pain >= MATTERS

    @property
    def painless(self) -> bool:
        """Whether pain is no reason against more: it did not rise or, where before is not known, was low."""
        too_much = self.pain_before is None and self.most_pain > MOST_PAIN
        return not (self.hurt or self.pain_rose or too_much)

    @property
    def good(self) -> bool:
        """Whether it counts towards the next rung."""
        return self.complete and self.painless and (self.effort is None or self.effort <= MOST_EFFORT)


class Decision(NamedTuple):
    """A proposal that was answered."""

    at: datetime
    """With its offset."""
    routine: str
    day: str
    exercise: str
    kind: Move
    from_level: Level
    to_level: Level
    reason: str
    answer: Answer
    id: str = ""

    @property
    def taken(self) -> bool:
        """Whether its level came into force."""
        return self.answer is not Answer.DECLINED

    @property
    def is_harder(self) -> bool:
        """Whether it is about a harder form in its place, rather than about a level."""
        return self.kind is Move.UP and self.to_level == Level()


class StageChange(NamedTuple):
    """An answer to whether to go to another stage, or that the person went there unasked."""

    at: datetime
    """With its offset."""
    local_date: date
    """From when on it holds."""
    routine: str
    from_stage: int
    to_stage: int
    reason: str
    answer: Answer
    id: str = ""

    @property
    def taken(self) -> bool:
        """Whether it came into force."""
        return self.answer is not Answer.DECLINED


class Proposal(NamedTuple):
    """A level to move to, and why."""

    kind: Move
    from_level: Level
    to_level: Level
    reason: str
    """One sentence without its full stop: `11 reps: three sessions of 10, effort 4, no pain`."""
    returns: bool = False
    """Whether it is the full exercise in place of its easier form."""
    harder: str = ""
    """The name of the harder form that is to take its place; empty: it is about a level."""
    stage: int = 0
    """The stage of the programme to go to; 0: it is about an exercise."""


def planned_sets(plan: Plan) -> dict[str, int]:
    """How many sets a plan has of each exercise, in all rounds and on both sides."""
    return dict(Counter(spec.exercise for spec in plan.sets if spec.exercise is not None))


Ends: TypeAlias = "Mapping[tuple[str | None, Outcome], int]"
"""How many sets of each exercise ended in which way, in the order in which they were done."""


def sets_in(ends: Ends) -> dict[str, int]:
    """How many sets there were of each exercise."""
    found: dict[str, int] = {}
    for (exercise, _outcome), number in ends.items():
        if exercise is not None:
            found[exercise] = found.get(exercise, 0) + number
    return found


def results_in(
    session: PastSession, ends: Ends, plan: Callable[[], str], usual: Collection[str] | None
) -> dict[str, Result]:
    """How each exercise went in a session; of one in whose place another was done that tells nothing.

    Args:
        session: As in `results_of`.
        ends: So is that.
        plan: Gives its frozen plan as JSON, which is read only where sets are missing, or unusual.
        usual: The ids of the exercises of its day; None: they are not known.
    """
    planned, exchanged = sets_in(ends), frozenset[str]()
    missing = sum(ends.values()) < session.planned_sets
    if missing or (usual is not None and not planned.keys() <= set(usual)):
        text = plan()
        try:
            if f'"{IN_PLACE_OF}":' in text:  # reading all of a plan takes long
                exchanged = frozenset(spec.get(IN_PLACE_OF, "") for spec in json.loads(text)["sets"])
            if missing:
                planned = planned_sets(plan_from_dict(json.loads(text)))
        except (ValueError, LookupError, TypeError, AttributeError):
            return {}  # of another version: nothing can be said about it
    found = results_of(session, ends, planned)
    return {exercise: one for exercise, one in found.items() if one.hurt or exercise not in exchanged}


IN_PLACE_OF = "in_place_of"
"""What a frozen plan says of a set that is done in the place of another exercise."""


def results_of(session: PastSession, ends: Ends, planned: Mapping[str, int]) -> dict[str, Result]:
    """How each exercise went in a session.

    Args:
        session: The session; its sets are not looked at.
        ends: How they ended.
        planned: As `planned_sets` of its plan.
    """
    at, local_date = session.started, session.local_date
    ratings = (session.effort, session.pain_before, session.pain, session.pain_next)
    found = {}
    for exercise, number in planned.items():  # in order: of sixty sessions there are many
        done, hurt = ends.get((exercise, Outcome.DONE), 0), (exercise, Outcome.HURT) in ends
        attempted = hurt or done > 0 or (exercise, Outcome.PARTIAL) in ends
        found[exercise] = Result(at, local_date, number, done, attempted, hurt, *ratings)
    return found


# When the full form of an exercise that hurt comes back.
#
# Its easier form comes until `ENOUGH` sessions of it in a row were good, as many as progression takes for a
# step up (clinical judgement). Then the full exercise is proposed, at the low end of its ranges; only a yes
# brings it back.


class Eased(NamedTuple):
    """An exercise that is done in its easier form."""

    exercise: str
    good: int
    """Sessions of the easier form in a row that were good, up to now."""
    since: datetime
    """When it hurt last."""
    sessions: tuple[datetime, ...] = ()
    """When the easier form was done since."""

    def returns(self, declined: datetime | None) -> bool:
        """Whether the full exercise is to be proposed.

        Args:
            declined: When that was last declined; None: it was not.
        """
        if self.good < ENOUGH:
            return False
        return declined is None or sum(at >= declined for at in self.sessions) >= PATIENCE


def eased_now(
    sessions: Iterable[Mapping[str, Result]],
    easier: Mapping[str, str],
    returned: Mapping[str, datetime],
) -> dict[str, Eased]:
    """The exercises that are done in their easier form for now, by id.

    Args:
        sessions: How each exercise went in each session, oldest first.
        easier: The id of the easier form, by exercise id; empty or missing: there is none.
        returned: When the full exercise was last accepted again.
    """
    found: dict[str, Eased] = {}
    for results in sessions:
        for exercise in [name for name, result in results.items() if result.hurt and easier.get(name)]:
            found[exercise] = Eased(exercise, 0, results[exercise].at)
        for exercise, state in list(found.items()):
            result = results.get(easier[exercise])
            if result is None or not result.attempted or result.at <= state.since:
                continue
            good = state.good + 1 if result.good else 0
            found[exercise] = state._replace(good=good, sessions=(*state.sessions, result.at))
    return {
        exercise: state
        for exercise, state in found.items()
        if exercise not in returned or returned[exercise] <= state.since
    }
