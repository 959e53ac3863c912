"""A line of text as exercises: `bird-dog 3x10 5s, cat-cow 1m, side plank 3x20s each`.

It is for a first draft of a file, and is no part of the format: what comes of it is written out in full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from backtimer import RefusedError
from backtimer.core.plan.rep import is_timed
from backtimer.core.plan.routine import HOLD, Exercise, Position, Sides
from backtimer.core.plan.units import Breathing, UnitError, parse_duration
from backtimer.language import _
from backtimer.storage.files.line_amounts import (
    BETWEEN_SETS,
    MANNER,
    MOST_SETS,
    OFTEN,
    TIME,
    Amounts,
    WrittenEntry,
    in_brackets,
    take_amounts,
    take_what_stands_in_the_file,
    with_digits,
)
from backtimer.storage.files.line_doubts import (
    as_written,
    both_sides,
    counted_breath,
    doubtful_numbers,
    is_bare_list,
    length_in_name,
    length_told,
    rounds_in_rounds,
)
from backtimer.storage.files.other_names import is_unsure, letters_of, no_exercise, other_names
from backtimer.storage.files.source import as_name
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
    inside: tuple[Wish, ...] = ()
    """Of a circuit, what is done in a round."""
    read_as: str = ""
    """A sentence where it may be meant otherwise."""


_OF_EACH = rf"(?:reps? ?)?(?:[x\u00d7*]|for|of) ?(?:{TIME}) ?(?:[,;)\n]|\Z|hold|each|per|left|right)"
_ON_AND_ON = (
    r"(?<![0-9x\u00d7*.:-])([0-9]{1,4}(?: ?, ?(?:[0-9]{1,4}|max))+)"
    rf"(?= ?(?:[,;()\n@]|\Z|with\b|reps?\b|{_OF_EACH}))"
)
_TIMES_ON_AND_ON = (
    r"(?<![0-9*.:-])([0-9]{1,3}) ?(?:s|secs?)((?: ?, ?[0-9]{1,3} ?(?:s|secs?))+)"
    r"(?![a-z0-9])(?! ?(?:of )?(?:rest|pause|between))"
)
"""Numbers between commas, with nothing else or with what each is held: a list, and no exercises."""

_IN_BRACKETS = r"\(((?:[^()]|\([^()]*\))*)\)"
_ROUNDS = r"([0-9]{1,3}(?: ?- ?[0-9]{1,3})?) ?(?:[x\u00d7*]|times|rounds?|sets?)(?: of)? ?:? ?"
_CIRCUIT = (
    rf"(?<![^,;.\n])[ \t]*(?:{_ROUNDS}{_IN_BRACKETS}"
    rf"|{_IN_BRACKETS} ?(?:[x\u00d7*] ?([0-9]{{1,3}})|({_ROUNDS})))([^,;\n]*)"
)
"""Several exercises in brackets, and how often they are done in turn."""

_REST_BEHIND = rf"(\)[^,;.\n()]*)[,;.\n]\s*([^,;\n()]*?{BETWEEN_SETS}(?::? ?{TIME})?)\s*(?:[,;.\n]|\Z)"
"""What divides rounds in brackets from the rest between them."""

_BULLET = r"(?m)^[ \t]*(?:[-*\u2022]|[0-9]{1,2}[.)])[ \t]+(?=[^\W\d])"
_ROUND_BRACKETS = str.maketrans("[]{}", "()()")
_BETWEEN = r"[,;\n]|(?<=[\w)])\.(?=\s+[A-Z]|\s*\Z)"
_NEXT = r"(?i)\A(?:(?:and|then|finally) )+"
_AND = r" (?:and|&|\+|then) "

ACTIVITIES = (
    "walk", "walking", "hike", "hiking", "run", "running", "jog", "jogging", "swim", "swimming", "cycle",
    "cycling", "bike", "biking", "dance", "dancing", "skip", "skipping", "stairs", "yoga", "stationary",
    "treadmill", "elliptical", "tai", "gardening", "nordic", "rowing",
)  # fmt: skip
"""What is done away from the mat, by its first word."""

_PLACES: Mapping[str, frozenset[Position]] = {
    **dict.fromkeys(("supine", "crook"), frozenset({Position.SUPINE})),
    "prone": frozenset({Position.PRONE}),
    "lying": frozenset({Position.SUPINE, Position.PRONE, Position.SIDE_LYING}),
    **dict.fromkeys(("seated", "sitting", "chair"), frozenset({Position.SEATED, Position.FLOOR_SEATED})),
    "standing": frozenset({Position.STANDING}),
    "kneeling": frozenset({Position.KNEELING, Position.HALF_KNEELING}),
    "quadruped": frozenset({Position.QUADRUPED}),
}
"""In which positions an exercise is to whose name such a word is put."""

_IDLE = frozenset((
    "the", "a", "an", "my", "basic", "standard", "regular", "normal", "exercise", "exercises",
))  # fmt: skip
"""Words in a name that say nothing."""


class Shorthand:
    """Reads lines.

    Args:
        names: The exercises there are: their names by their ids.
        load: Reads one of them.
    """

    def __init__(self, names: Mapping[str, str], load: Callable[[str], Exercise]) -> None:
        others = ((other, known) for other, known in other_names() if known in names)
        own = ((written, known) for known, name in names.items() for written in (known, name) if written)
        self._ids = {letters_of(written): known for written, known in (*others, *own)}
        self._names = names
        self._load = load

    def read(self, line: str, *, stubs: bool = False) -> tuple[Wish, ...]:
        """The exercises of a line.

        Args:
            line: With commas, semicolons, full stops or line ends between the exercises.
            stubs: Whether one that is not known is to be an exercise of the file's own.

        Raises:
            ShorthandError: With all that is not understood.
        """
        troubles: list[str] = list(doubtful_numbers(line))
        if troubles:
            raise ShorthandError("\n".join(dict.fromkeys(troubles)))
        line = in_brackets(re.sub(_BULLET, "", with_digits(line)), ACTIVITIES, troubles)
        line = re.sub(_REST_BEHIND, r"\1 \2\n", line.translate(_ROUND_BRACKETS), flags=re.IGNORECASE)
        line = re.sub(_TIMES_ON_AND_ON, _times_for_each, line, flags=re.IGNORECASE)
        line = re.sub(_ON_AND_ON, lambda found: re.sub(" ?, ?", "/", found[1]), line, flags=re.IGNORECASE)
        if line.count("(") != line.count(")"):
            raise ShorthandError(_("a bracket is not closed, or not opened: write 3x (squat 10, bridge 10)"))
        wishes: list[Wish | None] = []
        at = 0
        for found in _circuits_in(line):
            parts = self._entries(found[2] or found[3])
            if len(parts) < 2:  # the amounts of one exercise stand in brackets
                continue
            if any(len(self._entries(one[2] or one[3])) > 1 for one in _circuits_in(found[2] or found[3])):
                raise ShorthandError(rounds_in_rounds(found[0]))
            wishes += self._plain(line[at : found.start()], troubles, stubs=stubs)
            wishes.append(self._circuit(found, parts, troubles, stubs=stubs))
            at = found.end()
        wishes += self._plain(line[at:], troubles, stubs=stubs)
        if all(wish is not None and set(wish.says) == {"rest"} and not wish.exercise for wish in wishes):
            troubles.append(_("say at least one exercise, as in: bird-dog 3x10 5s, cat-cow 1m"))
        if troubles:
            raise ShorthandError("\n".join(dict.fromkeys(troubles)))
        return _with_rest_between(wish for wish in wishes if wish is not None)

    def _plain(self, text: str, troubles: list[str], *, stubs: bool) -> list[Wish | None]:
        """What stands outside the circuits; several exercises in brackets are none there."""
        for found in re.finditer(_IN_BRACKETS, text):
            if len([entry for entry in self._entries(found[1]) if self.exercise_in(entry)]) > 1:
                told = _("'{entry}': how many rounds? Write 3x {entry}, with a comma before and after it")
                troubles.append(told.format(entry=shorten(found[0])))
                return []
        return self._wishes(self._entries(text), troubles, stubs=stubs)

    def _entries(self, text: str) -> list[str]:
        """The exercises of a text, each with its amounts."""
        parts = [re.sub(_NEXT, "", part.strip()) for part in re.split(_BETWEEN, text) if part.strip()]
        return [one for entry in self._joined(parts) for one in self._exercises_of(entry)]

    def _wishes(self, entries: Iterable[str], troubles: list[str], *, stubs: bool) -> list[Wish | None]:
        return [self._entry(entry, troubles, stubs=stubs) for entry in entries]

    def _circuit(
        self, found: re.Match[str], parts: Iterable[str], troubles: list[str], *, stubs: bool
    ) -> Wish:
        """What stands in brackets, in rounds, and the rest that stands behind them."""
        behind, shown = WrittenEntry(found[7]), shorten(found[0].strip())
        amounts = take_amounts(behind)
        says = {"rounds": found[1] or found[4] or found[6]}
        if behind.parts() or set(amounts.says) - {"rest", "every"} or amounts.time or amounts.sides:
            told = _("'{entry}': what does '{words}' mean here? After the bracket comes at most rest 1m")
            troubles.append(told.format(entry=shown, words=shorten(found[7].strip())))
        inside = self._wishes(parts, troubles, stubs=stubs)
        whole = tuple(wish for wish in inside if wish is not None)
        return Wish("", "", {**says, **amounts.says}, inside=whole)

    def taken_for(self, wish: Wish) -> str:
        """The name of the exercise that was taken for what was written, where that is called otherwise."""
        own = (letters_of(wish.exercise), letters_of(self._names.get(wish.exercise, "")))
        return "" if not wish.known or letters_of(wish.name) in own else self._names.get(wish.exercise, "")

    def _joined(self, entries: list[str]) -> list[str]:
        """The entries, those put together of which a comma stands in the middle: `bridge 3x10, hold 5s`."""
        joined: list[str] = []
        for number, entry in enumerate(entries):
            rest = WrittenEntry(entry)
            amounts = take_amounts(rest)
            said = {*amounts.says} | ({"hold"} if amounts.time else set())
            alone = (amounts.bare and said == {"reps"} and not amounts.sides) or said == {"rest"}
            if said == {"rest"} and number == len(entries) - 1 and joined:
                alone = (
                    "sets" not in take_amounts(WrittenEntry(joined[-1])).says
                )  # else it is the rest between them
            alone = alone and not amounts.between
            more = not rest.parts() and (said or amounts.sides) and not alone
            if joined and (more or re.match(rf"(?:{OFTEN}|{MANNER})\Z", WrittenEntry(entry).text)):
                joined[-1] = f"{joined[-1]} {entry}"
            else:
                joined.append(entry)
        return joined

    def _exercises_of(self, entry: str) -> list[str]:
        """The entry; or its parts, where an `and` stands between exercises that are known."""
        parts = re.split(_AND, entry)
        return parts if len(parts) > 1 and all(map(self.exercise_in, parts)) else [entry]

    def exercise_in(self, entry: str) -> str:
        """The id of the exercise of an entry, whatever its amounts; empty: it is not known."""
        rest = WrittenEntry(entry)
        take_amounts(rest)
        return self._find((rest.parts() or [""])[0])

    def _find(self, name: str) -> str:
        """The id of the exercise of this name; empty: there is none."""
        if name in self._names:
            return name
        if is_unsure(name):
            return ""
        if found := self._ids.get(letters_of(name), ""):
            return found
        words = [word for word in name.split() if word not in _IDLE]
        if found := self._ids.get(letters_of(" ".join(words)), "") if words else "":
            return found
        for place in (0, -1):
            if len(words) > 1 and words[place] in _PLACES:
                others = words[1:] if place == 0 else words[:-1]
                found = self._ids.get(letters_of(" ".join(others)), "")
                if found and self._load(found).position in _PLACES[words[place]]:
                    return found
        return ""

    def _entry(self, entry: str, troubles: list[str], *, stubs: bool) -> Wish | None:
        rest, shown = WrittenEntry(entry), shorten(entry)
        before = len(troubles)
        troubles += take_what_stands_in_the_file(rest, shown)
        amounts = take_amounts(rest)
        says, time, sides = amounts.says, amounts.time, amounts.sides
        name, *more = rest.parts() or [""]
        if not name and not time and set(says) == {"rest"}:
            return Wish("", "", says)
        exercise_id = self._find(name)
        if not exercise_id and _is_activity(name) and (told := length_told(entry)):
            troubles.append(told)
            return None
        for words in more:
            told = _("'{entry}': what does '{words}' mean here? What to remember is a 'note' in the file")
            troubles.append(told.format(entry=shown, words=shorten(words)))
        if not exercise_id and _is_activity(name) and not says and not sides:
            length = {"duration": time} if time else {}
            if not time and (done := length_in_name(name)):
                told = _("'{entry}': how long? Write {name} 30m")
                troubles.append(told.format(entry=shown, name=done))
            return None if more else Wish("", name, {"activity": name.capitalize(), **length})
        if name in ("rest", "pause", "break") and not says and not time:
            troubles.append(_("'{entry}': how long? Write rest 1m").format(entry=shown))
        elif not (exercise_id or as_name(name)):
            troubles.append(_("'{entry}': which exercise is it? Its name comes first").format(entry=shown))
        elif not exercise_id and not stubs:
            told = no_exercise(name, self._names, self._names)
            troubles.append(_("{problem} With --stubs it becomes one of your own").format(problem=_end(told)))
        if breath := counted_breath(name, shown, says):
            troubles.append(breath)
        if len(troubles) > before:
            return None
        exercise = self._load(exercise_id) if exercise_id else None
        said = dict(says)
        troubles += _fitted(amounts, exercise, name, shown)
        ordered = {key: says[key] for key in _ORDER if key in says}
        known = bool(exercise_id)
        read_as = _read_as(shown, amounts, exercise, said, says)
        if not read_as and exercise is not None:
            read_as = both_sides(shown, exercise, sides, said)
        return Wish(exercise_id or as_name(name), name, ordered, known=known, read_as=read_as)


def _with_rest_between(wishes: Iterable[Wish]) -> tuple[Wish, ...]:
    """The wishes; a rest that is the last of them, where nobody needs it, is that of a circuit before."""
    *others, last = wishes
    if not others or not others[-1].inside or "rest" in others[-1].says or {*last.says} != {"rest"}:
        return (*others, last)
    circuit, told = others[-1], _("'{entry}' is read as the rest between the rounds.")
    read_as = told.format(entry=f"rest {last.says['rest']}")
    return (*others[:-1], circuit._replace(says={**circuit.says, **last.says}, read_as=read_as))


def _circuits_in(text: str) -> Iterator[re.Match[str]]:
    return re.finditer(_CIRCUIT, text, re.IGNORECASE)


def _times_for_each(found: re.Match[str]) -> str:
    """`20s, 30s, 40s` as `20/30/40s`: a time for each set."""
    return "/".join(re.findall("[0-9]+", found[0])) + "s"


def _is_activity(name: str) -> bool:
    return name != "" and name.split(maxsplit=1)[0] in ACTIVITIES


def _fitted(amounts: Amounts, exercise: Exercise | None, name: str, shown: str) -> Iterator[str]:
    """Give times and sides the keys that they have with this exercise; what does not fit is told."""
    says = amounts.says
    if amounts.time and "reps" not in says and amounts.crossed and _are_reps(exercise, says["sets"], amounts):
        says["reps"] = says.pop("sets")
    if amounts.time:
        says[_measure(exercise, name, amounts)] = amounts.time
    elif says.get("reps") == "max" and "hold" not in says and (_is_held(exercise) or re.search(_HOLDS, name)):
        says["hold"] = says.pop("reps")
    elif (
        (amounts.bare or is_bare_list(shown, says))
        and "hold" not in says
        and _may_be_seconds(exercise, says["reps"])
    ):
        told = _("'{entry}': reps, or seconds? Write '{number} reps' or '{number}s'")
        yield told.format(entry=shown, number=as_written(says["reps"]))
    most = says["hold"].removeprefix("max ") if says.get("hold", "").startswith("max ") else ""
    if most and exercise is not None and "hold" not in shown.lower():
        moves = _measure(exercise, name, amounts._replace(says={}, time=most)) == "duration"
        if moves:
            told = _("'{entry}': it moves: write {exercise} {time}, or {exercise} hold max {time}")
            yield told.format(entry=shown, exercise=exercise.id, time=most)
            return
    if most and "reps" in says:
        told = _("'{entry}': a hold within a rep has one length: write hold {time}")
        yield told.format(entry=shown, time=most)
        return
    in_front = re.match(r"[0-9]+ ?[x\u00d7*] ?[a-z]", shown, re.IGNORECASE) is not None
    if exercise is not None and is_timed(exercise) and amounts.time and ("reps" in says or in_front):
        told = _("'{entry}': are these sets? Write {exercise} {sets}x{time}, or 8x (run 60s, walk 90s)")
        yield told.format(
            entry=shown, exercise=exercise.id, sets=says.get("reps") or says["sets"], time=amounts.time
        )
    elif exercise is not None and is_timed(exercise) and ("reps" in says or "hold" in says):
        told = _("'{entry}': it has no reps and no hold: give a time, as in {exercise} 1m")
        yield told.format(entry=shown, exercise=exercise.id)
    if asked := _sides(exercise, amounts.sides) if amounts.sides else "":
        says["sides"] = asked
    elif asked is None and exercise is not None:
        yield _("'{entry}': {exercise} has no sides").format(entry=shown, exercise=exercise.name)


def _read_as(
    shown: str, amounts: Amounts, exercise: Exercise | None, said: Mapping[str, str], says: Mapping[str, str]
) -> str:
    """What a time is taken for, where it may be meant otherwise."""
    in_reps = exercise is None or _own_reps(exercise)
    if not amounts.time or not in_reps or "reps" in said:
        return ""
    if amounts.crossed:
        told = (
            _("'{entry}' is read as {number} reps, each held {time}; or write '{number} sets of {time}'.")
            if "reps" in says
            else _("'{entry}' is read as {number} sets of {time}; or write '{number} reps, hold {time}'.")
        )
        return told.format(entry=shown, number=said["sets"], time=amounts.time)
    if "duration" in says and (exercise is None or any(phase.name == HOLD for phase in exercise.phases)):
        told = _("'{entry}' is read as moving for {time}; or write 'hold {time}'.")
        return told.format(entry=shown, time=amounts.time)
    return ""


def _end(told: str) -> str:
    """A clause as a sentence."""
    return told if told.endswith("?") else f"{told}."


_ORDER = ("sets", "reps", "hold", "duration", "sides", "rest", "every", "load")


_STILL = ("stretch", "hold", "plank", "pose", "hang", "stand", "sit", "squeeze", "press")
"""With one of these at the end of a word, an exercise that is not known is held."""

_HOLDS = r"\b(?:planks?|sits?|holds?)\b(?![ -](?:ups?|to|downs?)\b)"
"""With one of these words as much as one can is as long as one can, also where it has reps."""

_SHORT_S, _PASSING_S = 10.0, 2.0
"""The longest hold of a rep that is no movement for a time, and the longest in which one only passes by."""


def _measure(exercise: Exercise | None, name: str, amounts: Amounts) -> str:
    """What a time is: a hold's or, in an exercise that moves, that of moving on."""
    if "reps" in amounts.says and not (exercise is not None and is_timed(exercise)):
        return "hold"
    if exercise is None:
        words = (word.removesuffix("s").removesuffix("e") for word in name.split())
        still = any(word.endswith(tuple(end.removesuffix("e") for end in _STILL)) for word in words)
        return "hold" if still else "duration"
    if not exercise.phases:
        return "duration" if is_timed(exercise) else "hold"
    moves = _only_moves(exercise) and (_long_s(amounts) > _SHORT_S or not _own_hold_s(exercise))
    return "duration" if moves else "hold"


def _own_reps(exercise: Exercise) -> bool:
    return exercise.prescription is not None and exercise.prescription.reps is not None


def _own_hold_s(exercise: Exercise) -> float:
    own = exercise.prescription
    return 0.0 if own is None or own.hold is None else own.hold.high


def _only_moves(exercise: Exercise) -> bool:
    """Whether nothing is held in it, or only while the movement turns round."""
    held = any(phase.name == HOLD for phase in exercise.phases)
    return not held or (_own_reps(exercise) and _own_hold_s(exercise) <= _PASSING_S)


def _long_s(amounts: Amounts) -> float:
    """How long the time of an entry is, about."""
    try:
        return parse_duration(amounts.time).seconds(Breathing())
    except UnitError:
        return 0.0


def _is_held(exercise: Exercise | None) -> bool:
    """Whether a set of it is one hold."""
    if exercise is None:
        return False
    if exercise.prescription is not None:
        return exercise.prescription.reps is None and exercise.prescription.hold is not None
    return any(phase.name == HOLD and phase.duration is None for phase in exercise.phases)


def _are_reps(exercise: Exercise | None, sets: str, amounts: Amounts) -> bool:
    """Whether `10x5s` is ten reps held for so long, rather than ten sets."""
    number, long_s = re.match("[0-9]+", sets), _long_s(amounts)
    many = number is not None and int(number[0]) >= MOST_SETS - 1
    if exercise is None:
        return many and long_s <= _SHORT_S
    if not _own_reps(exercise) or (_only_moves(exercise) and long_s > _SHORT_S):
        return False
    return many or long_s <= max(_SHORT_S, _own_hold_s(exercise))


_LONG_S, _FEW, _MANY = 8.0, 5, 12
"""A hold from which on, at so few reps at most, so many of them are most likely seconds."""


def _may_be_seconds(exercise: Exercise | None, reps: str) -> bool:
    """Whether a number alone is more likely the length of a hold."""
    own = None if exercise is None else exercise.prescription
    if _is_held(exercise):
        return True
    if own is None or own.hold is None or own.reps is None or not own.reps.counts:
        return False
    numbers = [int(number) for number in re.findall("[0-9]+", reps)]
    most = max(numbers[:1] if not reps.startswith("[") else numbers, default=0)
    long = own.hold.high >= _LONG_S and own.reps.counts[0].high <= _FEW
    return long and most >= _MANY


def _sides(exercise: Exercise | None, asked: str) -> str | None:
    """The value of `sides`; empty where the exercise has it already, None where it has no sides."""
    if exercise is None:
        return "each" if asked == "per" else asked
    if exercise.sides is Sides.NONE:
        return None
    return "" if asked in ("per", str(exercise.sides)) else asked
