"""One exercise: its page, with all of how it is done, and what it may be exchanged for, as lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backtimer.core.picture.figure_rows import looks_upright
from backtimer.core.picture.page import Block, Page, Scroll, Slot, bordered
from backtimer.core.picture.rows import EMPTY, MOST_WIDTH, Look, Row, Span, cells, cut, row, wrapped
from backtimer.core.plan.exchanging import FormKind
from backtimer.core.plan.forms import Form
from backtimer.core.plan.routine import Exercise, Position
from backtimer.language import _, marked
from backtimer.values import NamedTuple

MUSCLES: Mapping[str, str] = {
    "erector spinae": marked("extends the spine and bends it sideways"),
    "multifidus": marked("steadies each segment of the spine, fine control"),
    "quadratus lumborum": marked("bends the trunk sideways, keeps you upright"),
    "transversus abdominis": marked("the corset: steadies the lower back"),
}
"""What the muscles of the lower back do.

Source: "Effective Lower Back Strengthening Exercises for Pain Relief",
Gold City Medical Center, 2026; the words are ours."""

POSITIONS: Mapping[Position, str] = {
    Position.STANDING: marked("standing"),
    Position.SEATED: marked("sitting on a chair"),
    Position.SUPINE: marked("on your back"),
    Position.PRONE: marked("on your stomach"),
    Position.SIDE_LYING: marked("on your side"),
    Position.QUADRUPED: marked("on hands and knees"),
    Position.KNEELING: marked("kneeling"),
    Position.HALF_KNEELING: marked("kneeling on one knee"),
    Position.FLOOR_SEATED: marked("sitting on the floor"),
}

BESIDE = 72
"""From this width on the figure has room beside the words."""
_LEAST_WORDS, _MOST_WORDS = 34, 58
"""So wide are the words beside a figure."""
_WIDEST_FIGURE = 112
_LEAST_FIGURE = (26, 8)
_WORTH_IT = 0.75
"""A figure beside the words has at least this part of the rows that it would have above them."""
_SHARE, _UPRIGHT_SHARE = 0.32, 0.6


class ExerciseView(NamedTuple):
    """What the page says, in the language that is spoken and fit to be shown."""

    exercise: Exercise
    amount: str = ""
    note: str = ""
    easier: str = ""
    """The name of its easier form; empty: none is known."""
    harder: str = ""
    level: str = ""
    """Where the person stands, in a sentence or two."""
    place: str = ""
    """Which of the day's exercises it is: `2 of 4`."""


def exercise_page(view: ExerciseView, passed: int, width: int, height: int) -> Page:
    """The page.

    Args:
        view: What it says.
        passed: So many lines of the words are out of sight, at most.
        width: Cells there are.
        height: Rows there are, without the line of keys.
    """
    inner = max(1, min(MOST_WIDTH, width - 2))
    left = max(0, (width - inner) // 2)
    page = Block()
    amount, things = view.amount, ", ".join(view.exercise.equipment)
    beside = cells(view.exercise.name) + 3 + cells(amount) <= inner
    name = row(
        Span(view.exercise.name, Look.TITLE), Span(f"   {amount}" if amount and beside else "", Look.HEADING)
    )
    page.add([cut(name, inner)])
    position = _(POSITIONS[view.exercise.position])
    facts = " · ".join(part for part in (position, things, view.place) if part)
    fits = cells(facts) <= inner
    if not fits:
        facts = " · ".join(part for part in (position, view.place) if part)
    page.add([cut(row(Span(facts, Look.QUIET)), inner)])
    if height >= 16:
        page.air()
    # What has no room at the top is the first that is read.
    first = [("", Look.HEADING) if beside else (amount, Look.HEADING), ("" if fits else things, Look.QUIET)]
    page.put_below(_body(view, first, passed, (inner, max(1, height - len(page)))))
    return page.page(width, height, left)


def _body(view: ExerciseView, told: list[tuple[str, Look]], passed: int, size: tuple[int, int]) -> Block:
    """The words, after what is told before them, and the figure beside or above them."""
    width, height = size
    block = Block()
    figured = bool(view.exercise.figure)
    upright = looks_upright(view.exercise)
    words_width = max(_LEAST_WORDS, min(_MOST_WORDS, width * 40 // 100))
    columns, lines = _figure_size(width - words_width - 3, height, beside=True, upright=upright)
    above = _figure_size(width, height, beside=False, upright=upright)
    # On a high screen that is not wide a body that lies is larger above the words.
    beside = figured and width >= BESIDE and lines > above[1] * _WORTH_IT
    if not beside:
        words_width, (columns, lines) = width, above
    if not figured or not lines:
        columns = lines = 0
        beside = False
        words_width = width
    before = [each for text, look in told for each in wrapped(text, words_width, look)]
    words = [*before, *word_rows(view, words_width)]
    sight = height if beside or not lines else height - lines - 1
    first = max(0, min(passed, len(words) - sight))
    seen = words[first : first + sight]
    if first + sight < len(words) and sight > 1:
        seen = [*seen[:-1], row(Span(_("↓ more"), Look.STRONG))]
    if beside:
        block.slot = Slot(0, words_width + 3, columns, lines)
        block.add(bordered(seen, (), words_width, height))
    else:
        if lines:
            block.slot = Slot(0, 0, columns, lines)
            block.air(lines + 1)
        block.add(seen)
    block.scroll = Scroll(len(words), first, sight)
    return block


def _figure_size(columns: int, rows: int, *, beside: bool, upright: bool) -> tuple[int, int]:
    """How large the figure is; (0, 0): there is no room for one. Words below it keep half of the room."""
    columns = min(columns, _WIDEST_FIGURE)
    most = round(columns * (_UPRIGHT_SHARE if upright else _SHARE))
    lines = min(rows if beside else (rows - 1) // 2, most)
    return (columns, lines) if columns >= _LEAST_FIGURE[0] and lines >= _LEAST_FIGURE[1] else (0, 0)


def word_rows(view: ExerciseView, width: int) -> list[Row]:
    """All that there is to say, part by part."""
    exercise = view.exercise
    parts: list[tuple[str, tuple[str, ...]]] = [
        ("", (view.note,) if view.note else ()),
        (_("First"), (*exercise.gear, *exercise.setup)),
        (_("Then"), exercise.steps),
        (_("Which side"), (_("Left is {meaning}.").format(meaning=exercise.left),) if exercise.left else ()),
        (_("Breath"), exercise.breath),
        (_("Watch"), tuple(each for each in exercise.watch if each != view.note)),
        (_("Too much?"), exercise.make_easier),
        (_("Too easy?"), exercise.make_harder),
        (_("Out of it"), (*exercise.out, *exercise.resting, *exercise.away)),
        (_("Ask first"), exercise.ask_first),
        (_("Muscles"), tuple(map(_muscle, exercise.targets))),
        (_("Easier"), (view.easier,) if view.easier else ()),
        (_("Harder"), (view.harder,) if view.harder else ()),
        (_("Where you stand"), (view.level,) if view.level else ()),
    ]
    rows: list[Row] = []
    for title, sentences in parts:
        if not sentences:
            continue
        rows += [EMPTY] if rows else []
        rows += [row(Span(title, Look.HEADING))] if title else []
        for sentence in sentences:
            rows += wrapped(sentence, width, Look.PLAIN if title else Look.STRONG)
    return rows


def _muscle(name: str) -> str:
    does = MUSCLES.get(name.lower())
    shown = name[:1].upper() + name[1:]
    return shown if does is None else _("{muscle}: {does}.").format(muscle=shown, does=_(does))


_KINDS = {
    FormKind.EASIER: marked("easier"),
    FormKind.HARDER: marked("harder"),
    FormKind.ALIKE: marked("same target"),
}


class FormLine(NamedTuple):
    """One form, as it is offered."""

    key: str
    """The digit that takes it."""
    name: str
    about: str
    """Why, and how much: `easier · 2 × 6 reps`."""


def form_lines(forms: Sequence[Form]) -> tuple[FormLine, ...]:
    """The lines, each with the digit that takes it."""
    numbered = enumerate(forms, start=1)
    return tuple(FormLine(str(number), form.exercise.name, about_form(form)) for number, form in numbered)


def about_form(form: Form) -> str:
    """What a form is to the exercise, what it needs that is not there, and how much of it there is."""
    return " · ".join(part for part in (_kind(form), _needs(form.lacks), form.amount) if part)


def _kind(form: Form) -> str:
    if form.back:
        return _("as it was")
    kind = _(_KINDS[form.why])
    if form.why is not FormKind.ALIKE or not form.without:
        return kind
    return _("{kind}, no {thing}").format(kind=kind, thing=form.without[0])


def _needs(things: Sequence[str]) -> str:
    return _("needs {things}").format(things=", ".join(things)) if things else ""
