"""What a scoring model cannot say is refused with a sentence and a way out, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from reif.playbook.check import check
from reif.playbook.draft import read_folder, read_plain, read_texts
from reif.qualify.tests.ways import SCORING, STAGES

RULE = {"key": "a", "on": "page.viewed", "points": 5}
FIT = {"key": "f", "points": 5, "when": {"field": "country", "op": "is", "value": "CH"}}


def said(language: str = "de", **sections: Any) -> list[str]:
    with override(language):
        return [str(problem) for problem in check(read_plain(sections))]


def model(**parts: Any) -> dict[str, Any]:
    return {"model": [parts]}


def test_what_the_demo_and_the_tests_use_is_fine() -> None:
    assert said(scoring=SCORING, stages=STAGES) == []
    assert check(read_folder(Path(__file__).resolve().parents[4] / "playbooks/hr_software")) == []


@pytest.mark.parametrize(
    ("wrong", "german", "english"),
    [
        ({"rule": [{**RULE, "on": "page.view"}]}, "Meinten Sie «page.viewed»?", "Did you mean “page.viewed”?"),
        ({"rule": [{**RULE, "group": "webb"}], "group": [{"key": "web", "cap": 9}]}, "keine Gruppe «webb»", "“web”?"),
        ({"rule": [RULE], "fit": [{**FIT, "group": "web"}]}, "keine Gruppe «web»", "no group “web”"),
        ({"rule": [{**RULE, "once": True, "times": 2}]}, "widersprechen sich", "contradict"),
        ({"rule": [{**RULE, "per": "week"}]}, "«per» braucht «times»", "needs “times”"),
        ({"rule": [{**RULE, "times": 0}]}, "mindestens 1", "at least 1"),
        ({"rule": [{**RULE, "decay": {}}]}, "entweder mit einer Halbwertszeit oder linear", "either a half-life"),
        ({"rule": [{**RULE, "decay": {"linear": 9, "half_life": 9}}]}, "oder linear", "either a half-life"),
        ({"rule": [{**RULE, "decay": {"half_life": 0}}]}, "ganze Zahl von 1", "whole number from 1"),
        ({"rule": [{**RULE, "expires": -1}]}, "ganze Zahl von 1", "whole number from 1"),
        ({"group": [{"key": "web", "cap": 0}]}, "Obergrenze ist eine Anzahl", "A cap is"),
        ({"grades": {"fit": [10, 20, 30]}}, "die höchste zuerst", "the highest first"),
        ({"grades": {"engagement": [10, 5]}}, "drei Schwellen", "three thresholds"),
        ({"grades": {"margin": -1}}, "nicht negativ", "cannot be negative"),
        ({"company": {"of": 0}}, "von 1 bis", "from 1 to"),
        ({"exclude": [{"key": "x", "when": {"did": "page.viewed"}}]}, "wer jemand ist", "who somebody is"),
        ({"rule": [RULE], "fit": [{**FIT, "key": "a"}]}, "2-mal", "2 times"),
        (
            {
                "rule": [{**RULE, "group": "web"}],
                "fit": [{**FIT, "group": "web"}],
                "group": [{"key": "web", "cap": 9}],
            },
            "auf zwei Achsen",
            "two axes",
        ),
    ],
)
def test_a_model_is_refused_in_words(wrong: dict[str, Any], german: str, english: str) -> None:
    assert german in " ".join(said("de", scoring=model(**wrong)))
    assert english in " ".join(said("en", scoring=model(**wrong)))


def test_a_missing_field_comes_with_the_closest_name_and_its_line() -> None:
    text = '[[model]]\n[[model.fit]]\nkey = "a"\npoints = 3\nwhen = { field = "company.sise", op = ">=", value = 5 }\n'
    with override("en"):
        [problem] = check(read_texts({"scoring": text}))
    assert str(problem).startswith("scoring.toml:5:")
    assert "“company.size”" in str(problem)


@pytest.mark.parametrize(
    ("wrong", "german"),
    [
        ({"rest_days": -1}, "nicht negativ"),
        ({"silence_days": 0}, "ganze Zahl von 1"),
        ({"drop_after": 3}, "es gibt kein «keep»"),
    ],
)
def test_a_definition_is_refused_in_words(wrong: dict[str, Any], german: str) -> None:
    assert german in " ".join(said(stages={"mql": {**STAGES["mql"], **wrong}}))


def test_a_loop_of_rules_is_found_and_spelled_out() -> None:
    asks = {"field": "score", "op": ">=", "value": 5}
    assert "main → score → main" in " ".join(said(scoring=model(rule=[{**RULE, "when": asks}])))
    graded = {"field": "grade.second", "op": ">=", "value": "B2"}
    two = {"model": [{"fit": [{**FIT, "when": graded}]}, {"key": "second"}]}
    assert "main → grade.second → main" in " ".join(said(scoring=two))
    staged = {"field": "stage", "op": "is", "value": "sql"}
    assert "MQL/SQL → stage" in " ".join(said(scoring=model(exclude=[{"key": "x", "when": staged}])))


def test_a_loop_through_segments_is_found_and_spelled_out() -> None:
    """A segment that names itself through a score, through a segment, is told with all that lies between."""

    def inside(key: str) -> dict[str, str]:
        return {"field": "segment", "op": "is", "value": key}

    hot = {"key": "hot", "when": {"field": "score", "op": ">=", "value": 5}}
    near = {"key": "near", "when": {"any": [inside("hot"), {"field": "country", "op": "is", "value": "CH"}]}}
    both, asks = {"segment": [hot, near]}, model(fit=[{**FIT, "when": inside("near")}])
    assert "main → Segment «near» → Segment «hot» → score → main" in " ".join(said(scoring=asks, segments=both))
    english = " ".join(said("en", scoring=asks, segments=both))
    assert "cannot ask for what depends on “score”" in english
    assert "main → segment “near” → segment “hot” → score → main" in english
    rule = model(rule=[{**RULE, "when": inside("near")}])
    assert "→ score → main" in " ".join(said(scoring=rule, segments=both))
    near["when"] = {"field": "country", "op": "is", "value": "CH"}
    assert said(scoring=asks, segments=both) == []
    staged = {"segment": [{"key": "sold", "when": {"field": "stage", "op": "is", "value": "sql"}}]}
    waits = {"mql": {"when": inside("sold")}, "sql": {"when": {"field": "stage", "op": "is", "value": "mql"}}}
    assert "MQL → SQL → MQL" in " ".join(said(stages=waits, segments=staged))
    kept = {"mql": {**STAGES["mql"], "keep": inside("sold")}}
    assert "hin und her" in " ".join(said(stages=kept, segments=staged))


def test_stages_that_chase_each_other_are_found() -> None:
    def at(stage: str) -> dict[str, str]:
        return {"field": "stage", "op": "is", "value": stage}

    assert "MQL → SQL → MQL" in " ".join(said(stages={"mql": {"when": at("sql")}, "sql": {"when": at("mql")}}))
    assert "warten aufeinander" in " ".join(said(stages={"mql": {"when": at("mql")}}))
    assert said(stages={"mql": {"when": at("lead")}, "sql": {"when": at("mql")}}) == []
    kept = {"mql": {**STAGES["mql"], "keep": at("lead")}}
    assert "hin und her" in " ".join(said(stages=kept))


def test_a_model_that_is_asked_for_has_to_be_there() -> None:
    asks = {"mql": {"when": {"field": "score.secnd", "op": ">=", "value": 5}}}
    two = {"model": [{}, {"key": "second"}]}
    assert "Meinten Sie «second»?" in " ".join(said(stages=asks, scoring=two))
