"""The one-line questions of the first screen, each with the keys that answer it."""

from __future__ import annotations

from textual.content import Content

SCALE_KEYS = "0-9, x for 10"


def asked_morning() -> Content:
    """On the morning after a session."""
    return _asked("How much does it hurt this morning?", f"{SCALE_KEYS}, ⌫ skips")


def asked_proposal(text: str, proposals: int) -> Content:
    """Another level of an exercise; one of several proposals."""
    more = f" · {proposals - 1} more" if proposals > 1 else ""
    return _asked(text, f"y yes, n no{more}", between="\n")


def asked_now(pain: int | None) -> Content:
    """Before the session: an offer, and what was answered."""
    if pain is None:
        return Content.assemble(("Does it hurt now? ", "$text-muted"), (SCALE_KEYS, "$text-muted"))
    return Content.assemble(
        ("Pain now: ", "$text-muted"), (str(pain), "bold $foreground"), ("  ⌫ takes it back", "$text-muted")
    )


def _asked(question: str, keys: str, between: str = "  ") -> Content:
    return Content.assemble((question, "bold $foreground"), between, (keys, "$text-accent"))
