"""What became of a history while a session was under way, in sentences, with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from backtimer.storage.history.remedy import offer_text
from backtimer.storage.history.trouble import Notice, Trouble


def loss_texts(notices: Sequence[Notice], held: int | None, now: datetime) -> tuple[str, ...]:
    """A sentence or two for each; the last one also says how to get back what is missing, if anything is.

    Args:
        notices: What happened to the file, oldest first.
        held: How many sessions were over in the file that was found then. None: it could not be read.
        now: The local time, with its offset.
    """
    texts = tuple(dict.fromkeys(_text(notice) for notice in notices))
    offer = offer_text(notices[-1].path, held, now) if notices else ""
    return (*texts[:-1], f"{texts[-1]} {offer}".strip()) if texts else ()


def _text(notice: Notice) -> str:
    if notice.trouble is Trouble.DAMAGED and notice.moved_to is None:
        return "The history was damaged while it was in use. This session is saved."
    return notice.text()
