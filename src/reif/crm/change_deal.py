"""Write new values to a deal: its name, amount, currency, expected day and owner.

Says deal.changed, with the names of the fields.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from reif.crm.models import Deal
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.deals import DealChanged

FIELDS = ("name", "cents", "currency", "expected_on", "owner_id")


def change_deal(deal: Deal, by: int | None, at: datetime | None = None, **values: Any) -> list[str]:
    """Returns the names of what is different now. `values`: any of FIELDS."""
    moment = at or now()
    with writing():
        row = Deal.objects.select_for_update().get(id=deal.pk)
        changed = [name for name in FIELDS if name in values and getattr(row, name) != values[name]]
        if changed:
            for name in changed:
                setattr(row, name, values[name])
            row.save(update_fields=[*changed, "updated_at"])
            append(
                DealChanged(
                    person=row.person_id, company=row.company_id, deal=row.pk, fields=changed, actor=by, at=moment
                )
            )
    deal.refresh_from_db()
    return changed
