"""What is wrong with a rule is said with its place and the way out, in the reader's language."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from reif.rules.decode import BadPredicate, decode, encode
from reif.rules.predicates import All, AnyOf, Did, Is, Not


def test_every_form() -> None:
    said = {
        "all": [
            {"any": [{"field": "country", "op": "one of", "value": ["CH", "AT"]}]},
            {"not": {"field": "score", "op": "<", "value": 10}},
            {"did": "page.viewed", "topic": "/preise", "at_least": 2, "within": "4w"},
        ]
    }
    rule = All(
        (
            AnyOf((Is("country", "one of", ("CH", "AT")),)),
            Not(Is("score", "<", 10)),
            Did("page.viewed", "/preise", 2, 28),
        )
    )
    assert decode(said) == rule
    assert decode(encode(rule)) == rule


def test_dates_and_spans_have_one_form() -> None:
    assert decode({"field": "created_at", "op": "after", "value": date(2026, 1, 31)}) == Is(
        "created_at", "after", "2026-01-31"
    )
    assert decode({"field": "created_at", "op": "within", "value": "30d"}) == Is("created_at", "within", 30)


@pytest.mark.parametrize(
    ("said", "path", "sentence", "remedy"),
    [
        ({"field": "job_titel", "value": "x"}, "field", "job_titel", "job_title"),
        ({"field": "companysize", "op": ">", "value": 1}, "field", "companysize", "company.size"),
        ({"field": "score", "op": "=>", "value": 1}, "op", "=>", ">="),
        ({"field": "score", "op": "!=", "value": 1}, "op", "!=", "is not"),
        ({"field": "score", "op": "contains", "value": "1"}, "op", "contains", "between"),
        ({"field": "score", "op": ">=", "value": "viel"}, "value", "viel", ""),
        ({"field": "score", "op": ">=", "value": True}, "value", "True", ""),
        ({"field": "score", "op": "between", "value": [5, 1]}, "value", "lower", ""),
        ({"field": "stage", "op": "is", "value": "mqll"}, "value", "mqll", ""),
        ({"field": "city", "op": "is", "value": "  "}, "value", "is set", ""),
        ({"field": "city", "op": "is set", "value": "x"}, "value", "no value", ""),
        ({"field": "country", "op": "one of", "value": "CH"}, "value", "list", ""),
        ({"field": "traits.plan", "op": "one of", "value": [1, "a"]}, "value", "all text", ""),
        ({"field": "created_at", "op": "after", "value": "gestern"}, "value", "gestern", ""),
        ({"field": "created_at", "op": "within", "value": "30 days"}, "value", "30d", ""),
        ({"did": "page.view"}, "did", "page.view", "page.viewed"),
        ({"did": "page.viewed", "at_least": 0}, "at_least", "whole number", ""),
        ({"did": "page.viewed", "topics": "/x"}, "topics", "topics", "topic"),
        ({"all": [{"field": "score", "op": ">", "value": 1}, {"filed": "x"}]}, "all[1]", "keys", ""),
        ({"not": {"any": {"field": "score"}}}, "not.any", "list", ""),
        ("score > 1", "", "table", ""),
    ],
)
def test_what_is_wrong(said: Any, path: str, sentence: str, remedy: str) -> None:
    with override("en"), pytest.raises(BadPredicate) as bad:
        decode(said)
    assert bad.value.path == path
    assert sentence in bad.value.sentence
    assert remedy in bad.value.remedy


def test_german() -> None:
    with (
        override("de"),
        pytest.raises(BadPredicate, match=r"Es gibt kein Feld «job_titel»\. Meinten Sie «job_title»\?"),
    ):
        decode({"field": "job_titel", "value": "x"})


def test_too_deep_is_refused() -> None:
    said: dict[str, Any] = {"field": "score", "op": ">", "value": 1}
    for _ in range(100):
        said = {"not": said}
    with pytest.raises(BadPredicate):
        decode(said)
