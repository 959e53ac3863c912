"""The settings file: read, and changed without harm to the rest of it."""

from __future__ import annotations

import os
import stat
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backtimer.core.plan.units import Breathing
from backtimer.core.progress.streaks import Goal
from backtimer.core.speech.cues import CUES, SILENT, Sound, Verbosity
from backtimer.storage.files.settings import (
    Settings,
    load_settings,
    save_routine,
    save_setting,
    save_settings,
    setting_of,
)
from backtimer.storage.files.source import ProblemsError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.yaml"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def test_without_a_file_everything_is_as_usual(path: Path) -> None:
    assert load_settings(path) == Settings("gentle-start", time(4, 0), "", None)
    assert not path.parent.exists()


@pytest.mark.parametrize("text", ["", "# routine: x\n", "---\n"])
def test_an_empty_file_leaves_everything_as_usual(text: str, path: Path) -> None:
    write(path, text)
    assert load_settings(path) == Settings()


def test_all_settings(path: Path) -> None:
    write(path, "routine: gentle-start\nrollover: 3:30\ntheme: light\nbreathing: {in: 5s, out: 7s}\n")
    assert load_settings(path) == Settings("gentle-start", time(3, 30), "light", Breathing(5, 7))


@pytest.mark.parametrize("goal", ["3 per week", "3 a week", "3", "'3/week'"])
def test_a_goal_and_what_is_done_with_proposals(goal: str, path: Path) -> None:
    write(path, f"goal: {goal}\nprogression: auto\n")
    settings = load_settings(path)
    assert (settings.goal, settings.progression) == (Goal(3), "auto")


def test_how_it_is_to_sound(path: Path) -> None:
    write(path, "sound: {cues: short, volume: 0, voice: en-gb, rate: 140, breathing: yes}\n")
    assert load_settings(path).sound == Sound(Verbosity.SHORT, 0, voice="en-gb", rate=140, breathing=True)


def test_no_sound_at_all(path: Path) -> None:
    write(path, "sound: {cues: off}\n")
    assert load_settings(path).sound == Sound(None)


@pytest.mark.parametrize(
    ("word", "cues"),
    [("off", None), ("no", None), ("false", None), ("tones", Verbosity.TONES), ("short", Verbosity.SHORT)],
)
def test_one_word_says_how_much_is_heard(path: Path, word: str, cues: Verbosity | None) -> None:
    write(path, f"sound: {word}\n")
    assert load_settings(path).sound == Sound(cues)


def test_the_cues_that_can_be_set_are_those_that_there_are() -> None:
    assert (*Verbosity, SILENT) == CUES


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "sound: {cues: ful}",
            "1:15: 'cues' must be one of full, short, tones, off, not 'ful'; did you mean",
        ),
        ("sound: {volume: 101}", "1:17: 'volume' must be a whole number from 0 to 100, not '101'"),
        ("sound: {rate: -1}", "1:15: 'rate' must be a whole number from 80 to 450, not '-1'"),
        ("sound: of", "1:8: 'sound' must be one of full, short, tones, off, not 'of'; did you mean 'off'?"),
        ("sound: [off]", "1:8: 'sound' must be a mapping (key: value), not a list"),
        ("routine: Lower Back", "1:10: 'Lower Back' cannot be the name of a routine: use small letters"),
        ("routine: ..", "1:10: '..' cannot be the name of a routine"),
        ("routine: [a]", "1:10: 'routine' must be the name of a routine, not a list"),
        ("routine:", "1:9: 'routine' has no value"),
        (f"routine: {'x/' * 501}", "1:10: 'routine' is longer than 1,000 characters"),
        ("rollover: 12:01", "1:11: 'rollover' must be a time of day from 00:00 to 12:00, not '12:01'"),
        ("rollover: 4", "1:11: 'rollover' must be a time of day from 00:00 to 12:00, not '4'"),
        ("rollover: ٤:00", "1:11: 'rollover' must be a time of day"),
        ("theme: drak", "1:8: 'theme' must be one of dark, light, not 'drak'; did you mean 'dark'?"),
        ("breathing: {in: 0s}", "1:17: 'in': a duration here must be more than 0: 0s"),
        ("progression: atuo", "1:14: 'progression' must be one of propose, auto, off, not 'atuo'; did you"),
        ("goal: often", "1:7: a goal is written like 3 per week, not often"),
        ("goal: 22 per week", "1:7: a goal is 1 to 21 sessions per week, not 22"),
        ("goal: [3]", "1:7: 'goal' must be a goal, not a list"),
        ("rotine: x", "1:1: unknown key 'rotine' in the settings; did you mean 'routine'?"),
        ("theme: dark\ntheme: light", "2:1: 'theme' is here twice; first in line 1"),
        ("dark", "1:1: each line is a key, a colon and a value, as in"),
        ("theme: [", "1:8: this is not valid YAML here"),
    ],
)
def test_mistakes_in_the_settings(text: str, told: str, path: Path) -> None:
    write(path, text)
    with pytest.raises(ProblemsError) as caught:
        load_settings(path)
    (problem,) = caught.value.problems
    assert f"{problem.line}:{problem.column}: {problem.message}".startswith(told)


@pytest.mark.parametrize("time_text", ["00:00", "0:00", "04:00", "12:00"])
def test_the_rollover_is_from_midnight_to_noon(time_text: str, path: Path) -> None:
    write(path, f"rollover: {time_text}\n")
    assert load_settings(path).rollover == time.fromisoformat(time_text.zfill(5))


BEFORE_AND_AFTER = [
    ("", "routine: new\n"),
    ("# mine\n", "# mine\nroutine: new\n"),
    ("# mine", "# mine\nroutine: new\n"),
    ("---\n", "---\nroutine: new\n"),
    ("routine: old\n", "routine: new\n"),
    ("routine: old", "routine: new"),
    ("routine:   'old'   # the old one\ntheme: dark", "routine:   new   # the old one\ntheme: dark"),
    ("theme: dark # !\nroutine: old\nrollover: 05:00\n", "theme: dark # !\nroutine: new\nrollover: 05:00\n"),
    ("theme: dark\n", "theme: dark\nroutine: new\n"),
    ("theme: dark", "theme: dark\nroutine: new\n"),
    ("theme: dark\r\n# c\r\n", "theme: dark\r\n# c\r\nroutine: new\r\n"),
    ("routine: old\r\ntheme: dark\r\n", "routine: new\r\ntheme: dark\r\n"),
    ("  theme: dark\n  # c\n", "  theme: dark\n  # c\n  routine: new\n"),
    ("breathing:\n  in: 3s\n  out: 9s\n", "breathing:\n  in: 3s\n  out: 9s\nroutine: new\n"),
    ("{theme: dark}\n", "{routine: new, theme: dark}\n"),
    ("{}\n", "{routine: new}\n"),
    ("{routine: old, theme: dark} # c\n", "{routine: new, theme: dark} # c\n"),
    ("routine: |-\n  old\ntheme: dark\n", "routine: new\ntheme: dark\n"),
    ('routine: "o\\x6cd"\n', "routine: new\n"),
    ("--- # c\ntheme: dark\n...\n", "--- # c\nroutine: new\ntheme: dark\n...\n"),
    ("\ufefftheme: dark\n# é 日本\n", "\ufefftheme: dark\n# é 日本\nroutine: new\n"),
]


@pytest.mark.parametrize(("before", "after"), BEFORE_AND_AFTER)
def test_only_the_routine_is_changed_to_the_byte(before: str, after: str, path: Path) -> None:
    write(path, before)
    save_routine(path, "new")
    assert path.read_bytes().decode() == after
    assert load_settings(path).routine == "new"


CHANGES = [
    ("sound.cues", Verbosity.SHORT, "", "sound: short\n"),
    ("sound.cues", None, "sound: tones # c\n", "sound: off # c\n"),
    ("sound.cues", Verbosity.FULL, "sound:\n  # a\n  cues: off # b\n  volume: 5\n", None),
    ("sound.volume", 40, "sound: tones\n", "sound: {cues: tones, volume: 40}\n"),
    ("sound.volume", 40, "theme: dark # c\n", "theme: dark # c\nsound: {volume: 40}\n"),
    ("sound.voice", "", "sound:\n  voice: x  # mine\n  volume: 5\n", "sound:\n  # mine\n  volume: 5\n"),
    ("sound.voice", "", "# c\nsound:\n  voice: x\ntheme: dark\n", "# c\ntheme: dark\n"),
    ("sound.voice", "", "sound: {voice: x, volume: 5}\n", "sound: {volume: 5}\n"),
    ("sound.voice", "", "sound: {volume: 5, voice: x} # c\n", "sound: {volume: 5} # c\n"),
    ("sound.voice", "a b: c", "sound:\n  volume: 5\n", "sound:\n  volume: 5\n  voice: 'a b: c'\n"),
    ("theme", "", "theme: dark\r\n# c\r\n", "# c\r\n"),
    ("theme", "", "rollover: 05:00\n", "rollover: 05:00\n"),
    ("figure", "still", "{theme: dark}", "{figure: still, theme: dark}"),
]


@pytest.mark.parametrize(("key", "value", "before", "after"), CHANGES)
def test_each_setting_is_changed_to_the_byte(
    key: str, value: object, before: str, after: str | None, path: Path
) -> None:
    write(path, before)
    save_setting(path, key, value)
    text = path.read_bytes().decode()
    assert text == (before.replace("cues: off", "cues: full") if after is None else after)
    assert setting_of(load_settings(path), key) == value


def test_several_settings_are_written_at_once_or_not_at_all(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = {"sound.engine": "espeak-ng", "sound.voice": "en-gb"}
    write(path, "theme: dark # c\n")
    whole: list[bytes] = []
    replace = os.replace

    def counted(old: str, new: str) -> None:
        replace(old, new)
        whole.append(path.read_bytes())

    monkeypatch.setattr(os, "replace", counted)
    save_settings(path, values)
    assert len(whole) == 1 and {key: setting_of(load_settings(path), key) for key in values} == values
    with pytest.raises(ProblemsError, match="without harm"):
        save_settings(path, {"sound.engine": "auto", "sound.voice": "a\nb\x1b"})
    assert path.read_bytes() == whole[0]


def test_the_directory_is_made(path: Path) -> None:
    save_routine(path, "gentle-start")
    assert path.read_text(encoding="utf-8") == "routine: gentle-start\n"
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.yaml"]


@pytest.mark.parametrize(
    "name", ["/home/me/my week.yaml", "C:\\weeks\\a.yaml", "./it's: #1.yaml", "~/é.yaml"]
)
def test_a_path_is_quoted_where_it_must_be(name: str, path: Path) -> None:
    save_routine(path, name)
    assert load_settings(path).routine == name


@pytest.mark.parametrize("name", ["Not A Name", "a/\x1b.yaml", "a/\udcff.yaml", "a/\nb.yaml", ""])
def test_what_could_not_be_read_again_is_not_written(name: str, path: Path) -> None:
    write(path, "theme: dark\n")
    with pytest.raises(ProblemsError) as caught:
        save_routine(path, name)
    assert "without harm to the rest" in str(caught.value)
    assert str(caught.value).isprintable()
    assert path.read_text(encoding="utf-8") == "theme: dark\n"


def test_an_anchor_that_something_else_needs_is_not_lost(path: Path) -> None:
    write(path, "routine: &x dark\ntheme: *x\n")
    with pytest.raises(ProblemsError, match="without harm to the rest"):
        save_routine(path, "new")


@pytest.mark.parametrize("text", ["theme: [", "theme: red\n", "- a\n", "theme: dark\0\n"])
def test_a_file_that_does_not_parse_is_left_alone(text: str, path: Path) -> None:
    write(path, text)
    with pytest.raises(ProblemsError):
        save_routine(path, "new")
    assert path.read_bytes() == text.encode()


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(path, "theme: dark\n")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        save_routine(path, "new")
    assert path.read_text(encoding="utf-8") == "theme: dark\n"
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.yaml"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither")
def test_a_link_stays_a_link_and_the_mode_is_kept(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "dotfiles.yaml"
    write(target, "theme: dark\n")
    target.chmod(0o600)
    path.parent.mkdir()
    path.symlink_to(target)
    save_routine(path, "new")
    assert path.is_symlink()
    assert target.read_text(encoding="utf-8") == "theme: dark\nroutine: new\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_directory_in_its_place_is_a_problem(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(ProblemsError, match="is a directory"):
        load_settings(path)


LINES = st.sampled_from(
    [
        "# c",
        "",
        "theme: dark",
        "rollover: 05:00",
        "routine: old",
        "routine: 'a/b.yaml' # c",
        "breathing: {in: 2s}",
        "---",
    ]
)


@given(lines=st.lists(LINES, max_size=6), ending=st.sampled_from(["\n", "\r\n"]))
def test_whatever_can_be_read_keeps_its_other_settings(
    lines: list[str], ending: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "settings.yaml"
    write(path, ending.join([*lines, ""]))
    try:
        before = load_settings(path)
    except ProblemsError:
        return
    save_routine(path, "new")
    after = load_settings(path)
    assert after == Settings("new", before.rollover, before.theme, before.breathing)
    kept = [line for line in lines if line and not line.startswith("routine")]
    assert [line for line in path.read_bytes().decode().split(ending) if line in kept] == kept
