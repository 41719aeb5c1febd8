"""Who is in a segment: put in, taken out, pasted as a list, taken along as a file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from reif.crm.law.permitted import permitted
from reif.crm.models import Person
from reif.log.among import among
from reif.qualify.segments.addresses import MOST, known, read
from reif.qualify.segments.fill import SELLING
from reif.qualify.segments.fill_views import fill_from_list, said
from reif.qualify.segments.fixed import fixed_keys, put_in, take_out
from reif.qualify.segments.views import members_for, segment_of, shown
from reif.staff.download import csv_file
from reif.staff.models import User
from reif.staff.views import Desk, StaffRequest

TOLD, PIECE = 200, 2_000
COLUMNS = (
    "email",
    "first_name",
    "last_name",
    "job_title",
    "company__name",
    "country",
    "language",
    "stage",
    "score",
    "grade",
)


class SegmentMembersView(Desk):  # /segments/members: POST segment, do, and person…, addresses, or whole=1&found=…
    roles: ClassVar[frozenset[str]] = SELLING

    def post(self, request: StaffRequest) -> HttpResponse:
        key = request.POST.get("segment", "")
        if key not in fixed_keys():
            messages.error(request, _("People are put into fixed segments only; the others follow their condition."))
            return redirect("qualify:segments")
        if request.POST.get("whole") == "1":
            return fill_from_list(request, key)
        pasted = read(request.POST.get("addresses", ""))
        if len(pasted.addresses) > MOST:
            sentence = _("These are more than %(most)s addresses. Import them as a file, into this segment.")
            messages.error(request, sentence % {"most": f"{MOST:_}".replace("_", "’")})
            return redirect("qualify:segment", key)
        chosen = [int(n) for n in request.POST.getlist("person") if n.isdecimal()][:5000]
        people = known(pasted.addresses, request.user)
        seen = Person.objects.living().visible_to(request.user)
        ids = [*seen.filter(among("id", chosen)).values_list("pk", flat=True), *people.values()]
        sentence = self._move(key, ids)
        unknown = [a for a in pasted.addresses if a not in people]
        if not unknown and not pasted.odd:
            messages.success(request, sentence)
            there = request.POST.get("then") == "person" and ids  # it was asked for on the page of somebody
            return redirect("desk:person", ids[0]) if there else redirect("qualify:segment", key)
        told = {"sentence": sentence, "unknown": unknown[:TOLD], "many": len(unknown), "odd": pasted.odd[:20]}
        return shown(request, segment_of(key), pasted=told)

    def _move(self, key: str, ids: list[int]) -> str:
        if self.request.POST.get("do") == "remove":
            return said(False, take_out(key, ids, by=self.request.user.pk))
        n = put_in(key, ids, by=self.request.user.pk)
        return said(True, n, len(set(ids)) - n)


class SegmentFileView(Desk):  # /segments/hot/members.csv
    roles: ClassVar[frozenset[str]] = SELLING

    def get(self, request: StaffRequest, key: str) -> HttpResponseBase:
        """Everybody in it whom the reader sees, and whether advertising by mail is allowed."""
        heading = [_("E-mail"), _("First name"), _("Last name"), _("Job title"), _("Company"), _("Country"), _("Language"),
                   _("Stage"), _("Score"), _("Grade"), _("In it since"), _("Advertising by e-mail")]  # fmt: skip
        segment_of(key)
        words = {True: _("allowed"), False: _("not allowed")}
        return csv_file(f"segment-{key}", heading, _rows(request.user, key, words))


def _rows(user: User, key: str, words: dict[bool, str]) -> Iterator[list[Any]]:
    columns = ("person_id", "since", *(f"person__{name}" for name in COLUMNS))
    rows = members_for(user, key).order_by("person_id").values_list(*columns).iterator(chunk_size=PIECE)
    while some := list(islice(rows, PIECE)):
        people = Person.objects.filter(permitted(), among("id", [row[0] for row in some]))
        allowed = set(people.values_list("id", flat=True))
        for person, since, *told in some:
            yield [*told, timezone.localtime(since).strftime("%Y-%m-%d %H:%M"), words[person in allowed]]
