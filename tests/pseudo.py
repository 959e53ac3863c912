"""A language with every text of backtimer's own in brackets, so that whatever is left out shows."""

from __future__ import annotations

import gettext

OPEN, CLOSE = "⟦", "⟧"


class Bracketing(gettext.NullTranslations):
    """Puts each text into brackets, whole."""

    def gettext(self, message: str) -> str:
        return f"{OPEN}{message}{CLOSE}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"{OPEN}{msgid1 if n == 1 else msgid2}{CLOSE}"


def outside(text: str) -> str:
    """What of a text stands in no brackets: data, or English that nobody can translate."""
    depth, found = 0, []
    for sign in text:
        if sign == OPEN:
            depth += 1
        elif sign == CLOSE:
            assert depth, f"a bracket closes that was not opened: {text}"
            depth -= 1
        elif not depth:
            found.append(sign)
    assert not depth, f"a bracket is not closed: {text}"
    return "".join(found)
