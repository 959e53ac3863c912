"""The first run: what to begin with, the safety card at hand, and whether the sound is heard."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest

from backtimer.attendants import SoundSample
from backtimer.storage.files.remembered import CHOSEN_ROUTINE
from backtimer.storage.files.settings import load_settings
from backtimer.training import Training
from backtimer.tui.app import BacktimerApp
from backtimer.tui.screens.choosing import FileDialog
from backtimer.tui.screens.first_run import FirstRunScreen, SoundScreen
from backtimer.tui.screens.pages import SafetyScreen
from backtimer.tui.screens.today import TodayScreen
from backtimer.tui.screens.workout import WorkoutScreen
from tests.tui.conftest import press
from tests.tui.frames import check_frame, frame
from tests.tui.past_kit import chosen_in, practice_in

SIZES = [(80, 24), (120, 40), (200, 60), (40, 12)]


@pytest.fixture
def new(home: Path) -> Iterator[Training]:
    """The training of somebody who was never here."""
    practice = practice_in(home)
    yield practice
    practice.close()


def settings_file(practice: Training) -> Path:
    return practice.preferences.paths.settings


class Sample:
    """Plays nothing, and counts."""

    def __init__(self) -> None:
        self.played = 0
        self.closed = False

    def play(self) -> None:
        self.played += 1

    def advice(self) -> tuple[str, ...]:
        return ("The system is muted.",)

    def close(self) -> None:
        self.closed = True


def opens(sample: Sample) -> Callable[[], SoundSample | None]:
    return lambda: cast("SoundSample", sample)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_frames(new: Training, size: tuple[int, int]) -> None:
    app = BacktimerApp(new, sound_sample=opens(Sample()))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        check_frame(app, f"first_run-{size[0]}x{size[1]}")
        assert "see a doctor now" in " ".join(frame(app).replace("▌", " ").split())
        assert all(words in frame(app) for words in ("gentle start", "lower-back week", "file of my own"))
        await press(pilot, "enter", "n")
        check_frame(app, f"first_sound-{size[0]}x{size[1]}")


@pytest.mark.parametrize(
    ("keys", "routine"),
    [(("enter",), "gentle-start"), (("down", "enter"), "lower-back"), (("2",), "lower-back")],
)
async def test_what_is_chosen_is_followed_and_written_down(
    new: Training, keys: tuple[str, ...], routine: str
) -> None:
    app = BacktimerApp(new, muted=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)
        assert isinstance(app.screen, TodayScreen)
        assert new.routine.id == routine
    assert load_settings(settings_file(new)).routine == routine
    assert not new.first_run


async def test_nobody_is_asked_twice(new: Training, home: Path) -> None:
    app = BacktimerApp(new, muted=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
    settings_file(new).unlink()
    again = practice_in(home)
    assert not again.first_run, "even where the settings are gone"
    again.close()


async def test_who_leaves_without_an_answer_is_asked_again(new: Training) -> None:
    app = BacktimerApp(new)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape", "q")
    assert new.first_run


def test_who_has_a_past_or_has_set_a_routine_is_not_asked(trained: Training, home: Path) -> None:
    assert not trained.first_run
    empty = practice_in(home / "other")
    assert empty.first_run
    settings_file(empty).parent.mkdir(exist_ok=True)
    settings_file(empty).write_text("theme: dark\n# routine: mine\n", encoding="utf-8")
    assert empty.first_run
    settings_file(empty).write_text("{theme: dark, 'routine' : mine}\n", encoding="utf-8")
    assert not empty.first_run
    empty.close()


def test_who_has_lost_a_history_was_here_before(home: Path) -> None:
    chosen = chosen_in(home)
    chosen.close()
    (home / CHOSEN_ROUTINE).unlink()
    (home / "history.db").write_bytes(b"no database at all" * 400)
    again = practice_in(home)
    assert again.notices and not again.first_run
    again.close()


async def test_the_card_is_behind_a_key(new: Training) -> None:
    app = BacktimerApp(new)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "s")
        assert isinstance(app.screen, SafetyScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, FirstRunScreen)
        assert not new.safety_untold


async def test_a_click_chooses(new: Training) -> None:
    app = BacktimerApp(new, muted=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click("#choices", offset=(5, 2))
        await pilot.pause()
        assert new.routine.id == "lower-back" and isinstance(app.screen, TodayScreen)


async def test_a_file_of_ones_own(new: Training, tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.yaml", tmp_path / "good [x].yaml"
    bad.write_text("format: 1\ntitel: x\n", encoding="utf-8")
    text = "format: 1\ntitle: My own\ndays: {monday: {exercises: [{exercise: cat-cow, reps: 5}]}}\n"
    good.write_text(text, encoding="utf-8")
    app = BacktimerApp(new, muted=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "3")
        assert isinstance(app.screen, FileDialog)
        await press(pilot, *str(tmp_path / "none.yaml"), "enter")
        assert "none.yaml" in frame(app) and isinstance(app.screen, FileDialog)
        app.screen.query_one("Input").value = str(bad)  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert "bad.yaml:2:1: unknown key 'titel'" in " ".join(frame(app).split()).replace(" │ │ ", "")
        app.screen.query_one("Input").value = str(good)  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert isinstance(app.screen, TodayScreen)
        assert new.routine.title == "My own"
    assert load_settings(settings_file(new)).routine == str(good)


async def test_the_sound_is_played_and_asked_about(new: Training) -> None:
    sample = Sample()
    app = BacktimerApp(new, sound_sample=opens(sample))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        assert isinstance(app.screen, SoundScreen) and sample.played == 1
        await press(pilot, "n")
        assert "The system is muted." in frame(app) and "doctor audio" in frame(app)
        await press(pilot, "a")
        assert sample.played == 2
        await pilot.click("#heard")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen) and sample.closed
    assert load_settings(settings_file(new)).sound is None


async def test_who_leaves_before_the_sound_is_found_leaves_nothing_open(
    new: Training, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample, found = Sample(), asyncio.get_running_loop().create_future()

    def later(
        _loop: object, _executor: object, work: Callable[..., object], *given: object
    ) -> asyncio.Future[object]:
        return found if work is opened else asyncio.ensure_future(_done(work(*given)))

    opened = opens(sample)
    app = BacktimerApp(new, sound_sample=opened)
    async with app.run_test(size=(80, 24)) as pilot:
        monkeypatch.setattr(asyncio.BaseEventLoop, "run_in_executor", later)
        await press(pilot, "enter", "escape")
        assert isinstance(app.screen, TodayScreen)
        found.set_result(sample)
        await pilot.pause()
        assert sample.closed and sample.played == 0


async def _done(result: object) -> object:
    return result


async def test_without_sound(new: Training) -> None:
    app = BacktimerApp(new, sound_sample=opens(Sample()))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "o")
        assert isinstance(app.screen, TodayScreen)
    sound = load_settings(settings_file(new)).sound
    assert sound is not None and sound.cues is None


async def test_a_session_asked_for_by_name_begins_at_once(new: Training) -> None:
    app = BacktimerApp(new, day="monday", start=True, muted=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, WorkoutScreen)


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all"
)
async def test_settings_that_cannot_be_written_hold_all_the_same(new: Training, home: Path) -> None:
    home.chmod(0o500)
    try:
        app = BacktimerApp(new, muted=True)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "2")
            assert new.routine.id == "lower-back"
            assert "cannot be written" in frame(app)
    finally:
        home.chmod(0o700)


def test_a_routine_that_could_not_be_saved_is_asked_for_again(new: Training) -> None:
    settings_file(new).write_text("theme: [\n", encoding="utf-8")
    assert new.preferences.save({"routine": "lower-back"})
    assert new.first_run
    settings_file(new).unlink()
    assert not new.preferences.save({"routine": "lower-back"})
    assert not new.first_run
