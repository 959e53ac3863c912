"""What lies about: what is needed, laid out on the way into a position, put aside on the way out."""

from __future__ import annotations

from collections.abc import Sequence

from backtimer.core.plan.plan import Plan, exercise_of_set
from backtimer.core.plan.routine import Exercise, Position
from backtimer.core.plan.ways import (
    LYING,
    ON_FEET,
    ON_THE_FLOOR,
    PROPPED_UP,
    is_firm,
    is_mat,
    needs_support,
    way_s,
)
from backtimer.core.speech.beginning import look_again
from backtimer.core.speech.heard import Heard, laid_out, things_in
from backtimer.core.speech.languages import v
from backtimer.core.speech.needed import CHAIR, SPREAD_S, chair_at_mat, chair_placed, listed, things_told
from backtimer.core.speech.own_words import OwnWords
from backtimer.core.speech.phrases import position_words, sentence
from backtimer.core.speech.pieces import Piece, Why, singly, speech_s
from backtimer.core.speech.rested import KNEELING, ways_of_all
from backtimer.core.speech.work import foreign
from backtimer.language import _

MUCH_GEAR = 3
"""So many sentences about equipment are told at the beginning."""

FIXED_GEAR = 6
"""So many sentences about equipment are about something that has to be fixed to something."""

FETCHED_S = 7.0
"""Time to lay small things where they are to lie."""

LAID_OUT_S = 5.0
"""Time to do what a sentence about equipment asks for: to lay out a pillow, to fold a towel."""

LAID_AGAIN_S = 3.0
"""The same for who has done it often."""

ASIDE_S = 2.5
"""Time to bring something back to where it lay."""

SET_UP_S = 15.0
"""Time for what takes more than a sentence or two: to place a chair."""

FIXED_S = 85.0
"""Time to fix a band, and to test it."""

ASKED_S = 3.0
"""Of it so long for a sentence with a question, which is for some only."""

DOWN_S = 30.0
"""So much more than the way takes it takes to hear of it, and what comes."""

STILL_EACH_S = 1.2
"""So long it is still after each move, at least; a little less than a second would be none at all."""

LEAST_STILL_S = 3.0
"""So long it is still, at least, in and after the way to another position."""

ROLLS_S = 3.6
"""With the words for it so long as it takes at least to roll onto the stomach, before more is told."""

LIES_DOWN_S = {Position.SUPINE: 2.5, Position.PRONE: 3.5}
"""So much longer than the way it takes who is told each move of it, and has to find her place on the mat."""

STOPS_S = 11.0
"""So much longer it takes who gets up from the floor move by move, and waits where her head swims."""

OVER_THE_ELBOW_S = 4.0
"""So much longer again it takes who comes onto her stomach over her elbow, in six moves."""

CRAWLS_S = 3.0
"""So much longer it takes who comes up from her stomach, and crawls forward until her feet are on the mat."""

DOWN_EACH_S = 3.0
"""So long it is still after each move from the feet down to the mat, for who does it for the first time."""

UNHURRIED = 1.2
"""So much longer the way down to the floor takes who stands and does it for the first time."""


class Props:
    """What is to be said of equipment in one session, and of the ways on which it is laid out.

    Args:
        plan: What is done.
        heard: What the listener knows.
        own: The sentences of its exercises.
        coach: The language of the coach's own words, as a tag.
        unhurried: There will be as much time as the words take, whatever the plan has.
        attended: Someone can press keys.
    """

    def __init__(
        self,
        plan: Plan,
        heard: Heard,
        own: OwnWords,
        coach: str = "",
        *,
        unhurried: bool = False,
        attended: bool = True,
    ) -> None:
        self._plan = plan
        self._heard = heard
        self._own = own
        self._coach = coach
        self._unhurried = unhurried
        self._attended = attended

    def needed(self) -> list[Piece]:
        """What to have at hand, at the beginning, and where the chair and the mat are."""
        plan, things = self._plan, self._plan.equipment
        knows_all, support = plan.knows_all, []
        if (needs_support(plan) and not knows_all) or (CHAIR in things and not self._places_a_chair()):
            support = chair_placed(on_mat=any(map(is_mat, things)))
            if knows_all:  # it stands there, or she puts it there while she hears it
                support = [piece.with_still(0.0) for piece in support]
            things = tuple(thing for thing in things if thing != CHAIR)
        if self._fixes() and not knows_all:
            support = []  # the mat lies where the band is fixed, and the chair at its other end
        if not things:
            return support
        near = not self._lays_small_things()
        pause = [Piece(Why.EQUIPMENT, self._pause())] if not (near or self._fixes()) else []
        return [*things_told(plan, things, self._coach, within_reach=near), *pause, *support]

    def begun_with(self, start: Sequence[Piece], arrival: Sequence[Piece]) -> list[Piece]:
        """The beginning, and the way to the first exercise, which has the chair once where both place it."""
        placed = {piece.said for piece in start}
        return [*start, *(one for one in arrival if one.why is not Why.EQUIPMENT or one.said not in placed)]

    def small_things(self) -> list[Piece]:
        """Where to lay what lies about, once the chair and the mat have their places, with time for it."""
        if not self._lays_small_things():
            return []
        beside = Piece(Why.EQUIPMENT, _("Lay your things beside where you will lie"), then_s=FETCHED_S)
        if not any(map(is_mat, self._plan.equipment)):
            return [beside]
        beside = beside._replace(text=_("Lay your things beside the middle of the mat"))
        told = " ".join(text for each in self._plan.exercises for text in each.gear)
        chair = CHAIR in self._plan.equipment or needs_support(self._plan)
        if chair or is_mat(told):  # there the mat is laid before the chair, or where the exercise has it
            return [beside]
        return [Piece(Why.EQUIPMENT, _("Lay the mat where you will be"), then_s=SPREAD_S), beside]

    def _lays_small_things(self) -> bool:
        """Whether there are several, all in the coach's language."""
        others = any(foreign(each.language, self._coach) for each in self._plan.exercises)
        return len(self._loose()) > 1 and not self._plan.knows_all and not others

    def is_bare(self) -> bool:
        """Whether nothing lies beside the mat: what lies there is more than the mat."""
        return len(self._loose()) <= 1

    def _pause(self) -> str:
        """How to get more time."""
        if self._attended:
            return _("Press space to pause me, until all is there")
        return _("Pause me, until all is there")

    def _places_a_chair(self) -> bool:
        """Whether it is told of an exercise how a chair has to stand, before anybody has to hold on to it.

        One that knows of no mat does not count where one is laid in front of the chair.
        """
        first = self._plan.sets[0].exercise
        early = (
            each
            for each in self._plan.exercises
            if each.id not in self._plan.known
            and (each.id == first or len(list(singly(each.gear))) >= MUCH_GEAR)
        )
        told = " ".join(text for each in early for text in each.gear)
        lays = not any(map(is_mat, self._plan.equipment)) or is_mat(told)
        return "wheels" in told and lays

    def _fixes(self) -> bool:
        """Whether something is fixed first, for which there is a pause of its own."""
        return any(is_fixed(each) for each in self._plan.exercises)

    def _loose(self) -> list[str]:
        """What is laid beside the mat: not what is set up on its own, and nothing to hold on to."""
        alone = [each for each in self._plan.exercises if len(list(singly(each.gear))) < MUCH_GEAR]
        things = dict.fromkeys(thing for each in alone for thing in each.equipment)
        return [thing for thing in things if not is_firm(thing)]

    def fixed_first(self, set_index: int) -> list[Piece]:
        """What takes more than a sentence to set up is set up before one lies down."""
        later = [
            each
            for each in self._plan.exercises
            if each.id not in self._plan.known and len(list(singly(each.gear))) >= MUCH_GEAR
        ]
        known = [
            self._set_up(each)
            for each in self._plan.exercises
            if each.id in self._plan.known and is_fixed(each)
        ]
        told = [
            piece._replace(about=each.id)
            for each in later
            if each.id != self._plan.sets[set_index].exercise
            for piece in self.gear(each)
        ]
        return [*told, *(piece for pieces in known for piece in pieces)]

    def _set_up(self, exercise: Exercise) -> list[Piece]:
        """The same for who knows how: what no other exercise needs."""
        others = {thing for each in self._plan.exercises if each is not exercise for thing in each.equipment}
        things = [thing for thing in exercise.equipment if thing not in others]
        if not things or foreign(exercise.language, self._coach):
            return []
        words = _("First set up the {thing}").format(thing=things[0])
        return [Piece(Why.EQUIPMENT, words, then_s=SET_UP_S, about=exercise.id)]

    def way(
        self,
        last: int | None,
        exercise: Exercise,
        before: Position | None,
        *,
        sits: bool = False,
        rested: Sequence[Position] = (),
        on_hip: bool = False,
        some_stay: bool = False,
        over: Sequence[Piece] = (),
    ) -> list[Piece]:
        """How to get into position, move by move, each with its time; things are laid out on the way.

        Args:
            last: The set that was worked on last; None: there is none.
            exercise: What is done in the set that it leads to.
            before: The position that one is in; None: it is not known.
            sits: Where that is not known: she was told to sit down on the chair first.
            rested: Where she may be who left out what was done before.
            on_hip: Whether she has sat down on one hip to listen, from which she lies down.
            some_stay: Whether some have just been told to stay where they are.
            over: How she turns over who is in the position, on the other side.
        """
        position, gear = exercise.position, self.gear(exercise)
        away = self._away(last, exercise, gear)
        gear = self._or_aside(last, exercise, gear)
        full = exercise.id not in self._plan.known
        bare = self.is_bare()
        look = look_again(self._heard) if full and before is not None else []
        others = {
            place: [] if place is position else moves_of(place, position, bare=bare) for place in rested
        }
        if position is before:
            theirs = [piece for group in ways_of_all([], others) for piece in group]
            if theirs:  # first she turns over who lies there: who only comes lies down on the right side
                over = [
                    piece._replace(text=f"{v.WHERE[position]} {piece.text}", brief=piece.text)
                    for piece in over
                ]
            return [*away, *gear, *over, *theirs] if over else [*away, *theirs, *gear]
        if before is None and full and self._has_time_to_get_down(position):
            before = Position.SEATED if sits else Position.STANDING
            unhurried = 1.0 if sits else UNHURRIED
        else:
            unhurried = 1.0
        pieces = moves_of(before, position, unhurried, bare=bare, down_s=DOWN_EACH_S * full)
        sat = pieces
        if on_hip:
            pieces = _from_one_hip(pieces)
            others |= {place: _from_one_hip(way) for place, way in others.items() if place in KNEELING}
        groups = ways_of_all(pieces, others, before=before, some_stay=some_stay)
        gone = len(sat) - len(pieces)
        off = min(max(_off_after(before, position) - gone, 0), len(pieces))
        last_exercise = None if last is None else exercise_of_set(self._plan, last)
        away_at = max(1 - gone, 0) if _out_of_reach(last_exercise, exercise) else off
        last_of_all = len(pieces) if position in PROPPED_UP else off
        if len(gear) >= MUCH_GEAR and before not in PROPPED_UP | LYING:  # a chair stands before one is down
            last_of_all = 0
        if before in ON_FEET or position in ON_FEET or is_fixed(exercise):
            looks = 0  # before one rolls or gets up
        else:
            looks = 0 if away or gear else -1
        told: list[Piece] = []
        for at in range(len(pieces) + 1):
            told += look if at == looks else []
            told += away if at == away_at else []
            told += gear if at == last_of_all else []
            told += groups[at] if at < len(groups) else []
        return told

    def _has_time_to_get_down(self, position: Position) -> bool:
        """Whether at the start, where she may stand yet, there is time to tell how to get down."""
        if position is Position.STANDING:
            return False
        least_s = way_s(Position.STANDING, position) + DOWN_S
        return self._unhurried or self._plan.steps[0].estimate_s >= least_s

    def gear(self, exercise: Exercise) -> list[Piece]:
        """What to lay out, or to set up, with time to do it.

        What is put aside each time is laid out each time, known or not, but for what only some need.
        """
        # A chair stands where it was put, for another one or to hold on to.
        told = {text for _exercise, text in self._heard.told}
        told |= self._heard.said & {piece.said for piece in chair_placed(on_mat=True)}
        gear = [
            piece
            for piece in self._own.untold(exercise, Why.EQUIPMENT, exercise.gear)
            if piece.text not in told
        ]
        known = exercise.id in self._plan.known
        if known:  # what only some need they know by then
            gear = [piece for piece in gear if piece.text in laid_out(exercise) and "?" not in piece.text]
        whole = len(list(singly(exercise.gear)))
        if whole >= FIXED_GEAR and not known:  # who pauses in the midst of it is told the rest
            more = _("Not ready? Press space to pause me") if self._attended else _("Not ready? Pause me")
            minute = Piece(Why.EQUIPMENT, f"{sentence(_('Now you have a minute'))} {more}")
            chair = chair_at_mat() if needs_support(self._plan) else []
            asked = [piece for piece in gear if "?" in piece.text]
            each_s = (FIXED_S - ASKED_S * len(asked)) / max(len(gear) - len(asked), 1)
            told_s = [ASKED_S if piece in asked else each_s for piece in gear]
            timed = [piece.with_still(still_s) for piece, still_s in zip(gear, told_s, strict=True)]
            fixed = [minute, *timed, *chair]
            return [piece for piece in fixed if piece.said not in self._heard.said]
        if len(gear) >= MUCH_GEAR:
            return [piece.with_still(SET_UP_S / len(gear)) for piece in gear]
        if known:
            return [piece.with_still(LAID_AGAIN_S) for piece in gear]
        return [piece.with_still(LAID_OUT_S) for piece in gear]

    def _or_aside(self, last: int | None, exercise: Exercise, gear: list[Piece]) -> list[Piece]:
        """What lies about, and only some need now, is put aside by the others: it is spoken of once."""
        before = None if last is None else exercise_of_set(self._plan, last)
        if before is None or before.id == exercise.id or _out_of_reach(before, exercise):
            return gear
        aside = [(text, things_in(before, text)) for text in singly(before.away)]
        lies = {thing for _text, things in aside for thing in things}
        stays = {thing for thing in lies if _moved_or_stays(before, exercise, thing)}
        told: list[Piece] = []
        for piece in gear:
            told.append(piece)
            if (
                "?" in piece.text
                and not piece.language
                and (lies - stays) & {*things_in(exercise, piece.text)}
            ):
                told.append(Piece(Why.EQUIPMENT, _("Not needed? Lay it beside the mat"), then_s=ASIDE_S))
        return told

    def _away(self, last: int | None, exercise: Exercise, gear: list[Piece]) -> list[Piece]:
        """What lies about from the exercise before is put aside, unless it is laid elsewhere now, or stays.

        What only some have laid out is put aside, too: nobody is to lie on what she sat or knelt on.
        Who lies down brings all of it along, since she does not reach her knees from there.
        """
        before = None if last is None else exercise_of_set(self._plan, last)
        if before is None or before.id == exercise.id:
            return []
        far = _out_of_reach(before, exercise)
        texts = [
            text
            for text in singly(before.away)
            if far
            or not (
                any(_moved_or_stays(before, exercise, thing) for thing in things_in(before, text))
                or any({*things_in(before, text)} & {*things_in(exercise, each.text)} for each in gear)
            )
        ]
        aside = [
            self._own.told(before, Why.EQUIPMENT, text)._replace(tells="", about=before.id) for text in texts
        ]
        return [piece.with_still(ASIDE_S) for piece in _in_one(aside)]


def moves_of(
    before: Position | None,
    position: Position,
    unhurried: float = 1.0,
    *,
    bare: bool = False,
    down_s: float = 0.0,
) -> list[Piece]:
    """A way, move by move, each with its time.

    Args:
        before: Where it begins; None: it is not known.
        position: Where it leads.
        unhurried: So many times as long it takes as the body needs.
        bare: Nothing lies beside the mat.
        down_s: At least so long it is still after each move from the feet down to the mat.
    """
    words = position_words(position, before)
    if bare and before is not None:
        words = v.WITHOUT_THINGS.get((before, position), words)
    least_s = way_s(Position.STANDING if before is None else before, position) * unhurried
    least_s += LIES_DOWN_S.get(position, 0.0)
    if before in ON_THE_FLOOR and position in ON_FEET:
        least_s += STOPS_S
    if before is Position.PRONE and position in {*KNEELING, Position.SUPINE}:
        least_s += CRAWLS_S
    if before in PROPPED_UP and position is Position.PRONE:
        least_s += OVER_THE_ELBOW_S
    moves = list(singly((words,)))
    still_s = max(least_s - speech_s(words), LEAST_STILL_S, STILL_EACH_S * len(moves))
    last_s = still_s / len(moves)
    if position is Position.PRONE:  # nobody rolls onto her stomach in a moment
        last_s = min(max(last_s, ROLLS_S), still_s)
    others_s = max((still_s - last_s) / max(len(moves) - 1, 1), STILL_EACH_S)
    told = [Piece(Why.POSITION, move, then_s=others_s) for move in moves]
    told[-1] = told[-1].with_still(last_s)
    down = _off_after(before, position) if before in ON_FEET and position in ON_THE_FLOOR else 0
    return [*(each.with_still(max(each.then_s, down_s)) for each in told[:down]), *told[down:]]


def _from_one_hip(moves: list[Piece]) -> list[Piece]:
    """What is left of a way for who sits on one hip."""
    hips = {sentence(v.ONTO_ONE_HIP), sentence(v.ON_ONE_HIP)}
    sits = [at for at, move in enumerate(moves) if move.said in hips]
    return moves[sits[0] + 1 :] if sits else moves


def _out_of_reach(before: Exercise | None, exercise: Exercise) -> bool:
    """Whether what lay under the knees is needed by who lies, or would be lain upon."""
    return before is not None and before.position in PROPPED_UP and exercise.position in LYING


def _moved_or_stays(before: Exercise, exercise: Exercise, thing: str) -> bool:
    """Whether a thing of one exercise is laid elsewhere by all for the next, or needed where it lies.

    Where only some need it, a question tells who: the same one is the same need.
    """
    told = [text for text in singly(exercise.gear) if thing in things_in(exercise, text)]
    if any("?" not in text for text in told):
        return True
    needs = {text.split("?")[0] for text in singly(before.gear) if thing in things_in(before, text)}
    return any(text.split("?")[0] in needs for text in told)


def _off_after(before: Position | None, position: Position) -> int:
    """After how many moves of a way one is off what lies under her, and has a hand free to lay things out."""
    if before in ON_FEET and position in ON_THE_FLOOR:  # nobody bends down to the mat from above
        return len(list(singly((position_words(Position.QUADRUPED, before),))))
    if position is Position.PRONE:  # she lies on her side: what she will lie on is laid before her
        return len(list(singly((position_words(position, before),)))) - 2
    return int(before in LYING or (before in PROPPED_UP and (position in LYING or position in PROPPED_UP)))


def is_fixed(exercise: Exercise) -> bool:
    """Whether it needs something that has to be fixed, found again, and taken hold of for each set."""
    return len(list(singly(exercise.gear))) >= FIXED_GEAR


def _in_one(aside: list[Piece]) -> list[Piece]:
    """What is pushed aside, in one sentence."""
    frame = _("Lay {things} back beside the mat")
    before, _slot, after = frame.partition("{things}")
    plain = [piece.text.rstrip(".") for piece in aside if not piece.language]
    if len(aside) < 2 or len(plain) < len(aside):
        return aside
    if not all(text.startswith(before) and text.endswith(after) for text in plain):
        return aside
    things = listed([text.removeprefix(before).removesuffix(after) for text in plain])
    return [aside[0]._replace(text=frame.format(things=things))]
