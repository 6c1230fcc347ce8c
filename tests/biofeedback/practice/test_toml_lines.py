"""Lines of a TOML file: found for everything that the standard reader finds."""

import tomllib
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from biofeedback.practice.toml_lines import Path, lines_of

TEXT = '''# a comment with [brackets] and "quotes"
title = "a # b"   # c

long = """
two
lines"""
[table]
"odd key".sub = 'x'
list = [
  "one",
  # between
  ["two",
   3],
]
inline = { a = 1, b = [ {c = 2}, {c = 3} ] }
[[part]]
x = 1
[[part]]
y = """"quoted" \\""""
[[part.deep]]
z = 2026-01-02T03:04:05Z
[[part.deep]]
z = true
'''


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, (*path, key))
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _paths(inner, (*path, number))


def test_every_key_and_element_has_its_line() -> None:
    lines = lines_of(TEXT)
    assert [lines.of(*path) for path in (("title",), ("long",), ("table",))] == [2, 4, 7]
    assert lines.of("table", "odd key", "sub") == 8
    assert [lines.of("table", "list", n) for n in (0, 1)] == [10, 12]
    assert [lines.of("table", "list", 1, n) for n in (0, 1)] == [12, 13]
    assert lines.of("table", "inline", "b", 1, "c") == 15
    assert [lines.of("part", n) for n in (0, 1)] == [16, 18]
    assert lines.of("part", 1, "y") == 19
    assert [lines.of("part", 1, "deep", n, "z") for n in (0, 1)] == [21, 23]


def test_what_is_not_there_has_the_line_of_what_is_around_it() -> None:
    lines = lines_of(TEXT)
    assert lines.of("part", 1, "nothing") == 18
    assert lines.of("nothing") == 1


def test_nothing_that_the_reader_finds_is_left_out() -> None:
    lines = lines_of(TEXT)
    for path in _paths(tomllib.loads(TEXT)):
        assert lines.of(*path) > 1


words = st.text("ab\"'\\#[]{}=,\n ", max_size=12)


def _toml(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


@given(st.lists(st.tuples(st.sampled_from("xyz"), st.lists(words, max_size=3)), max_size=6))
def test_lines_are_right_whatever_stands_in_strings(tables: list[tuple[str, list[str]]]) -> None:
    text = ""
    wanted: dict[Path, int] = {}
    for number, (key, values) in enumerate(tables):
        text += f"\n[[t]] # [[t]]\n{key} = [\n"
        wanted["t", number] = text.count("\n") - 1
        wanted["t", number, key] = text.count("\n")
        for at, value in enumerate(values):
            text += f"  {_toml(value)},\n"
            wanted["t", number, key, at] = text.count("\n")
        text += "]\n"
    tomllib.loads(text)
    lines = lines_of(text)
    assert {path: lines.of(*path) for path in wanted} == wanted


@given(st.text("ab\"'\\#[]{}=,.\n \t0", max_size=60))
def test_no_text_is_too_odd_to_be_scanned(text: str) -> None:
    assert lines_of(text).of("a") >= 1


def test_deep_arrays_are_no_trouble() -> None:
    assert lines_of("a = " + "[" * 5000 + "]" * 5000).of("a") == 1
