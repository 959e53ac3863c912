"""One past session on the screen, and putting right what is wrong in it."""

from __future__ import annotations

from datetime import date

import pytest
from textual import events

from backtimer.core.session.events import Outcome
from backtimer.storage.history.corrections import Changes, SetChange
from backtimer.training import Training
from backtimer.tui.app import BacktimerApp
from backtimer.tui.screens.history import HistoryScreen
from backtimer.tui.screens.past_session import PastSessionScreen
from tests.tui.conftest import footer, press
from tests.tui.frames import check_frame, frame
from tests.tui.past_kit import NOW, session_on

pytestmark = pytest.mark.usefixtures("still_workout")


async def test_ratings_and_sets_are_put_right_and_taken_back(trained: Training) -> None:
    day = date(2026, 11, 24)
    before = session_on(trained, day)
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, "h", "up", "up", "enter")
        assert isinstance(app.screen, PastSessionScreen)
        await press(pilot, "x")
        assert session_on(trained, day).effort == 10
        await press(pilot, "down", "down", "backspace")
        assert session_on(trained, day).pain is None
        await press(pilot, "down", "down", "s")
        assert session_on(trained, day).sets[0].outcome is Outcome.SKIPPED
        await press(pilot, "u", "u")
        assert session_on(trained, day).sets[0].outcome is before.sets[0].outcome
        assert session_on(trained, day).pain == before.pain
        assert session_on(trained, day).effort == 10
        await press(pilot, "escape", "u")
        assert session_on(trained, day) == before


async def test_reps_of_a_set(trained: Training) -> None:
    day = date(2026, 11, 23)
    reps = session_on(trained, day).sets[0].reps
    assert reps is not None
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, "h", "up", "up", "up", "enter", *["down"] * 4, "minus", "minus", "plus")
        assert session_on(trained, day).sets[0].reps == reps - 1


async def test_only_what_fits_the_line_is_offered(trained: Training) -> None:
    day = date(2026, 11, 23)
    before = session_on(trained, day)
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(100, 40)) as pilot:
        await press(pilot, "h", "up", "up", "up", "enter")
        assert "Undo" not in footer(app)
        await press(pilot, "d", "plus")  # they are for sets
        assert session_on(trained, day) == before
        await press(pilot, *["down"] * 4, "5", "d")
        assert session_on(trained, day) == before


async def test_a_session_is_deleted_and_comes_back(trained: Training) -> None:
    day = date(2026, 11, 24)
    before = session_on(trained, day)
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 30)) as pilot:
        await press(pilot, "h", "up", "up", "enter", "delete")
        assert isinstance(app.screen, HistoryScreen)
        assert all(session.local_date != day for session in trained.history.sessions())
        assert "Tuesday 24 November 2026  not done" in frame(app)
        await press(pilot, "u")
        assert session_on(trained, day) == before


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_frame_at_every_size(trained: Training, size: tuple[int, int]) -> None:
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "h", "p", "enter", *["down"] * 5)
        check_frame(app, f"past_session-{size[0]}x{size[1]}")


def lines_of(app: BacktimerApp, *needles: str) -> list[str]:
    return [line for line in frame(app).splitlines() if all(needle in line for needle in needles)]


async def test_the_keys_of_the_marked_line_are_told(trained: Training) -> None:
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, "h", "p", "p", "enter")
        assert lines_of(app, "1-9", "x for 10", "⌫ no answer")
        await press(pilot, "down")
        assert lines_of(app, "0-9", "x for 10", "⌫ no answer")
        await press(pilot, *["down"] * 3)
        assert lines_of(app, "d done", "p partly", "s skipped", "h it hurt", "+ - reps")


async def test_the_time_of_a_set_that_has_no_reps(trained: Training) -> None:
    day = date(2026, 11, 24)
    held = next(place for place, one in enumerate(session_on(trained, day).sets) if one.reps is None)
    before = session_on(trained, day).sets[held].seconds
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 60)) as pilot:
        await press(pilot, "h", "p", "enter", *["down"] * (4 + held), "plus", "plus", "minus")
        assert session_on(trained, day).sets[held].seconds == round(before) + 5
        assert lines_of(app, "d done", "+ - seconds")


async def test_a_click_marks_a_line(trained: Training) -> None:
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 30)) as pilot:
        await press(pilot, "h", "p", "p", "enter")
        for row, words in ((2, "Pain after"), (5, "▸ ✓"), (0, "Effort")):
            await pilot.click("#lines", offset=(6, row))
            await pilot.pause()
            assert lines_of(app, "▸", words)
        await pilot.click("#lines", offset=(6, 4))
        await pilot.click("#head", offset=(6, 0))
        await pilot.pause()
        assert lines_of(app, "▸", "Effort"), "there is no line"


async def test_the_keys_are_those_of_the_summary(trained: Training) -> None:
    day = date(2026, 11, 24)
    before = session_on(trained, day)
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, "h", "p", "enter", "0")
        assert session_on(trained, day).effort == before.effort, "there is no effort of nought"
        await press(pilot, "down", "x", "down", "0")
        assert (session_on(trained, day).pain_before, session_on(trained, day).pain) == (10, 0)
        await press(pilot, "minus")
        assert session_on(trained, day).pain == 6, "the minus sign is the six of a French keyboard"
        await press(pilot, "backspace")
        assert session_on(trained, day).pain is None
        await press(pilot, "down", "down", "backspace")
        assert session_on(trained, day).sets == before.sets, "on a set it means nothing"


@pytest.mark.parametrize(("later_s", "pain"), [(0.5, 10), (1.5, 0)])
async def test_one_and_nought_are_one_change(trained: Training, later_s: float, pain: int) -> None:
    day = date(2026, 11, 24)
    before = session_on(trained, day)
    now = [0.0]
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 40)) as pilot:
        await app.push_screen(PastSessionScreen(trained.past, before.id, clock=lambda: now[0]))
        await pilot.pause()  # what is typed before it is seen is not meant for it
        await press(pilot, "down", "down", "1")
        assert session_on(trained, day).pain == 1
        now[0] += later_s
        await press(pilot, "0")
        assert session_on(trained, day).pain == pain
        await press(pilot, "u")
        assert session_on(trained, day).pain == (before.pain if pain == 10 else 1)


async def test_deleted_comes_back_from_every_screen(trained: Training) -> None:
    day = date(2026, 11, 24)
    before = session_on(trained, day)

    def is_there() -> bool:
        return any(session == before for session in trained.history.sessions())

    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 30)) as pilot:
        # On the history, where it was said first.
        await press(pilot, "h", "p", "enter", "delete")
        assert "Deleted. u brings it back." in frame(app) and not is_there()
        await press(pilot, "u")
        assert is_there() and "brings it back" not in frame(app)
        # On today's screen, and after going back and forth.
        await press(pilot, "enter", "delete", "escape")
        assert "Deleted. u brings it back." in frame(app) and "u Undo" in footer(app)
        await press(pilot, "h", "escape", "u")
        assert is_there() and "is back" in frame(app)
        # On another session, and on the history when it is opened anew.
        await press(pilot, "h", "p", "enter", "delete", "p", "enter")
        assert isinstance(app.screen, PastSessionScreen)
        assert "Deleted. u brings it back." in frame(app)
        await press(pilot, "u")
        assert is_there() and "is back" in frame(app)
        await press(pilot, "escape")
        assert trained.past.session(before.id) is not None
        # Two of them come back one after the other.
        await press(pilot, "n", "enter", "delete", "p", "enter", "delete", "escape", "h")
        assert "Deleted. u brings it back." in frame(app)
        await press(pilot, "u")
        assert "Deleted. u brings it back." not in frame(app) or not is_there()
        await press(pilot, "u")
        assert is_there()


async def test_a_skipped_set_that_was_done_has_the_reps_that_were_planned(trained: Training) -> None:
    day = date(2026, 11, 23)
    before = session_on(trained, day)
    skipped = Changes(sets={0: SetChange(Outcome.SKIPPED, 0)})
    trained.history.corrections.edit_session(before.id, skipped, NOW)
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, "h", "p", "p", "enter", *["down"] * 4, "d")
        done = session_on(trained, day)
        assert (done.sets[0].outcome, done.sets[0].reps) == (Outcome.DONE, 10)
        assert done.done_sets == before.done_sets
        await press(pilot, "u")
        assert (session_on(trained, day).sets[0].outcome, session_on(trained, day).sets[0].reps) == (
            Outcome.SKIPPED,
            0,
        )


async def test_more_reps_than_planned_stay(trained: Training) -> None:
    day = date(2026, 11, 23)
    reps = session_on(trained, day).sets[0].reps
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, "h", "p", "p", "enter", *["down"] * 4, "s", "d")
        assert session_on(trained, day).sets[0].reps == reps


async def test_sets_that_were_not_reached_and_the_note_are_told(trained: Training) -> None:
    cut_short = session_on(trained, date(2026, 11, 20))
    trained.history.corrections.edit_session(
        cut_short.id,
        Changes(note="[@click=app.quit]A note[/]\x1b[2J " + "of many words " * 20 + "its end."),
        NOW,
    )
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, "h", "p", "p", "p", "enter", *["down"] * 40)
        assert lines_of(app, "sets not reached") and lines_of(app, "its end.")
        await press(pilot, "pageup")
        assert "\x1b" not in frame(app)


async def test_what_tells_sets_apart_is_never_cut(trained: Training) -> None:
    for size in ((24, 12), (30, 12), (40, 12)):
        app = BacktimerApp(trained, ask=False)
        async with app.run_test(size=size) as pilot:
            await press(pilot, "h", "p", "enter", *["down"] * 5)
            assert lines_of(app, ", left 1") and lines_of(app, ", right 1"), size


async def test_the_marked_line_stays_in_sight_when_the_terminal_changes(trained: Training) -> None:
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, "h", "p", "enter", *["down"] * 18)
        for size in ((40, 12), (120, 40), (30, 9), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            await pilot.pause()
            assert len(lines_of(app, "▸")) == 1, size
        await press(pilot, "s")
        assert lines_of(app, "▸ –")


async def test_undo_is_offered_where_the_change_was_made(trained: Training) -> None:
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(100, 40)) as pilot:
        await press(pilot, "h", "p", "enter", "1")
        assert "u Undo" in footer(app)
        await press(pilot, "escape", "p", "enter")
        assert "u Undo" not in footer(app)
        await press(pilot, "u")
        assert session_on(trained, date(2026, 11, 24)).effort == 1
        await press(pilot, "escape", "u")
        assert session_on(trained, date(2026, 11, 24)).effort == 3
        assert "Tuesday 24 November 2026" in frame(app), "the day it was about"


async def test_a_burst_of_keys_changes_what_was_marked(trained: Training) -> None:
    day = date(2026, 11, 24)
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "h", "p", "enter")
        for key in ("4", "down", "5", "down", "6", "down", "7", "down", "h", "u", "p"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        for _ in range(4):
            await pilot.pause()
        found = session_on(trained, day)
        assert (found.effort, found.pain_before, found.pain, found.pain_next) == (4, 5, 6, 7)
        assert found.sets[0].outcome is Outcome.PARTIAL


async def test_a_session_that_was_deleted_elsewhere_says_so(trained: Training) -> None:
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "h", "p", "enter")
        gone = session_on(trained, date(2026, 11, 24)).id
        trained.history.corrections.delete_session(gone, NOW)
        await press(pilot, "4")
        assert lines_of(app, "There is no such session.")
        await press(pilot, "5", "down", "d", "delete", "u", "escape")
        assert isinstance(app.screen, HistoryScreen)
