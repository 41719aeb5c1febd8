"""Store companies of which some columns were set, and say so.

Says company.changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reif.crm.models import Company
from reif.crm.told_company import COLUMNS
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.people import CompanyChanged
from reif.log.rewrite import rewrite

_WRITTEN = (*COLUMNS, "domain", "parent", "traits", "name_fold", "name_key", "industry_fold", "city_fold", "updated_at")


def rewrite_companies(
    changed: Mapping[Company, Iterable[str]], topic: str, *, batch: int = 0, actor: int | None = None
) -> None:
    """changed: which columns each has another value in; none is for a new one, whose parent was only found now."""
    with writing():
        for company in changed:
            company.updated_at = now()
        rewrite(changed, _WRITTEN)
        append(
            *(
                CompanyChanged(company=company.pk, fields=sorted(fields), topic=topic, batch=batch, actor=actor)
                for company, fields in changed.items()
                if fields
            )
        )
