"""A suggestion as a draft: one rule more, or one less."""

from __future__ import annotations

import json
import re
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from msgspec.structs import replace

from reif.playbook.draft import Draft
from reif.qualify.suggest.association import Finding, Mark
from reif.qualify.ways import Fit, Model, Rule, Scoring, words_of
from reif.qualify.why.why import signed
from reif.rules.happenings import happening
from reif.rules.predicates import Is, leaves
from reif.rules.words import say


def key_of(mark: Mark, points: int) -> str:
    """A change as a text that a form can carry."""
    return "add:" + json.dumps([mark.sort, *mark.what, points], separators=(",", ":"))


def applied(draft: Draft, change: str) -> tuple[Draft, str]:
    """The draft with the change, and what to call it. An unknown change changes nothing."""
    scoring: Scoring = draft["scoring"]
    model = scoring.main
    sort, _colon, rest = change.partition(":")
    if sort == "drop" and any(rule.key == rest for rule in model.rules):
        words = next(words_of(rule, _language()) for rule in model.rules if rule.key == rest)
        return _with(draft, replace(model, rules=tuple(r for r in model.rules if r.key != rest))), _(
            "Without “%(rule)s”"
        ) % {"rule": words}
    said = _said(rest) if sort == "add" else None
    if said is None:
        return draft, _("What is in force")
    mark, points = said
    made = _rule(mark, points)
    name = _("With: %(rule)s (%(points)s)") % {"rule": words_of(made, _language()), "points": signed(points)}
    if isinstance(made, Rule):
        return _with(draft, replace(model, rules=(*model.rules, _fresh(model, made)))), name
    return _with(draft, replace(model, fit=(*model.fit, _fresh(model, made)))), name


def covered(model: Model, found: Finding) -> bool:
    """Whether a rule of the model asks for it already."""
    mark = found.mark
    if mark.sort == "deed":
        kind, topic = mark.what
        return any(kind in rule.kinds and (topic in rule.topics or "" in rule.topics) for rule in model.rules)
    name = "company.size" if mark.sort == "size" else mark.what[0]
    return any(
        isinstance(leaf, Is) and leaf.field == name and _means(leaf, mark) for f in model.fit for leaf in leaves(f.when)
    )


def words_for(mark: Mark) -> str:
    """What it is about, in the reader's language."""
    made = _rule(mark, 1)
    return words_of(made, _language())


def _means(leaf: Is, mark: Mark) -> bool:
    values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    return mark.sort == "size" or any(str(v).casefold() in mark.what[1].casefold() for v in values)


def _said(text: str) -> tuple[Mark, int] | None:
    try:
        sort, *what, points = json.loads(text)
    except ValueError:
        return None
    fits = {"deed": 2, "profile": 2, "size": 1}.get(sort) == len(what) and all(isinstance(w, str) for w in what)
    return (Mark(sort, tuple(what)), points) if fits and type(points) is int else None


def _rule(mark: Mark, points: int) -> Rule | Fit:
    if mark.sort == "deed":
        kind, topic = mark.what
        told = happening(kind)
        words = {"de": told.label_de, "en": told.label_en} if not topic else _both(told.de, told.en, topic)
        return Rule(_slug(f"{kind}_{topic}"), kind, points, words, topic=topic, once=True)
    when = _size(mark.what[0]) if mark.sort == "size" else Is(mark.what[0], "is", mark.what[1])
    return Fit(_slug("_".join(mark.what)), when, points, {lang: say(when, lang) for lang in ("de", "en")})


def _both(german: str, english: str, topic: str) -> dict[str, str]:
    said = {"de": german.format(f"«{topic}»"), "en": english.format(f"“{topic}”")}
    return {language: words[:1].upper() + words[1:] for language, words in said.items()}


def _size(band: str) -> Is:
    low, _dash, high = band.partition("-")
    return Is("company.size", "between", (int(low), int(high) - 1)) if high else Is("company.size", ">=", int(low))


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_")[:50] or "rule"


def _fresh(model: Model, made: Any) -> Any:
    """With a key that no rule has."""
    known = {rule.key for rule in model.rules} | {one.key for one in model.fit}
    key, n = made.key, 2
    while key in known:
        key, n = f"{made.key}_{n}", n + 1
    return replace(made, key=key)


def _with(draft: Draft, model: Model) -> Draft:
    scoring: Scoring = draft["scoring"]
    return draft.with_(scoring=replace(scoring, models=(model, *scoring.models[1:])))


def _language() -> str:
    return get_language() or "de"
