"""The keys of the screens as rows: keys, what they do, its name, an id, and what the help says.

Every key has an id, under which it can be given another, and a tooltip, from which the help is made.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding

from backtimer.core.picture.today_keys import KeyRow
from backtimer.core.progress.scales import NUMBER_KEYS
from backtimer.language import marked

KEY_NAMES = (
    marked("space"),
    marked("enter"),
    marked("esc"),
    marked("tab"),
    marked("del"),
    marked("home"),
    marked("end"),
    marked("pgup"),
    marked("pgdn"),
    marked("any key"),
)
"""What keys are called that have no sign: most of these names are Textual's."""


def shown_key(
    keys: str,
    action: str,
    label: str,
    id: str,
    tooltip: str,
    *,
    display: str | None = None,
    group: Binding.Group | None = None,
) -> Binding:
    """A key that stands in the line of keys.

    Args:
        keys: One key, or several with commas between them, of which the first is shown.
        action: What it does.
        label: What that is called in the line and in the help.
        id: Screen and action, as in `today.start`.
        tooltip: What it does, as a short sentence.
        display: How the key is written, if not as Textual writes it.
        group: Keys beside each other of one group share a label.
    """
    return Binding(keys, action, label, id=id, tooltip=tooltip, key_display=display, group=group)


def hidden_key(
    keys: str,
    action: str,
    label: str,
    id: str,
    tooltip: str,
    *,
    display: str | None = None,
    priority: bool = False,
    system: bool = False,
) -> Binding:
    """A key that only the help tells of.

    Args:
        keys: As in `shown_key`, and so are the rest.
        action: What it does.
        label: What that is called.
        id: Screen and action.
        tooltip: What it does, as a short sentence.
        display: How the key is written.
        priority: It means this before any widget may take it.
        system: The help does not tell of it either.
    """
    return Binding(
        keys,
        action,
        label,
        show=False,
        id=id,
        tooltip=tooltip,
        key_display=display,
        priority=priority,
        system=system,
    )


def alike_keys(
    keys: Iterable[str], action: str, label: str, id: str, tooltip: str, *, display: str
) -> tuple[Binding, ...]:
    """Keys that do the same, each with another value; in the help the first stands for all of them.

    Args:
        keys: The keys.
        action: What they do, with braces in place of the key.
        label: What that is called.
        id: Screen and action; each has its key behind it.
        tooltip: What they do, as a short sentence.
        display: How all of them are written together.
    """
    return tuple(
        hidden_key(
            key,
            action.format(key),
            label,
            f"{id}_{key}",
            tooltip,
            display=None if place else display,
            system=place > 0,
        )
        for place, key in enumerate(keys)
    )


def number_keys(action: str, label: str, id: str, tooltip: str) -> tuple[Binding, ...]:
    """The keys that answer with a number from nought to ten; the action is given the key."""
    return alike_keys(NUMBER_KEYS, action, label, id, tooltip, display="0-9 x")


def row_keys(rows: Iterable[KeyRow]) -> tuple[Binding, ...]:
    """Keys that stand in a table, for the first frame knows them as well."""
    groups = {each.group: Binding.Group(each.group, compact=True) for each in rows if each.group}
    return tuple(
        shown_key(
            each.keys,
            each.action,
            each.label,
            each.id,
            each.tooltip,
            display=each.shown,
            group=groups.get(each.group),
        )
        for each in rows
    )
