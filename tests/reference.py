"""The references of the documentation, made from what the program goes by: `python -m tests.reference`.

They stand in docs/*.md between two marks, and what is around them is written by hand:

    <!-- made by python -m tests.reference: keys -->
    <!-- end -->

Keys of files come from the tables of the reader, commands from the table of the parser, keys of screens from
their bindings, and the catalogue from its files. `tests/test_docs.py` fails where one is stale.
"""

from __future__ import annotations

import pkgutil
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml
from textual.binding import Binding
from textual.dom import DOMNode

import backtimer.tui.screens
import backtimer.tui.widgets
from backtimer.cli.arguments import COMMANDS, Argument, Subcommand
from backtimer.cli.plain_lines import KEY_HELP
from backtimer.core.picture.exercise_page import POSITIONS
from backtimer.core.plan.routine import Position
from backtimer.storage.files.fields import (
    CYCLE,
    EXERCISE,
    OWN_PRESCRIPTION,
    ROUTINE,
    SETTINGS,
    STAGES,
)
from backtimer.storage.files.figure_fields import FIGURE
from backtimer.storage.files.shapes import Shape
from backtimer.storage.files.tables import Field, Table
from backtimer.tui.app import BacktimerApp

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
CATALOGUE = ROOT / "routines" / "exercises"

MARKED = re.compile(
    r"(<!-- made by python -m tests\.reference: ([a-z]+) -->\n)(.*?)(<!-- end -->\n)", re.DOTALL
)


# What a file may say.

OWN_NAMES = {id(OWN_PRESCRIPTION): "an exercise's own prescription"}
"""Of tables that are called as another one is."""

LIST_TOO = "; one or a list"

MANY = 12
"""So many words to choose from are too many to be told in a cell."""


def called(table: Table) -> str:
    """A heading for a table."""
    name = OWN_NAMES.get(id(table), table.name)
    if name.startswith("'"):
        return f"`{name.strip(chr(39))}`"
    return name[0].upper() + name[1:]


def anchor(heading: str) -> str:
    """Where a link to a heading leads, as GitHub makes it."""
    kept = re.sub(r"[^\w\- ]", "", heading.lower())
    return kept.replace(" ", "-")


class TablesOfPages:
    """On which page each table stands: with the first that leads to it."""

    def __init__(self) -> None:
        self.exercises: Mapping[str, str] = {}
        self.pages: dict[int, str] = {}
        self.found: dict[str, list[Table]] = {}
        self._page = ""
        # Figures have a page of their own, and so have exercises; what is left is the routine's.
        for page, tables in (
            ("figures.md", [FIGURE]),
            ("writing-exercises.md", [EXERCISE]),
            ("routine-reference.md", [ROUTINE, CYCLE, STAGES]),
            ("settings.md", [SETTINGS]),
        ):
            self._page = page
            self.found[page] = []
            for table in tables:
                self._claim(table)
            if page != "writing-exercises.md":
                self._follow(page)
        self._page = "writing-exercises.md"
        self._follow(self._page)

    def _claim(self, table: Table) -> None:
        if id(table) not in self.pages:
            self.pages[id(table)] = self._page
            self.found[self._page].append(table)

    def _follow(self, page: str) -> None:
        for table in self.found[page]:  # which grows on the way
            for field in table.fields:
                field.type.shape(self)

    def record(self, table: Table) -> Shape:
        """A reference to a table."""
        self._claim(table)
        return {"$ref": f"{self.pages[id(table)]}#{anchor(called(table))}", "title": called(table)}


def written(shape: Any, page: str) -> list[str]:  # noqa: PLR0912
    """What a value of this shape looks like, as parts of a sentence."""
    match shape:
        case {"$ref": target, "title": title}:
            place = target.removeprefix(page)
            return [f"[{title[0].lower()}{title[1:]}]({place})"]
        case {"allOf": parts}:
            return [word for part in parts for word in written(part, page)]
        case {"if": _, "then": one, "else": other}:
            return [*written(other, page), *written(one, page)]
        case {"anyOf": [{"enum": _, "enumDescriptions": _}, *_]}:
            return ["the name of an [exercise](exercises.md)"]
        case {"anyOf": [{"type": "boolean"}, *_]} | {"type": "boolean"}:
            return ["`yes` or `no`"]
        case {"anyOf": parts}:
            return _one_or_a_list(parts, page)
        case {"enum": words}:
            told = [f"`{word}`" for word in words if isinstance(word, str)]
            return [", ".join(told) if len(told) <= MANY else f"{', '.join(told[:3])}, …"]
        case {"const": True}:
            return ["`yes`"]
        case {"type": "null"}:
            return []
        case {"not": dict(nothing)} if not nothing:
            return []
        case {"type": "object", "additionalProperties": dict(value)}:
            return [f"names, each with {joined(written(value, page))}"]
        case {"type": "object", "properties": dict(properties)}:
            value = next(iter(properties.values()))
            names = ", ".join(f"`{name}`" for name in properties)
            return [f"{names}, each with {joined(written(value, page))}"]
        case {"type": "array", "items": item}:
            each = joined(written(item, page))
            return [f"a list of {each}" if each == "words" else f"a list, each entry {each}"]
        case {"items": item, **rest}:
            one = {key: value for key, value in rest.items() if key not in ("minItems", "maxItems")}
            return [f"{joined(written(one or item, page)).removesuffix(LIST_TOO)}{LIST_TOO}"]
        case {"examples": examples}:
            return [f"like {', '.join(f'`{one}`' for one in examples)}"]
        case {"minimum": least, "maximum": most}:
            return [f"a number from {least:g} to {most:g}"]
        case {"patternErrorMessage": told}:
            return [told.removeprefix("Write ").rstrip(".").partition(", at most")[0]]
    return ["words"]


def _one_or_a_list(parts: Sequence[Shape], page: str) -> list[str]:
    """What any of these look like; a list of what may stand alone is told in three words."""
    found: list[str] = []
    for part in parts:
        words = written(part, page)
        if part.get("type") == "array" and joined(found) == joined(written(part.get("items", {}), page)):
            found[-1] = f"{found[-1].removesuffix(LIST_TOO)}{LIST_TOO}"
        elif part.get("type") != "array" or words not in ([each] for each in found):
            found += words
    return found


def joined(words: Iterable[str]) -> str:
    """Parts of a sentence, each once."""
    return ", or ".join(dict.fromkeys(words))


def cell(text: str) -> str:
    """Text that cannot end a cell of a table."""
    return " ".join(text.replace("|", r"\|").split())


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell(each) for each in line)} |\n" for line in lines)


def _row(field: Field, pages: TablesOfPages, page: str) -> tuple[str, str, str]:
    must = " (must be there)" if field.required else ""
    return f"`{field.key}`", field.about + must, joined(written(field.type.shape(pages), page))


def keys_of_files(page: str) -> str:
    """The tables that belong on a page."""
    pages = TablesOfPages()
    parts = []
    for each in pages.found[page]:
        one = (
            f"\nJust one of {', '.join(f'`{key}`' for key in each.kinds)} must be there.\n"
            if each.kinds
            else ""
        )
        rows = [_row(field, pages, page) for field in each.fields]
        parts.append(
            f"### {called(each)}\n{one}\n{table(('key', 'what it is for', 'what it may say'), rows)}"
        )
    return "\n".join(parts)


# What may stand on the command line.


def _value(argument: Argument) -> str:
    settings = argument.settings
    if settings.get("action") == "store_true":
        return ""
    choices = settings.get("choices")
    value = "|".join(map(str, choices)) if choices else settings.get("metavar", argument.attribute.upper())
    return f"{value}…" if settings.get("nargs") in ("*", "+") else str(value)


def _usage(name: str, command: Subcommand) -> str:
    words = [f"backtimer {name}"]
    for each in command.arguments:
        if not each.names[0].startswith("-"):
            word = str(each.settings.get("metavar", each.names[0].upper()))
            word += "…" if each.settings.get("nargs") in ("*", "+") else ""
            words.append(word if each.is_required else f"[{word}]")
    return " ".join(words)


def _all_commands() -> Iterator[tuple[str, Subcommand]]:
    for name, command in COMMANDS.items():
        yield name, command
        for topic, below in command.topics.items():
            yield f"{name} {topic}", below


def commands() -> str:
    """Which commands there are."""
    rows = [
        (f"[`{_usage(name, command)}`](#{anchor(f'backtimer {name}')})", command.told)
        for name, command in _all_commands()
    ]
    return table(("command", "what it does"), rows)


def options() -> str:
    """Every command with all that may stand behind it."""
    parts = []
    for name, command in _all_commands():
        rows = []
        for each in command.arguments:
            value = _value(each)
            is_option = each.names[0].startswith("-")
            names = [f"{one} {value}".rstrip() if is_option else value for one in each.names]
            rows.append((", ".join(f"`{one}`" for one in names), each.settings["help"]))
        told = f"{command.told[0].upper()}{command.told[1:]}."
        part = f"### backtimer {name}\n\n{told}\n\n`{_usage(name, command)}`\n"
        parts.append(part + (f"\n{table(('argument', 'what it is'), rows)}" if rows else ""))
    return "\n".join(parts)


# Which keys there are.

KEY_SIGNS = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "Page Up",
    "pagedown": "Page Down",
    "question_mark": "?",
    "comma": ",",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "slash": "/",
    "full_stop": ".",
    "media_track_next": "media: next track",
    "media_fast_forward": "media: forward",
    "media_track_previous": "media: track before",
    "media_rewind": "media: rewind",
}

SCREENS = {
    "TodayScreen": "Today",
    "WorkoutScreen": "The workout",
    "BacktimerApp": "On every screen",
    "ExerciseScreen": "How an exercise is done",
    "SummaryScreen": "After a session",
    "RatingQuestion": "A question about effort or pain",
    "HistoryScreen": "The past",
    "PastSessionScreen": "A session of the past",
    "LogDialog": "Done without the timer",
    "SettingsScreen": "Settings",
    "ChoiceDialog": "A setting",
    "FileDialog": "A file of your own",
    "FirstRunScreen": "The first start",
    "SoundScreen": "Is it heard?",
    "LeaveDialog": "Leaving a session",
    "GoOnDialog": "Going on, or from the start",
    "ResumeDialog": "A session that broke off",
    "SafetyScreen": "The safety card",
    "HelpScreen": "Help",
    "LinesList": "In lists",
    "Dialog": "In questions",
}
"""What screens are called here, in this order; others follow, and are called as their classes are."""

SHOWN = {"enter": "Enter", "esc": "Escape", "space": "Space", "tab": "Tab", "del": "Delete"}
"""How keys are written that screens write short."""


def key_name(key: str) -> str:
    """What is written on a key."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    sign = KEY_SIGNS.get(last) or (last if len(last) == 1 else last.replace("_", " ").capitalize())
    if modifiers and len(sign) == 1:
        sign = sign.upper()
    return "+".join([*(each.capitalize() for each in modifiers), sign])


def _keys_of(binding: Binding) -> str:
    keys = binding.key.split(",")
    if binding.key_display and len(keys) == 1:
        return f"`{SHOWN.get(binding.key_display, binding.key_display)}`"
    names = [key_name(key) for key in keys]
    kept = [name for name in names if not (len(name) == 1 and name.isupper() and name.lower() in names)]
    return " ".join(f"`{name}`" for name in dict.fromkeys(kept))


def _has_keys() -> list[type[DOMNode]]:
    """The classes that bind keys: of the app, its screens and its widgets."""
    found: list[type[DOMNode]] = [BacktimerApp]
    for package in (backtimer.tui.screens, backtimer.tui.widgets):
        for module in sorted(each.name for each in pkgutil.iter_modules(package.__path__)):
            inside = vars(import_module(f"{package.__name__}.{module}"))
            found += [
                each
                for each in inside.values()
                if isinstance(each, type)
                and issubclass(each, DOMNode)
                and each.__module__ == f"{package.__name__}.{module}"
                and vars(each).get("BINDINGS")
            ]
    order = {name: place for place, name in enumerate(SCREENS)}
    return sorted(found, key=lambda each: order.get(each.__name__, len(order)))


def title_of(name: str) -> str:
    """What a screen is called, by the name of its class."""
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", re.sub(r"(Screen|Dialog)$", "", name)).lower()
    return SCREENS.get(name) or words.capitalize()


def keys() -> str:
    """The keys of each screen, in the words of its help."""
    parts = []
    for each in _has_keys():
        rows = [
            (_keys_of(binding), binding.description, binding.tooltip or "")
            for binding in vars(each)["BINDINGS"]
            if isinstance(binding, Binding) and not binding.system
        ]
        if rows:
            text = re.sub(r"^#.*\n+", "", vars(each).get("HELP") or "")
            about = f"{text}\n\n" if text else ""
            named = table(("key", "name", "what it does"), dict.fromkeys(rows))
            parts.append(f"## {title_of(each.__name__)}\n\n{about}{named}")
    parts.append(f"## In plain lines\n\n{KEY_HELP}\n")
    return "\n".join(parts)


# Which exercises there are.


def exercises() -> str:
    """The catalogue, by position."""
    files = sorted(CATALOGUE.glob("*.yaml"))
    # As it is written: a 1:30 is no number of minutes. In C where that is there: a tenth of the time.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    found = {file.stem: yaml.load(file.read_text(encoding="utf-8"), loader) for file in files}
    parts = [f"{len(found)} exercises.\n"]
    for position in Position:
        rows = [_exercise(name, one) for name, one in found.items() if one["position"] == position]
        if rows:
            head = (
                "exercise",
                "name in a file",
                "usual amount",
                "phases",
                "what it takes",
                "easier",
                "harder",
            )
            title = POSITIONS[position].capitalize()
            parts.append(f"## {title}\n\n`position: {position}`\n\n{table(head, rows)}")
    return "\n".join(parts)


def _exercise(name: str, one: Mapping[str, Any]) -> tuple[str, ...]:
    amount = one.get("prescription", {})
    said = ", ".join(f"{key}: {value}" for key, value in amount.items() if isinstance(value, str))
    phases = ", ".join(phase["do"] for phase in one.get("phases", []))
    named = [f"`{one[key]}`" if key in one else "" for key in ("easier", "harder")]
    return one["name"], f"`{name}`", said and f"`{said}`", phases, ", ".join(one.get("equipment", [])), *named


MADE: dict[str, Callable[[], str]] = {
    "routine": lambda: keys_of_files("routine-reference.md"),
    "exercise": lambda: keys_of_files("writing-exercises.md"),
    "figure": lambda: keys_of_files("figures.md"),
    "settings": lambda: keys_of_files("settings.md"),
    "commands": commands,
    "options": options,
    "keys": keys,
    "exercises": exercises,
}
"""What makes each reference, by the name in its mark."""


def renewed(text: str) -> str:
    """A page with its references as they are now."""
    return MARKED.sub(lambda found: f"{found[1]}\n{MADE[found[2]]()}\n{found[4]}", text)


def main() -> int:
    for page in sorted(DOCS.glob("*.md")):
        text = page.read_text(encoding="utf-8")
        if (new := renewed(text)) != text:
            page.write_text(new, encoding="utf-8")
            print(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
