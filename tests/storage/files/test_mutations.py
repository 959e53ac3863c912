"""Whatever is done to a good file, it is read or its problems are told: nothing else ever happens."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import NothingToDoError
from backtimer.core.plan.routine import WEEKDAYS, Routine
from backtimer.storage.files.exercise_file import Catalogue
from backtimer.storage.files.routine_file import routine_of
from backtimer.storage.files.source import ProblemsError, source_of
from backtimer.storage.files.yaml_nodes import Document, Mapping, Node, Scalar, Sequence, parse_source
from backtimer.storage.text import forbidden_in
from tests.storage.files.test_routine_file import WHOLE
from tests.storage.routine_files import catalogue_in

TEXT = textwrap.dedent(WHOLE)
SOURCE = source_of("my-week.yaml", TEXT)
PLACE = (1, 1, 1, 1)


def nodes_of(root: Node) -> list[Node]:
    """All nodes, keys included."""
    found: list[Node] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        found.append(node)
        if isinstance(node, Sequence):
            waiting.extend(node.items)
        elif isinstance(node, Mapping):
            waiting.extend(part for pair in node.pairs for part in pair)
    return found


NODES = nodes_of(parse_source(SOURCE).root)
SCALARS = sorted({node.text for node in NODES if isinstance(node, Scalar)})


def changed(node: Node, old: Node, new: Node) -> Node:
    """The tree with one node put in the place of another."""
    if node is old:
        return new
    place = (node.line, node.column, node.end_line, node.end_column)
    if isinstance(node, Sequence):
        return Sequence(tuple(changed(item, old, new) for item in node.items), *place)
    if isinstance(node, Mapping):
        pairs = []
        for key, value in node.pairs:
            new_key = changed(key, old, new)
            pairs.append((new_key if isinstance(new_key, Scalar) else key, changed(value, old, new)))
        return Mapping(tuple(pairs), *place)
    return node


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return Catalogue([catalogue_in(tmp_path_factory.mktemp("catalogue"))])


def read(document: Document, catalogue: Catalogue) -> Routine | None:
    """The routine, which then can be used, or None after its problems were told."""
    try:
        routine = routine_of(document, "my-week", catalogue)
    except ProblemsError as error:
        assert error.problems
        places = [(problem.line, problem.column) for problem in error.problems if problem.line]
        assert places == sorted(places)
        assert not any(forbidden_in(problem.message) or "\n" in problem.message for problem in error.problems)
        return None
    for day in WEEKDAYS:
        try:
            compile_day(routine, day)
        except NothingToDoError:
            continue
    return routine


AMOUNTS = st.sampled_from(
    [
        "0",
        "-1",
        "1e999",
        "nan",
        ".inf",
        "",
        "~",
        "max",
        "5 breaths",
        "9-1",
        "1:30",
        "1000",
        "0s",
        "x" * 3000,
        "no",
        "٣",
    ]
)
LEAVES = (st.sampled_from(SCALARS) | AMOUNTS | st.text(max_size=5)).filter(
    lambda text: not forbidden_in(text)
)


WRAPS = ("leaf", "other", "list", "mapping", "empty list", "empty mapping")


@st.composite
def mutants(draw: st.DrawFn, wraps: tuple[str, ...] = WRAPS) -> tuple[str, Document]:
    """The routine with something else in the place of one of its nodes, and a text that may be in it."""
    leaf = Scalar(draw(LEAVES), draw(st.booleans()), *PLACE)
    new: Node = {
        "leaf": leaf,
        "other": draw(st.sampled_from(NODES)),
        "list": Sequence((leaf,), *PLACE),
        "mapping": Mapping(((leaf, leaf),), *PLACE),
        "empty list": Sequence((), *PLACE),
        "empty mapping": Mapping((), *PLACE),
    }[draw(st.sampled_from(wraps))]
    return leaf.text, Document(SOURCE, changed(NODES[0], draw(st.sampled_from(NODES)), new))


@given(mutant=mutants())
def test_one_node_in_the_place_of_another(mutant: tuple[str, Document], catalogue: Catalogue) -> None:
    read(mutant[1], catalogue)


@given(
    start=st.integers(0, len(TEXT)),
    length=st.integers(0, 40),
    inserted=LEAVES
    | st.sampled_from(["\n", ": ", "- ", "[", "}", "&a ", "*a", "#", "'", "  ", "<<: ", "!x "]),
)
def test_a_piece_of_text_cut_out_or_put_in(
    start: int, length: int, inserted: str, catalogue: Catalogue
) -> None:
    text = TEXT[:start] + inserted + TEXT[start + length :]
    try:
        document = parse_source(source_of("my-week.yaml", text))
    except ProblemsError as error:
        assert len(error.problems) == 1
        return
    read(document, catalogue)


@given(lines=st.permutations(range(TEXT.count("\n"))).map(lambda order: order[:12]))
def test_lines_left_out(lines: list[int], catalogue: Catalogue) -> None:
    kept = [line for number, line in enumerate(TEXT.splitlines()) if number not in lines]
    try:
        document = parse_source(source_of("my-week.yaml", "\n".join(kept)))
    except ProblemsError:
        return
    read(document, catalogue)


def test_the_file_itself_is_good(catalogue: Catalogue, tmp_path: Path) -> None:
    assert read(parse_source(SOURCE), catalogue) is not None
