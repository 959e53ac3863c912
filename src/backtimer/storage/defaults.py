"""From records to the times that hold where nothing else is said."""

from __future__ import annotations

from backtimer.core.routine import Defaults
from backtimer.core.units import Breathing
from backtimer.storage.records import Record


def read_breathing(record: Record | None) -> Breathing:
    """The pace of breathing of a record; what it does not say is as usual."""
    values = {} if record is None else record.values
    return Breathing(**{f"{key}_s": value for key, value in values.items()})


def read_defaults(record: Record | None) -> Defaults:
    """The times of a record; what it does not say is as usual."""
    values = {} if record is None else dict(record.values)
    if "breathing" in values:
        values["breathing"] = read_breathing(values["breathing"])
    return Defaults(**values)
