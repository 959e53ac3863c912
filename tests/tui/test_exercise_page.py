"""The page of an exercise, and the figure beside words and list."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import count

import pytest

from backtimer.cli.context import library
from backtimer.core.figure.reel import film_of
from backtimer.core.picture.exercise_page import MUSCLES, ExerciseView, exercise_page
from backtimer.core.picture.figure_rows import sides_in_turn
from backtimer.core.picture.page import Page, Slot
from backtimer.core.picture.rows import Look, text_of, width_of
from backtimer.core.plan.prescription import Level, Ranges
from backtimer.core.plan.routine import Exercise, Prescription, Side
from backtimer.core.plan.units import seconds
from backtimer.core.progress.progression import Standing
from backtimer.tui.app import BacktimerApp
from backtimer.tui.screens import figure_player
from backtimer.tui.screens.exercise import ExerciseScreen
from backtimer.tui.screens.figure_player import LOOKED_AT_S, FigurePlayer
from backtimer.tui.screens.today import TodayScreen
from backtimer.tui.widgets.page_view import PageView
from backtimer.tui.widgets.picture import CellRun
from tests.rules import for_each
from tests.tui.conftest import FakePractice, press
from tests.tui.frames import check_frame, frame
from tests.tui.taught import taught_practice
from tests.tui.workout_kit import exercise_day, plan_of

SIZES = [(40, 12), (80, 24), (120, 40), (200, 60)]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The figure does not wait for what may be typed."""
    monkeypatch.setattr(TodayScreen, "_draw_soon", TodayScreen._begin_to_draw)


def gentle() -> FakePractice:
    """The bundled first week, whose exercises have figures."""
    return FakePractice(library().load("gentle-start"))


def bird_dog() -> Exercise:
    return library().exercise("bird-dog")


def words_of(page: Page) -> str:
    return " ".join(" ".join(map(text_of, page.rows)).split())


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_frame_of_the_page(size: tuple[int, int]) -> None:
    app = BacktimerApp(taught_practice())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "down", "enter")
        check_frame(app, f"exercise-{size[0]}x{size[1]}")


@for_each("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_all_of_it_can_be_reached_at_every_size(size: tuple[int, int]) -> None:
    exercise = bird_dog()
    view = ExerciseView(exercise, easier="Leg reach", harder="Plank", level="2 sets, 6 reps.")
    seen, passed = "", 0
    while True:
        page = exercise_page(view, passed, *size)
        assert len(page.rows) == size[1] and all(width_of(row) <= size[0] for row in page.rows)
        seen += " " + words_of(page).replace("│", "")
        if passed >= page.scroll.last:
            break
        passed += 1
    seen = " ".join(seen.split())
    for text in (*exercise.sentences(), "Leg reach", "Plank", "2 sets, 6 reps."):
        assert all(word in seen for word in text.split()), text
    for muscle, does in MUSCLES.items():
        assert (does.split()[-1] in seen) == (muscle in exercise.targets)


async def test_the_others_are_a_key_away_and_the_level_is_told() -> None:
    practice = taught_practice()
    standing = Standing("row", Level(12), Ranges(), 0, None, "1 of 3 good sessions at this level.")
    practice.standings = lambda day: (standing,)  # type: ignore[method-assign]
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "enter", "right")
        assert "Seated row" in frame(app) and "2 of 2" in frame(app)
        assert "12 reps. 1 of 3 good sessions" in frame(app)
        await press(pilot, "right")
        assert "Pelvic tilt" in frame(app).splitlines()[0]
        await press(pilot, "escape")
        assert isinstance(app.screen, TodayScreen)


async def test_the_wheel_reads_on() -> None:
    app = BacktimerApp(gentle(), day="monday")
    async with app.run_test(size=(40, 12)) as pilot:
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, ExerciseScreen) and "more" in frame(app)
        before = frame(app)
        app.screen.query_one(PageView).post_message(PageView.Turned(3))
        await pilot.pause()
        assert frame(app) != before
        await press(pilot, "home")
        assert frame(app) == before


# ---------------------------------------------------------------------- the figure


def dots(app: BacktimerApp) -> str:
    """What is drawn with dots on the screen."""
    return "".join(character for character in frame(app) if "\u2801" <= character <= "\u28ff")


@pytest.mark.parametrize(("size", "drawn"), [((80, 24), True), ((120, 40), True), ((40, 12), False)], ids=str)
async def test_the_figure_stands_where_there_is_room(size: tuple[int, int], drawn: bool) -> None:
    app = BacktimerApp(gentle(), day="monday")
    async with app.run_test(size=size) as pilot:
        await press(pilot, "down", "down", "down")
        assert bool(dots(app)) == drawn


async def test_another_exercise_has_another_figure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    app = BacktimerApp(gentle(), day="monday")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "down", "down")
        one = dots(app)
        await press(pilot, "down")
        assert dots(app) and dots(app) != one
        widths = {strip.cell_length for strip in app.screen._compositor.render_strips()}
        assert widths == {80}


async def test_a_figure_is_painted_where_it_changes_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    app = BacktimerApp(gentle(), day="monday")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "down", "down")
        page = app.screen.query_one(PageView)
        slot = page.page.slot
        assert slot is not None
        now = page._figure
        painted: list[CellRun] = []

        def paint(self: PageView, runs: Sequence[CellRun], lines: Sequence[int]) -> None:
            painted.extend(runs)

        monkeypatch.setattr(PageView, "_paint", paint)
        page.show_figure(now)
        assert painted == [], "nothing has moved"
        page.show_figure((*now[:4], now[5], *now[5:]))
        assert {run.y for run in painted} == {slot.row + 4}
        assert all(
            slot.begin <= run.x < run.x + len(run.text) <= slot.begin + slot.columns for run in painted
        )


async def test_a_figure_moves_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figure_player, "FRAMES_S", 0.001)
    now = count(0, 0.5)
    app = BacktimerApp(gentle(), day="monday")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, TodayScreen)
        monkeypatch.setattr(screen, "_clock", lambda: next(now))
        await press(pilot, "down", "down", "down")
        first = dots(app)
        async with asyncio.timeout(30):
            while dots(app) == first:
                await pilot.pause()


def test_a_figure_goes_round_until_nobody_looks_any_more() -> None:
    player = FigurePlayer(moves=True)
    assert player.rows(0.0) is None
    player.keep_on(0.0)
    player.look_at(bird_dog(), 40, 10, 0.0)
    first, later = player.rows(0.0), player.rows(1.5)
    assert first is not None and later is not None and first != later
    assert all(width_of(row) == 40 for row in first) and len(first) == 10
    player.look_at(bird_dog(), 40, 10, 1.5)
    assert player.rows(LOOKED_AT_S + 1) is None
    player.keep_on(LOOKED_AT_S + 1)
    assert player.rows(LOOKED_AT_S + 1) is not None


def test_what_has_no_room_beside_the_name_is_read_first() -> None:
    mat = bird_dog()._replace(equipment=("mat", "folded towel", "flat pillow"))
    view = ExerciseView(mat, amount="2 × 10 reps each side in turn · hold 3 s", place="1 of 6")
    page = exercise_page(view, 0, 40, 11)
    assert "…" not in words_of(page)
    for words in (view.amount, "mat, folded towel, flat pillow", "on hands and knees · 1 of 6"):
        assert words in words_of(page)
    wide = exercise_page(view, 0, 120, 11)
    assert view.amount in text_of(wide.rows[0]) and words_of(wide).count("folded towel") == 1


@pytest.mark.parametrize(("first", "sides"), [(None, "LR"), (Side.RIGHT, "RL")])
def test_a_figure_does_each_side_in_turn_as_the_session_will(first: Side | None, sides: str) -> None:
    one_knee = library().exercise("knees-to-chest")
    plan = plan_of(exercise_day(Prescription(one_knee.id, hold=seconds(20), first=first)), one_knee)
    player = FigurePlayer(moves=True)
    player.show(plan, one_knee.id, Slot(0, 0, 40, 10), 0.0)
    loop_s = film_of(one_knee, Side.LEFT).loop_s
    seen = [
        {span.look for row in player.rows(turn * loop_s + 0.5) or () for span in row} for turn in range(4)
    ]
    assert ["R" if Look.RIGHT in looks else "L" for looks in seen] == [*sides, *sides]


def test_what_has_no_sides_is_done_once_round() -> None:
    tilt, dog = library().exercise("pelvic-tilt"), bird_dog()
    day = exercise_day(Prescription(tilt.id), Prescription(dog.id))
    plan = plan_of(day, tilt, dog)
    assert sides_in_turn(plan, tilt.id) == (None,)
    assert sides_in_turn(plan, dog.id) == (Side.LEFT, Side.RIGHT)


def test_a_still_figure_shows_where_the_movement_leads() -> None:
    player = FigurePlayer(moves=False)
    player.look_at(bird_dog(), 40, 10, 0.0)
    assert player.rows(0.0) == player.rows(100.0) != FigurePlayer(moves=True).rows(0.0)


def test_a_figure_of_a_later_version_is_none() -> None:
    player = FigurePlayer(moves=True)
    player.look_at(bird_dog()._replace(figure="99 nothing"), 40, 10, 0.0)
    assert player.rows(0.0) is None


@for_each("height", [23, 29, 39, 59])
@for_each("name", ["bird-dog", "squat"])
def test_in_a_wider_window_the_figure_is_not_much_smaller(height: int, name: str) -> None:
    view = ExerciseView(library().exercise(name))
    before = 0
    for width in range(40, 160):
        slot = exercise_page(view, 0, width, height).slot
        rows = 0 if slot is None else slot.rows
        assert rows >= before * 3 // 4, (width, before, rows)
        before = rows
    assert before >= 20 or height < 29


def test_a_note_that_is_one_of_the_things_to_watch_stands_there_once() -> None:
    exercise = bird_dog()
    page = exercise_page(ExerciseView(exercise, note=exercise.watch[0]), 0, 80, 100)
    assert words_of(page).count(exercise.watch[0]) == 1
