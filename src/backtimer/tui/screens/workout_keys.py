"""The keys of the workout screen: what they are called, what they do, and what the help says of them."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from backtimer.core.session.transitions import Command

HELP = """
# Workout

Every key that has no meaning of its own **pauses** the session, and another one goes on: no need to look for
the right one. In a set at your own pace it says **done**. A tap or a click does the same.

If something hurts, press **h**. The exercise ends, and the rest of it is left out for today. Nothing goes on
until you press a key. **u** takes it back.

Every finished set is saved at once.
"""

BINDINGS: list[BindingType] = [
    Binding("space", "pause", "Pause", id="workout.pause", tooltip="Any free key does the same, and a click"),
    Binding("space", "go_on", "Go on", id="workout.go_on", tooltip="After a count of three"),
    Binding("enter", "done", "Done", key_display="any key", id="workout.done", tooltip="The set is over"),
    Binding("h", "hurts", "Hurts", id="workout.hurts", tooltip="Leave this exercise out, and rest"),
    Binding(
        "u",
        "take_back",
        "Undo",
        id="workout.take_back",
        tooltip="Take back that it hurts: the exercise comes again",
    ),
    Binding("q,escape", "leave", "Quit", id="workout.leave", tooltip="Asks what to do with the rest"),
    Binding(
        "question_mark",
        "help",
        "Help",
        key_display="?",
        id="workout.help",
        tooltip="Show or hide this panel",
    ),
    Binding("n", "next_set", "Next", id="workout.next", tooltip="To the next set"),
    Binding("p", "previous_set", "Back", id="workout.previous", tooltip="To the set before"),
    Binding(
        "right,down,pagedown,media_track_next,media_fast_forward",
        "forward",
        "Next",
        key_display="→",
        show=False,
        id="workout.forward",
        tooltip="To the next set; done, where a set waits for you",
    ),
    Binding(
        "left,up,pageup,media_track_previous,media_rewind",
        "previous_set",
        "Back",
        key_display="←",
        show=False,
        id="workout.back",
        tooltip="To the set before",
    ),
    Binding(
        "plus,equals_sign",
        "extend",
        "10 s",
        key_display="+",
        id="workout.extend",
        tooltip="Ten seconds more",
    ),
    Binding(
        "f",
        "finish",
        "Finish",
        id="workout.finish",
        tooltip="End the session here; asks first, and f once more says yes",
    ),
    Binding(
        "tab,shift+tab",
        "pause",
        "Pause",
        show=False,
        system=True,
        id="workout.pause_too",
        tooltip="Nothing here can be moved to",
    ),
    Binding(
        "t", "app.theme", "Theme", show=False, id="workout.theme", tooltip="Change between dark and light"
    ),
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
    "finish": Command.FINISH,
}
"""Actions that are dimmed while their command means nothing."""

MODIFIERS = ("shift", "control", "alt", "super", "hyper", "meta", "lock")
"""How the names of keys end that do nothing by themselves."""
