"""A line of text as exercises: `bird-dog 3x10 5s, cat-cow 1m, side plank 3x20s each`.

It is for a first draft of a file, and is no part of the format: what comes of it is written out in full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from backtimer import RefusedError
from backtimer.core.plan.routine import HOLD, Exercise, Sides
from backtimer.core.plan.units import DASHES, UNIT_WORDS
from backtimer.language import _
from backtimer.storage.files.source import as_name, did_you_mean
from backtimer.storage.text import shorten
from backtimer.values import NamedTuple


class ShorthandError(RefusedError):
    """A line that cannot be taken for exercises; a sentence for each thing that is not understood."""

    prefix = ""


class Wish(NamedTuple):
    """One exercise as a line asks for it."""

    exercise: str
    """Its id; of one that is not known, the id that it would have. Empty: a rest, or an activity."""
    name: str
    """As it was written."""
    says: Mapping[str, str]
    """The keys of its prescription and their values, as they stand in a file."""
    known: bool = True


_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,3})?"
_UNIT = "(?:" + "|".join(sorted(UNIT_WORDS, key=len, reverse=True)) + r")(?![a-z])\.?"
_ONE_TIME = rf"(?:[0-9]{{1,4}}:[0-5][0-9]|{_NUMBER} ?{_UNIT}(?: ?(?:and )?{_NUMBER} ?{_UNIT})*)"
_TIME = (
    rf"(?:{_NUMBER}(?: ?- ?| to ){_ONE_TIME}|{_ONE_TIME}(?:(?: ?- ?| to ){_ONE_TIME})?"
    rf"|[0-9]{{1,4}}(?: ?- ?[0-9]{{1,4}})? ?breaths?)"
)
_COUNT = r"[0-9]{1,4}(?:(?: ?- ?| to )[0-9]{1,4})?(?![0-9.:])"
_MAX = r"(?:max|amrap|to failure)(?: reps?)?"
_LIST = r"[0-9]{1,4}(?:(?: ?/ ?[0-9]{1,4})*(?: ?/ ?(?:[0-9]{1,4}|max))|(?:-[0-9]{1,4})+-(?:[0-9]{1,4}|max))"
_TIMES = rf"{_LIST} ?(?:s|secs?|seconds?)"
_REPS = r"(?: ?(?:reps?|repetitions|times))?"
_ONE_OF = r"(?: ?(?:side|leg|arm)s?)"

_ON_AND_ON = re.compile(r"(?<![0-9x\u00d7*.:-])([0-9]{1,4}(?: ?, ?(?:[0-9]{1,4}|max))+)(?= ?(?:[,;\n]|\Z))")
"""Numbers between commas, with nothing else: a list, and no exercises."""

ACTIVITIES = (
    "walk", "walking", "hike", "hiking", "run", "running", "jog", "jogging", "swim", "swimming", "cycle",
    "cycling", "bike", "biking", "dance", "dancing", "skip", "skipping",
)  # fmt: skip
"""What is done away from the mat, by its first word."""

_CUT = "|"
"""Stands where an amount was: what is before it and after it does not belong together."""


class _Rest:
    """What of an entry is not understood yet."""

    def __init__(self, text: str) -> None:
        plain = text.lower().translate(DASHES).replace("\u00d7", "x")
        plain = " ".join(plain.replace("(", " ").replace(")", " ").split())
        self.text = plain

    def take(self, pattern: str) -> re.Match[str] | None:
        """Take out the first place that fits, where a word begins."""
        found = re.search(rf"(?<![a-z0-9.:-])(?:{pattern})(?![a-z0-9])", self.text)
        if found is not None:
            self.text = f"{self.text[: found.start()]}{_CUT}{self.text[found.end() :]}"
        return found

    def parts(self) -> list[str]:
        """The name, and what is left besides."""
        parts = [part.strip(" .:-@") for part in self.text.split(_CUT)]
        return [part for part in parts if part]


class Shorthand:
    """Reads lines.

    Args:
        names: The exercises there are: their names by their ids.
        load: Reads one of them.
    """

    def __init__(self, names: Mapping[str, str], load: Callable[[str], Exercise]) -> None:
        self._ids = {
            _letters(written): known for known, name in names.items() for written in (known, name) if written
        }
        self._names = names
        self._load = load

    def read(self, line: str, *, stubs: bool = False) -> tuple[Wish, ...]:
        """The exercises of a line.

        Args:
            line: With commas, semicolons or line ends between the exercises.
            stubs: Whether one that is not known is to be an exercise of the file's own.

        Raises:
            ShorthandError: With all that is not understood.
        """
        troubles: list[str] = []
        line = _ON_AND_ON.sub(lambda found: re.sub(" ?, ?", "/", found[1]), line)
        entries = [part for part in re.split(r"[,;\n]", line) if part.strip()]
        wishes = [self._entry(entry.strip(), troubles, stubs=stubs) for entry in entries]
        if not entries or all(
            wish is not None and set(wish.says) == {"rest"} and not wish.exercise for wish in wishes
        ):
            troubles.append(_("say at least one exercise, as in: bird-dog 3x10 5s, cat-cow 1m"))
        if troubles:
            raise ShorthandError("\n".join(troubles))
        return tuple(wish for wish in wishes if wish is not None)

    def _entry(self, entry: str, troubles: list[str], *, stubs: bool) -> Wish | None:
        rest = _Rest(entry)
        says, time, sides = _amounts(rest)
        name, *more = rest.parts() or [""]
        if not name and not time and set(says) == {"rest"}:
            return Wish("", "", says)
        before = len(troubles)
        shown = shorten(entry)
        for words in more:
            told = _("'{entry}': what does '{words}' mean here?")
            troubles.append(told.format(entry=shown, words=shorten(words)))
        exercise_id = self._ids.get(_letters(name), "")
        if not name or not (exercise_id or as_name(name)):
            troubles.append(_("'{entry}': which exercise is it? Its name comes first").format(entry=shown))
        elif not exercise_id and name.split()[0] in ACTIVITIES and not says and not sides:
            length = {"duration": time} if time else {}
            return None if more else Wish("", name, {"activity": name.capitalize(), **length})
        elif not exercise_id and not stubs:
            troubles.append(self._unknown(name))
        if len(troubles) > before:
            return None
        exercise = self._load(exercise_id) if exercise_id else None
        if time:
            says[_measure(exercise, says)] = time
        elif says.get("reps") == "max" and "hold" not in says and _is_held(exercise):
            says["hold"] = says.pop("reps")
        if sides:
            asked = _sides(exercise, sides)
            if asked is None and exercise is not None and exercise.sides is Sides.NONE:
                told = _("'{entry}': {exercise} has no sides").format(entry=shown, exercise=exercise.name)
                troubles.append(told)
            elif asked:
                says["sides"] = asked
        ordered = {key: says[key] for key in _ORDER if key in says}
        return Wish(exercise_id or as_name(name), name, ordered, known=bool(exercise_id))

    def _unknown(self, name: str) -> str:
        meant = did_you_mean(as_name(name), self._names)
        if not meant:
            by_name = {as_name(title): known for known, title in self._names.items()}
            meant = by_name.get(did_you_mean(as_name(name), by_name), "")
        told = (
            _(
                "there is no exercise '{name}'; did you mean '{meant}'? "
                "With --stubs it becomes one of your own"
            )
            if meant
            else _(
                "there is no exercise '{name}'; 'backtimer list --exercises' shows those there are. "
                "With --stubs it becomes one of your own"
            )
        )
        return told.format(name=shorten(name), meant=meant)


_ORDER = ("sets", "reps", "hold", "duration", "sides", "rest", "every", "load")


def _amounts(rest: _Rest) -> tuple[dict[str, str], str, str]:
    """What an entry says of how much, a time that may be a hold or a duration, and its sides."""
    says = _pauses(rest)
    time = _sets(rest, says)
    if found := rest.take(rf"(?:hold|held)(?: for| of)? ({_TIME}|max)|({_TIME}) holds?"):
        says["hold"] = found[1] or found[2]
    if "reps" not in says:
        if "hold" not in says and (found := rest.take(rf"({_TIMES})")):
            says["hold"] = _as_list(found[1], "s")
        elif found := rest.take(rf"({_LIST}){_REPS}"):
            says["reps"] = _as_list(found[1])
        elif found := rest.take(rf"({_COUNT}) ?(?:reps?|repetitions|times)|x ?({_COUNT})"):
            says["reps"] = found[1] or found[2]
    if not time and "hold" not in says and (found := rest.take(rf"(?:for )?({_TIME})")):
        time = found[1]
    says |= _load(rest)
    sides = _sides_said(rest)
    if "reps" not in says and not time and "hold" not in says:
        if found := rest.take(f"({_COUNT})"):
            says["reps"] = found[1]
        elif rest.take(_MAX):
            says["reps"] = "max"
    return says, time, sides


def _pauses(rest: _Rest) -> dict[str, str]:
    says = {}
    for pattern in (rf"(?:rest|pause)(?: of)? ({_TIME}|self)", rf"({_TIME}) (?:of )?(?:rest|pause)"):
        if found := rest.take(pattern):
            says["rest"] = found[1]
            break
    if found := rest.take(rf"every ({_TIME})"):
        says["every"] = found[1]
    return says


def _sets(rest: _Rest, says: dict[str, str]) -> str:
    """Take in sets, and of what they are; a time, where they are of that."""
    sets = r"([0-9]{1,3}) ?(?:x|\*|sets? ?(?:of|x|\*)?) ?"
    if found := rest.take(rf"{sets}({_TIMES})"):
        says["hold"] = _as_list(found[2], "s")
        return ""
    if found := rest.take(rf"{sets}(?:({_TIME})|({_LIST})|({_MAX})|({_COUNT})){_REPS}"):
        if found[3]:
            says["reps"] = _as_list(found[3])  # it has an entry for every set
            return ""
        says["sets"] = found[1]
        if found[4] or found[5]:
            says["reps"] = "max" if found[4] else found[5]
        return found[2] or ""
    if found := rest.take(r"([0-9]{1,3}) ?sets?"):
        says["sets"] = found[1]
    return ""


def _as_list(numbers: str, unit: str = "") -> str:
    amounts = [f"{one}{unit}" if one != "max" else one for one in re.findall("[0-9]+|max", numbers)]
    return f"[{', '.join(amounts)}]"


def _load(rest: _Rest) -> dict[str, str]:
    weight = rest.take(r"([0-9]+(?:\.[0-9]+)? ?(?:kg|kilos?|lbs?|pounds?))")
    thing = rest.take(r"(?:with|using) (?:an? )?([^|]*[^| ])") or rest.take(
        r"((?:red|yellow|green|blue|black|light|medium|heavy|strong) band)"
    )
    said = " ".join(found[1] for found in (thing, weight) if found)
    return {"load": said} if said else {}


def _sides_said(rest: _Rest) -> str:
    """`each`, `per` (as it is), `alternate`, `left`, `right`, or nothing."""
    if rest.take(rf"(?:on |for )?(?:each{_ONE_OF}?|both sides)"):
        return "each"
    if rest.take(rf"(?:per|a|every){_ONE_OF}|/{_ONE_OF}"):
        return "per"
    if rest.take(rf"alternat(?:e|ing|ely){_ONE_OF}?"):
        return "alternate"
    found = rest.take(rf"(?:on )?(?:the )?(left|right){_ONE_OF}?(?: only)?")
    return found[1] if found else ""


def _measure(exercise: Exercise | None, says: Mapping[str, str]) -> str:
    """What a time is: a hold's or, in an exercise that moves and has no hold, that of moving on."""
    if "reps" in says or exercise is None or not exercise.phases:
        return "hold"
    return "hold" if any(phase.name == HOLD for phase in exercise.phases) else "duration"


def _is_held(exercise: Exercise | None) -> bool:
    """Whether a set of it is one hold."""
    if exercise is None:
        return False
    if exercise.prescription is not None:
        return exercise.prescription.reps is None and exercise.prescription.hold is not None
    return any(phase.name == HOLD and phase.duration is None for phase in exercise.phases)


def _sides(exercise: Exercise | None, asked: str) -> str | None:
    """The value of `sides`; empty where the exercise has it already, None where it has no sides."""
    if exercise is None:
        return "each" if asked == "per" else asked
    if exercise.sides is Sides.NONE:
        return None
    return "" if asked in ("per", str(exercise.sides)) else asked


def _letters(text: str) -> str:
    """What ways of writing a name have in common: `Bird dogs`, `bird-dog`; `Child’s pose`, `childs-pose`."""
    words = as_name(re.sub(r"['\u2019`]", "", text)).split("-")
    return "".join(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words)


def unknown_of(wishes: Iterable[Wish]) -> tuple[Wish, ...]:
    """The exercises that are the file's own, each once."""
    return tuple({wish.exercise: wish for wish in wishes if not wish.known}.values())
