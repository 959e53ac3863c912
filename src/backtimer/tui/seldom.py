"""What is opened once in a while, loaded when the first of it is asked for: help, settings, the first run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from backtimer.tui.palette import CommandPalette, SettingCommands
from backtimer.tui.screens.choosing import RoutineDialog
from backtimer.tui.screens.exchanging import ExchangeDialog
from backtimer.tui.screens.exercise import ExerciseScreen
from backtimer.tui.screens.first_run import FirstRunScreen, SoundScreen
from backtimer.tui.screens.history import HistoryScreen
from backtimer.tui.screens.log import LogDialog
from backtimer.tui.screens.pages import SafetyScreen, help_of
from backtimer.tui.screens.settings import SettingsScreen

SELDOM: Mapping[str, Callable[..., Any]] = {
    "commands": SettingCommands,
    "exchange": ExchangeDialog,
    "exercise": ExerciseScreen,
    "first run": FirstRunScreen,
    "help": help_of,
    "history": HistoryScreen,
    "log": LogDialog,
    "palette": CommandPalette,
    "routine": RoutineDialog,
    "safety": SafetyScreen,
    "settings": SettingsScreen,
    "sound": SoundScreen,
}
