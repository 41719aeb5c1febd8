"""Conditions in files: written, read, and meant the same."""

from __future__ import annotations

import tomllib

from hypothesis import given, settings

from reif.playbook.plain import plain
from reif.playbook.write_toml import write_toml
from reif.rules.decode import decode, encode
from reif.rules.predicates import Predicate
from reif.rules.tests.random_rules import predicates


@settings(max_examples=300, deadline=None)
@given(predicates())
def test_a_condition_comes_back_from_a_file(predicate: Predicate) -> None:
    stored = decode(encode(predicate))
    text = write_toml({"rule": [{"key": "a", "when": plain(stored)}]})
    assert decode(tomllib.loads(text)["rule"][0]["when"]) == stored
