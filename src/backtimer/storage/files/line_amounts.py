"""How much a line of text says of an exercise: sets, reps, times, sides and loads, as people write them."""

from __future__ import annotations

import re
from collections.abc import Collection

from backtimer.core.plan.units import DASHES, UNIT_WORDS
from backtimer.language import _, marked
from backtimer.storage.files.line_doubts import rounds_in_rounds
from backtimer.storage.text import shorten
from backtimer.values import NamedTuple

_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,3})?"
_UNIT = "(?:" + "|".join(sorted(UNIT_WORDS, key=len, reverse=True)) + r")(?![a-z])\.?"


def _unit(letter: str) -> str:
    words = sorted((word for word, unit in UNIT_WORDS.items() if unit == letter), key=len, reverse=True)
    return rf"{_NUMBER} ?(?:{'|'.join(words)})(?![a-z])\.?"


_H, _M, _S = map(_unit, "hms")
_SO_ON = " ?(?:and )?"
_ONE_TIME = rf"(?:[0-9]{{1,4}}:[0-5][0-9]|{_H}(?:{_SO_ON}{_M})?(?:{_SO_ON}{_S})?|{_M}(?:{_SO_ON}{_S})?|{_S})"
TIME = (
    rf"(?:{_NUMBER}(?: ?- ?| to ){_ONE_TIME}|{_ONE_TIME}(?:(?: ?- ?| to ){_ONE_TIME})?"
    rf"|[0-9]{{1,4}}(?: ?- ?[0-9]{{1,4}})? ?breaths?)"
)
_COUNT = r"[0-9]{1,4}(?:(?: ?- ?| to )[0-9]{1,4})?(?![0-9.:])"
_SETS = r"[0-9]{1,3}(?:(?: ?- ?| to | or )[0-9]{1,3})?"
_MAX = r"(?:max|amrap|(?:(?:un)?til|to) (?:failure|fatigue|exhaustion))(?: reps?)?"
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
_REPS = r"( ?(?:reps?|repetitions|times|cycles))?"
_ONE_OF = r"(?: ?(?:side|leg|arm)s?)"
_HELD = r"(?: ?holds?)?"

BETWEEN_SETS = r" (?:between|after)(?: the| each| every| all)? (?:sets?|rounds?|circuits?)"
"""Behind a rest: it is one of the exercise or the circuit before it, and not one between exercises."""

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
    (r"\be ?/ ?(?=(?:side|leg|arm)\b)", "per "),
    (r"(?<=[a-z0-9]) ?/ ?(?=(?:side|leg|arm|day|week|wk)s?\b)", " per "),
    (r"\bwks?\b", "week"),
    (r"(?:(?<=hold )|(?<=hold for )|(?<=held ))([0-9]+) ?(?:\"|''|\u2033|\u201d)", r"\1s"),
    (r"(?<![0-9.])([0-9]+) ?(?:\"|''|\u2033|\u201d) ?(?=holds?\b)", r"\1s "),
    (r"\b(?:l ?[/+&] ?r|r ?[/+&] ?l|e/s|both (?:side|leg|arm)s)(?![a-z])", "per side"),
    (r"\b(?:left|right)(?: side| leg| arm)? (?:and|then|&) (?:left|right)\b", "per side"),
    (r"(?:\b|(?<=[0-9]))ea\b\.?", " each"),
    (r"(?<=[0-9]) by (?=[0-9])", " x "),
    (r"\bmax(?:imum)? holds?\b", "hold max"),
    (
        r"(?<![0-9] )(?<![0-9x])\b(sets|reps)[:=]? ?([0-9]+(?: ?- ?[0-9]+)?)(?! ?(?:x|[0-9]))",
        r"\2 \1",
    ),
    (r"\b(hold|rest): ?(?=[0-9])", r"\1 "),
    (r"\b(?:bilat(?:eral(?:ly)?)?)(?![a-z])\.?", "per side"),
    (r"@? ?\bbw\b", ""),
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
    between: bool = False
    """Whether its rest is said to stand between sets or rounds."""


MOST_SETS = 6
"""Who writes more of them most likely means reps."""

_SO_MANY = r"[0-9]+(?: ?(?:-|to|or) ?[0-9]+)?"
OFTEN = (
    rf"(?:{_SO_MANY} ?(?:x|times) )?daily"
    rf"|(?:once|twice|{_SO_MANY} ?(?:x|times)?) (?:a|per|every|each) (?:day|week)"
    rf"|every (?:other )?day|weekly|every (?:{_SO_MANY} ?)?h(?:ours?)?"
    r"|(?:every |in the )?(?:morning|evening)s?|[0-9](?: ?- ?[0-9])? days?(?: (?:a|per) week)?"
)
MANNER = (
    "slow|slowly|gently|gentle|controlled|fast|quickly|explosively|smoothly|easy|easily|brisk|briskly"
    r"|(?:tempo )?[0-9]-[0-9]-[0-9](?:-[0-9])? (?:tempo|breathing|count)|tempo [0-9](?:[-/][0-9]){1,3}"
)

_HOW_OFTEN = r"(?:x ?([0-9]{1,3})|([0-9]{1,3}) ?(?:x|times|rounds?)(?: of)?)"
_HEAD = re.compile(
    rf"(?<![^,;.\n])[ \t]*(?:(?:circuit|super ?-?set|tri-?set)s?\b[ ,(]*(?:of )?(?:{_HOW_OFTEN})?"
    rf"|{_HOW_OFTEN}(?: (?:circuit|superset)s?)?)\)?[ \t]*:[ \t]*",
    re.IGNORECASE,
)
"""With these words a circuit begins, whose exercises follow."""

_SETS_HEAD = re.compile(
    r"(?<![^,;.\n])[ \t]*[0-9]{1,2}(?: ?- ?[0-9]{1,2})? sets?(?: of)?(?: each)?:(?=[^;\n]*,|\s*\n)",
    re.IGNORECASE,
)
_DAY = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?|(?:week|day) ?[0-9]{1,2}"
    r"|weekdays|weekends?"
)
_TITLE = re.compile(
    rf"(?<![^,;.\n])[ \t]*(?:({_DAY})(?:[ ,/&+-]+(?:and )?(?:{_DAY}))*"
    r"|warm[ -]?up|cool[ -]?down|main(?: part)?)[ \t]*(?::|(?=\n))",
    re.IGNORECASE,
)
"""What stands before exercises, and is none: a day, or what a part is called."""

_REST_OF_ROUNDS = re.compile(
    r"[,;.\n]?[ \t]*(?:(?:and|with) )?((?:rest[^,;\n]*|[^,;\n]*\brest)"
    r" (?:between|after)(?: each| the)? rounds?)\.?\s*\Z",
    re.IGNORECASE,
)
_ENDINGS = (",", ";", r"\.(?=\s+[A-Z])", r"(?i)[,;.]\s*(?:and )?(?:then|finally|finish|after that|cool)\b")
_IN_TURN = re.compile(
    r"(?<![\w/])(?:([0-9]{1,3}) ?x ?)?([a-z]+) ?/ ?([a-z]+)(?: intervals?)?[:,]? *"
    rf"(?:([0-9]{{1,3}}) ?(?:x|times) ?)?\(?({_NUMBER}) ?({_UNIT})? ?[/:] ?({_NUMBER}) ?({_UNIT})\)?"
    r"(?: ?(?:x ?([0-9]{1,3})|([0-9]{1,3}) ?(?:x|times)))?",
    re.IGNORECASE,
)
"""Two activities that take turns: `run/walk 8x (60s/90s)`."""


_NOT_HERE = (
    (
        r"([0-9]{1,3}) ?[/+] ?\1(?! ?[/+0-9])(?: reps?)?",
        marked("'{entry}': {words} on two sides is {one}, for reps are per side; two sets are 2x{one}"),
    ),
    (
        r"(?:(?:right|r) ?:? ?(?=[0-9])[^|]*?\b(?:left|l)|(?:left|l) ?:? ?(?=[0-9])[^|]*?\b(?:right|r))"
        r" ?:? ?[0-9][0-9a-z. ]*",
        marked("'{entry}': write a side at a time: side plank 3x20s right, side plank 2x20s left"),
    ),
    (
        r"([0-9]+) ?(?:\"|''|\u2033|\u201d)",
        marked("'{entry}': write {one}s for seconds; a height is a 'note' in the file"),
    ),
    (r"([0-9]+) ?['\u2032\u2019](?!')", marked("'{entry}': write {one}m for minutes")),
    (
        r"(?:hold|held)(?: for)?(?: a count of)? ([0-9]{1,3})(?! ?[0-9a-z.:\"'-])",
        marked("'{entry}': how long is it held? Write hold {one}s"),
    ),
    (
        r"[0-9.]+ ?(?:miles?|km|laps?|lengths?|metres?|meters?|yards?|feet|ft)",
        marked("'{entry}': '{words}' cannot be counted: give a time, as in walk 20m"),
    ),
    (
        rf"({_ONE_TIME}) ?(?:on|work)[ ,/]*(?:and )?({_ONE_TIME})(?: ?(?:off|rest)(?: between)?)?",
        marked("'{entry}': write so many sets of {one}, with their rest: squat 8x{one} rest {other}"),
    ),
    (
        r"emom\b(?: [0-9]+ ?min(?:utes?)?)?",
        marked("'{entry}': a set on every minute is a time from one to the next: write squat 8x10 every 1m"),
    ),
    (
        r"(?:amrap|tabata)\b(?= [0-9]+ ?m| [a-z])(?: [0-9]+ ?min(?:utes?)?)?",
        marked("'{entry}': write how many rounds: 3x (squat 10, bridge 10), or squat 8x20s rest 10s"),
    ),
    (
        rf"(?:rest (?:of )?)?({TIME})?(?: rest)?(?: in)? between (?:the |all )?exercises"
        r"|(?:after|between) each exercise",
        marked("'{entry}': a rest between exercises stands between them: squat 10, rest 30s, bridge 10"),
    ),
)  # fmt: skip
"""What is written of an exercise in other ways than ours, and what is to be written."""


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
    for pattern, how in _NOT_HERE:
        if found := entry.take(pattern):
            said = [part or "" for part in (*found.groups(), "", "")]
            told.append(_(how).format(entry=shown, words=found[0].strip(), one=said[0], other=said[1]))
    reps_first = (
        rf"([7-9]|[0-9]{{2,3}})( ?- ?[0-9]{{1,3}})?( (?:each|per){_ONE_OF})? ?(?:x|\*) ?([1-{MOST_SETS}])"
        r"(?! ?(?:[-0-9.:]|s|m|x|b))"
    )
    if found := entry.take(reps_first):
        first = _("'{entry}': sets come first: write {sets}x{reps}")
        reps = f"{found[1]}{found[2] or ''}{found[3] or ''}"
        told.append(first.format(entry=shown, sets=found[4], reps=reps))
    return told


def in_brackets(line: str, activities: Collection[str], troubles: list[str]) -> str:
    """A line in which rounds that are said in other words are as `3x (squat 10, bridge 10)`.

    Args:
        line: As it was written.
        activities: What may take turns by itself, as `run/walk` does.
        troubles: Where it is told what cannot be known.
    """
    for found in _TITLE.finditer(line):
        told = (
            _("'{words}': days stand in the file: write those of one day here, and the others there")
            if found[1]
            else _("'{words}': a title is of a circuit in the file: leave it out here")
        )
        troubles.append(told.format(words=found[0].strip()))
    line = _TITLE.sub("\n", line)
    line = _IN_TURN.sub(lambda found: _taking_turns(found, activities), line)
    for found in re.finditer(r"([a-z]+) ?/ ?([a-z]+)", line, re.IGNORECASE):
        if {found[1].lower(), found[2].lower()} <= {*activities}:
            told = _("'{entry}': how often, and how long is each? Write 8x (run 60s, walk 90s)")
            troubles.append(told.format(entry=found[0]))
    for found in _SETS_HEAD.finditer(line):
        told = _(
            "'{entry}': one exercise after the other, or in turn? "
            "Write squat 3x10, bridge 3x10; or 3x (squat 10, bridge 10)"
        )
        troubles.append(told.format(entry=found[0].strip()))
    while head := _HEAD.search(line):
        body = line[head.end() :]
        is_block = not body.split("\n", 1)[0].strip()
        ends = re.search(
            r"\n[ \t]*\n" if is_block else r"(?<!,)[ \t]*\n", body.lstrip("\n") if is_block else body
        )
        body = body.lstrip("\n") if is_block else body
        after = body[ends.end() :] if ends else ""
        body = body[: ends.start()] if ends else body
        if following := _HEAD.search(body):
            first = body[: following.start()]
            if first[-1:] in (",", ";") and not re.search(r"[,;.\n]", first[:-1].strip()):
                troubles.append(rounds_in_rounds(f"{head[0]}{body}"))
            body, after = body[: following.start()], f"{body[following.start() :].lstrip(' ,;.')}\n{after}"
        behind = _REST_OF_ROUNDS.search(body)
        inside = (body[: behind.start()] if behind else body).strip(" ,;.\n")
        rounds = next((number for number in head.groups() if number), "")
        kinds = [ending for ending in _ENDINGS if re.search(ending, inside)]
        if not rounds:
            told = _("'{entry}': how many rounds? Write 3x ({exercises})")
            troubles.append(told.format(entry=shorten(head[0].strip()), exercises=shorten(inside)))
        elif (len(kinds) > 1 and not is_block) or _ENDINGS[-1] in kinds:
            told = _(
                "'{entry}': where does it end? Put what is in it in brackets: {rounds}x (squat 10, bridge 10)"
            )
            troubles.append(told.format(entry=shorten(head[0].strip()), rounds=rounds))
        whole = f"{rounds or 3}x ({inside}){f' {behind[1]}' if behind else ''}"
        line = f"{line[: head.start()]} {whole}\n{after}"
    return line


def _taking_turns(found: re.Match[str], activities: Collection[str]) -> str:
    rounds = found[1] or found[4] or found[9] or found[10]
    one, other = found[2].lower(), found[3].lower()
    half = not found[6] and (found[5], found[7]) in (("1", "2"), ("1", "4"), ("3", "4"))
    if not rounds or half or one not in activities or other not in activities:
        return found[0]
    return f"{rounds}x ({one} {found[5]}{found[6] or found[8]}, {other} {found[7]}{found[8]})"


def take_amounts(entry: WrittenEntry) -> Amounts:
    """Take in what an entry says of how much."""
    between = re.search(BETWEEN_SETS, entry.text) is not None
    says, written = _pauses(entry), entry.text
    says |= _at_most(entry)
    bare, time = _sets(entry, says)
    crossed = bool(time and "sets" in says and re.search(r"[0-9] ?[x*]", written))
    again = entry.take(r"(?:repeat(?:ed)?|do)(?: it| this)? ([0-9]{1,2}) ?(?:x|times)?")
    if found := entry.take(rf"(?:hold|held)(?: for| of)? ({TIME}|max)|({TIME}) holds?"):
        says["hold"] = found[1] or found[2]
    over = _reps(entry, says) if "reps" not in says else ""
    if again and "reps" in says:
        says.setdefault("sets", again[1])
    elif again:
        over = says["reps"] = again[1]
        time = says.pop("hold", "") or time
    if not time and "hold" not in says and (found := entry.take(rf"(?:for )?({TIME})")):
        time = found[1]
    if over and time and "sets" not in says:
        says["sets"], crossed = says.pop("reps"), True
    says |= _load(entry)
    sides = _sides_said(entry)
    if found := entry.take(rf"({_COUNT}) ?x(?= ?[|a-z]| ?\Z)"):
        before_name = entry.text.strip().startswith(_CUT) and re.search("[0-9]", entry.text)
        if "reps" in says or before_name or says.get("hold") == "max":
            says.setdefault("sets", found[1])
        elif time and "sets" not in says:
            says["sets"], crossed = found[1], True
        else:
            says["reps"] = found[1]
    if "reps" not in says:
        bare = _bare_reps(entry, says, held=bool(time) or "hold" in says) or bare
    return Amounts(says, time, sides, bare, crossed, between)


def _reps(entry: WrittenEntry, says: dict[str, str]) -> str:
    """Take in reps, or a list of holds; of `30s x 3` the number, which may be sets, as in `3 x 30s`."""
    if "hold" not in says and (found := entry.take(rf"({_TIMES})")):
        says["hold"] = _as_list(found[1], "s")
    elif found := entry.take(rf"({_LIST}){_REPS}"):
        says["reps"] = _as_list(found[1])
    elif found := entry.take(rf"({_COUNT}) ?(?:reps?|repetitions|(times)|cycles)|x ?({_COUNT}){_REPS}"):
        says["reps"] = found[1] or found[3]
        return says["reps"] if found[2] or not (found[1] or found[4]) else ""
    return ""


def _bare_reps(entry: WrittenEntry, says: dict[str, str], *, held: bool) -> bool:
    """Take in reps by a number alone, or as many as are comfortable; whether they are by a number."""
    if found := entry.take(f"({_COUNT})"):
        says["reps"] = found[1]
        return True
    if not held and entry.take(_MAX):
        says["reps"] = "max"
    return False


def _at_most(entry: WrittenEntry) -> dict[str, str]:
    """A hold for as long as one can, with an end."""
    found = entry.take(_AT_MOST)
    if found is None:
        return {}
    sets = found[1] or found[4]
    return {**({"sets": sets.replace(" or ", "-")} if sets else {}), "hold": f"max {found[2] or found[3]}"}


def _pauses(entry: WrittenEntry) -> dict[str, str]:
    says = {}
    two = rf"(?!(?:(?<=x )|(?<=of )|(?<=times )){_M}{_SO_ON}{_S})"  # `3 x 1 min 30 s rest` has two times
    between = rf"(?: in)?(?:{BETWEEN_SETS}| between(?: the| each)?)?"
    for pattern in (
        rf"(?:with |and )?(?:an? )?(?:rest|pause)s?(?: of| for)?{between}:? ({TIME}|self|[0-9]{{1,3}})"
        rf"{between}",
        rf"{two}(?:with |and )?(?:an? )?({TIME}) (?:of )?(?:rest|pause)s?{between}",
        rf"{two}(?:with |and )?({TIME})(?: in)?(?:{BETWEEN_SETS}| between(?: the| each)?)",
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
    if found := entry.take(rf"(hold |held )?(?:for )?({_MAX}) ?(?:x ?)?({_SETS})(?: ?(?:x|times|sets))?"):
        says |= {"sets": found[3].replace(" or ", "-"), "hold" if found[1] else "reps": "max"}
        return False, ""
    if found := entry.take(rf"{sets}({_TIMES})"):
        says["hold"] = _as_list(found[2], "s")
        return False, ""
    if found := entry.take(rf"{sets}(?:({TIME}){_HELD}|({_LIST})|({_MAX})|({_COUNT})){_REPS}"):
        if found[3]:
            says["reps"] = _as_list(found[3])  # it has an entry for every set
            if found[1] != str(says["reps"].count(",") + 1):
                says["sets"] = found[1]  # which is refused where the file is read
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
