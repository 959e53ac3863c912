"""The keys of the screens as rows: keys, what they do, its name, an id, and what the help says.

Every key has an id, under which it can be given another, and a tooltip, from which the help is made. They
stand in classes, in English, from before it is known which language is spoken; `Worded` reads them in that,
and tells why a key means nothing now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from textual import events
from textual.binding import ActiveBinding, Binding

from backtimer.core.picture.today_keys import KeyRow
from backtimer.core.progress.scales import NUMBER_KEYS
from backtimer.language import _, marked

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


WHY_NOT: Mapping[str, str] = {
    "today.start": marked("Nothing to start on this day. ← and → show the others."),
    "today.leave_list": marked("Press q to quit."),
    "today.exchange": marked("Nothing to swap on this day."),
    "today.walk": marked("A day of rest has that key. l writes a walk down on any day."),
    "today.up": marked("No exercises on this day."),
    "today.down": marked("No exercises on this day."),
    "today.resume": marked("No session waits to be gone on with."),
    "today.undo": marked("Nothing to take back."),
    "today.yes": marked("Nothing is proposed now."),
    "today.no": marked("Nothing is proposed now."),
    "today.all": marked("No several things are proposed now."),
    "today.rate": marked("Pain is asked on a day of exercises."),
    "today.skip": marked("No number to take back."),
    "today.circuit": marked("No circuit on this day."),
    "exercise.before": marked("It is the only exercise of the day."),
    "exercise.after": marked("It is the only exercise of the day."),
    "exercise.exchange": marked("It can be swapped on its day."),
    "history.open": marked("No session on this day."),
    "history.day_before": marked("No session to look back on yet."),
    "history.day_after": marked("No session to look back on yet."),
    "history.week_before": marked("No session to look back on yet."),
    "history.week_after": marked("No session to look back on yet."),
    "history.today": marked("No session to look back on yet."),
    "history.session_before": marked("No session to look back on yet."),
    "history.session_after": marked("No session to look back on yet."),
    "history.undo": marked("Nothing to take back."),
    "past.number": marked("Choose pain or effort first, with ↑ and ↓."),
    "past.clear": marked("Choose pain or effort first, with ↑ and ↓."),
    "past.done": marked("Choose an exercise first, with ↑ and ↓."),
    "past.partial": marked("Choose an exercise first, with ↑ and ↓."),
    "past.skipped": marked("Choose an exercise first, with ↑ and ↓."),
    "past.hurt": marked("Choose an exercise first, with ↑ and ↓."),
    "past.more": marked("Choose an exercise that was done first, with ↑ and ↓."),
    "past.less": marked("Choose an exercise that was done first, with ↑ and ↓."),
    "past.undo": marked("Nothing to take back."),
    "workout.take_back": marked("Nothing is left out."),
    "workout.extend": marked("Ten seconds more are for what is timed, while it runs."),
    "workout.exchange": marked("This cannot be swapped: it is done, or nothing else is known."),
}
"""What is told of a key that means nothing now, by the id of its binding."""

SWAPS_NO_ACTIVITY = marked("Only exercises can be swapped: choose one with ↑ and ↓.")
"""What is told of the key of swaps beside an activity, on a day that has exercises, too."""


class Worded:
    """A screen whose keys and help are read in the language that is spoken; stands before `Screen`."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.word_anew()

    def word_anew(self) -> None:
        """Have the help in the language that is spoken now."""
        if text := getattr(type(self), "HELP", None):
            vars(self)["HELP"] = _(text)

    def on_key(self, event: events.Key) -> None:
        """Tell why a key does nothing now: a silent one looks broken."""
        if why := self.why_not(event.key):
            event.stop()
            self.notify(why, markup=False)  # type: ignore[attr-defined]

    def why_not(self, key: str) -> str:
        """Why a key of this screen means nothing now, as a sentence; empty: it does, or it is none."""
        bound = self._bindings.key_to_bindings.get(key, ())  # type: ignore[attr-defined]
        why = next((why for each in bound if (why := self.reason(_stem(each.id or "")))), "")
        active = self.active_bindings.get(key) if why else None
        return "" if not why or (active is not None and active.enabled) else _(why)

    def reason(self, id: str) -> str:
        """What is told of a key by the id of its binding, if it means nothing now; a screen may know more."""
        return WHY_NOT.get(id, "")

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that mean something now, by the key."""
        found: Mapping[str, ActiveBinding] = super().active_bindings  # type: ignore[misc]
        return {key: _active_in_words(active) for key, active in found.items()}


def _stem(id: str) -> str:
    """The id that keys share which do the same, each with another value."""
    stem, _underscore, value = id.rpartition("_")
    return stem if len(value) == 1 else id


def _active_in_words(active: ActiveBinding) -> ActiveBinding:
    binding = _in_words(active.binding)
    return active if binding is active.binding else active._replace(binding=binding, tooltip=binding.tooltip)


def _in_words(binding: Binding) -> Binding:
    """A key as it is called; the same one where nothing is called otherwise."""
    label, tooltip, group = _word(binding.description), _word(binding.tooltip), binding.group
    if group is not None and (name := _word(group.description)) != group.description:
        group = replace(group, description=name)
    if (label, tooltip, group) == (binding.description, binding.tooltip, binding.group):
        return binding
    return replace(binding, description=label, tooltip=tooltip, group=group)


def _word(text: str) -> str:
    return _(text) if text else ""
