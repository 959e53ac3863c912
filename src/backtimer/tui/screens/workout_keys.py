"""The keys of the workout, and what its help says."""

from __future__ import annotations

from textual.binding import BindingType

from backtimer.core.session.transitions import Command
from backtimer.language import marked
from backtimer.tui.bindings import hidden_key, shown_key

HELP = marked(
    "# Workout\n\n"
    "Every key that has no meaning of its own **pauses** the session, and another one goes on: no need to"
    " look for the right one. In a set at your own pace it says **done**. A tap or a click does the same.\n\n"
    "If something hurts, press **h**. The exercise ends, and the rest of it is left out for today. "
    "Nothing goes on until you press a key. **u** takes it back.\n\n"
    "Too hard, too easy, or no band? **e** pauses, and lists what can be done in its place. What was done "
    "stays what it was.\n\n"
    "Every finished set is saved at once."
)

BINDINGS: list[BindingType] = [
    shown_key(
        "space", "pause", marked("Pause"), "workout.pause", marked("Any free key does the same, and a click")
    ),
    shown_key("space", "go_on", marked("Go on"), "workout.go_on", marked("After a count of three")),
    shown_key(
        "enter", "done", marked("Done"), "workout.done", marked("The set is over"), display=marked("any key")
    ),
    shown_key("h", "hurts", marked("It hurts"), "workout.hurts", marked("Leave this exercise out, and rest")),
    shown_key(
        "u",
        "take_back",
        marked("Undo"),
        "workout.take_back",
        marked("Take back that it hurts: the exercise comes again"),
    ),
    shown_key("q,escape", "leave", marked("Quit"), "workout.leave", marked("Asks what to do with the rest")),
    shown_key(
        "question_mark",
        "help",
        marked("Help"),
        "workout.help",
        marked("Show or hide this panel"),
        display="?",
    ),
    shown_key("n", "next_set", marked("Next"), "workout.next", marked("To the next set")),
    shown_key("p", "previous_set", marked("Back"), "workout.previous", marked("To the set before")),
    hidden_key(
        "right,down,pagedown,media_track_next,media_fast_forward",
        "forward",
        marked("Next"),
        "workout.forward",
        marked("To the next set; done, where a set waits for you"),
        display="→",
    ),
    hidden_key(
        "left,up,pageup,media_track_previous,media_rewind",
        "previous_set",
        marked("Back"),
        "workout.back",
        marked("To the set before"),
        display="←",
    ),
    shown_key(
        "plus,equals_sign",
        "extend",
        marked("10 s"),
        "workout.extend",
        marked("Ten seconds more"),
        display="+",
    ),
    shown_key(
        "e",
        "exchange",
        marked("Swap"),
        "workout.exchange",
        marked("Do another exercise in the place of this one"),
    ),
    shown_key(
        "f",
        "finish",
        marked("Finish"),
        "workout.finish",
        marked("End the session here; asks first, and f once more says yes"),
    ),
    hidden_key(
        "tab,shift+tab",
        "pause",
        marked("Pause"),
        "workout.pause_too",
        marked("Nothing here can be moved to"),
        system=True,
    ),
    hidden_key("t", "app.theme", marked("Theme"), "workout.theme", marked("Change between dark and light")),
]
"""In the order of the footer, of which a narrow screen shows the beginning. The same key may stand under two
actions: whichever `check_action` lets through."""

DIMMED = {
    "next_set": Command.NEXT_SET,
    "forward": Command.NEXT_SET,
    "previous_set": Command.PREVIOUS_SET,
    "extend": Command.EXTEND,
    "hurts": Command.HURTS,
    "take_back": Command.TAKE_BACK,
    "exchange": Command.EXCHANGE,
    "finish": Command.FINISH,
}
"""Actions that are dimmed while their command means nothing."""
