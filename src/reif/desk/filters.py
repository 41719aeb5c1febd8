"""Filters of a list, in the rules' own language: chips that read as sentences, and links that take one away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language

from reif.crm.models import Stage
from reif.kit.clock import now
from reif.rules.decode import BadPredicate
from reif.rules.form import NotFlat, Pair, pairs
from reif.rules.parse import parse, wrong
from reif.rules.predicates import EVERYBODY, All, Is, Predicate
from reif.rules.sql import where
from reif.rules.words import say
from reif.staff.models import User

KEPT = ("q", "stage", "sort")


@dataclass(frozen=True)
class Chip:
    """One condition: its words, and the address of the list without it."""

    words: str
    without: str


@dataclass(frozen=True)
class Filter:
    """What a request asks for. `problem`: a sentence when it could not be read; then it asks for nobody."""

    predicate: Predicate
    problem: str
    chips: tuple[Chip, ...]
    hidden: tuple[Pair, ...]

    @classmethod
    def of(cls, request: HttpRequest) -> Filter:
        try:
            predicate = parse(request.GET)
            hidden = tuple(pairs(predicate)) if predicate != EVERYBODY else ()
            return cls(predicate, "", _chips(predicate, request), hidden)
        except (BadPredicate, NotFlat) as bad:
            sentence = wrong(request.GET, bad) if isinstance(bad, BadPredicate) else str(bad)
            return cls(EVERYBODY, sentence, (), ())

    @property
    def active(self) -> bool:
        return self.predicate != EVERYBODY

    @property
    def next_row(self) -> str:
        """The beginning of the names of one more condition in the first group."""
        return f"g0.r{sum(1 for name, _ in self.hidden if name.startswith('g0.') and name.endswith('.field'))}"

    def as_segment(self, query: QueryDict) -> str:
        """For the editor of a new segment: the conditions, the stage as one of them, and what no condition can say."""
        stage, text = query.get("stage", ""), query.get("q", "").strip()
        try:
            asked = pairs(All((self.predicate, Is("stage", "is", stage)))) if stage else list(self.hidden)
        except NotFlat:
            asked, text = list(self.hidden), f"{text} {Stage(stage).label}".strip()
        return urlencode([*asked, ("left_out", text)] if text else asked)

    def where(self) -> Q:
        if self.problem:
            return Q(pk__in=[])
        return where(self.predicate, now()) if self.active else Q()


def _chips(predicate: Predicate, request: HttpRequest) -> tuple[Chip, ...]:
    if predicate == EVERYBODY:
        return ()
    language = get_language() or "de"
    names: dict[int, str] = {u.pk: u.name for u in User.objects.all()} if "owner" in request.GET.urlencode() else {}
    parts = predicate.of if isinstance(predicate, All) else (predicate,)
    return tuple(
        Chip(_capital(say(part, language, names)), _address(request, All(tuple(p for p in parts if p is not part))))
        for part in parts
    )


def _address(request: HttpRequest, rest: All) -> str:
    kept: list[tuple[str, Any]] = [(key, request.GET[key]) for key in KEPT if request.GET.get(key)]
    left = pairs(rest) if rest.of else []
    return f"{request.path}?{urlencode(kept + left)}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
