"""The yardstick: a bare Textual app with one Digits widget, still or updated ten times a second."""

import sys
from collections.abc import Iterator

from textual.app import App, ComposeResult
from textual.widgets import Digits


class BareApp(App[None]):
    """One Digits widget and nothing else."""

    def compose(self) -> ComposeResult:
        """The one widget."""
        yield Digits("1:23:45", id="digits")

    def on_mount(self) -> None:
        """Update it at 10 fps when asked to."""
        if "--moving" in sys.argv:
            self._numbers = self._count()
            self.set_interval(1 / 10, self._update)

    def on_key(self) -> None:
        """Show that a key was obeyed."""
        self.query_one("#digits", Digits).update("+")

    def _update(self) -> None:
        self.query_one("#digits", Digits).update(f"{next(self._numbers) / 10:.1f}")

    def _count(self) -> Iterator[int]:
        number = 0
        while True:
            yield number
            number += 1


if __name__ == "__main__":
    BareApp().run()
