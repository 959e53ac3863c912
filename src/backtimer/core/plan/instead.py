"""What to write in place of an amount that people often write otherwise."""

from __future__ import annotations

import re

from backtimer.core.plan.units import NUMBER, plain_amount
from backtimer.language import _

_AMOUNT = rf"{NUMBER}(?:[hms]| breaths?)?(?: ?- ?{NUMBER}(?:[hms]| breaths?)?)?"
_QUOTES = dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb'\""), None)
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
_PYRAMID = r"[0-9]{1,4}(?:(?: ?, ?[0-9]{1,4})+|(?: ?[/-] ?[0-9]{1,4}){2,})"
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
_EITHER = r"([0-9]{1,4}) ?(?:or|/) ?([0-9]{1,4})\Z"
_LIMIT = rf"{NUMBER}(?:[hms]| breaths?)?"
_NO_REST = r"none|no|nothing|without|no rest|no break|zero"
_OWN_REST = (
    r"as (?:needed|required|you like|long as .*)|until .*|own|own pace|self[- ]?paced|when ready|any|free"
)
_NUMBERS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_SPELT = {
    **{word: str(number) for number, word in enumerate(_NUMBERS, 1)},
    **{"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "ninety": "90"},
    **{"half a minute": "30s", "half minute": "30s", "1/2 min": "30s", "1/2m": "30s", "a minute": "1m"},
    **{"minute": "1m", "an hour": "1h", "once": "1", "twice": "2"},
}
_STEP = 5
"""So far a range goes where only one end of it is written."""


def instead(text: str, what: str) -> str:
    """The end of a sentence with what to write; or nothing, where that cannot be known.

    Args:
        text: What stands in the file.
        what: The key that counts ("reps"); empty: a time is wanted.
    """
    plain = plain_amount(text.translate(_QUOTES))
    return (
        _combined(plain, what) or _worded(plain, what) or _simple(text, plain, what) or _single(plain, what)
    )


def wants_most(text: str) -> bool:
    """Whether this says in other words that it goes on as long as one can: `to failure`, `AMRAP`."""
    return re.fullmatch(_AS_MANY, plain_amount(text)) is not None


def limited(text: str) -> str:
    """The time that is the limit of a hold for as long as one can: of `max 60s`, `up to 1 min`; else empty."""
    plain = plain_amount(text)
    found = re.fullmatch(
        rf"(?:max(?:imum)?|up to|at most),? ?(?:of )?({_LIMIT})|({_LIMIT}) ?(?:max|at most)", plain
    )
    return (found[1] or found[2]) if found else ""


def wants_no_rest(text: str) -> bool:
    """Whether this says in words that there is no rest: `none`."""
    return re.fullmatch(_NO_REST, plain_amount(text)) is not None


def wants_own_rest(text: str) -> bool:
    """Whether this says in other words that a rest is over when the person says so: `as needed`."""
    return re.fullmatch(_OWN_REST, plain_amount(text)) is not None


def _combined(plain: str, what: str) -> str:
    """What says two things at once, each of which has a key."""
    if several := re.match(_SETS_OF, plain):
        sets, amount = several[1], several[2]
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
    if what == "reps" and re.fullmatch(_AS_MANY, plain):
        return _("; write max: as many as are comfortable")
    if what and re.fullmatch(_AS_MANY, plain):
        return _("; write a number; for as many reps as are comfortable write 'reps: max'")
    if what == "reps" and re.fullmatch(_PYRAMID, plain):
        numbers = ", ".join(re.findall("[0-9]+", plain))
        return _("; a number for every set is a list: write [{numbers}]").format(numbers=numbers)
    if not what:
        return ""
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
    if plain != plain_amount(text) and re.match(rf"{_AMOUNT}\Z", plain):
        return _("; write {amount}, without quotes").format(amount=plain)
    return ""


def _single(plain: str, what: str) -> str:
    """The one amount that there is among other words."""
    for words, amount in sorted(_SPELT.items(), key=lambda pair: -len(pair[0])):
        plain = re.sub(rf"(?<![\w.]){re.escape(words)}(?!\w)", amount, plain)
    one = (
        r"(?<![\w.:-])[0-9]{1,4}(?: ?- ?[0-9]{1,4})?(?![\w.:])"
        if what
        else rf"(?<![\w.:-]){_CLOCK_OR_AMOUNT}"
    )
    found = list(dict.fromkeys(each[0] for each in re.finditer(one, plain)))
    if len(found) != 1 or "," in plain:
        return ""
    amount = found[0]
    if not what and amount.isdigit():
        return _("; write {amount}s for seconds, {amount}m for minutes").format(amount=amount)
    return _("; write {amount}").format(amount=amount)


_CLOCK_OR_AMOUNT = (
    rf"(?:[0-9]{{1,4}}:[0-5][0-9]|{NUMBER}(?:[hms](?![a-z])| breaths?)?(?:-{NUMBER}[hms])?)(?![\w.:])"
)
