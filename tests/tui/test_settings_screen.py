"""Settings that are changed on the screen and from the palette: they hold at once, and are written down."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from textual.command import CommandPalette
from textual.widgets import Input

from backtimer.audio.finding import find_engines
from backtimer.core.plan.plan import Plan
from backtimer.core.session.events import Event, SetRecord
from backtimer.core.speech.cues import Sound, Verbosity
from backtimer.language import ENGLISH, speaking
from backtimer.preferences import Preferences
from backtimer.storage.files.paths import Paths
from backtimer.storage.files.settings import Settings, load_settings
from backtimer.training import Training
from backtimer.tui import choices
from backtimer.tui.app import BacktimerApp
from backtimer.tui.choices import SETTINGS_TABLE, chosen_among, settings_of
from backtimer.tui.screens.choosing import ChoiceDialog, FileDialog, RoutineDialog
from backtimer.tui.screens.settings import SettingsScreen
from backtimer.tui.screens.today import TodayScreen
from backtimer.tui.screens.workout import WorkoutScreen
from tests.translation.catalogs import write_translation
from tests.tui.conftest import press
from tests.tui.frames import check_frame, frame
from tests.tui.past_kit import chosen_in

SIZES = [(80, 24), (120, 40), (200, 60), (40, 12)]


@pytest.fixture
def practice(home: Path) -> Iterator[Training]:
    found = chosen_in(home)
    (home / "settings.yaml").write_text("# mine\nsound:\n  volume: 60  # soft\n", encoding="utf-8")
    found.preferences.settings = load_settings(home / "settings.yaml")
    yield found
    found.close()


def written(practice: Training) -> str:
    return practice.preferences.paths.settings.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_frames(practice: Training, size: tuple[int, int]) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "comma", "down")
        check_frame(app, f"settings-{size[0]}x{size[1]}")
        await press(pilot, "up", "enter")
        assert isinstance(app.screen, RoutineDialog)
        check_frame(app, f"routines-{size[0]}x{size[1]}")


async def test_what_is_asked_stays_in_sight_down_to_the_last_routine(practice: Training) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "comma", "enter", "end")
        shown = frame(app)
    assert "Which routine?" in shown
    assert "A file of my own" in shown


async def test_a_change_holds_is_written_and_told(practice: Training) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "comma", "down", "right", "right")
        assert app.theme == "backtimer-light"
        assert "Theme: Light. Saved." in frame(app)
        await press(pilot, "right")
        assert app.theme == "backtimer-light", "the last one is the last one"
        await press(pilot, "down", "right", "right", "right")
        assert "Sound: Off. Saved." in frame(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, TodayScreen)
    assert written(practice) == "# mine\nsound:\n  cues: off\n  volume: 60  # soft\ntheme: light\n"
    assert practice.preferences.settings.theme == "light"


async def test_enter_shows_all_there_is_and_a_click_takes_one(practice: Training) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "comma")
        await pilot.click("#lines", offset=(3, 2))
        await pilot.pause()
        assert isinstance(app.screen, ChoiceDialog)
        assert "No words at all." in frame(app)
        await pilot.click("#choices", offset=(3, 4))
        await pilot.pause()
        assert isinstance(app.screen, SettingsScreen)
        assert "Sound: Tones only. Saved." in frame(app)
    assert "cues: tones" in written(practice)


async def test_another_routine_is_followed_at_once(practice: Training) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "comma", "enter", "home", "enter")
        assert practice.routine.id == "gentle-start"
        await press(pilot, "escape")
        assert "Gentle start" in frame(app)
    assert "routine: gentle-start" in written(practice)
    assert practice.history.schedules()[-1].routine == "gentle-start"


async def test_a_key_of_today_has_circuits_done_set_after_set_and_in_rounds_again(practice: Training) -> None:
    monday = practice.plan("monday").sets
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        while "Strength circuit" not in frame(app):
            await press(pilot, "left")
        assert "3 rounds" in frame(app)
        await press(pilot, "c")
        assert "All sets of an exercise, then the next one." in frame(app)
        assert "3 rounds" not in frame(app)
        assert isinstance(app.screen, TodayScreen) and app.screen._plan is not None
        assert [spec.exercise for spec in app.screen._plan.sets[:3]] == ["pelvic-tilt"] * 3
        await press(pilot, "c")
        assert "3 rounds" in frame(app)
        await press(pilot, "c", "right")
        await press(pilot, "c")
        assert practice.preferences.settings.straight, "that day has no circuit: nothing is to be chosen"
    assert "circuits: straight" in written(practice)
    assert len(practice.plan("monday").sets) == len(monday)
    assert practice.plan("monday").sets != monday


async def test_what_is_set_to_something_of_ones_own_is_shown(practice: Training) -> None:
    practice.preferences.settings = Settings(sound=Sound(volume=73, voice="odd [/]"))
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "comma")
        assert "73" in frame(app) and "odd [/]" in frame(app)


async def test_the_theme_key_is_kept(practice: Training) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "t")
        assert app.theme == "backtimer-light"
    assert "theme: light" in written(practice)


async def test_the_palette_has_the_same_table(practice: Training) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p")
        assert "What would you like to change?" in frame(app)
        await press(pilot, *"ones on")
        assert isinstance(app.screen, CommandPalette)
        for _ in range(50):
            if "Sound: Tones only" in frame(app):
                break
            await pilot.pause(0.05)
        assert "Sound: Tones only" in frame(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, TodayScreen)
    assert "cues: tones" in written(practice)


class Ears:
    """Attends a session, and remembers how it is to sound."""

    audible = True
    problem = ""

    def __init__(self) -> None:
        self.changes: list[Mapping[str, Any]] = []

    def attend(self, events: Sequence[Event]) -> None: ...

    def expect(self, events: Sequence[Event]) -> None: ...

    def is_ready_for(self, events: Sequence[Event]) -> bool:
        return True

    def dismiss(self) -> None: ...

    def close(self, *, patiently: bool = False) -> None: ...

    def tune(self, changes: Mapping[str, Any]) -> None:
        self.changes.append(changes)


def test_in_a_session_what_may_change_there_changes_its_sound(practice: Training) -> None:
    ears = Ears()

    def attend(_plan: Plan, _records: Sequence[SetRecord], _silent: bool) -> Sequence[Ears]:
        return (ears,)

    practice._attend = attend
    assert not practice.tunable
    practice.begin(practice.plan("monday"))
    assert practice.tunable
    assert practice.change({"sound.cues": None}) == ""
    assert practice.change({"sound.engine": "espeak-ng", "sound.voice": "en-gb"}) == ""
    assert practice.change({"theme": "light"}) == ""
    assert ears.changes == [{"cues": None}, {"engine": "espeak-ng", "voice": "en-gb"}], "and nothing else"
    names = [setting.id for setting in settings_of(practice.preferences, in_session=True)]
    assert names == ["theme", "sound", "voice", "volume"]


async def test_in_a_session_there_is_no_settings_key(practice: Training) -> None:
    app = BacktimerApp(practice, day="monday", start=True, muted=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "comma")
        assert isinstance(app.screen, WorkoutScreen)


async def test_voices_are_looked_for_once_and_never_on_the_loop(
    practice: Training, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    find, waiting = find_engines, asyncio.get_running_loop().create_future()

    def noted(*arguments: Any) -> Any:
        looked.append("looked")
        return find(*arguments)

    def later(_loop: object, _executor: object, work: Callable[[], Any]) -> asyncio.Future[Any]:
        return asyncio.ensure_future(afterwards(work))

    async def afterwards(work: Callable[[], Any]) -> Any:
        await waiting
        return work()

    monkeypatch.setattr(choices, "find_engines", noted)
    app = BacktimerApp(practice, muted=True)
    async with app.run_test(size=(80, 24)) as pilot:
        monkeypatch.setattr(asyncio.BaseEventLoop, "run_in_executor", later)
        await press(pilot, "comma", "down", "down", "down", "right", "enter")
        assert not looked and isinstance(app.screen, SettingsScreen) and "Voice" in frame(app)
        waiting.set_result(None)
        await press(pilot, "up", "down", "up", "down")
        assert looked == ["looked"] and "The best there is" in frame(app)


def test_every_value_of_the_table_can_be_had_written_and_read(home: Path) -> None:
    """Each is found again as what holds, by a program that starts anew."""
    paths = Paths(home, home, home / "cache")
    preferences = Preferences(paths, Settings())
    seen = 0
    for setting in SETTINGS_TABLE:
        for value in setting.choices(preferences):
            preferences.hold(value.values)
            assert preferences.save(value.values) == "", (setting.id, value)
            again = Preferences(paths, load_settings(paths.settings))
            assert chosen_among(setting.choices(again), again) == value
            seen += 1
    assert seen > 20
    assert preferences.settings == load_settings(paths.settings)._replace(sound=preferences.settings.sound)


def test_a_routine_that_is_not_there_is_told_and_nothing_changes(practice: Training) -> None:
    before = practice.routine
    assert "There is no routine 'gone'" in practice.change({"routine": "gone"})
    assert practice.routine is before


def test_a_file_that_must_not_be_touched_is_told(practice: Training) -> None:
    practice.preferences.paths.settings.write_text("theme: red\n", encoding="utf-8")
    assert "'theme' must be one of" in practice.preferences.save({"figure": "still"})
    assert written(practice) == "theme: red\n"


def test_verbosity_wins_over_what_the_run_was_asked_for(practice: Training) -> None:
    practice.change({"sound.cues": Verbosity.TONES})
    assert "sound.cues" in practice.preferences.changed


async def test_another_language_is_spoken_at_once(practice: Training, home: Path) -> None:
    write_translation(home / "locales", "nl", {"Settings": "Instellingen", "Language": "Taal"})
    app = BacktimerApp(practice)
    with speaking(ENGLISH):
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "comma", "end")
            assert "Language" in frame(app)
            await press(pilot, "right", "right")
            for _ in range(20):
                await pilot.pause()
            assert "Instellingen" in frame(app) and "Taal" in frame(app)
            await press(pilot, "end", "left")
            for _ in range(20):
                await pilot.pause()
            assert "Settings" in frame(app)
            await press(pilot, "escape")
            assert isinstance(app.screen, TodayScreen)
    assert "language: en" in written(practice)


async def test_without_colours_the_marked_line_is_reversed(
    practice: Training, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "comma", "down")
        strips = app.screen._compositor.render_strips()
        reversed_rows = [
            strip.text
            for strip in strips
            if any(each.style and each.style.reverse for each in strip if each.text.strip())
        ]
        assert len(reversed_rows) == 1 and "Theme" in reversed_rows[0]


async def test_from_today_a_key_chooses_another_routine(practice: Training) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "r")
        assert isinstance(app.screen, RoutineDialog)
        await press(pilot, "home", "enter")
        assert isinstance(app.screen, TodayScreen)
        assert practice.routine.id == "gentle-start"
        assert [each.message for each in app._notifications] == ["From now on: Gentle start."]
    assert "routine: gentle-start" in written(practice)


async def test_a_file_of_ones_own_is_asked_for_and_followed(practice: Training, tmp_path: Path) -> None:
    own = tmp_path / "mine.yaml"
    own.write_text("format: 1\ntitle: Mine\ndays: {monday: {exercises: [cat-cow]}}\n", encoding="utf-8")
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "r", "end", "enter")
        assert isinstance(app.screen, FileDialog)
        app.screen.query_one(Input).value = str(own)
        await press(pilot, "enter")
        assert isinstance(app.screen, TodayScreen)
        assert practice.routine.title == "Mine"
    assert str(own) in written(practice)


async def test_a_language_that_nobody_has_translated_is_neither_set_nor_written(practice: Training) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)):
        assert "no translation" in app._hold({"language": "tlh"})
        assert practice.preferences.settings.language != "tlh"
        await app.workers.wait_for_complete()
    assert not practice.preferences.paths.settings.exists() or "tlh" not in written(practice)


async def test_no_choice_is_broken_apart(practice: Training) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(40, 12)) as pilot:
        await press(pilot, "comma")
        for _row in range(8):
            await press(pilot, "down")
            found = frame(app).splitlines()
            assert not [line for line in found if line.rstrip().endswith(("○", "●"))]
            assert not [line for line in found if "○" in line and line.lstrip()[0] not in "○●"], "a beginning"
