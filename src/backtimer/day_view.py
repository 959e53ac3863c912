"""What the first screen says about one day of the week, as values. Texts of strangers are cleaned here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from backtimer.core.figure.activities import shown_as
from backtimer.core.picture.rows import Look, Span, cells
from backtimer.core.picture.today_page import (
    ANSWERS,
    START,
    WALK,
    KeyedQuestion,
    Listed,
    Pain,
    TodayView,
)
from backtimer.core.picture.weeks import WeekDay, Weeks
from backtimer.core.plan.plan import NothingToDoError, Plan, PlanError
from backtimer.core.plan.routine import Circuit, Day, DayKind, Exercise, day_title
from backtimer.core.plan.turns import can_be_straight
from backtimer.core.plan.ways import things_needed
from backtimer.core.progress.calendar import (
    EXTRA_GLYPH,
    EXTRA_WORD,
    GLYPHS,
    OFF_WORDS,
    STATE_WORDS,
    DayState,
    nothing_due_words,
    sessions_words,
)
from backtimer.core.progress.dates import (
    short_date,
    short_weekday,
    weekday_from_key,
    weekday_letters,
    weekday_name,
    when_words,
)
from backtimer.core.progress.history import HeatDay
from backtimer.core.progress.progression import question_words
from backtimer.core.speech.entries import DayEntry, entries
from backtimer.core.speech.phrases import minutes_text, sentence
from backtimer.language import _, counted_words, marked
from backtimer.storage.text import clean
from backtimer.values import NamedTuple

if TYPE_CHECKING:
    from backtimer.advice import MorningAfter, OpenProposal
    from backtimer.core.progress.history import PastSession
    from backtimer.storage.history.live import Unfinished
    from backtimer.training import Training

SAFETY_LINE = marked("New here? s opens the safety card. Read it once.")

WEEKS_AT_A_GLANCE = 5

MOST_REST = 32
"""What a day of rest says, in so many cells, is its heading; what is longer is said in sentences."""


class ShownDay(NamedTuple):
    """One day, and what can be done with it."""

    day: date
    heading: str
    length: str
    facts: str
    said: tuple[Span, ...]
    listed: tuple[Listed, ...]
    weeks: Weeks | None
    plan: Plan | None
    """What Enter starts; None: there is nothing to start."""
    done: bool
    """It is today's, and it has been done."""
    resting: bool
    walk: bool = False
    """It is today, and a walk can be written down with one key."""


class Asking(NamedTuple):
    """What the page asks, and what was answered."""

    morning: bool = False
    """It is this morning's pain that is open."""
    going_back: bool = False
    """It was answered before, and is open again."""
    pain: int | None = None
    """The answer to the question that is open."""


NOTHING_ASKED = Asking()


class Ground(NamedTuple):
    """What holds whichever day is shown, as it was when the history was last asked."""

    week: tuple[HeatDay, ...]
    streak: str
    advice: tuple[str, ...]
    morning: MorningAfter | None
    """Of which morning after is to be asked."""
    unfinished: Unfinished | None
    ended: Unfinished | None
    """Today's session that was ended early."""

    @property
    def resumes(self) -> bool:
        """Whether something waits to be gone on with."""
        return self.unfinished is not None or self.ended is not None


def ground_of(training: Training) -> Ground:
    """Ask the history."""
    unfinished = training.unfinished()
    return Ground(
        week=training.week(),
        streak=training.streak_with_best(),
        advice=tuple(
            clean(line.replace("`backtimer safety`", _("the safety card (s)"))) for line in training.advice()
        ),
        morning=training.asks_next_morning(),
        unfinished=unfinished,
        ended=None if unfinished is not None else training.ended_early(),
    )


class Opening(NamedTuple):
    """The page as it is first seen."""

    ground: Ground
    shown: ShownDay
    proposals: tuple[OpenProposal, ...]


def opening_of(training: Training, day: str | None = None) -> Opening:
    """What is asked for at first.

    Args:
        training: Whose day it is.
        day: The day of the routine to show; None: today.
    """
    ground = ground_of(training)
    seen = training.today if day is None else training.date_of(day)
    shown = shown_day(training, ground.week[seen.weekday()])
    return Opening(ground, shown, training.questions(training.key_on(shown.day)))


def first_view(training: Training, opening: Opening) -> tuple[TodayView, Offers]:
    """The page that is seen first, and what can be done on it."""
    ground, shown = opening.ground, opening.shown
    view = today_view(
        training,
        shown,
        ground,
        proposals=opening.proposals,
        asking=Asking(morning=ground.morning is not None),
        notices=(*training.notices, training.undo_says),
    )
    return view, offers_of(shown, ground, training)


def today_view(
    training: Training,
    shown: ShownDay,
    ground: Ground,
    *,
    proposals: Sequence[OpenProposal] = (),
    asking: Asking = NOTHING_ASKED,
    chosen: bool = False,
    notices: Sequence[str] = (),
) -> TodayView:
    """The page with a day on it.

    Args:
        training: Whose day it is.
        shown: The day.
        ground: What holds whichever day it is.
        proposals: What is proposed for it.
        asking: What is asked about pain.
        chosen: An exercise was chosen, so that Enter does not start.
        notices: What is wrong, and what can be taken back.
    """
    week, today = ground.week, training.today
    days = [each.day for each in week]
    left = ground.ended.left_text if ground.ended is not None and shown.day == today else ""
    safety = training.safety_untold
    return TodayView(
        title=shown.heading,
        length=shown.length,
        facts=shown.facts,
        routine=clean(training.routine.title),
        button=_button(shown, left),
        button_short=_("Go on") if left and shown.plan is not None else "",
        button_key=_("w") if shown.plan is None else "" if chosen else _("Enter"),
        button_does=START if shown.plan is not None else WALK,
        said=(*((Span(_(SAFETY_LINE), Look.WARNING),) if safety else ()), *shown.said),
        advice=ground.advice,
        listed=shown.listed,
        weeks=shown.weeks,
        week=tuple(_week_day(each, today) for each in week),
        day=days.index(shown.day) if shown.day in days else -1,
        streak=ground.streak,
        notices=tuple(clean(notice) for notice in notices if notice),
        asked=None if asking.morning else _asked(proposals, training, shown.day),
        pain=_pain(asking) if asking.morning or shown.plan is not None else None,
    )


def _button(shown: ShownDay, left: str) -> str:
    if shown.plan is None:
        return _("I walked") if shown.walk else ""
    return left or (_("Start again") if shown.done else _("Start"))


def _asked(proposals: Sequence[OpenProposal], training: Training, day: date) -> KeyedQuestion | None:
    """The first proposal as a question, with the keys that answer it."""
    if not proposals:
        return None
    first = proposals[0]
    text = clean(question_words(first.name, first.proposal, today=day == training.today))
    keys = ANSWERS if len(proposals) > 1 else ANSWERS[:2]
    said = [(key, _(says)) for key, says in keys]
    if len(proposals) > 1:
        said[-1] = (said[-1][0], _("all ({number})").format(number=len(proposals)))
    return KeyedQuestion(text, tuple(said))


def _pain(asking: Asking) -> Pain:
    if not asking.morning:
        offered, given = (_("if you like; x is 10"), _("if you like")), (_("⌫ takes it back"), _("⌫ clears"))
        return Pain(_("Pain now?"), asking.pain, offered if asking.pain is None else given)
    question = _("Pain this morning?")
    if asking.going_back:
        return Pain(question, asking.pain, (_("⌫ clears, ↓ goes on"), _("↓ goes on")), strong=True)
    return Pain(question, asking.pain, (_("x is 10, ⌫ skips"), _("⌫ skips")), strong=True)


def day_glyph(day: HeatDay) -> Span:
    """How a day stands, as one sign."""
    if day.extra:
        return Span(EXTRA_GLYPH, Look.EXTRA)
    return Span(GLYPHS[day.state], Look(day.state.value))


def _week_day(day: HeatDay, today: date) -> WeekDay:
    return WeekDay(short_weekday(day.day), weekday_letters(day.day), day_glyph(day), day.day == today)


def shown_day(training: Training, day: HeatDay) -> ShownDay:
    """What there is to say about a day of this week."""
    key = training.key_on(day.day)
    asked = training.routine.days[key]
    plan, problem = _plan(training, key)
    resting = asked.kind is DayKind.REST
    title = asked.title or (_rest_title(asked) if resting else day_title(asked)) or weekday_from_key(key)
    some = sessions_words(day.sessions, asked.times) if day.day == training.today else ""
    done = day.day == training.today and day.state is DayState.DONE and not some
    listed = () if plan is None else listed_of(plan)
    weeks = None
    if resting and not problem:
        weeks, listed = _glance(training)
    return ShownDay(
        day=day.day,
        heading=clean(title),
        length=minutes_text(plan.total_s, plan.estimated) if plan else "",
        facts=clean(" · ".join(_facts(training, asked, plan, day, some))),
        said=(Span(problem, Look.ALERT),) if problem else tuple(_said(training, asked, day, plan, some)),
        listed=listed,
        weeks=weeks,
        plan=plan,
        done=done,
        resting=resting,
        walk=weeks is not None and day.day == training.today,
    )


def _rest_title(asked: Day) -> str:
    """What a day of rest is called: what it says, where that is short."""
    return asked.rest if asked.rest and cells(asked.rest) <= MOST_REST else _("Rest")


def _plan(training: Training, key: str) -> tuple[Plan | None, str]:
    """The plan of a day, or why there is none."""
    try:
        return training.plan(key), ""
    except NothingToDoError:
        return None, ""
    except PlanError as problem:
        return None, clean(sentence(str(problem)))


def _facts(training: Training, asked: Day, plan: Plan | None, day: HeatDay, some: str) -> list[str]:
    """When it is, how it stands where that is not as usual, and what it takes."""
    when = f"{weekday_name(day.day)} {short_date(day.day, training.today)}"
    if day.day == training.today:
        when = _("{weekday}, today").format(weekday=weekday_name(day.day)) if day_title(asked) else _("Today")
    facts = [when]
    if day.extra:
        facts.append(_(EXTRA_WORD))
    elif day.state not in (DayState.REST, DayState.DUE) and not some:
        off = training.off_on(day.day) if day.state is DayState.OFF else None
        stands = _(STATE_WORDS[day.state])
        facts.append(stands if off is None else f"{stands}, {_(OFF_WORDS[off.why])}")
    if day.day == training.today and (stage := training.stage_words()):
        facts.append(stage)
    if asked.optional and day.state is not DayState.OPTIONAL:
        facts.append(_(STATE_WORDS[DayState.OPTIONAL]))
    if asked.times > 1:
        times = counted_words("{number} session a day", "{number} sessions a day", asked.times)
        facts.append(times.format(number=asked.times))
    if plan is not None:
        things = things_needed(plan)
        facts += [", ".join(things)] if things else []
        facts += [rounds] if (rounds := _rounds_of_all(plan)) else []
    return facts


def _rounds_of_all(plan: Plan) -> str:
    """`3 rounds`, where all of the day is one circuit without a name; else its heading stands in the list."""
    first = plan.sets[0]
    if first.rounds is None or first.circuit or any(one.item != first.item for one in plan.sets):
        return ""
    return counted_words("{number} round", "{number} rounds", first.rounds).format(number=first.rounds)


def _said(training: Training, asked: Day, day: HeatDay, plan: Plan | None, some: str) -> list[Span]:
    """What is to be said before the list: of rest, that nothing is due, that it is done, what is eased."""
    off = training.off_on(day.day)
    today = day.day == training.today
    resting = asked.kind is DayKind.REST
    said = [Span(clean(asked.rest))] if resting and asked.rest and asked.rest != _rest_title(asked) else []
    done = today and day.state is DayState.DONE
    if off is not None and day.day >= training.today and not done:
        said.append(Span(clean(nothing_due_words(off, day.day, training.today))))
    if some:
        said.append(Span(some))
    elif done:
        said.append(Span(_("Done for today."), Look.DONE))
    if today and said and not some and plan is not None and (following := training.next_words()):
        said.append(Span(sentence(following), Look.QUIET))
    if plan is not None and (exchanged := exchanged_words(plan)):
        said.append(Span(exchanged))
    if plan is not None and (sore := training.eased(training.key_on(day.day))):
        said.append(Span(_eased(sore, day.day, training.today)))
    return said


def _eased(names: Sequence[str], day: date, today: date) -> str:
    """Which exercises are done in their easier form."""
    *others, last = names
    if others:
        hurt_today = _("{exercises} and {last} hurt: today their easier forms.")
        hurt_then = _("{exercises} and {last} hurt: on {weekday} their easier forms.")
    else:
        hurt_today = _("{last} hurt: today its easier form.")
        hurt_then = _("{last} hurt: on {weekday} its easier form.")
    said = hurt_today if day == today else hurt_then
    return clean(said.format(exercises=", ".join(others), last=last, weekday=weekday_name(day)))


def exchanged_words(plan: Plan) -> str:
    """What is done today in the place of something else; empty: nothing."""
    names = {each.id: each.name for each in plan.exercises}
    forms = dict.fromkeys(names[spec.exercise] for spec in plan.sets if spec.in_place_of and spec.exercise)
    return clean(_("Swapped for today: {exercises}.").format(exercises=", ".join(forms))) if forms else ""


def listed_of(plan: Plan) -> tuple[Listed, ...]:
    """Every entry of a day; those of a circuit stand under its heading, unless the facts have it."""
    headed = not _rounds_of_all(plan)
    return tuple(_listed(plan, entry, headed) for entry in entries(plan))


def _listed(plan: Plan, entry: DayEntry, headed: bool) -> Listed:
    exercise = None if entry.exercise is None else plan.exercise(entry.exercise)
    return Listed(
        name=clean(entry.name),
        amount=clean(entry.text),
        group=clean(entry.group) if headed else "",
        note=clean(entry.note),
        how=() if exercise is None else tuple(map(clean, how_to(exercise))),
        watch=() if exercise is None else tuple(map(clean, exercise.watch)),
        exercise=entry.exercise or "",
        figured=bool(shown_as(entry.name) if exercise is None else exercise.figure),
    )


def how_to(exercise: Exercise) -> tuple[str, ...]:
    """How an exercise is done, from lying down to the movement."""
    return (*exercise.setup, *exercise.steps)


def _glance(training: Training) -> tuple[Weeks, tuple[Listed, ...]]:
    """The last weeks, the last session, and what comes next with its first exercise."""
    map_rows = []
    for days in training.weeks(WEEKS_AT_A_GLANCE):
        name = short_date(days[0].day, training.today)
        map_rows.append((name, tuple(_week_day(each, training.today) for each in days)))
    facts: list[tuple[str, str]] = []
    last = training.last_session()
    if last is not None:
        facts.append((_("Last session"), clean(last_words(last, training.today))))
    listed: tuple[Listed, ...] = ()
    following = training.next_due()
    if following is not None:
        plan, problem = _plan(training, training.key_on(following))
        if plan is not None and not problem:
            listed = listed_of(plan)[:1]
        facts.append((_("What comes next"), clean(_next_words(following, training, plan, listed))))
    return Weeks(_("Five weeks"), tuple(map_rows), tuple(facts)), listed


def _next_words(following: date, training: Training, plan: Plan | None, listed: Sequence[Listed]) -> str:
    """`Tomorrow · First steps · 12 min · first Pelvic tilt`."""
    when = when_words(following, training.today)
    parts = [when[:1].upper() + when[1:], training.title_on(following)]
    if plan is not None:
        parts.append(minutes_text(plan.total_s, plan.estimated))
    if listed and listed[0].exercise:
        parts.append(_("first {exercise}").format(exercise=listed[0].name))
    return " · ".join(part for part in parts if part)


def last_words(last: PastSession, today: date) -> str:
    """`Tuesday 24 Nov · Stretches for mobility · 9 min`."""
    when = f"{weekday_name(last.local_date)} {short_date(last.local_date, today)}"
    title = last.title or last.routine
    return " · ".join((when, title, minutes_text(last.seconds)))


class Offers(NamedTuple):
    """What can be done on the page now: it decides which keys mean something."""

    start: bool = False
    chosen: bool = False
    """An exercise is chosen: Enter opens its page."""
    lists: bool = False
    """There are exercises to choose from."""
    walk: bool = False
    resume: bool = False
    undo: bool = False
    goes_on: bool = False
    """Enter goes on with what was ended early today, and does not begin anew."""
    circuit: bool = False
    """There is a circuit that can be done in rounds, or straight."""

    def may(self, action: str) -> bool:
        """Whether an action means something now."""
        match action:
            case "start":
                return self.start and not self.chosen and not self.goes_on
            case "go_on":
                return self.goes_on and not self.chosen
            case "resume":
                return self.resume and not self.goes_on
            case "start_again":
                return self.goes_on
            case "look" | "leave_list":
                return self.chosen
            case "exchange":
                return self.lists and self.start
            case "choose":
                return self.lists
            case "walk" | "undo" | "circuit":
                return bool(getattr(self, action))
            case _:
                return True


def offers_of(shown: ShownDay, ground: Ground, training: Training, *, chosen: bool = False) -> Offers:
    """What can be done on a day that is shown.

    Args:
        shown: The day.
        ground: What holds whichever day it is.
        training: Whose day it is.
        chosen: An exercise was chosen.
    """
    return Offers(
        start=shown.plan is not None,
        chosen=chosen,
        lists=any(each.exercise for each in shown.listed),
        walk=shown.walk,
        resume=ground.resumes,
        undo=bool(training.undo_says),
        goes_on=ground.ended is not None and shown.plan is not None and shown.day == training.today,
        circuit=shown.plan is not None and _has_circuit(training, shown.plan.day),
    )


def _has_circuit(training: Training, day: str) -> bool:
    """Whether the sets of a day can be done in another order."""
    asked = training.routine.days.get(day)
    return asked is not None and any(
        isinstance(item, Circuit) and can_be_straight(item) for item in asked.items
    )
