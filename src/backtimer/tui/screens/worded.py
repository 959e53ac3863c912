"""Keys and help of a screen in the language that is spoken.

They stand in classes, in English, from before it is known which language that is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from textual.binding import ActiveBinding, Binding

from backtimer.language import _


class Worded:
    """A screen whose keys and help are read in the language that is spoken; stands before `Screen`."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.word_anew()

    def word_anew(self) -> None:
        """Have the help in the language that is spoken now."""
        if text := getattr(type(self), "HELP", None):
            vars(self)["HELP"] = _(text)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that mean something now, by the key."""
        found: Mapping[str, ActiveBinding] = super().active_bindings  # type: ignore[misc]
        return {key: _active_in_words(active) for key, active in found.items()}


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
