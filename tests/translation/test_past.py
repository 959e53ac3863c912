"""What the past says goes through the door, sentence by sentence: advice, proposals, dates, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pytest

from backtimer.core.picture.history_view import history_rows
from backtimer.core.picture.rows import Row, text_of, width_of
from backtimer.core.picture.safety_card import card_rows
from backtimer.core.picture.session_view import session_rows
from backtimer.core.plan.prescription import Level, Ranges
from backtimer.core.plan.units import Count, Unit, UnitError
from backtimer.core.progress import dates, progression
from backtimer.core.progress.calendar import DayState, Off, WhyOff, nothing_due_words, off_words, week_of
from backtimer.core.progress.decisions import Answer, Move, Result
from backtimer.core.progress.history import (
    Balance,
    HeatDay,
    Past,
    PastPain,
    SessionState,
    balance_words,
    side_name,
)
from backtimer.core.progress.pain import Hurt, advice, advice_lines, hurt_words
from backtimer.core.progress.scales import EFFORT, PAIN, check_ratings
from backtimer.core.progress.streaks import parse_goal
from backtimer.core.speech.entries import entries, set_text
from backtimer.language import speaking
from backtimer.training import Training
from backtimer.tui.screens.summary import week_cells
from tests.core.pasts import day, rated
from tests.core.progress.progression_kit import REPS, TEN, answered, good
from tests.pseudo import Bracketing, outside
from tests.rules import for_each
from tests.translation.masking import Masking, in_greek
from tests.tui.past_kit import half_year, trained
from tests.tui.workout_kit import BIRD, CIRCUIT, OWN_PACE, STRETCH, YOGA, exercise_day, plan_of

__all__ = ["half_year", "trained"]

TODAY = date(2026, 11, 26)


@pytest.fixture(autouse=True)
def without_letters() -> Iterator[None]:
    """The language of these tests."""
    with speaking(Masking()):
        yield


def english(*texts: str) -> list[str]:
    """The Latin words in texts that have some words at all."""
    assert all(texts)
    return re.findall(r"[A-Za-z]+", " ".join(texts))


@for_each("offset", range(0, 400, 29))
def test_dates(offset: int) -> None:
    then = TODAY + timedelta(days=offset)
    names = (dates.weekday_name(then), dates.short_weekday(then), dates.weekday_letters(then))
    keys = [dates.weekday_from_key(key) for key in ("monday", "sunday")]
    written = [write(then) for write in (dates.full_date, dates.date_in_words, dates.day_and_month)]
    told = [tell(then, TODAY) for tell in (dates.short_date, dates.when_words, dates.session_of_day)]
    assert english(*names, *keys, *written, *told, dates.short_month(then)) == []


def test_the_strip_of_a_week() -> None:
    week = tuple(HeatDay(day, DayState.DUE, 0, 0, before=False) for day in week_of(TODAY))
    assert english(*(cell.short_name + cell.letters for cell in week_cells(week, TODAY))) == []


@for_each("why", WhyOff)
@for_each("then", [TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=3)])
def test_days_off(why: WhyOff, then: date) -> None:
    off = Off(TODAY, TODAY + timedelta(days=3), why)
    assert english(off_words(off, then, TODAY), nothing_due_words(off, then, TODAY)) == []


def test_advice() -> None:
    given: set[str] = set()
    for sessions, pains in (
        ([rated(0, after=2), rated(14, after=2)], ()),
        ([rated(13, before=1, after=4), rated(14, before=1, after=4)], ()),
        ([rated(14, before=1, after=9)], ()),
        ([rated(14, before=1, after=1, next_morning=6)], ()),
        ([rated(13, after=1)], (PastPain(day(14), 6),)),
    ):
        found = advice(sessions, pains, day(14))
        given |= {each.kind for each in found}
        assert english(*advice_lines(found)) == []
    assert len(given) == 4


@for_each("times", [1, 2])
@for_each("side", [None, "left", "right"])
def test_what_hurt(times: int, side: str | None) -> None:
    assert english(hurt_words(Hurt("ψ", side, times, TODAY), "ψ")) == []


@pytest.mark.parametrize("balance", [Balance(1, 1), Balance(1, 2), Balance(2, 1)])
def test_left_against_right(balance: Balance) -> None:
    assert english(balance_words(balance), side_name("left"), side_name("right")) == []


def reasons() -> Iterator[str]:
    """Why a level moves, or stays, as far as there are reasons."""
    cases: Sequence[tuple[list[Result], int]] = (
        ([], 0),
        ([good(0), good(1), good(2)], 2),
        ([good(0, effort=None), good(1, effort=None), good(2, effort=3, pain=1)], 2),
        ([good(0, pain_before=3, pain=3), good(1, pain=None), good(2)], 2),
        ([good(0)], 0),
        ([good(0, effort=9)], 0),
        ([good(0, pain_before=None, pain=7)], 0),
        ([good(0, pain=4)], 0),
        ([good(0)._replace(hurt=True)], 0),
        ([good(0)._replace(done_sets=1)], 0),
        ([good(0)._replace(done_sets=1), good(1)._replace(done_sets=1)], 1),
        ([good(0)], 40),
    )
    for ranges in (REPS, Ranges(Count(10, 10), None, Count(2, 2))):
        for level in (TEN, Level(8, None, 2), Level(12, None, 3)):
            taken = answered(-1, level)
            for results, today in cases:
                yield progression.standing("ψ", ranges, results, (taken,), day(today)).why
    declined = answered(2.5, Level(11, None, 2), Answer.DECLINED, Move.UP)
    yield progression.standing("ψ", REPS, [good(0), good(1), good(2)], (declined,), day(2)).why
    for level in (Level(), Level(8)):
        yield progression.full_again(level)
    yield progression.easier_so_far(1)


def test_reasons_of_levels() -> None:
    told = set(reasons())
    assert len(told) > 15
    assert english(*told) == []


def test_levels() -> None:
    level = Level(1, 1.5, 2, Unit.BREATHS, 3)
    held = Level(11, 25.0)
    assert english(progression.level_words(level), progression.level_words(held)) == []


def test_the_card_and_the_scales() -> None:
    rows = ["".join(span.text for span in row) for row in card_rows(70, sources=True) if row]
    assert english(*rows) == []
    assert english(*(text for scale in (EFFORT, PAIN) for text in (scale.anchors, scale.keys))) == []
    with pytest.raises(ValueError, match="11") as refused:
        check_ratings(effort=11)
    assert english(str(refused.value)) == []


@pytest.mark.parametrize("text", ["", "1O", "99"])
def test_a_goal_that_is_none(text: str) -> None:
    with pytest.raises(UnitError) as refused:
        parse_goal(text)
    assert english(str(refused.value).replace(text or "-", "")) == []


def test_the_lists_of_days() -> None:
    plans = [in_greek(plan_of(each)) for each in (exercise_day(CIRCUIT, STRETCH, OWN_PACE, BIRD), YOGA)]
    for plan in plans:
        assert english(*(f"{entry.text} {entry.group} {entry.name}" for entry in entries(plan))) == []
        assert english(*(set_text(plan, index) for index in range(len(plan.sets)))) == []


# ---------------------------------------------------------------------- whole tables, with longer words


def in_brackets(rows: Sequence[Row], width: int) -> list[str]:
    """The Latin words outside brackets, but ids of sessions; each row has room for its texts."""
    assert rows
    assert max(width_of(row) for row in rows) <= width
    bare = outside("\n".join(text_of(row) for row in rows if row))
    return re.findall(r"[A-Za-z]+", re.sub(r"\b(?=[a-f]*[0-9])[0-9a-f]{6,}\b", "", bare))


def test_tables_of_a_language_with_longer_words(trained: Training) -> None:
    with speaking(Bracketing()):
        past = in_greek(trained.past.look_back(26))
        assert in_brackets(history_rows(past, 115), 115) == []
        assert in_brackets(history_rows(past._replace(exercise=past.sets[-1].exercise), 115), 115) == []
        unknown = past._replace(exercise="none", names={"none": "ψ"})
        assert in_brackets(history_rows(unknown, 115), 115) == []
        assert in_brackets(history_rows(Past(TODAY, TODAY), 115), 115) == []
        detail = in_greek(trained.past.session(past.sessions[-1].id))
        for state in SessionState:
            of_some = detail.session._replace(state=state, source="log", done_sets=1, ended=None)
            changed = detail._replace(session=of_some, corrections=1)
            assert in_brackets(session_rows(changed, 200), 200) == []
        assert in_brackets(session_rows(detail, 200), 200) == []
        assert in_brackets(card_rows(90, sources=True), 90) == []


@pytest.mark.parametrize("width", [1, 8, 20, 40, 80, 160])
def test_no_language_is_too_long_for_a_table(trained: Training, width: int) -> None:
    with speaking(Bracketing()):
        past = trained.past.look_back(26)
        assert past is not None
        detail = trained.past.session(past.sessions[-1].id)
        assert detail is not None
        for rows in (history_rows(past, width), session_rows(detail, width)):
            assert max(width_of(row) for row in rows) <= width
