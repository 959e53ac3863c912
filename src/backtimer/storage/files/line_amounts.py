"""How much a line of text says of an exercise: sets, reps, times, sides and loads, as people write them."""

from __future__ import annotations

import re

from backtimer.core.plan.units import DASHES, UNIT_WORDS
from backtimer.language import _
from backtimer.values import NamedTuple

_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,3})?"
_UNIT = "(?:" + "|".join(sorted(UNIT_WORDS, key=len, reverse=True)) + r")(?![a-z])\.?"
_ONE_TIME = rf"(?:[0-9]{{1,4}}:[0-5][0-9]|{_NUMBER} ?{_UNIT}(?: ?(?:and )?{_NUMBER} ?{_UNIT})*)"
TIME = (
    rf"(?:{_NUMBER}(?: ?- ?| to ){_ONE_TIME}|{_ONE_TIME}(?:(?: ?- ?| to ){_ONE_TIME})?"
    rf"|[0-9]{{1,4}}(?: ?- ?[0-9]{{1,4}})? ?breaths?)"
)
_COUNT = r"[0-9]{1,4}(?:(?: ?- ?| to )[0-9]{1,4})?(?![0-9.:])"
_SETS = r"[0-9]{1,3}(?:(?: ?- ?| to | or )[0-9]{1,3})?"
_MAX = r"(?:max|amrap|to failure)(?: reps?)?"
_AS_LONG = r"as long as (?:possible|you can|(?:is )?comfortable)|to failure"
_AT_MOST = (
    rf"(?<!rest )(?<!pause )(?<!break )(?:({_SETS}) ?(?:x|\*|sets? ?(?:of|x|\*)?) ?)?"
    rf"(?:holds? |held )?(?:for )?(?:(?:(?:{_AS_LONG}),? )?(?:max(?:imum)?|up to|at most)(?: of)?"
    rf" ({_ONE_TIME})|({_ONE_TIME}) max(?:imum)?)"
    rf"(?: holds?)?(?: ?(?:x|\*) ?({_SETS})(?: sets)?)?"
)
"""A hold for as long as one can, with an end, and how many of them."""
_LIST = r"[0-9]{1,4}(?:(?: ?/ ?[0-9]{1,4})*(?: ?/ ?(?:[0-9]{1,4}|max))|(?:-[0-9]{1,4})+-(?:[0-9]{1,4}|max))"
_TIMES = rf"{_LIST} ?(?:s|secs?|seconds?)"
_REPS = r"( ?(?:reps?|repetitions|times))?"
_ONE_OF = r"(?: ?(?:side|leg|arm)s?)"
_HELD = r"(?: ?holds?)?"

_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
}
_NUMBER_WORD = rf"\b({'|'.join(_NUMBERS)})(?= (?:x|times|reps?|sets?|breaths?|sec|min|rounds?))"

_SPELT = (
    (r"\bw/ ?(?=[a-z0-9])", "with "),
    (r"\bfigure 4\b", "figure four"),
    (r"(?<=[a-z0-9]) ?/ ?(?=(?:side|leg|arm)s?\b)", " per "),
    (r"\b(?:l ?[/+&] ?r|r ?[/+&] ?l|e/s|both (?:side|leg|arm)s)(?![a-z])", "per side"),
    (r"\b(?:left|right)(?: side| leg| arm)? (?:and|then|&) (?:left|right)\b", "per side"),
    (r"\bea\b\.?", "each"),
    (r"\b(?:with )?body ?weight(?: only)?\b", ""),
)
"""What is written shortly, or at length, and how it is read here."""

_FILLERS = frozenset((
    "x", "with", "and", "for", "of", "by", "at", "a", "an", "in", "the", "then", "on", "to", "hold", "holds",
    "held", "rep", "reps", "set", "sets", "times", "each",
))  # fmt: skip
"""Words that say nothing once the amounts beside them are understood."""

_CUT = "|"
"""Stands where an amount was: what is before it and after it does not belong together."""


def with_digits(text: str) -> str:
    """A text with its small numbers as digits, where they say how many."""
    return re.sub(_NUMBER_WORD, lambda found: _NUMBERS[found[1].lower()], text, flags=re.IGNORECASE)


class WrittenEntry:
    """What of an entry is not understood yet."""

    def __init__(self, text: str) -> None:
        plain = text.lower().translate(DASHES).replace("\u00d7", "x")
        plain = " ".join(plain.replace("(", " ").replace(")", " ").split())
        for pattern, read_as in _SPELT:
            plain = re.sub(pattern, read_as, plain)
        self.text = with_digits(plain)

    def take(self, pattern: str) -> re.Match[str] | None:
        """Take out the first place that fits, where a word begins."""
        found = re.search(rf"(?<![a-z0-9.:/-])(?:{pattern})(?![a-z0-9])", self.text)
        if found is not None:
            self.text = f"{self.text[: found.start()]}{_CUT}{self.text[found.end() :]}"
        return found

    def parts(self) -> list[str]:
        """The name, and what is left besides."""
        parts = [part.strip(" .:-@") for part in self.text.split(_CUT)]
        named = [part for part in parts if part and not {*part.split()} <= _FILLERS]
        return [named[0].removeprefix("of ").removeprefix("x "), *named[1:]] if named else []


class Amounts(NamedTuple):
    """How much an entry says."""

    says: dict[str, str]
    time: str
    """A time that may be a hold or a duration."""
    sides: str
    """`each`, `per` (as it is), `alternate`, `left`, `right`, or nothing."""
    bare: bool = False
    """Whether its reps are a number alone, which may be meant otherwise."""
    crossed: bool = False
    """Whether its sets are a number and an x before a time, which may be meant as reps."""


MOST_SETS = 6
"""Who writes more of them most likely means reps."""

_SO_MANY = r"[0-9]+(?: ?(?:-|to|or) ?[0-9]+)?"
OFTEN = (
    rf"(?:{_SO_MANY} ?(?:x|times) )?daily"
    rf"|(?:once|twice|{_SO_MANY} ?(?:x|times)?) (?:a|per|every|each) (?:day|week)"
    rf"|every (?:other )?day|weekly|every (?:{_SO_MANY} ?)?h(?:ours?)?"
    r"|(?:every |in the )?(?:morning|evening)s?|[0-9](?: ?- ?[0-9])? days?(?: (?:a|per) week)?"
)
MANNER = "slow|slowly|gently|gentle|controlled|fast|quickly|explosively|smoothly"


def take_what_stands_in_the_file(entry: WrittenEntry, shown: str) -> list[str]:
    """What belongs into the file rather than into a line, and how it is written there."""
    told = []
    if found := entry.take(OFTEN):
        often = _(
            "'{entry}': how often ('{words}') stands in the file: its days and, for twice a day, 'times: 2'"
        )
        told.append(often.format(entry=shown, words=found[0]))
    if found := entry.take(MANNER):
        how = _("'{entry}': what does '{words}' mean here? How fast is a 'tempo' in the file, or a 'note'")
        told.append(how.format(entry=shown, words=found[0]))
    if found := entry.take(r"([0-9]{1,3}(?: ?- ?[0-9]{1,3})?) ?(?:x )?rounds?(?: of)?"):
        rounds = _(
            "'{entry}': write sets, as in 3x10, or rounds of several exercises: 3x (squat 10, bridge 10)"
        )
        told.append(rounds.format(entry=shown))
    if entry.take(rf"{_COUNT} ?steps?"):
        steps = _("'{entry}': steps are not counted: give a time, as in walk 1m")
        told.append(steps.format(entry=shown))
    reps_first = (
        rf"([7-9]|[0-9]{{2,3}})( ?- ?[0-9]{{1,3}})? ?(?:x|\*) ?([1-{MOST_SETS}])(?! ?(?:[-0-9.:]|s|m|x|b))"
    )
    if found := entry.take(reps_first):
        first = _("'{entry}': sets come first: write {sets}x{reps}")
        told.append(first.format(entry=shown, sets=found[3], reps=f"{found[1]}{found[2] or ''}"))
    return told


def take_amounts(entry: WrittenEntry) -> Amounts:
    """Take in what an entry says of how much."""
    says, written = _pauses(entry), entry.text
    says |= _at_most(entry)
    bare, time = _sets(entry, says)
    crossed = bool(time and "sets" in says and re.search(r"[0-9] ?[x*]", written))
    if found := entry.take(rf"(?:hold|held)(?: for| of)? ({TIME}|max)|({TIME}) holds?"):
        says["hold"] = found[1] or found[2]
    if "reps" not in says:
        if "hold" not in says and (found := entry.take(rf"({_TIMES})")):
            says["hold"] = _as_list(found[1], "s")
        elif found := entry.take(rf"({_LIST}){_REPS}"):
            says["reps"] = _as_list(found[1])
        elif found := entry.take(rf"({_COUNT}) ?(?:reps?|repetitions|times)|x ?({_COUNT}){_REPS}"):
            says["reps"] = found[1] or found[2]
    if not time and "hold" not in says and (found := entry.take(rf"(?:for )?({TIME})")):
        time = found[1]
    says |= _load(entry)
    sides = _sides_said(entry)
    if found := entry.take(rf"({_COUNT}) ?x(?= ?[|a-z]| ?\Z)"):
        before_name = entry.text.strip().startswith(_CUT) and re.search("[0-9]", entry.text)
        if "reps" in says or before_name:
            says.setdefault("sets", found[1])
        else:
            says["reps"] = found[1]
    if "reps" not in says:
        if found := entry.take(f"({_COUNT})"):
            says["reps"], bare = found[1], True
        elif not time and "hold" not in says and entry.take(_MAX):
            says["reps"] = "max"
    return Amounts(says, time, sides, bare, crossed)


def _at_most(entry: WrittenEntry) -> dict[str, str]:
    """A hold for as long as one can, with an end."""
    found = entry.take(_AT_MOST)
    if found is None:
        return {}
    sets = found[1] or found[4]
    return {**({"sets": sets.replace(" or ", "-")} if sets else {}), "hold": f"max {found[2] or found[3]}"}


def _pauses(entry: WrittenEntry) -> dict[str, str]:
    says = {}
    between = r"(?: in)?(?: between(?: the| each)?(?: (?:sets?|rounds?))?)?"
    for pattern in (
        rf"(?:with |and )?(?:an? )?(?:rest|pause)s?(?: of| for)?{between} ({TIME}|self|[0-9]{{1,3}})"
        rf"{between}",
        rf"(?:with |and )?(?:an? )?({TIME}) (?:of )?(?:rest|pause)s?{between}",
        rf"({TIME})(?: in)? between(?: the| each)?(?: sets?)?",
    ):
        if found := entry.take(pattern):
            says["rest"] = f"{found[1]}s" if found[1].isdigit() else found[1]
            break
    if found := entry.take(rf"every ({TIME})"):
        says["every"] = found[1]
    return says


def _sets(entry: WrittenEntry, says: dict[str, str]) -> tuple[bool, str]:
    """Take in sets, and of what they are.

    Returns:
        Whether they are of reps by a number alone; and a time, where they are of that.
    """
    sets = rf"({_SETS}) ?(?:x|\*|sets? ?(?:of|x|\*)?) ?"
    if found := entry.take(rf"{sets}({_COUNT}){_REPS} ?(?:x|of) ?({TIME}){_HELD}"):
        says |= {"sets": found[1].replace(" or ", "-"), "reps": found[2], "hold": found[4]}
        return False, ""
    if found := entry.take(rf"(?:({TIME}){_HELD}|({_COUNT}){_REPS}) ?(?:x|for|,)? ?({_SETS}) ?sets(?! of)"):
        says["sets"] = found[4].replace(" or ", "-")
        if found[2]:
            says["reps"] = found[2]
        return bool(found[2]) and not found[3], found[1] or ""
    if found := entry.take(rf"({_COUNT}) ?(?:reps?|repetitions) ?(?:x|\*) ?({_SETS})"):
        says |= {"reps": found[1], "sets": found[2].replace(" or ", "-")}
        return False, ""
    if found := entry.take(rf"{sets}({_TIMES})"):
        says["hold"] = _as_list(found[2], "s")
        return False, ""
    if found := entry.take(rf"{sets}(?:({TIME}){_HELD}|({_LIST})|({_MAX})|({_COUNT})){_REPS}"):
        if found[3]:
            says["reps"] = _as_list(found[3])  # it has an entry for every set
            return False, ""
        says["sets"] = found[1].replace(" or ", "-")
        if found[4] or found[5]:
            says["reps"] = "max" if found[4] else found[5]
        return bool(found[5]) and not found[6], found[2] or ""
    if found := entry.take(rf"({_SETS}) ?sets?"):
        says["sets"] = found[1].replace(" or ", "-")
    return False, ""


def _as_list(numbers: str, unit: str = "") -> str:
    amounts = [f"{one}{unit}" if one != "max" else one for one in re.findall("[0-9]+|max", numbers)]
    return f"[{', '.join(amounts)}]"


_THINGS = (
    r"(?:band|theraband|thera-band|tube|loop|dumb-?bell|weight|kettle-?bell|barbell|bottle|backpack|rucksack"
    r"|ball|stick|tin|can|vest|cuff|bag|plate)s?"
)


def _load(entry: WrittenEntry) -> dict[str, str]:
    """What is worked against: a weight, or a thing; what else comes `with` an exercise is no load."""
    heavy = r"([0-9]+(?:\.[0-9]+)? ?(?:kg|kilos?|lbs?|pounds?))"
    weight = entry.take(
        rf"(?:(?:with|using|holding|at|@) ?)?(?:an? )?{heavy}((?: [a-z-]+){{0,2}} {_THINGS})?"
    )
    thing = entry.take(rf"(?:with|using|holding) (?:an? )?((?:[a-z-]+ ){{0,3}}{_THINGS})") or entry.take(
        r"((?:red|yellow|green|blue|black|light|medium|heavy|strong) band)"
    )
    heavy_thing = f"{weight[1]}{weight[2] or ''}" if weight else ""
    said = " ".join(part for part in (thing and thing[1], heavy_thing) if part)
    return {"load": said} if said else {}


def _sides_said(entry: WrittenEntry) -> str:
    """`each`, `per` (as it is), `alternate`, `left`, `right`, or nothing."""
    if entry.take(rf"(?:on |for )?(?:each|per|a|every){_ONE_OF}"):
        return "per"
    if entry.take("each"):
        return "each"
    if entry.take(rf"alternat(?:e|ing|ely){_ONE_OF}?"):
        return "alternate"
    found = entry.take(rf"(?:on )?(?:the )?(left|right){_ONE_OF}?(?: only)?")
    return found[1] if found else ""
