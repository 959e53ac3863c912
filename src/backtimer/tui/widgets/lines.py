"""Lines to choose one from, each with a remark below it where there is room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from backtimer.core.picture.rows import Row, cells, text_of, wrapped
from backtimer.language import marked
from backtimer.tui.bindings import hidden_key, shown_key
from backtimer.tui.widgets.text import content_of
from backtimer.values import NamedTuple


class ListedLine(NamedTuple):
    """A line; its texts are shown as they are, never as markup."""

    mark: str
    """What stands in front."""
    label: str
    about: str = ""
    value: str = ""
    """What stands beside the label, in a column."""


GAP = 2


class LinesList(OptionList, inherit_bindings=False):
    """Textual's list, with the keys as they are called here; left and right are the screen's."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        shown_key(
            "enter",
            "select",
            marked("Choose"),
            "lines.choose",
            marked("Choose this one"),
            display=marked("enter"),
        ),
        hidden_key("up", "cursor_up", marked("Up"), "lines.up", marked("The line above")),
        hidden_key("down", "cursor_down", marked("Down"), "lines.down", marked("The line below")),
        hidden_key("pageup", "page_up", marked("Page up"), "lines.page_up", marked("A page up"), system=True),
        hidden_key(
            "pagedown",
            "page_down",
            marked("Page down"),
            "lines.page_down",
            marked("A page down"),
            system=True,
        ),
        hidden_key("home", "first", marked("Top"), "lines.first", marked("To the top"), system=True),
        hidden_key("end", "last", marked("End"), "lines.last", marked("To the end"), system=True),
    ]
    DEFAULT_CSS = """
    LinesList {
        height: auto; max-height: 1fr; padding: 0; border: none;
        background: transparent; scrollbar-size-vertical: 1;
    }
    LinesList:focus { border: none; background-tint: transparent; }
    LinesList > .option-list--option-highlighted, LinesList:focus > .option-list--option-highlighted {
        color: $foreground; background: $panel; text-style: none;
    }
    """

    always_remarks = False
    """Whether the remarks are told where room is short, too."""

    def __init__(self, lines: Sequence[ListedLine] = (), *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False, compact=True)
        self._listed = tuple(lines)
        self._prompts: list[Content] = []
        self._marked: int | None = None
        """The line that is in reversed letters."""

    def on_mount(self) -> None:
        self.show(self._listed)

    def on_resize(self, _event: events.Resize) -> None:
        """Break the remarks anew, at the width there is."""
        self.show(self._listed)

    def show(self, lines: Sequence[ListedLine]) -> None:
        """Show these; the same place stays marked."""
        self._listed = tuple(lines)
        self._put([self._prompt(line) for line in self._listed])

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Mark the line; where there are no colours in reversed letters, which Textual 8.2 loses here."""
        super().watch_highlighted(highlighted)
        if self.app.no_color:
            for place in (self._marked, highlighted):
                if place is not None and place < len(self._prompts):
                    prompt = self._prompts[place]
                    shown = prompt.stylize("bold reverse") if place == highlighted else prompt
                    self.replace_option_prompt_at_index(place, shown)
            self._marked = highlighted

    def _put(self, prompts: list[Content]) -> None:
        """Put these in place of what is listed; the same place stays marked."""
        marked = self.highlighted
        if [each.plain for each in prompts] != [each.plain for each in self._prompts]:
            # Broken in other places they may be fewer lines.
            self.call_after_refresh(self.refresh, layout=True)
        self._prompts, self._marked = prompts, None
        if len(prompts) == self.option_count:
            for index, prompt in enumerate(prompts):
                self.replace_option_prompt_at_index(index, prompt)
            self.watch_highlighted(marked)
        else:
            self.set_options([Option(prompt) for prompt in prompts])
            self.highlighted = 0 if prompts else None

    def _prompt(self, line: ListedLine) -> Content:
        indent = max(cells(one.mark) for one in self._listed) + GAP
        label = max((cells(one.label) for one in self._listed if one.value), default=0)
        mark = line.mark + " " * (indent - cells(line.mark)) if indent > GAP else ""
        parts: list[tuple[str, str]] = [(mark, "$text-accent")]
        if line.value:
            parts += [(line.label.ljust(label + 3), "$text-muted"), (line.value, "bold $foreground")]
        else:
            parts.append((line.label, "bold $foreground"))
        if line.about and (self.always_remarks or not self.screen.has_class("-short")):
            room = max(8, self.scrollable_content_region.width - indent)
            for each in wrapped(line.about, room):
                parts.append((f"\n{' ' * indent}{text_of(each)}", "$text-muted"))
        return Content.assemble(*parts)


class RemarkedList(LinesList):
    """A few lines of which the remarks have to be known to choose one; a presenter's button goes by one."""

    always_remarks = True

    def action_page_up(self) -> None:
        self.action_cursor_up()

    def action_page_down(self) -> None:
        self.action_cursor_down()


class RowsList(LinesList):
    """Rows to choose one from, each on a line, as they were laid out."""

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these."""
        self._prompts = [content_of(row, no_color=self.app.no_color) for row in rows]
        self._marked = None
        self.set_options([Option(prompt) for prompt in self._prompts])

    def show(self, lines: Sequence[ListedLine]) -> None:
        """It has rows, and no lines."""

    def mark(self, index: int | None) -> None:
        """Mark a row; nobody is told."""
        with self.prevent(OptionList.OptionHighlighted):
            self.highlighted = index
