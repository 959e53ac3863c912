"""One past session in full, as rows of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backtimer.core.picture.rows import (
    EMPTY,
    Look,
    Row,
    Span,
    cells,
    cut,
    fit,
    flowing,
    padded,
    row,
    wrapped,
)
from backtimer.core.progress.dates import date_in_words, weekday_from_key, weekday_name
from backtimer.core.progress.history import PastSession, PastSet, side_name
from backtimer.core.progress.scales import RATINGS
from backtimer.core.session.events import Outcome
from backtimer.core.speech.phrases import outcome_words, time_text
from backtimer.language import _, counted_words
from backtimer.values import NamedTuple

OUTCOME_GLYPHS = {Outcome.DONE: "✓", Outcome.PARTIAL: "◐", Outcome.SKIPPED: "–", Outcome.HURT: "!"}

OUTCOME_LOOKS = {
    Outcome.DONE: Look.DONE,
    Outcome.PARTIAL: Look.PART,
    Outcome.SKIPPED: Look.QUIET,
    Outcome.HURT: Look.ALERT,
}


class Detail(NamedTuple):
    """A session with everything that is known of it. Texts in it are safe to show."""

    session: PastSession
    """With its sets."""
    names: Mapping[str | None, str]
    """Of its exercises by id, and of an activity."""
    corrections: int
    """How many hold."""
    activities: Mapping[int, str] = {}
    """What was done between exercises, by the index of its set."""
    exchanged: Mapping[int, str] = {}
    """In place of what a set was done, in words, by its index."""
    loads: Mapping[int, str] = {}
    """With what load, by the index of the set; nothing where it had none."""

    @property
    def title(self) -> str:
        return self.session.title or weekday_from_key(self.session.day)

    def name(self, one: PastSet) -> str:
        """What the exercise of one of its sets is called."""
        return self.activities.get(one.set_index) or self.names[one.exercise]


def session_rows(detail: Detail, width: int) -> list[Row]:
    rows = [
        *head_rows(detail, width),
        *felt_rows(detail.session, width),
        EMPTY,
        *set_rows(detail, width),
    ]
    missing = detail.session.planned_sets - len(detail.session.sets)
    if missing > 0:
        rows.append(row(Span(not_reached_words(missing), Look.QUIET)))
    if detail.session.note:
        rows += [EMPTY, *wrapped(detail.session.note, width)]
    return [cut(each, width) for each in rows]


def not_reached_words(sets: int) -> str:
    """So many sets that the session did not come to."""
    return counted_words("{number} set not reached", "{number} sets not reached", sets).format(number=sets)


def head_rows(detail: Detail, width: int) -> list[Row]:
    """What it was, when, and how much of it."""
    session = detail.session
    day = session.local_date
    date = _("{weekday} {date}").format(weekday=weekday_name(day), date=date_in_words(day))
    begin = f"{session.started:%H:%M}"
    if session.ended is None:
        when = _("{date}, {time}").format(date=date, time=begin)
    else:
        end = f"{session.ended:%H:%M}"
        when = _("{date}, {begin} to {end}").format(date=date, begin=begin, end=end)
    sets = counted_words("{done} of {number} set", "{done} of {number} sets", session.planned_sets)
    facts = [
        row(sets.format(done=session.done_sets, number=session.planned_sets)),
        row(Span(_("at work"), Look.QUIET), " ", time_text(round(session.seconds))),
    ]
    if detail.session.running:
        facts.append(row(Span(_("not over yet"), Look.PART)))
    elif not session.counts:
        facts.append(row(Span(_("counts from half of its sets"), Look.QUIET)))
    if detail.session.logged:
        facts.append(row(Span(_("noted afterwards"), Look.QUIET)))
    if detail.corrections:
        facts.append(row(Span(_("corrected"), Look.QUIET)))
    return [
        row(Span(detail.title, Look.STRONG)),
        *wrapped(when, width, Look.QUIET),
        *flowing(facts, width),
    ]


def felt_rows(session: PastSession, width: int) -> list[Row]:
    """How it felt, as far as that was said."""
    felt = [
        row(Span(f"{_(rating.label)} ", Look.QUIET), str(value))
        for name, rating in RATINGS.items()
        if (value := getattr(session, name)) is not None
    ]
    return flowing(felt, width)


def set_rows(detail: Detail, width: int) -> list[Row]:
    """A row for each exercise and side: how its sets ended, and how much they were."""
    groups: dict[tuple[str, str | None], list[PastSet]] = {}
    for one in detail.session.sets:
        groups.setdefault((detail.name(one), one.side), []).append(one)
    sides = {key: "" if key[1] is None else f", {side_name(key[1])}" for key in groups}
    longest = max((cells(name + sides[name, side]) for name, side in groups), default=0)
    marks = max((len(own) for own in groups.values()), default=0)
    amounts = max((cells(amount_words(own)) for own in groups.values()), default=0)
    name_width = min(longest, max(8, width * 2 // 5, width - marks - amounts - 4))
    rows = []
    for key, own in groups.items():
        # A name that is too long is cut, not its side: that is what tells the two rows apart.
        name = fit(key[0], max(1, name_width - len(sides[key]))) + sides[key]
        line: list[Span | str] = [padded(name, name_width), "  "]
        line += [Span(OUTCOME_GLYPHS[one.outcome], OUTCOME_LOOKS[one.outcome]) for one in own]
        line += [" " * (marks - len(own) + 2), amount_words(own)]
        loads = dict.fromkeys(detail.loads[one.set_index] for one in own if one.set_index in detail.loads)
        if loads:
            line.append(Span(f"   {', '.join(loads)}", Look.QUIET))
        if any(one.outcome is Outcome.HURT for one in own):
            line.append(Span(f"   {outcome_words(Outcome.HURT)}", Look.ALERT))
        if exchanged := detail.exchanged.get(own[0].set_index):
            line.append(Span(f"   {exchanged.rstrip('.')}", Look.QUIET))
        rows.append(row(*line))
    return rows


def amount_words(sets: Sequence[PastSet]) -> str:
    """How much sets of one exercise were: `3 × 10 reps, hold 3 s`, `10, 8 reps`, `2 × 30 s`."""
    done = [one for one in sets if one.outcome is not Outcome.SKIPPED]
    if not done:
        return outcome_words(Outcome.SKIPPED)
    if any(one.reps is None for one in done):
        return _several([time_text(round(one.seconds)) for one in done])
    reps = [str(one.reps) for one in done]
    last = done[-1].reps or 0
    number = last if len(reps) == 1 else max(2, last)
    hold = done[0].hold_s
    if not hold:
        return counted_words("{number} rep", "{number} reps", number).format(number=_several(reps))
    words = counted_words("{number} rep, hold {time}", "{number} reps, hold {time}", number)
    return words.format(number=_several(reps), time=time_text(hold))


def _several(amounts: Sequence[str]) -> str:
    if len(amounts) == 1:
        return amounts[0]
    return f"{len(amounts)} × {amounts[0]}" if len(set(amounts)) == 1 else ", ".join(amounts)


def glance_rows(detail: Detail, width: int) -> list[Row]:
    """A session beside a calendar: what it was, when, how much of it, how it felt, and its exercises."""
    session = detail.session
    begin = f"{session.started:%H:%M}"
    when = begin
    if session.ended is not None:
        when = _("{begin} to {end}").format(begin=begin, end=f"{session.ended:%H:%M}")
    sets = counted_words("{done} of {number} set", "{done} of {number} sets", session.planned_sets)
    facts = [
        row(sets.format(done=session.done_sets, number=session.planned_sets)),
        row(time_text(round(session.seconds))),
        row(Span(when, Look.QUIET)),
    ]
    if session.running:
        facts.append(row(Span(_("not over yet"), Look.PART)))
    rows = [row(Span(detail.title, Look.HEADING)), *flowing(facts, width), *felt_rows(session, width)]
    rows += set_rows(detail, width)
    return [cut(each, width) for each in rows]
