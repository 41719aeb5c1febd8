"""Differences as files say them and as people read them."""

from __future__ import annotations

from django.utils.translation import override

from reif.playbook.diff import Change, diff

ADDED = Change(
    "segments", ("segment hot",), "added",
    becomes={"when": {"field": "score", "op": ">=", "value": 50}, "words": {"de": "Heiss", "en": "Hot"}},
)  # fmt: skip


def test_keys_and_all_languages_in_the_words_of_the_file():
    with override("en"):
        assert ADDED.sentence == "segment hot is new: when: Score is at least 50, words: de: Heiss, en: Hot"


def test_names_of_keys_and_only_the_readers_language_on_pages():
    with override("en"):
        assert ADDED.words == "Segment hot is new: Condition: Score is at least 50, Name: Hot"
    with override("de"):
        assert ADDED.words == "Segment hot ist neu: Bedingung: Punktestand ist mindestens 50, Name: Heiss"


def test_a_rule_of_the_model_that_has_no_key_of_its_own_is_named():
    """The key of the main model is not written down, since it is the usual one."""
    rule = {"key": "prices", "on": "page.viewed", "points": 10}
    other = {"key": "hiring", "rule": [{"key": "demo", "on": "form.submitted", "points": 40}]}
    old = {"scoring": {"model": [{"rule": [rule]}, other]}}
    new = {"scoring": {"model": [{"rule": [rule | {"points": 15}]}, other]}}
    with override("en"):
        assert [change.words for change in diff(old, new)] == ["Model · Rule prices · Points: 10 → 15"]


def test_what_has_words_is_named_by_them_on_pages():
    rule = {"key": "prices", "on": "page.viewed", "points": 10, "words": {"de": "Preise angesehen", "en": "Prices"}}
    other = {"key": "demo", "on": "form.submitted", "points": 40}
    model = {"words": {"de": "Kaufreife", "en": "Readiness"}, "rule": [rule, other]}
    old = {"scoring": {"model": [model]}}
    new = {"scoring": {"model": [model | {"rule": [rule | {"points": 15}, other]}]}}
    [points] = diff(old, new)
    [gone] = diff(old, {"scoring": {"model": [model | {"rule": [other]}]}})
    with override("de"):
        assert points.words == "Modell «Kaufreife» · Regel «Preise angesehen» · Punkte: 10 → 15"
        assert gone.words == (
            "Modell «Kaufreife» · Regel «Preise angesehen» entfällt: Für: Seite besucht, Punkte: 10, Name: Preise angesehen"
        )
    assert points.sentence == "model · rule prices · points: 10 → 15"
