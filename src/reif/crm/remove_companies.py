"""Take companies away that were made by mistake. People and deals that belong to them belong to none afterwards.

Says company.removed.
"""

from __future__ import annotations

from collections.abc import Sequence

from reif.crm.models import Company
from reif.log.among import among
from reif.log.append import append, writing
from reif.log.catalogue.people import CompanyRemoved


def remove_companies(companies: Sequence[int], why: str, actor: int | None = None) -> None:
    """Whoever asks has looked whether nobody needs them."""
    with writing():
        Company.objects.filter(among("id", companies)).delete()
        append(*(CompanyRemoved(company=company, topic=why, actor=actor) for company in companies))
