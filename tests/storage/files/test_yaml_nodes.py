"""The tree of nodes: what is read, where it stands, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from backtimer.storage.files import yaml_nodes
from backtimer.storage.files.source import ProblemsError, source_of
from backtimer.storage.files.yaml_nodes import (
    MAX_DEPTH,
    EmptyFileError,
    Mapping,
    Node,
    Scalar,
    Sequence,
    parse_source,
)
from backtimer.storage.text import forbidden_in
from tests.rules import for_each

LOADERS: list[type] = [yaml.SafeLoader]
if hasattr(yaml, "CSafeLoader"):
    LOADERS.append(yaml.CSafeLoader)


@pytest.fixture(params=LOADERS, ids=lambda loader: str(loader.__name__), autouse=True)
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_nodes, "_LOADER", request.param)


def parse(text: str) -> Node:
    return parse_source(source_of("file.yaml", text)).root


def refusal(text: str) -> str:
    with pytest.raises(ProblemsError) as caught:
        parse(text)
    assert len(caught.value.problems) == 1
    return str(caught.value)


def plain(node: Node) -> object:
    """The tree as lists, pairs and text."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.pairs}


def test_every_scalar_stays_text() -> None:
    text = "[no, 1:30, 010, 0x10, 2026-11-22, ~, null, .inf, 1e999, '', \"\\u00e9\"]"
    expected = ["no", "1:30", "010", "0x10", "2026-11-22", "~", "null", ".inf", "1e999", "", "é"]
    assert plain(parse(text)) == expected


def test_quotes_and_blocks_are_told_from_plain_text() -> None:
    root = parse("- a\n- 'a'\n- \"a\"\n- |\n  a\n- >\n  a\n")
    assert isinstance(root, Sequence)
    assert [isinstance(item, Scalar) and item.plain for item in root.items] == [
        True,
        False,
        False,
        False,
        False,
    ]


def test_places_are_counted_in_characters_from_one() -> None:
    root = parse("é:\n  - 日本: {x: y}  # comment\n")
    assert isinstance(root, Mapping)
    key, value = root.pairs[0]
    assert (key.line, key.column, key.end_line, key.end_column) == (1, 1, 1, 2)
    assert isinstance(value, Sequence)
    entry = value.items[0]
    assert isinstance(entry, Mapping)
    inner_key, inner = entry.pairs[0]
    assert (inner_key.line, inner_key.column, inner_key.end_column) == (2, 5, 7)
    assert (inner.line, inner.column, inner.end_line, inner.end_column) == (2, 9, 2, 15)


def test_both_ends_of_a_duplicate_key_are_kept() -> None:
    root = parse("a: 1\na: 2\n")
    assert isinstance(root, Mapping)
    assert [(key.text, plain(value)) for key, value in root.pairs] == [("a", "1"), ("a", "2")]


def test_aliases_stand_for_what_they_name() -> None:
    root = parse("a: &list [x, &text y]\nb: *list\nc: *text\n*text : d\n")
    assert plain(root) == {"a": ["x", "y"], "b": ["x", "y"], "c": "y", "y": "d"}


def test_a_text_alias_is_placed_where_it_is_used() -> None:
    root = parse("a: &t x\nb: *t\n")
    assert isinstance(root, Mapping)
    assert (root.pairs[1][1].line, root.pairs[1][1].column) == (2, 4)


@for_each("text", ["", "\n\n", "# only a comment\n", "---\n", "---\n...\n"])
def test_nothing_is_an_empty_file(text: str) -> None:
    with pytest.raises(EmptyFileError, match=r"\Afile.yaml: the file is empty\Z"):
        parse(text)


@for_each(
    ("text", "expected"),
    [
        ("a: !!python/object/apply:os.system [x]", "file.yaml:1:4: tags are not allowed: tag:yaml.org"),
        ("!foo\na: b", "file.yaml:1:1: tags are not allowed: !foo"),
        ("a: !!str 1", "file.yaml:1:4: tags are not allowed"),
        ("a: ! 1", "file.yaml:1:4: tags are not allowed"),
        ("%TAG ! tag:x:\n---\na: b", "file.yaml:1:1: directives (%) are not allowed"),
        ("a: &a {b: c}\nd: {<<: *a}", "file.yaml:2:5: merge keys (<<) are not allowed"),
        ("a: 1\n---\nb: 2", "file.yaml:2:1: a second document begins here"),
        ("? [a]\n: b", "file.yaml:1:3: a key must be text, not a list"),
        ("{a: b}: c", "file.yaml:1:1: a key must be text, not a list"),
        ("a: &a [b]\n*a : c", "file.yaml:2:1: a key must be text, not a list"),
        ("a: &a [*a]", "file.yaml:1:8: the alias *a stands inside of what it stands for"),
        ("a: *b", "file.yaml:1:4: the alias *b stands for nothing"),
        ("a: b\nc: \x1b[31m", "file.yaml:2:4: the character U+001B is not allowed"),
        ('a: "\\x1b[31m"', "file.yaml:1:4: the character U+001B is not allowed"),
        ('a: "\\0"', "file.yaml:1:4: the character U+0000 is not allowed"),
        ('a: "\\N"', "file.yaml:1:4: the character U+0085 is not allowed"),
        ('a: "\\u202e"', "file.yaml:1:4: the character U+202E is not allowed"),
        ('"\\u200b": a', "file.yaml:1:1: the character U+200B is not allowed"),
        ("a: b\u2028", "file.yaml:1:5: the character U+2028 is not allowed"),
        ("a: \x9b31m", "file.yaml:1:4: the character U+009B is not allowed"),
        ("a: \x00", "file.yaml:1:4: the character U+0000 is not allowed"),
        ("a: x\n" + "b" * 10_001, "file.yaml:2:1: the line is longer than 10,000 characters"),
    ],
)
def test_what_is_refused_is_refused_in_one_line(text: str, expected: str) -> None:
    told = refusal(text)
    assert told.startswith(expected)
    assert "\n" not in told


@for_each("text", ['a: "\\ud800"', 'a: "\\U00110000"', 'a: "\\udcff\\ud800"'])
def test_escapes_of_what_is_no_character_are_refused(text: str) -> None:
    assert refusal(text).startswith("file.yaml:1:") or refusal(text) == "file.yaml: this is not valid YAML"


def test_nesting_is_bounded_and_aliases_count() -> None:
    deepest = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert parse(deepest) is not None
    assert "nested more than 32 deep" in refusal("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))
    half = "[" * 20 + "]" * 20
    within = f"a: &a {half}\nb: {{}}*a{{}}"  # in a mapping, and 20 deep itself
    assert parse(within.format("[" * 11, "]" * 11)) is not None
    assert "nested more than 32 deep" in refusal(within.format("[" * 12, "]" * 12))


def test_an_alias_costs_what_it_stands_for(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: &a [x, x, x, x]\nb: *a\n"  # 1 + 2 keys + 5 + 5 = 13
    monkeypatch.setattr(yaml_nodes, "MAX_NODES", 13)
    assert parse(text) is not None
    monkeypatch.setattr(yaml_nodes, "MAX_NODES", 12)
    assert "more than 12 values, aliases counted in full" in refusal(text)
    scalar = "a: &a x\nb: [*a, *a]\n"  # 1 + 2 keys + 1 + 1 + 2
    monkeypatch.setattr(yaml_nodes, "MAX_NODES", 7)
    assert parse(scalar) is not None
    monkeypatch.setattr(yaml_nodes, "MAX_NODES", 6)
    assert "more than 6 values" in refusal(scalar)


@for_each(
    ("text", "line", "hint"),
    [
        ("a: [1, 2\nb: 3\n", 1, "what is opened here is not closed"),
        ("a: 'x\nb: 3\n", 1, "what is opened here is not closed"),
        ("a: {b: 1\n", 1, "what is opened here is not closed, or a comma is missing"),
        ("a: [", 1, "what is opened here is not closed"),
        ("a: [b,\n  c\n", 1, "what is opened here is not closed"),
        ("a:\n  - {b: [c], d}}\n", 2, "check the quotes, the brackets and the colons"),
        ('a: "\\q"\n', 1, "in double quotes a backslash begins an escape"),
        ("a: b: c\n", 1, "a text with a colon in it needs quotes"),
        ("a:\n\t- b\n", 2, "indent with blanks, not with tabs"),
        ("a: @home\n", 1, "a text that begins with @ needs quotes"),
        ("a: [b, c #2]\n", 1, "' #' begins a comment, up to the end of the line"),
        ("a: b\n@c: d\n", 2, "a text that begins with @ needs quotes"),
    ],
)
def test_broken_yaml_is_told_in_our_words_with_the_line(text: str, line: int, hint: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        parse(text)
    (problem,) = caught.value.problems
    assert problem.line == line
    assert problem.message.startswith(f"this is not valid YAML here: {hint}")
    assert problem.excerpt.splitlines()[0] == f"{line:>5} | {text.splitlines()[line - 1]}".replace("\t", " ")


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]).filter(lambda char: not forbidden_in(char)), max_size=20
)
TREES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=20,
)


@given(tree=TREES.filter(bool), flow=st.booleans())
def test_what_was_written_is_what_is_read(tree: object, flow: bool) -> None:
    class Quoted(str):
        __slots__ = ()

    def quoted(value: object) -> object:
        if isinstance(value, str):
            return Quoted(value)
        if isinstance(value, list):
            return [quoted(item) for item in value]
        assert isinstance(value, dict)
        return {Quoted(key): quoted(item) for key, item in value.items()}

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:
            return True

    Dumper.add_representer(
        Quoted, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", str(value), style='"')
    )
    text = yaml.dump(quoted(tree), Dumper=Dumper, default_flow_style=flow, allow_unicode=True)
    assert plain(parse(text)) == tree


@given(text=st.text(st.characters(), max_size=200))
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        parse(text)
    except ProblemsError as error:
        assert len(error.problems) == 1
        assert not forbidden_in(str(error))


SIGNS = st.sampled_from("a-:?[]{},&*!|>'\"\\#%@<~=0é \t\n\r")
YAMLISH = st.lists(
    SIGNS | st.sampled_from(("- ", ": ", "? ", "\n  ", "---\n", "&a ", "*a")), max_size=60
).map("".join)


@given(text=YAMLISH)
def test_nothing_that_looks_like_yaml_raises_anything_else(text: str) -> None:
    try:
        parse(text)
    except ProblemsError as error:
        assert len(error.problems) == 1


@given(data=st.binary(max_size=200) | YAMLISH.map(str.encode))
def test_no_bytes_raise_anything_else(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path: Path = tmp_path_factory.getbasetemp() / "bytes.yaml"
    path.write_bytes(data)
    try:
        yaml_nodes.read_yaml(path)
    except ProblemsError as error:
        assert len(error.problems) == 1
