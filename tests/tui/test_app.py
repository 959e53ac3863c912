"""From screen to screen, and every way out: what was done is kept."""

from __future__ import annotations

from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot

from backtimer.coach import Coach
from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan
from backtimer.core.session.events import Event, Paused
from backtimer.tui.app import BacktimerApp
from backtimer.tui.screens.dialogs import Dialog, GoOnDialog, LeaveDialog, ResumeDialog
from backtimer.tui.screens.summary import SummaryScreen
from backtimer.tui.screens.today import TodayScreen
from backtimer.tui.screens.workout import WorkoutScreen
from backtimer.tui.widgets.rating import RatingQuestion
from backtimer.tui.widgets.text import ListScroll
from tests.rules import for_each
from tests.tui.conftest import FakePractice, hold, training, unfinished_monday, week_routine
from tests.tui.workout_kit import Clock, Notes


class RealPractice(FakePractice):
    """Leads with the real coach, by a clock that stands still."""

    def __init__(self) -> None:
        super().__init__(week_routine(thursday=training("Short", hold("child", 20, 3))))
        self.notes = Notes()

    def begin(self, plan: Plan) -> Coach:
        return Coach(plan, Clock(), self.notes)


@pytest.fixture
def real() -> RealPractice:
    """A Thursday of three holds."""
    return RealPractice()


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, and let everything settle."""
    await pilot.press(*keys)
    await pilot.pause()
    await pilot.pause()


async def test_from_today_through_the_workout_to_the_summary_and_back(real: RealPractice) -> None:
    app = BacktimerApp(real)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        assert isinstance(app.screen, WorkoutScreen)
        await press(pilot, "f", "f")
        assert isinstance(app.screen, SummaryScreen)
        assert real.notes.told == ["start", "end"]
        await press(pilot, "enter", "enter", "enter")
        assert isinstance(app.screen, TodayScreen)
        await press(pilot, "q")
    assert app.return_code == 0


async def test_leaving_for_later_comes_back_to_today(real: RealPractice) -> None:
    app = BacktimerApp(real)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        await press(pilot, "q")
        assert isinstance(app.screen, LeaveDialog)
        await press(pilot, "l")
        assert isinstance(app.screen, TodayScreen)
        assert real.notes.told == ["start", "leave"]
        await press(pilot, "enter", "a")
        assert isinstance(app.screen, WorkoutScreen)


@pytest.mark.parametrize(
    "keys",
    [
        ("enter",) * 12,
        ("escape",) * 3 + ("enter",) * 6,
        ("7", "3") + ("enter", "escape") * 5,
        ("space", "enter") * 5,
    ],
    ids=str,
)
@pytest.mark.parametrize("left", [False, True])
@pytest.mark.parametrize("leave", [("f", "f"), ("q", "l")], ids=str)
async def test_however_often_the_summary_is_closed_no_session_starts(
    real: RealPractice, keys: tuple[str, ...], leave: tuple[str, ...], left: bool
) -> None:
    app = BacktimerApp(real)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", *leave)
        real.ended = unfinished_monday() if left else None
        real.waiting = unfinished_monday() if left and leave == ("q", "l") else None
        for key in keys:
            await press(pilot, key)
        assert not any(isinstance(screen, WorkoutScreen) for screen in app.screen_stack)
        assert real.notes.told in (["start", "end"], ["start", "leave"]) and not real.told


@pytest.mark.parametrize(("keys", "code"), [("ctrl+c", 130), ("ctrl+q", 0)])
@pytest.mark.parametrize("before", [(), ("q",), ("question_mark",)], ids=str)
async def test_keys_that_leave_at_once_keep_what_was_done(
    real: RealPractice, keys: str, code: int, before: tuple[str, ...]
) -> None:
    app = BacktimerApp(real)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", *before)
        await pilot.press(keys)
    assert real.notes.told == ["start", "leave"]
    assert app.return_code == code


@pytest.mark.parametrize(("key", "code"), [("q", 0), ("ctrl+q", 0), ("ctrl+c", 130)])
async def test_leaving_from_today(practice: FakePractice, key: str, code: int) -> None:
    app = BacktimerApp(practice)
    async with app.run_test() as pilot:
        await pilot.press(key)
    assert app.return_code == code
    assert practice.told == []


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
async def test_leaving_from_the_summary_changes_nothing(real: RealPractice, key: str) -> None:
    app = BacktimerApp(real)
    async with app.run_test() as pilot:
        await press(pilot, "enter")
        await press(pilot, "f", "f")
        await pilot.press(key)
    assert real.notes.told == ["start", "end"]


async def test_asked_from_outside_it_leaves(real: RealPractice) -> None:
    app = BacktimerApp(real)
    async with app.run_test() as pilot:
        await press(pilot, "enter")
        app.leave_from_outside()
        await pilot.pause()
    assert real.notes.told == ["start", "leave"]
    assert not app.is_running
    app.leave_from_outside()


async def test_asked_from_outside_before_it_runs_it_does_nothing(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    app.leave_from_outside()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.is_running and isinstance(app.screen, TodayScreen)
        assert practice.told == []


async def test_stopping_safely_is_an_action(real: RealPractice) -> None:
    app = BacktimerApp(real)
    async with app.run_test() as pilot:
        await press(pilot, "enter")
        await app.run_action("stop_safely")
    assert real.notes.told == ["start", "leave"]


async def test_after_an_exception_what_was_done_is_kept(
    real: RealPractice, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = BacktimerApp(real)

    def fail(_: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        async with app.run_test() as pilot:
            await press(pilot, "enter")
            monkeypatch.setattr(WorkoutScreen, "action_pause", fail)
            await press(pilot, "space")
    assert real.notes.told == ["start", "leave"]
    assert app.return_code == 1


async def test_a_failing_goodbye_does_not_hide_what_went_wrong(
    real: RealPractice, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = BacktimerApp(real)

    def fail(_: object) -> None:
        raise ZeroDivisionError

    def fail_too(_: object) -> None:
        raise OSError

    with pytest.raises(ZeroDivisionError):
        async with app.run_test() as pilot:
            await press(pilot, "enter")
            monkeypatch.setattr(Coach, "leave", fail_too)
            monkeypatch.setattr(WorkoutScreen, "action_pause", fail)
            await press(pilot, "space")


async def test_started_by_name_it_begins_at_once_and_ends_with_the_summary(real: RealPractice) -> None:
    app = BacktimerApp(real, day="thursday", start=True)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, WorkoutScreen)
        await press(pilot, "f", "f")
        assert isinstance(app.screen, SummaryScreen)
        await press(pilot, "enter", "enter", "enter")
    assert app.return_code == 0


async def test_started_by_name_leaving_ends_it(real: RealPractice) -> None:
    app = BacktimerApp(real, day="thursday", start=True)
    async with app.run_test() as pilot:
        await press(pilot, "q")
        await press(pilot, "l")
    assert real.notes.told == ["start", "leave"]
    assert app.return_code == 0


async def test_a_plan_of_another_routine_can_be_started(real: RealPractice) -> None:
    plan = compile_day(week_routine(tuesday=training("Other", hold("child", 20))), "tuesday")
    app = BacktimerApp(real, plan=plan)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "f", "f")
        assert isinstance(app.screen, SummaryScreen)
        assert "Other" in str(app.screen.query_one("#overview").render())


def test_mute_is_handed_on(practice: FakePractice) -> None:
    assert BacktimerApp(practice, muted=True).muted
    assert not BacktimerApp(practice).muted


async def test_ctrl_z_suspends(practice: FakePractice, monkeypatch: pytest.MonkeyPatch) -> None:
    suspended: list[bool] = []
    monkeypatch.setattr(BacktimerApp, "action_suspend_process", lambda _: suspended.append(True))
    app = BacktimerApp(practice)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+z")
        assert suspended == [True]


async def test_ctrl_z_tells_of_the_pause_before_anything_stops(
    real: RealPractice, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Event] = []
    stopped: list[bool] = []
    drain = Coach.drain

    def listen(coach: Coach) -> tuple[Event, ...]:
        events = drain(coach)
        told.extend(events)
        return events

    monkeypatch.setattr(Coach, "drain", listen)
    monkeypatch.setattr(
        App, "action_suspend_process", lambda _: stopped.append(any(isinstance(e, Paused) for e in told))
    )
    async with BacktimerApp(real).run_test() as pilot:
        await press(pilot, "enter")
        await pilot.press("ctrl+z")
        assert stopped == [True]


async def test_coming_back_from_the_shell_paints_everything(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        painted: list[Any] = []
        display = app._display

        def watch(screen: Any, renderable: Any) -> None:
            painted.append(renderable)
            display(screen, renderable)

        app._display = watch  # type: ignore[method-assign]
        app.app_resume_signal.publish(app)
        await pilot.pause()
        assert any(getattr(part, "region", None) == app.screen.region for part in painted)


HOLDERS = [
    BacktimerApp,
    TodayScreen,
    SummaryScreen,
    Dialog,
    GoOnDialog,
    LeaveDialog,
    ResumeDialog,
    RatingQuestion,
    ListScroll,
]


@for_each("holder", HOLDERS, ids=lambda holder: holder.__name__)
def test_every_binding_says_what_it_does(holder: Any) -> None:
    bindings = vars(holder)["BINDINGS"]
    assert bindings
    for binding in bindings:
        assert binding.id
        assert binding.description
        assert binding.tooltip


def test_no_two_bindings_share_an_id() -> None:
    ids = [binding.id for holder in HOLDERS for binding in vars(holder)["BINDINGS"]]
    assert len(ids) == len(set(ids))
