"""Where a column of a file of companies can go, and which headings mean it."""

from __future__ import annotations

from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from reif.capture.imports.aliases import meaning, squeeze
from reif.capture.imports.targets import Target

COMPANY_TARGETS: tuple[Target, ...] = (
    Target("company_name", _("Company’s name"), "company"),
    Target("company_domain", _("Company’s domain"), "company"),
    Target("website", _("Website"), "company"),
    Target("email", _("E-mail, for its domain"), "company"),
    Target("industry", _("Industry"), "company"),
    Target("company_size", _("Number of employees"), "company"),
    Target("revenue", _("Annual revenue"), "company"),
    Target("parent", _("Belongs to (name or domain)"), "company"),
    Target("phone", _("Phone"), "place"),
    Target("street", _("Street"), "place"),
    Target("postal_code", _("Postal code"), "place"),
    Target("city", _("City"), "place"),
    Target("region", _("Region"), "place"),
    Target("country", _("Country"), "place"),
    Target("tags", _("Tags"), "place", usual=False),
    Target("note", _("Note"), "place", usual=False),
)
COMPANY_GROUPS = (("company", _("The company")), ("place", _("Where it is, and more")))
_KEYS = frozenset(target.key for target in COMPANY_TARGETS)
_OWN: dict[str, str] = {
    "parent": """parent parentcompany parentaccount parentaccountid parentid parentname parentidname muttergesellschaft mutterfirma
        mutterhaus konzern konzernmutter gehoertzu holding group gruppe ultimateparent hauptfirma uebergeordnetefirma""",
    "revenue": """revenue annualrevenue umsatz jahresumsatz umsatzchf umsatzeur umsatzinchf umsatzineur turnover sales
        umsatzjahr chiffredaffaires annualrevenuechf annualrevenueeur""",
    "company_size": "size groesse fte vollzeitstellen anzahlfte headcount staff belegschaft numberemployees",
    "company_name": "name firma1 firmenbezeichnung bezeichnung rechtsname legalname handelsname displayname kundenname",
    "phone": "zentrale telefonzentrale companyphone companyphonenumber mainphone hauptnummer",
    "company_domain": "maildomain webdomain primarydomain",
    "industry": "sektor sector noga nace branchenname wirtschaftszweig",
}
_BY_WORD = {word: target for target, words in _OWN.items() for word in words.split()}
_BECOMES = {"full_name": "company_name", "mobile": "phone"}


@lru_cache(maxsize=2048)
def company_meaning(heading: str) -> str:
    """The target a heading stands for, or nothing: `Firma - Name` and `Unternehmen` are the name of the company."""
    if own := _BY_WORD.get(squeeze(heading)):
        return own
    found = meaning(heading)
    found = _BECOMES.get(found, found)
    return found if found in _KEYS else ""
