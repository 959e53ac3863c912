"""Amounts as people write them: durations, ranges, breaths and counts.

The parsers here take text (every YAML scalar is text until a field gives it a type) and either return an
amount or raise `UnitError` with a sentence that can be shown to the author of the file.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache

from backtimer.language import _, counted_words
from backtimer.values import NamedTuple

MAX_DURATION_S = 24 * 3600.0
MAX_BREATHS = 1000
MAX_REPS = 1000
MAX_SETS = 100


class UnitError(ValueError):
    """Text that is not the amount it should be; the message is one sentence for its author."""


class Unit(StrEnum):
    """What a duration is counted in."""

    SECONDS = "s"
    BREATHS = "breaths"
    MAX = "max"
    """As long as is comfortable."""
    SELF = "self"
    """Until the person goes on."""


class Breathing(NamedTuple):
    """The pace of one slow breath."""

    in_s: float = 4.0
    out_s: float = 6.0

    @property
    def breath_s(self) -> float:
        """Seconds from the start of one in-breath to the start of the next."""
        return self.in_s + self.out_s


class Duration(NamedTuple):
    """A time, or a range of times in which progression moves, counted in seconds or in breaths."""

    low: float
    high: float
    unit: Unit = Unit.SECONDS

    def seconds(self, breathing: Breathing) -> float:
        """The low end in seconds: what a plan at the starting level asks for; endless where a key ends it."""
        if self.unit is Unit.SELF:
            return math.inf
        if self.unit is Unit.BREATHS:
            return self.low * breathing.breath_s
        return self.low


LONGEST = Duration(0.0, 0.0, Unit.MAX)
"""A hold that is over when the person says so; with a high end, at the latest after so many seconds."""


OWN_REST = Duration(0.0, 0.0, Unit.SELF)
"""A rest that is over when the person says so."""


class Count(NamedTuple):
    """A whole number, or a range of them: sets, rounds, or the reps of one set."""

    low: int
    high: int


MOST = Count(0, 0)
"""In a list of reps: as many as are comfortable."""


class Reps(NamedTuple):
    """The reps of a prescription.

    `counts` holds one `Count` that serves every set, or one per set (a pyramid). It is empty for `max`:
    as many as are comfortable; in a pyramid `MOST` is that.
    """

    counts: tuple[Count, ...]

    @property
    def is_max(self) -> bool:
        """As many as are comfortable, so the person says when the set is done."""
        return not self.counts

    @property
    def is_pyramid(self) -> bool:
        """Each set has a number of its own."""
        return len(self.counts) > 1

    def of_set(self, index: int) -> Count | None:
        """The reps of the set with this 0-based index; None for `max`."""
        if self.is_max:
            return None
        count = self.counts[index] if self.is_pyramid else self.counts[0]
        return None if count == MOST else count


def seconds(value: float) -> Duration:
    """A duration of exactly this many seconds."""
    return Duration(value, value)


# One grammar for files and commands. What people write is put into plain characters first: one kind of blank
# and of dash, a dash for `to`, a letter for a unit. Only the digits 0-9 count: `\d` would take those of every
# script. `re` compiles the patterns when they are needed, which is never for a routine from the cache.
UNIT_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), "m"),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), "s"),
}
"""What a unit of time may be called, and its letter."""

DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-")
"""Hyphens, dashes and minus signs that are no `-`: phones put them there by themselves."""

_UNIT = r"(?<=[0-9]) ?(" + "|".join(sorted(UNIT_WORDS, key=len, reverse=True)) + r")(?![a-z])\.?"
_TO = r"(?<=[0-9hms]) to (?=[0-9])"
_AND = r"(?<=[hm]) and (?=[0-9])"

_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,3})?"
_CLOCK = r"(?:([0-9]{1,3}):)?([0-9]{1,4}):([0-5][0-9])\Z"
_PARTS = rf"(?:({_NUMBER})h)?\s*(?:({_NUMBER})m)?\s*(?:({_NUMBER})s)?\Z"
_BARE = rf"{_NUMBER}\Z"
_BREATHS = r"(?P<low>[^ -]+?)(?: ?- ?(?P<high>[^ -]+))? ?breaths?\Z"
_RANGE = r"(?P<low>[^-]+?) ?- ?(?P<high>[^-]+)\Z"
_ONE_UNIT = rf"{_NUMBER}[hms]\Z"
_NEGATIVE = r"- ?[0-9.]"
_UNIT_AT_END = r"([hms])\Z"


def _plain(text: str) -> str:
    """An amount in plain characters: `1 Min. 30 sec` is `1m 30s`, `8 to 10` is `8-10`."""
    text = " ".join(text.lower().translate(DASHES).split())
    text = re.sub(_UNIT, lambda found: UNIT_WORDS[found[1]], text)
    return re.sub(_AND, " ", re.sub(_TO, "-", text))


@lru_cache(maxsize=512)  # the same few times stand in all files
def parse_duration(text: str, *, zero: bool = False) -> Duration:
    """Read `45`, `45s`, `1m30s`, `1 min 30 sec`, `1:30`, `20-30s`, `15 to 20 minutes` or `5 breaths`.

    Args:
        text: What stands in the file. A bare number is seconds; in a range the last unit serves both ends.
        zero: Whether nothing at all is an answer (no rest) or a mistake (a hold of 0 s).

    Raises:
        UnitError: It is not a duration, is negative, is 0 where that means nothing, is longer than a day,
            or is a range the wrong way round.
    """
    text = text.strip()
    plain = _plain(text)
    if re.match(_NEGATIVE, plain):
        raise UnitError(_("a duration cannot be negative: {text}").format(text=text))
    if breaths := re.match(_BREATHS, plain):
        low = _breath_count(breaths["low"], text)
        high = _breath_count(breaths["high"], text) if breaths["high"] else low
        found = Duration(low, high, Unit.BREATHS)
    elif span := re.match(_RANGE, plain):
        unit = re.search(_UNIT_AT_END, span["high"])
        low_text = span["low"]
        if unit and re.match(_BARE, low_text):
            if not re.match(_ONE_UNIT, span["high"]):  # is the 1 of 1-2m30s a minute or a second?
                raise UnitError(_("write the unit at both ends of the range {text}").format(text=text))
            low_text += unit[1]
        found = Duration(_one_duration(low_text, text), _one_duration(span["high"], text))
    else:
        one = _one_duration(plain, text)
        found = Duration(one, one)
    if found.low > found.high:
        raise UnitError(_wrong_way_round(text))
    if found.low <= 0 and not zero:
        raise UnitError(_("a duration here must be more than 0: {text}").format(text=text))
    if found.unit is Unit.SECONDS and found.high > MAX_DURATION_S:
        raise UnitError(_("{text} is longer than a day").format(text=text))
    return found


def _wrong_way_round(text: str) -> str:
    told = _("the range {text} is the wrong way round: put the smaller end first")
    return told.format(text=text)


def parse_count(text: str, what: str, most: int) -> Count:
    """Read a whole number or a range of them, each at least 1; `10 reps` says it twice and is 10.

    Args:
        text: What stands in the file.
        what: The key that it stands at ("reps"), for the message.
        most: The largest number allowed.

    Raises:
        UnitError: It is not such a number or range.
    """
    text = text.strip()
    plain = re.sub(rf"(?<=[0-9]) ?{what.rstrip('s')}s?\Z", "", _plain(text))
    span = re.match(_RANGE, plain)
    ends = (span["low"], span["high"]) if span else (plain, plain)
    low, high = (_whole(end, text, what, most) for end in ends)
    if low > high:
        raise UnitError(_wrong_way_round(text))
    return Count(low, high)


def _whole(end: str, text: str, what: str, most: int) -> int:
    if re.match(_NEGATIVE, end):
        raise UnitError(_("{what} cannot be negative: {text}").format(what=what, text=text))
    if not re.match(r"[0-9]+\Z", end):
        told = _("{what} must be a whole number or a range like 8-10, not {text}")
        told = told.format(what=what, text=text or _("nothing"))
        raise UnitError(told + _instead(text, what))
    if len(end) > 9 or int(end) > most:
        raise UnitError(_("{what} can be at most {most}: {text}").format(what=what, most=most, text=text))
    if int(end) == 0:
        raise UnitError(_("{what} must be at least 1: {text}").format(what=what, text=text))
    return int(end)


def _breath_count(text: str, whole: str) -> float:
    if not re.match(r"[0-9]{1,6}\Z", text):
        raise UnitError(_("not a number of breaths: {text}").format(text=whole) + _instead(whole, ""))
    if int(text) > MAX_BREATHS:
        raise UnitError(_("breaths can be at most {most}: {text}").format(most=MAX_BREATHS, text=whole))
    return float(text)


def _one_duration(text: str, whole: str) -> float:
    if clock := re.match(_CLOCK, text):
        hours, minutes, secs = clock.groups(default="0")
        return int(hours) * 3600.0 + int(minutes) * 60.0 + int(secs)
    if re.match(_BARE, text):
        return float(text)
    parts = re.match(_PARTS, text)
    if text and parts and any(parts.groups()):
        hours, minutes, secs = parts.groups(default="0")
        return float(hours) * 3600 + float(minutes) * 60 + float(secs)
    if instead := _instead(whole, ""):
        raise UnitError(_("not a duration: {text}").format(text=whole) + instead)
    told = _("not a duration: {text}; write it like 45, 45s, 1m30s, 1:30, 20-30s or 5 breaths")
    raise UnitError(told.format(text=whole or _("nothing")))


_AMOUNT = rf"{_NUMBER}(?:[hms]| breaths?)?(?: ?- ?{_NUMBER}(?:[hms]| breaths?)?)?"
_QUOTES = dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb'\""), None)
_MARKS = r"(?<=[0-9]) ?(\"|''|\u2033|\u201d|['\u2032\u2019])"
_SETS_OF = rf"([0-9]{{1,3}}) ?(?:sets? of|[x\u00d7*]) ?({_AMOUNT})(?: reps?| times)?\Z"
_OF_SETS = r"([0-9]{1,4}(?: ?- ?[0-9]{1,4})?)(?: reps?)? ?[x\u00d7*] ?([0-9]{1,3})(?: sets?)?\Z"
_WITH_HOLD = (
    rf"([0-9]{{1,4}}(?: ?- ?[0-9]{{1,4}})?)(?: reps?)?[ ,(]+(?:with |of )?\(?({_AMOUNT})(?: hold)?s?\)?\Z"
)
_TIMES = rf"(?:[x\u00d7] ?({_AMOUNT})|({_AMOUNT}) ?(?:[x\u00d7]|times|reps?))\Z"
_SIDED = (
    rf"({_AMOUNT})(?: reps?)? ?"
    r"(?:/|per |each\b|on each |a |every |both )? ?(?:sides?|legs?|arms?|l/r|l \+ r)?\Z"
)
_PYRAMID = r"[0-9]{1,4}(?:(?: ?, ?[0-9]{1,4})+|(?: ?[/-] ?[0-9]{1,4}){2,}|(?: [0-9]{1,4}){2,})"
_AS_MANY = (
    r"(?:(?:un)?til|to)? ?(?:failure|fatigue|exhaustion)|amrap|max(?:imum|imal)?"
    r"|as (?:many|long) as .*|all out|as (?:tolerated|able|needed|comfortable|you like)"
)
_FROM = (
    r"(?:at least|min(?:imum)?(?: of)?|from|>=?) ?([0-9]{1,4})\Z|([0-9]{1,4}) ?(?:\+|or more|and more|up)\Z"
)
_UP_TO = (
    r"(?:up to|at most|max(?:imum)?(?: of)?|<=?) ?([0-9]{1,4})\Z"
    r"|([0-9]{1,4}) ?(?:max(?:imum)?|or less|at most)\Z"
)
_BOTH_ENDS = (
    rf"(?:between |from )?({_NUMBER}[hms]?)"
    r" ?(?:bis|\u00e0|~|\u301c|\.\.\.?|\u2026|(?<=[hms])\.|and|till?|until|up to) ?"
    rf"({_NUMBER}(?:[hms]| breaths?)?)(?: reps?)?\Z"
)
_EITHER = r"([0-9]{1,4}) ?(?:or|/) ?([0-9]{1,4})\Z"
_LIMIT = rf"{_NUMBER}(?:[hms]| breaths?)?"
_NO_REST = r"none|no|nothing|without|no rest|no break|zero"
_OWN_REST = (
    r"as (?:needed|required|you like|long as .*)|until .*|own|own pace|self[- ]?paced|when ready|any|free"
)
_NUMBERS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
SPELT = {
    **{word: str(number) for number, word in enumerate(_NUMBERS, 1)},
    **{"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "ninety": "90"},
    **{"half a minute": "30s", "half minute": "30s", "1/2 min": "30s", "1/2m": "30s", "a minute": "1m"},
    **{"minute": "1m", "an hour": "1h", "once": "1", "twice": "2"},
    **dict.fromkeys(
        ("half an hour", "half hour", "half a hour", "1/2h", "1/2 an hour", "\u00bd hour"), "30m"
    ),
    **dict.fromkeys(("an hour and a half", "1 1/2h", "one and a half hours"), "90m"),
    **dict.fromkeys(("quarter of an hour", "a quarter of an hour", "quarter hour", "1/4h"), "15m"),
    **dict.fromkeys(("three quarters of an hour", "3/4 of an hour", "3/4h"), "45m"),
}
"""Numbers and times in words, in plain characters."""
_MOST_SETS = 6
"""Who writes more of them, and fewer reps, most likely means it the other way round."""
_STEP = 5
"""So far a range goes where only one end of it is written."""


def _instead(text: str, what: str) -> str:
    """The end of a sentence with what to write; or nothing, where that cannot be known.

    Args:
        text: What stands in the file.
        what: The key that counts ("reps"); empty: a time is wanted.
    """
    marks = re.sub(_MARKS, lambda found: "m" if found[1] in "'\u2032\u2019" else "s", text)
    is_time = marks != text and (not what or (what == "reps" and marks[-1:] == "s"))
    if is_time and re.match(r"[a-z0-9]", text, re.IGNORECASE):  # else it is in quotes
        text = marks
        if not what and re.match(_PARTS, plain := _plain(text)):
            return _("; write {amount}").format(amount=plain.replace(" ", ""))
    plain = _plain(text.translate(_QUOTES))
    return (
        _combined(plain, what) or _worded(plain, what) or _simple(text, plain, what) or _single(plain, what)
    )


def wants_most(text: str) -> bool:
    """Whether this says in other words that it goes on as long as one can: `to failure`, `AMRAP`."""
    return re.fullmatch(_AS_MANY, _plain(text)) is not None


def limited(text: str) -> str:
    """The limit of a hold for as long as one can, as in `max 60s` and `up to 1 min`; else empty."""
    plain = _plain(text)
    limit = rf"(?:max(?:imum)?\.?|up to|at most),? ?(?:of )?({_LIMIT})|({_LIMIT}) ?(?:max|at most)"
    found = re.fullmatch(rf"(?:[a-z ]+[(,] ?)?(?:{limit})\)?", plain)
    return (found[1] or found[2]) if found else ""


def wants_no_rest(text: str) -> bool:
    """Whether this says in words that there is no rest: `none`."""
    return re.fullmatch(_NO_REST, _plain(text)) is not None


def wants_own_rest(text: str) -> bool:
    """Whether this says in other words that a rest is over when the person says so: `as needed`."""
    return re.fullmatch(_OWN_REST, _plain(text)) is not None


def _combined(plain: str, what: str) -> str:
    """What says two things at once, each of which has a key."""
    if several := re.match(_SETS_OF, plain):
        sets, amount = several[1], several[2]
        if int(sets) > _MOST_SETS and amount.isdigit() and int(amount) <= _MOST_SETS:
            sets, amount = amount, sets
        if not what:
            return _("; write 'sets: {sets}', and {amount} here").format(sets=sets, amount=amount)
        key = "reps" if amount[-1:].isdigit() else "hold"
        return _("; write 'sets: {sets}' and '{key}: {amount}'").format(sets=sets, key=key, amount=amount)
    if what == "reps" and (several := re.match(_OF_SETS, plain)):
        told = _("; write 'sets: {sets}' and '{key}: {amount}'")
        return told.format(sets=several[2], key="reps", amount=several[1])
    if what == "reps" and (held := re.match(_WITH_HOLD, plain)) and not held[2][-1:].isdigit():
        return _("; write 'reps: {reps}' and 'hold: {hold}'").format(reps=held[1], hold=held[2])
    return ""


def _worded(plain: str, what: str) -> str:
    """What is said in words, or with one end of a range."""
    if what == "reps" and re.search(r"\bsteps?\b", plain):
        return _("; steps are not counted: give it a time, 'duration: 1m'")
    if what == "reps" and re.fullmatch(_AS_MANY, plain):
        return _("; write max: as many as are comfortable")
    if what == "times" and re.fullmatch(_AS_MANY, plain):
        return _("; write 1: what is done beyond that counts, too")
    if what and re.fullmatch(_AS_MANY, plain):
        return _("; write a number; for as many reps as are comfortable write 'reps: max'")
    if what == "reps" and re.fullmatch(_PYRAMID, plain):
        numbers = ", ".join(re.findall("[0-9]+", plain))
        return _("; a number for every set is a list: write [{numbers}]").format(numbers=numbers)
    if both := re.match(_BOTH_ENDS, plain):
        return _("; write {amount}").format(amount=f"{both[1]}-{both[2]}")
    if not what:
        as_long = re.fullmatch(_AS_MANY, plain) is not None
        return _("; for as long as is comfortable write 'hold: max'") if as_long else ""
    if found := re.match(_FROM, plain):
        low = int(found[1] or found[2])
        return _("; write a range, as in {low}-{high}: you begin with {low}").format(
            low=low, high=low + _STEP
        )
    if found := re.match(_UP_TO, plain):
        high = int(found[1] or found[2])
        return _("; write a range that ends there, as in {low}-{high}").format(
            low=max(1, high - _STEP), high=high
        )
    if found := re.match(_EITHER, plain):
        low, high = sorted((int(found[1]), int(found[2])))
        return _("; write {amount}").format(amount=f"{low}-{high}")
    return ""


def _simple(text: str, plain: str, what: str) -> str:
    """An amount with something that does not belong to it."""
    dotted = plain.replace(",", ".")
    if not what and dotted != plain and re.match(rf"{_AMOUNT}\Z", dotted):
        return _("; write {amount}, with a dot").format(amount=dotted)
    if what and (times := re.match(_TIMES, plain)):
        return _("; write {amount}").format(amount=times[1] or times[2])
    if what == "reps" and re.match(rf"{_AMOUNT}\Z", plain) and plain[-1:].isalpha():
        return _("; a time is a hold: write 'hold: {amount}'").format(amount=plain)
    if (sided := re.match(_SIDED, plain)) and sided[0] != sided[1]:
        told = (
            _("; write {amount}: reps are per side already, where the exercise has sides")
            if what == "reps"
            else _("; write {amount}: it is for each side already, where the exercise has sides")
        )
        return told.format(amount=sided[1])
    if plain != _plain(text) and re.match(rf"{_AMOUNT}\Z", plain):
        return _("; write {amount}, without quotes").format(amount=plain)
    return ""


def _single(plain: str, what: str) -> str:
    """The one amount that there is among other words."""
    for words, amount in sorted(SPELT.items(), key=lambda pair: -len(pair[0])):
        plain = re.sub(rf"(?<![\w.]){re.escape(words)}(?!\w)", amount, plain)
    one = (
        r"(?<![\w.:-])[0-9]{1,4}(?: ?- ?[0-9]{1,4})?(?![\w.:])"
        if what
        else rf"(?<![\w.:-]){_CLOCK_OR_AMOUNT}"
    )
    found = list(dict.fromkeys(each[0] for each in re.finditer(one, plain)))
    if len(found) != 1 or "," in plain or "%" in plain:
        return ""
    amount = found[0]
    if not what and amount.isdigit():
        return _("; write {amount}s for seconds, {amount}m for minutes").format(amount=amount)
    return _("; write {amount}").format(amount=amount)


_CLOCK_OR_AMOUNT = (
    rf"(?:[0-9]{{1,4}}:[0-5][0-9]|{_NUMBER}(?:[hms](?![a-z])| breaths?)?(?:-{_NUMBER}[hms])?)(?![\w.:])"
)


def clock_text(value_s: float) -> str:
    """`m:ss`, or `h:mm:ss` from an hour on; rounded to the nearest second."""
    total = round(value_s)
    hours, rest = divmod(total, 3600)
    minutes, secs = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{secs:02}" if hours else f"{minutes}:{secs:02}"


_COUNTED: Mapping[str, Callable[[int], str]] = {
    "set": lambda number: counted_words("{number} set", "{number} sets", number),
    "session": lambda number: counted_words("{number} session", "{number} sessions", number),
    "day": lambda number: counted_words("{number} day", "{number} days", number),
    "schedule": lambda number: counted_words("{number} schedule", "{number} schedules", number),
    "declaration of days off": lambda number: counted_words(
        "{number} declaration of days off", "{number} declarations of days off", number
    ),
    "rating of pain": lambda number: counted_words(
        "{number} rating of pain", "{number} ratings of pain", number
    ),
    "decision": lambda number: counted_words("{number} decision", "{number} decisions", number),
    "change of stage": lambda number: counted_words(
        "{number} change of stage", "{number} changes of stage", number
    ),
}


def counted(number: int, thing: str) -> str:
    """So many of a thing of the table above, by itself: `3 sets`. A sentence has its own plural."""
    return _COUNTED[thing](number).format(number=number)


def sets_done(done: int, planned: int) -> str:
    """`5 of 9 sets done`."""
    words = counted_words("{done} of {planned} set done", "{done} of {planned} sets done", planned)
    return words.format(done=done, planned=planned)
