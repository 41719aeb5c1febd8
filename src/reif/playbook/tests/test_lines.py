"""Where a key stands, whatever way it is written."""

from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reif.playbook.lines import line_of, lines
from reif.playbook.write_toml import write_toml

TEXT = """# a comment with [brackets] and = signs
title = "a # no comment"

[limits]
hours = { start = 8, "end" = 18 }  # here
words.de = '''
several
lines with [[rule]] = 3'''
words.en = \"\"\"x\"\"\"

[[rule]]
key = "a"
when = { all = [
  { field = "score", op = ">=", value = 60 },
  { any = [ { did = "page.viewed" },
            { did = "x" } ] },
] }

[[rule]]
  key = "b"
  at = 2026-01-01 08:00:00
  [[rule.steps]]
  id = "one"
  [[rule.steps]]
  id = "two"
  [rule."odd key"]
  x = [1, [2,
     3]]
"""


def test_lines_of_all_sorts() -> None:
    tomllib.loads(TEXT)
    places = lines(TEXT)
    expected: dict[tuple[str | int, ...], int] = {
        ("title",): 2,
        ("limits",): 4,
        ("limits", "hours", "end"): 5,
        ("limits", "words"): 6,
        ("limits", "words", "en"): 9,
        ("rule", 0): 11,
        ("rule", 0, "when", "all", 0, "value"): 14,
        ("rule", 0, "when", "all", 1, "any", 1, "did"): 16,
        ("rule", 1, "key"): 20,
        ("rule", 1, "at"): 21,
        ("rule", 1, "steps", 1, "id"): 25,
        ("rule", 1, "odd key", "x", 1, 1): 28,
    }
    assert {path: places[path] for path in expected} == expected
    assert line_of(places, ("rule", 1, "nothing", "of this")) == 19
    assert line_of(places, ("nothing",)) == 1


KEYS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5) | st.sampled_from(
    ["key", "de", "a b", "when"]
)
SCALARS = (
    st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
    | st.sampled_from(["two\nlines\n", '"""', "\\", 'ends with "', '\n"', "\r\n", "'''", "\x7f\x00"])
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_what_is_written_is_read_again_and_every_key_has_a_line(said: dict[str, Any]) -> None:
    text = write_toml(said)
    assert tomllib.loads(text) == said
    places = lines(text)
    for path in _paths(said, ()):
        assert path in places
        assert 1 <= places[path] <= text.count("\n") + 1


def _paths(value: Any, at: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at] * bool(at) + [path for key, inner in entries for path in _paths(inner, (*at, key))]
