"""Make and change campaigns and links: the row, its names, its parts."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from reif.attract.campaigns.short import new_code
from reif.attract.models import Campaign, CampaignName, CampaignPart, Link
from reif.kit.clock import now


def keep_campaign(campaign: Campaign, aliases: Iterable[str], paths: Iterable[str]) -> Campaign:
    """New or changed. Its names are the slug and the aliases; links that carry one of them belong to it."""
    with transaction.atomic():
        if campaign._state.adding:
            campaign.created_at = now()
        campaign.save()
        names = {campaign.slug, *(name.strip().lower()[:200] for name in aliases)}
        campaign.names.exclude(name__in=names).delete()
        known = set(campaign.names.values_list("name", flat=True))
        CampaignName.objects.bulk_create(CampaignName(campaign=campaign, name=name) for name in sorted(names - known))
        wanted = set(paths)
        campaign.parts.exclude(path__in=wanted).delete()
        there = set(campaign.parts.values_list("path", flat=True))
        CampaignPart.objects.bulk_create(CampaignPart(campaign=campaign, path=p) for p in sorted(wanted - there))
        Link.objects.filter(campaign=campaign).exclude(campaign_name__in=names).update(campaign=None)
        Link.objects.filter(campaign_name__in=names).update(campaign=campaign)
    return campaign


def add_names(names: dict[str, int]) -> None:
    """Further names of campaigns, by name; those that exist stay where they are."""
    rows = [CampaignName(name=name.strip().lower()[:200], campaign_id=campaign) for name, campaign in names.items()]
    CampaignName.objects.bulk_create(rows, ignore_conflicts=True)


def keep_link(link: Link, by: int | None) -> Link:
    """New or changed; without a code it gets one, and belongs to the campaign whose name it carries."""
    known = CampaignName.objects.filter(name=link.campaign_name).first() if link.campaign_name else None
    link.campaign_id = known.campaign_id if known else None
    link.changed_at = now()
    if link.pk:
        link.save()
        return link
    link.created_at, link.created_by_id = link.changed_at, by
    given = link.code
    for _try in range(5):
        link.code = given or new_code()
        try:
            with transaction.atomic():
                link.save()
        except IntegrityError:
            if given:
                raise
            continue
        return link
    raise RuntimeError("no free code in five tries")
