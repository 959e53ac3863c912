"""From records to the times that hold where nothing else is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backtimer.core.speech.cues import SILENT
from backtimer.storage.files.records import Record

if TYPE_CHECKING:
    from backtimer.core.plan.routine import Defaults
    from backtimer.core.plan.units import Breathing
    from backtimer.core.speech.cues import Sound

# Late imports: settings are read at every start, and mostly say nothing of all this.


def read_breathing(record: Record | None) -> Breathing:
    """The pace of breathing of a record; what it does not say is as usual."""
    from backtimer.core.plan.units import Breathing  # noqa: PLC0415

    values = {} if record is None else record.values
    return Breathing(**{f"{key}_s": value for key, value in values.items()})


def read_defaults(record: Record | None) -> Defaults:
    """The times of a record; what it does not say is as usual."""
    from backtimer.core.plan.routine import Defaults  # noqa: PLC0415

    values = {} if record is None else dict(record.values)
    if "breathing" in values:
        values["breathing"] = read_breathing(values["breathing"])
    return Defaults(**values)


def read_sound(record: Record) -> Sound:
    """What is heard; what the record does not say is as usual."""
    from backtimer.core.speech.cues import Sound, Verbosity  # noqa: PLC0415

    values = dict(record.values)
    if "cues" in values:
        values["cues"] = None if values["cues"] == SILENT else Verbosity(values["cues"])
    return Sound(**values)
