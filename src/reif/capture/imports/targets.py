"""Where a column can go."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

TRAIT = "trait:"
"""`trait:budget` keeps a column as the trait `budget`."""


class Target(NamedTuple):
    """group: person, company, origin or permission. usual: taken without being asked when a heading means it."""

    key: str
    label: object
    group: str
    usual: bool = True


TARGETS: tuple[Target, ...] = (
    Target("email", _("E-mail"), "person"),
    Target("first_name", _("First name"), "person"),
    Target("last_name", _("Last name"), "person"),
    Target("full_name", _("Whole name, to be split"), "person"),
    Target("salutation", _("Salutation"), "person"),
    Target("title", _("Academic title"), "person"),
    Target("phone", _("Phone"), "person"),
    Target("mobile", _("Mobile, when there is no phone"), "person"),
    Target("job_title", _("Job title"), "person"),
    Target("language", _("Language"), "person"),
    Target("timezone", _("Time zone"), "person"),
    Target("street", _("Street"), "person"),
    Target("postal_code", _("Postal code"), "person"),
    Target("city", _("City"), "person"),
    Target("region", _("Region"), "person"),
    Target("country", _("Country"), "person"),
    Target("note", _("Note"), "person", usual=False),
    Target("tags", _("Tags"), "person", usual=False),
    Target("company_name", _("Company"), "company"),
    Target("company_domain", _("Company’s domain"), "company"),
    Target("website", _("Website"), "company"),
    Target("industry", _("Industry"), "company"),
    Target("company_size", _("Number of employees"), "company"),
    Target("revenue", _("Annual revenue"), "company", usual=False),
    Target("stage", _("Stage"), "origin"),
    Target("lead_status", _("Lead status"), "origin"),
    Target("owner", _("Owner (address of a colleague)"), "origin"),
    Target("created_at", _("Known since"), "origin"),
    Target("source", _("Source"), "origin"),
    Target("source_detail_1", _("Source, first detail"), "origin"),
    Target("source_detail_2", _("Source, second detail"), "origin"),
    Target("utm_source", _("utm_source"), "origin"),
    Target("utm_medium", _("utm_medium"), "origin"),
    Target("utm_campaign", _("utm_campaign"), "origin"),
    Target("utm_term", _("utm_term"), "origin"),
    Target("utm_content", _("utm_content"), "origin"),
    Target("external_id", _("Id in the other system"), "origin"),
    Target("opt_out", _("Unsubscribed: never write"), "permission"),
    Target("consent_at", _("Consent given on"), "permission"),
    Target("consent_source", _("Where the consent came from"), "permission"),
)
BY_KEY = {target.key: target for target in TARGETS}
GROUPS = (
    ("person", _("The person")),
    ("company", _("The company")),
    ("origin", _("Where they stand and come from")),
    ("permission", _("Permission")),
)
TRAITS = frozenset({"salutation", "title", "street", "note", "tags", "revenue", "lead_status"})
"""Targets that have no column of their own and are kept as traits."""
