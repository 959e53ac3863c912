"""The words of progression: why a level moves, and why it stays. Each is one short sentence."""

from __future__ import annotations

from collections.abc import Sequence

from backtimer.core.decisions import ENOUGH, MOST_EFFORT, MOST_PAIN, Proposal, Result
from backtimer.core.plan.prescription import Level, changed_words, hold_words, level_words
from backtimer.core.plan.units import Unit, counted
from backtimer.core.words import count_words, number_text

HURT = "it hurt last time"
UNFINISHED_TWICE = "not finished twice in a row"

FIXED = "The routine sets this amount."
NOT_YET = "Not done at this level yet."
HURT_AT_THE_BOTTOM = "It hurt last time. This is already the smallest amount. Try the easier form."
PAIN = "Your pain was higher after the last time."
NOT_FINISHED = "Not finished last time."
AT_THE_TOP = "At the top of its range."


def reason(level: Level, to_level: Level, why: str) -> str:
    """`11 reps: three sessions of 10, effort 4, no pain`; without a full stop, to stand in a line."""
    return f"{changed_words(level, to_level)}: {why}"


def good_words(level: Level, to_level: Level, results: Sequence[Result]) -> str:
    """Why it goes up: `three sessions of 10, effort 4, no pain`."""
    facts = (
        f"{count_words(len(results))} sessions of {_amount(level, to_level)}",
        _effort(results),
        _pain(results),
    )
    return ", ".join(fact for fact in facts if fact)


def rise_words(points: int) -> str:
    """Why it goes down after pain: `pain rose by 3 points last time`."""
    return f"pain rose by {counted(points, 'point')} last time"


def break_words(days: int) -> str:
    """Why it goes back: `a break of 15 days`."""
    return f"a break of {counted(days, 'day')}"


def effort_too_high(effort: int | None) -> str:
    """Why it stays, after a session that was hard."""
    return f"Last time was hard: {effort} of 10. It goes up when it is {MOST_EFFORT} or less."


def pain_too_high(pain: int) -> str:
    """Why it stays, after a session with much pain of which it is not known how much there was before."""
    return f"Your pain was {pain} of 10 after the last time. It goes up when it is {MOST_PAIN} or less."


def full_again(level: Level) -> str:
    """Why the full exercise comes back: `the full exercise again, 8 reps: three good sessions …`."""
    amount = level_words(level)
    what = f"the full exercise again, {amount}" if amount else "the full exercise again"
    return f"{what}: {count_words(ENOUGH)} good sessions in a row of its easier form"


def easier_so_far(good: int) -> str:
    """Why the easier form stays: `It hurt. Its easier form comes first: 1 of 3 good sessions in a row`."""
    return f"It hurt. Its easier form comes first: {min(good, ENOUGH)} of {ENOUGH} good sessions in a row."


def good_so_far(good: int, enough: int) -> str:
    """Why it stays, on the way up."""
    return f"{good} of {enough} good sessions at this level."


def declined_words(sessions: int) -> str:
    """Why it stays, after a no."""
    return f"You said no. It is asked again after {counted(sessions, 'more session')}."


def proposal_words(name: str, proposal: Proposal) -> str:
    """A proposal as a sentence: `Bird-dog, 11 reps: three sessions of 10`, with a full stop."""
    return f"{name}, {proposal.reason}."


def _amount(level: Level, to_level: Level) -> str:
    """What the next rung changes, as it was; its unit is said of the rung itself."""
    if to_level.reps != level.reps:
        return str(level.reps)
    if to_level.sets != level.sets:
        return str(level.sets)
    if to_level.rounds != level.rounds:
        return str(level.rounds)
    return number_text(level.hold or 0) if level.unit is Unit.BREATHS else hold_words(level)


def _effort(results: Sequence[Result]) -> str:
    rated = [result.effort for result in results if result.effort is not None]
    if not rated:
        return ""
    return f"effort {rated[0]}" if len(set(rated)) == 1 else f"effort up to {max(rated)}"


def _pain(results: Sequence[Result]) -> str:
    felt = (pain for result in results for pain in (result.pain, result.pain_next))
    rated = [pain for pain in felt if pain is not None]
    if not rated:
        return ""
    if not any(rated):
        return "no pain"
    before_known = all(result.pain_before is not None for result in results)
    if before_known and all(result.most_pain <= (result.pain_before or 0) for result in results):
        return "pain no higher than before"
    return f"pain up to {max(rated)}"
