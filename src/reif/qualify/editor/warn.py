"""What is odd about a model that is being edited, seen on real people: it may be published all the same."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from django.utils.translation import gettext as _

from reif.qualify.editor.what_if import SAMPLE, Found
from reif.qualify.ways import Fit, Model, Rule, words_of

FEW, ALIKE, EATEN = 10, 0.9, 0.5


def warnings(model: Model, found: Found, language: str, about: str = "") -> Iterator[str]:
    """Sentences, about one part if its key is given; none for a sample of fewer than ten, which says nothing."""
    if len(found.places) < FEW:
        return
    every: list[Rule | Fit] = [*model.rules, *model.fit]
    parts = [part for part in every if about in ("", part.key)]
    missed = [words_of(part, language) for part in parts if not found.fired[part.key]]
    yield from _never(missed) if len(found.places) < SAMPLE else _rarely(missed, len(found.places))
    for part in parts:
        if found.fired[part.key] == len(found.places):
            yield _("Everybody has “%(rule)s”: it tells nobody apart.") % {"rule": words_of(part, language)}
    for one, other in combinations(model.rules, 2):
        if about not in ("", one.key, other.key):
            continue
        mine, theirs = found.events.get(one.key, set()), found.events.get(other.key, set())
        if len(mine) >= FEW and len(mine & theirs) >= ALIKE * max(len(mine), len(theirs)):
            names = {"one": words_of(one, language), "other": words_of(other, language)}
            yield _("“%(one)s” and “%(other)s” reward the same deeds: they count twice.") % names
    for group in model.groups:
        if about in ("", group.key) and found.up[group.key] and found.taken[group.key] >= EATEN * found.up[group.key]:
            share = round(100 * found.taken[group.key] / found.up[group.key])
            said = {"group": words_of(group, language), "share": share}
            yield _("The ceiling of “%(group)s” eats %(share)s %% of its points.") % said


def _never(names: list[str]) -> Iterator[str]:
    """One sentence, however many they are. For a sample that is everybody."""
    if len(names) == 1:
        yield _("“%(rule)s” never fires: nobody in the sample has it.") % {"rule": names[0]}
    elif names:
        listed = ", ".join(_("“%(rule)s”") % {"rule": name} for name in names)
        yield _("%(n)s rules never fire: nobody in the sample has %(rules)s.") % {"n": len(names), "rules": listed}


def _rarely(names: list[str], sampled: int) -> Iterator[str]:
    """The same for a sample of many more."""
    if len(names) == 1:
        said = {"rule": names[0], "sampled": sampled}
        yield _("“%(rule)s” fires rarely or never: none of the %(sampled)s people in the sample has it.") % said
    elif names:
        listed = ", ".join(_("“%(rule)s”") % {"rule": name} for name in names)
        said = {"n": len(names), "rules": listed, "sampled": sampled}
        yield _("%(n)s rules fire rarely or never: none of the %(sampled)s people in the sample has %(rules)s.") % said
