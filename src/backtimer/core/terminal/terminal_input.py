"""What a terminal sends, taken apart: keys of a hand, reports, pastes; what is none of them is dropped.

A terminal answers questions on the same line on which it sends keys, and it may answer late, in pieces, or
what nobody has asked. So whatever begins with an escape and is not understood is dropped as a whole, and keys
that no hand can have pressed command nothing. There is no clock here: who reads the terminal says when.
"""

from __future__ import annotations

import codecs
import re
from collections import deque
from collections.abc import Mapping
from enum import Enum, auto

from backtimer.core.terminal import keyboard
from backtimer.core.terminal.keyboard import Paste, Press, Token, modifier_bits, understood
from backtimer.values import NamedTuple

ESCAPE_DELAY_S = 0.1
"""How long the rest of a key's sequence may take to arrive; after that it was the escape key."""

SLOW_ESCAPE_DELAY_S = 0.5
"""The same where the keys come through a network."""

SWALLOWED_S = 1.0
"""What follows an escape within this time, and is no key's sequence, goes with it."""

FLOWING_S = 0.35
"""A sequence that has lasted longer goes on as long as its bytes follow each other this closely."""

HAND_S = 0.02
"""Two different keys that come closer together were not struck by a hand."""

_LONGEST = 64
"""Characters of a sequence that are kept: no key and no report is longer."""

_PASTE_LIMIT = 100_000
_PASTE_END = "\x1b[201~"

_INTERRUPT = "\x03"
_ABORTING = "\x18\x1a"
_STRAY_BYTE = "\ufffd"

_STRING_EVENT = "[\x03\x07\x18\x1a\x1b\x9c\udc9c]"
"""What matters inside a string; the rest of it is of no interest."""


class _State(Enum):
    GROUND = auto()
    ESCAPE = auto()
    """An escape, of which is not known yet what it begins."""
    INTERMEDIATE = auto()
    """An escape and a space or a sign: one more character belongs to it."""
    CONTROL = auto()
    """A control sequence: parameters, then one final character."""
    LINUX = auto()
    """A function key of the Linux console: one more character."""
    SHIFT = auto()
    """A single shift: digits, if any, then one character."""
    MOUSE = auto()
    """A click in the oldest of its forms: three characters."""
    STRING = auto()
    """An answer of any length, up to its terminator."""
    PASTE = auto()


_INTRODUCERS = {
    "[": _State.CONTROL,
    "]": _State.STRING,
    "P": _State.STRING,
    "X": _State.STRING,
    "^": _State.STRING,
    "_": _State.STRING,
    "N": _State.SHIFT,
    "O": _State.SHIFT,
}
"""What a character makes of the escape before it. As one character of eight bits it lies 64 higher."""

_NOT_STRUCK = frozenset({"ctrl+c", "escape"})
_STRUCK = frozenset({"enter", "tab", "space", "backspace", "delete"})


def _is_struck(key: str) -> bool:
    """Whether a key may command something that an arrow, a function key or a modifier does not."""
    return len(key) == 1 or key in _STRUCK or (key.startswith("ctrl+") and key not in _NOT_STRUCK)


class _Waiting:
    """Something that waits for what comes just behind it."""

    __slots__ = ("dropped", "token")

    def __init__(self, token: Token, *, dropped: bool = False) -> None:
        self.token = token
        self.dropped = dropped

    def until(self) -> float:
        """The moment from which nothing can come close enough to it any more."""
        token = self.token
        held = isinstance(token, Press) and _is_struck(token.key) and not self.dropped
        return token.at + HAND_S if held else token.at - 1.0


def escape_delay_s(environment: Mapping[str, str]) -> float:
    """How long an escape may wait for the rest of a key: longer where keys come through a network."""
    remote = any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"))
    return SLOW_ESCAPE_DELAY_S if remote else ESCAPE_DELAY_S


class TerminalInput:
    """Takes bytes as they were read, and gives keys, reports and pastes.

    Args:
        escape_delay_s: How long an escape may wait for the rest of its sequence.
    """

    def __init__(self, escape_delay_s: float = ESCAPE_DELAY_S) -> None:
        self._escape_delay_s = escape_delay_s
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._read_at = 0.0
        self._state = _State.GROUND
        self._begun = 0.0
        self._last = 0.0
        self._body = ""
        self._introducer = ""
        self._spoilt = False
        """The sequence can mean nothing any more, whatever is still to come of it."""
        self._doubled = False
        """A second escape came with the first."""
        self._in_string = False
        """The escape came inside a string: it is the first half of a terminator."""
        self._swallow_until = float("-inf")
        self._pasted = ""
        self._queue: deque[_Waiting] = deque()
        self._struck: tuple[str, float, bool] | None = None
        """The last key that a hand may have struck, when, and whether it was dropped."""

    # ------------------------------------------------------------------ from outside

    def feed(self, data: bytes, now: float) -> list[Token]:
        """Take what one read brought.

        Args:
            data: The bytes.
            now: When they were read, in seconds from any origin that stays the same.

        Returns:
            What they complete, and what had waited for them.
        """
        # An escape waits on: its rest may have been there all the time, while nobody read.
        if self._state is not _State.ESCAPE:
            self._expire(now)
        self._finish_character(now)
        self._read_at = now
        self._take_in(self._decoder.decode(data), now)
        return self._ripe(now)

    def _take_in(self, text: str, now: float) -> None:
        place = 0
        while place < len(text):
            if self._state is _State.STRING:
                place = self._skip_string(text, place, now)
            elif self._state is _State.PASTE:
                place = self._take_pasted(text, place, now)
            else:
                self._take(text[place], now)
                place += 1

    def tick(self, now: float) -> list[Token]:
        """What the time itself completes: an escape that nothing followed, a key that was alone."""
        self._finish_character(now)
        self._expire(now)
        return self._ripe(now)

    @property
    def due(self) -> float | None:
        """When `tick` has something to do; None: not before more bytes come."""
        moments = [self._queue[0].until() + 0.001] if self._queue else []
        if self._state is not _State.GROUND:
            moments.append(self._end())
        if self._decoder.getstate()[0]:
            moments.append(self._read_at + SLOW_ESCAPE_DELAY_S)
        return min(moments, default=None)

    def forget(self) -> None:
        """Drop the keys that wait; a sequence that has begun is still dropped or understood as a whole."""
        self._queue.clear()

    # ------------------------------------------------------------------ time

    def _end(self) -> float:
        """When what has begun is over, if nothing follows."""
        if self._state is _State.ESCAPE:
            return self._begun + (SWALLOWED_S if self._in_string else self._escape_delay_s)
        if self._state is _State.PASTE:
            return self._last + SWALLOWED_S
        return max(self._begun + SWALLOWED_S, self._last + FLOWING_S)

    def _finish_character(self, now: float) -> None:
        """A character of which nothing more has come is none; its bytes are stray ones."""
        if self._decoder.getstate()[0] and now >= self._read_at + SLOW_ESCAPE_DELAY_S:
            self._take_in(self._decoder.decode(b"", final=True), self._read_at)

    def _expire(self, now: float) -> None:
        if self._state is _State.GROUND or now < self._end():
            return
        if self._state is _State.ESCAPE:
            if not self._in_string:
                self._emit(Press("escape", "\x1b", self._begun))
            self._swallow_until = self._begun + SWALLOWED_S
        elif self._state is _State.PASTE:
            self._finish_paste()
        self._to_ground()

    def _to_ground(self) -> None:
        self._state = _State.GROUND
        self._body = ""
        self._spoilt = self._doubled = self._in_string = False

    # ------------------------------------------------------------------ one character after the other

    def _take(self, character: str, now: float) -> None:
        self._last = now
        if character == _INTERRUPT:
            self._to_ground()
            self._emit(Press("ctrl+c", character, now))
        elif self._state is _State.GROUND:
            self._take_in_ground(character, now)
        elif character == "\x1b" and self._state is not _State.ESCAPE:
            self._begin(_State.ESCAPE, now)
        elif self._state is not _State.MOUSE and (short := _short_for(character)) is not None:
            self._introduce(short, now)
        elif self._state is _State.ESCAPE:
            self._take_after_escape(character, now)
        elif character in _ABORTING:
            self._to_ground()
        else:
            self._take_in_sequence(character)

    def _take_in_ground(self, character: str, now: float) -> None:
        if character == "\x1b":
            self._begin(_State.ESCAPE, now)
        elif (short := _short_for(character)) is not None:
            self._introduce(short, now)
        elif now < self._swallow_until:
            if character in _INTRODUCERS:  # the rest of an escape that was taken for the key
                self._introduce(character, self._swallow_until - SWALLOWED_S)
                self._spoilt = True
        else:
            self._emit(_press(character, now))

    def _take_after_escape(self, character: str, now: float) -> None:
        if character == "\x1b":
            if now - self._begun > HAND_S and not self._in_string:
                self._emit(Press("escape", "\x1b", self._begun))
                self._begin(_State.ESCAPE, now)
            else:
                self._begun, self._doubled = now, True
        elif character in _INTRODUCERS:
            doubled, begun = self._doubled, self._begun
            self._introduce(character, begun)
            self._doubled = doubled
        elif " " <= character <= "/":
            self._state = _State.INTERMEDIATE
        else:
            if not (self._in_string and character == "\\"):
                self._swallow_until = self._begun + SWALLOWED_S
            self._to_ground()

    def _take_in_sequence(self, character: str) -> None:
        if self._state is _State.CONTROL:
            self._take_in_control(character)
        elif self._state is _State.SHIFT:
            if character.isdecimal() or character == ";":
                self._keep(character)
            else:
                self._finish_shift(character)
        elif self._state is _State.MOUSE:
            self._keep(character)
            if len(self._body) >= 3:
                self._to_ground()
        elif self._state is _State.LINUX:
            key = keyboard.LINUX_KEYS.get(character)
            self._finish(Press(key, None, self._last) if key else None)
        elif not " " <= character <= "/":  # an intermediate's last character
            self._to_ground()

    def _take_in_control(self, character: str) -> None:
        if character == "[" and not self._body:
            self._state = _State.LINUX
        elif character == "M" and not self._body:
            self._state = _State.MOUSE
        elif "@" <= character <= "~":
            self._keep(character)
            self._finish_control()
        elif " " <= character <= "?":
            self._keep(character)
        else:
            self._spoilt = True

    def _begin(self, state: _State, now: float) -> None:
        in_string = self._state is _State.STRING
        self._to_ground()
        self._state, self._begun, self._in_string = state, now, in_string

    def _introduce(self, introducer: str, begun: float) -> None:
        self._to_ground()
        self._state = _INTRODUCERS.get(introducer, _State.GROUND)
        self._introducer, self._begun = introducer, begun

    def _keep(self, character: str) -> None:
        if len(self._body) < _LONGEST:
            self._body += character
        else:
            self._spoilt = True

    # ------------------------------------------------------------------ strings and pastes

    def _skip_string(self, text: str, place: int, now: float) -> int:
        """Go on to what ends a string, or to the end of what there is of it."""
        found = re.compile(_STRING_EVENT).search(text, place)  # `re` keeps it; most starts need none
        self._last = now
        if found is None:
            return len(text)
        character = found.group()
        if character == "\x1b":
            self._begin(_State.ESCAPE, now)
        elif character != "\x07" or self._introducer == "]":  # the bell ends one kind of string only
            self._to_ground()
            if character == _INTERRUPT:
                self._emit(Press("ctrl+c", character, now))
        return found.end()

    def _take_pasted(self, text: str, place: int, now: float) -> int:
        """Keep what is pasted, up to its end."""
        if text[place] == _INTERRUPT and now - self._last > HAND_S:
            # A paste without an end, and a hand that wants to leave.
            self._to_ground()
            self._emit(Press("ctrl+c", _INTERRUPT, now))
            return place + 1
        self._last = now
        # The end may have come in pieces.
        tail = self._pasted[-len(_PASTE_END) + 1 :]
        found = (tail + text[place:]).find(_PASTE_END)
        if found < 0:
            self._keep_pasted(text[place:])
            return len(text)
        end = place + found + len(_PASTE_END) - len(tail)
        self._keep_pasted(text[place:end])
        self._finish_paste()
        self._to_ground()
        return end

    def _keep_pasted(self, text: str) -> None:
        """Keep what is pasted; of what is too long the beginning, and the last few, which may end it."""
        self._pasted += text
        if len(self._pasted) > _PASTE_LIMIT:
            self._pasted = self._pasted[:_PASTE_LIMIT] + self._pasted[-len(_PASTE_END) :]

    def _finish_paste(self) -> None:
        text = self._pasted.removesuffix(_PASTE_END)
        self._pasted = ""
        text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        self._emit(Paste(text.replace("\x00", ""), self._last))

    # ------------------------------------------------------------------ what a sequence means

    def _finish_shift(self, character: str) -> None:
        key = keyboard.LETTER_KEYS.get(character) if self._introducer == "O" else None
        bits = modifier_bits(self._body.rpartition(";")[2]) if self._body else 0
        if key is None or bits is None:
            self._finish(None)
        else:
            self._finish(Press(keyboard.with_modifiers(key, bits), None, self._last))

    def _finish_control(self) -> None:
        body = self._body
        if body == "200~":  # even where it came too late to be understood: what follows is no key
            self._to_ground()
            self._state = _State.PASTE
        else:
            self._finish(understood(body, self._last))

    def _finish(self, token: Token | None) -> None:
        """A sequence is complete; it may mean nothing."""
        spoilt, doubled, begun = self._spoilt, self._doubled, self._begun
        self._to_ground()
        if token is None or spoilt:
            return
        if doubled:
            if isinstance(token, Press):  # with meta held down, which is no key of ours
                return
            self._emit(Press("escape", "\x1b", begun))
        self._emit(token)

    # ------------------------------------------------------------------ keys that no hand has pressed

    def _emit(self, token: Token) -> None:
        """Line a token up; two different keys that come too close together drop each other."""
        dropped = False
        if isinstance(token, Press) and _is_struck(token.key):
            if self._struck is not None:
                key, at, was_dropped = self._struck
                if token.at - at <= HAND_S and (was_dropped or key != token.key):
                    dropped = True
                    self._drop_since(token.at - HAND_S)
            self._struck = token.key, token.at, dropped
        self._queue.append(_Waiting(token, dropped=dropped))

    def _drop_since(self, moment: float) -> None:
        for waiting in self._queue:
            token = waiting.token
            if isinstance(token, Press) and _is_struck(token.key) and token.at >= moment:
                waiting.dropped = True

    def _ripe(self, now: float) -> list[Token]:
        ripe: list[Token] = []
        while self._queue and self._queue[0].until() < now:
            waiting = self._queue.popleft()
            if not waiting.dropped:
                ripe.append(waiting.token)
        return ripe


def typed(line: str) -> str:
    """The characters of a line that were typed, without what a terminal sent between them."""
    reader = TerminalInput()
    reader._take_in(line, 0.0)
    presses = [waiting.token for waiting in reader._queue if isinstance(waiting.token, Press)]
    return "".join(press.character for press in presses if press.character and press.character.isprintable())


def _short_for(character: str) -> str | None:
    """What stands behind the escape for which a control character of eight bits is short; None: it is none.

    Terminals send them as bytes that are no text, or encoded as text.
    """
    code = ord(character)
    if 0xDC80 <= code <= 0xDC9F:
        code -= 0xDC00
    return chr(code - 0x40) if 0x80 <= code <= 0x9F else None


def _press(character: str, now: float) -> Press:
    """The key that wrote a character."""
    if character == " ":
        return Press("space", character, now)
    if "\udc80" <= character <= "\udcff":
        return Press(_STRAY_BYTE, _STRAY_BYTE, now)
    return Press(keyboard.CONTROLS.get(character, character), character, now)


class EarlyKeys(NamedTuple):
    """What was typed between a first frame and the program that obeys it, handed on from one to the other."""

    painted_at: float
    """Since when there is something to be seen, in seconds of the reader's clock."""
    reader: TerminalInput
    """It may be in the middle of something."""
    tokens: tuple[Token, ...] = ()
    """What was read of it."""
