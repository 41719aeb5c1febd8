"""Whom an import made known to us: they must be told within a month where their data come from (GDPR Art. 14)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import islice

from django.utils.translation import gettext as _

from reif.capture.imports.harmless import harmless
from reif.capture.imports.undo_people import events_of
from reif.capture.models import Import
from reif.crm.models import Person

_ROWS = 2000


def to_inform(one: Import) -> Iterator[str]:
    """A CSV of the people who are still there, line by line."""
    yield "\ufeff" + _line([_("First name"), _("Last name"), _("E-mail"), _("Language"), _("Country")])
    people = (e.person_id for e in events_of(one).iterator(chunk_size=_ROWS) if e.person_id)
    while some := list(islice(people, _ROWS)):
        columns = ("first_name", "last_name", "email", "language", "country")
        for row in Person.objects.filter(pk__in=some, erased_at=None).order_by("pk").values_list(*columns):
            yield _line(row)


def _line(cells: Iterable[str | None]) -> str:
    out = StringIO()
    csv.writer(out, delimiter=";").writerow([harmless(cell or "") for cell in cells])
    return out.getvalue()
