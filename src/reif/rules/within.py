"""Figures of the people of one segment: which one a page was asked for, and how its questions are narrowed to them.

`?segment=large` in an address is read here by every room that shows figures; whoever keeps the segments draws the choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from reif.crm.models import Member, Visitor
from reif.crm.offers import offered
from reif.rules.did import UNKNOWN
from reif.rules.form import Pair, pairs
from reif.rules.predicates import All, Is, Predicate
from reif.staff.panels import panels_for

CHOICE, NOTE = "figures.choice", "figures.note"


@dataclass(frozen=True)
class Within:
    """key: empty for everybody. words: what the segment is called. there: False when no segment has this key any more."""

    key: str = ""
    words: str = ""
    there: bool = True

    @classmethod
    def of(cls, query: QueryDict) -> Within:
        key = query.get("segment", "").strip()[:64]
        known = offered("segment", get_language() or "de") if key else {}
        return cls(key, known.get(key, key), not key or key in known)

    def people(self, path: str = "pk") -> Q:
        """The rows of its people; path: from a row to the id of the person."""
        return Q(**{f"{path}__in": Member.objects.filter(segment=self.key).values("person")}) if self.key else Q()

    def browsers(self, path: str = "pk") -> Q:
        """The rows of browsers that are known to be its people's; path: from a row to the id of the browser."""
        return Q(**{f"{path}__in": Visitor.objects.filter(self.people("person")).values("pk")}) if self.key else Q()

    def deeds(self) -> Q:
        """Events of its people: their own, and those of their browsers before it was known whose they are."""
        return self.people("person_id") | (UNKNOWN & self.browsers("visitor_id")) if self.key else Q()

    def sql(self, column: str) -> str:
        """The same for SQL by hand, behind other conditions, with `asked` among its parameters."""
        return f"AND {column} IN (SELECT person_id FROM crm_member WHERE segment = %(segment)s)" if self.key else ""

    @property
    def asked(self) -> dict[str, str]:
        """The parameter of `sql`, and of an address."""
        return {"segment": self.key} if self.key else {}

    def pairs(self, *conditions: Predicate) -> list[Pair]:
        """These conditions and the segment, for the address of the list of people."""
        mine = (*conditions, Is("segment", "is", self.key)) if self.key else conditions
        return pairs(mine[0] if len(mine) == 1 else All(mine))

    @property
    def address(self) -> str:
        """The same without further conditions: a part of an address, empty for everybody."""
        return urlencode(self.pairs()) if self.key else ""

    def drawn(self, request: HttpRequest) -> dict[str, Any]:
        """For a template: the choice of the segment, and what has to be said of the one that was chosen."""
        return {
            "within": self,
            "segment_choice": _drawn(CHOICE, request, self),
            "segment_note": _drawn(NOTE, request, self),
        }


EVERYBODY = Within()


def _drawn(place: str, request: HttpRequest, within: Within) -> SafeString:
    return mark_safe("".join(panels_for(place, request, within=within)))
