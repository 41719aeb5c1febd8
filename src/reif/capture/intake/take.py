"""Make people of leads: their details, the touch that made them, what they agreed to; each lead of a platform once.

Says person.created or person.changed, lead.received, person.staged, consent.requested.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from reif.capture.intake.agree import agree
from reif.capture.intake.mapping import Mapped, mapped
from reif.capture.intake.platforms import Lead, platform
from reif.capture.intake.rule import rules_of
from reif.capture.models.intake import Call, Connection
from reif.crm.models import Identity
from reif.crm.move_stage import Move, move_stage
from reif.crm.told import Draft, came_of
from reif.crm.upsert import Upserted, upsert_people
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.intake import LeadReceived
from reif.log.models import Event

EARLIEST = timedelta(days=366)


@dataclass
class Arrived:
    """A call with all of its data. fresh: it made nobody before."""

    call: Call
    connection: Connection
    data: dict[str, Any]
    lead: Lead = field(init=False)
    mapped: Mapped = field(init=False)
    fresh: bool = True

    def __post_init__(self) -> None:
        self.lead = platform(self.connection.kind).lead(self.data)
        self.mapped = read(self.connection, self.lead)
        self.fresh = self.call.person_id is None


def take(arrived: Sequence[Arrived]) -> None:
    """Carry them out and write to each call what became of it. Those of which nobody can be made are failed, with the reason."""
    with transaction.atomic():
        good = [one for one in arrived if one.mapped.draft is not None and not _known(one)]
        for one in arrived:
            if one.mapped.draft is None:
                one.call.state, one.call.reason = Call.State.FAILED, one.mapped.reason
        with writing():
            done = _arrive(good)
        causes = _causes(good)
        with writing():
            _follow(good, done, causes)
        Call.objects.bulk_update(
            [one.call for one in arrived], ["state", "reason", "note", "lead", "person", "created"], batch_size=500
        )


def read(connection: Connection, lead: Lead) -> Mapped:
    """The lead by the connection's rules of today; answers that no rule takes become traits."""
    rules = rules_of(connection.mapping)
    taken = {rule.path.rpartition("/")[2].replace("~1", "/").replace("~0", "~") for rule in rules}
    rest = {name[:60]: value for name, value in lead.answers.items() if name and name not in taken}
    return mapped(
        rules, lead.data, source=lead.source or str(connection.how.get("source", "")) or "OTHER_CAMPAIGNS",
        source_detail_1=(lead.detail_1 or connection.name)[:255], source_detail_2=lead.detail_2[:255], utm=lead.utm,
        traits=dict(list(rest.items())[:50]),
    )  # fmt: skip


def _known(one: Arrived) -> bool:
    """The platform's lead came before, through another connection or before its log was cleared."""
    if not one.fresh or not one.call.lead:
        return False
    kind = _kind(one)
    found = Identity.objects.filter(kind=kind, value=one.call.lead[:200]).values_list("person_id", flat=True).first()
    if found is None:
        return False
    one.call.person_id, one.call.state, one.call.reason = found, Call.State.TAKEN, "again"
    return True


def _arrive(good: list[Arrived]) -> list[Upserted]:
    drafts = [one.mapped.draft for one in good if one.mapped.draft]
    via = {"json": "partner"}.get(good[0].connection.kind, "lead") if good else ""
    done = upsert_people(drafts, via=via) if drafts else []
    moment = now()
    for one, result in zip(good, done, strict=True):
        one.call.person, one.call.state, one.call.reason = result.person, Call.State.TAKEN, ""
        if one.fresh:
            one.call.created = result.created
            append(_fact(one, result, moment))
    ids = [
        Identity(kind=_kind(one), value=one.call.lead[:200], person=result.person)
        for one, result in zip(good, done, strict=True) if one.call.lead
    ]  # fmt: skip
    Identity.objects.bulk_create(ids, ignore_conflicts=True)
    return done


def _fact(one: Arrived, result: Upserted, moment: datetime) -> LeadReceived:
    told, draft = one.mapped.at, one.mapped.draft or Draft("")
    return LeadReceived(
        person=result.person.pk, company=result.person.company_id, topic=one.connection.key, call=one.call.pk,
        platform=one.connection.kind, form=one.lead.form[:200], campaign=one.lead.campaign[:200],
        source=draft.source, came=came_of(draft.source_detail_1, draft.source_detail_2, draft.utm), utm=draft.utm, created=result.created,
        at=told if told and moment - EARLIEST < told <= moment else moment, text=one.mapped.message,
    )  # fmt: skip


def _follow(good: list[Arrived], done: list[Upserted], causes: dict[int, int]) -> None:
    early = [(one, r) for one, r in zip(good, done, strict=True) if r.person.stage in ("", "subscriber")]
    move_stage(Move(r.person.pk, "lead", reason="lead", cause=causes.get(one.call.pk)) for one, r in early)
    for one, result in zip(good, done, strict=True):
        if one.fresh and one.lead.consents:
            agree(one.connection, one.call, one.lead, result.person, causes.get(one.call.pk))


def _causes(good: list[Arrived]) -> dict[int, int]:
    """The number of lead.received by call; nothing inside an outer `writing()`, where they have none yet."""
    people = [one.call.person_id for one in good if one.fresh]
    rows = Event.objects.filter(person_id__in=people, kind="lead.received").order_by("-id")[: 2 * len(people)]
    return {body.get("call", 0): number for number, body in rows.values_list("id", "body")}


def _kind(one: Arrived) -> str:
    """Ids of a platform are its own everywhere; those of other software only within their connection."""
    return f"{one.connection.kind}_lead" if one.connection.kind != "json" else f"json_lead:{one.connection.pk}"
