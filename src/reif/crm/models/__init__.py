"""The shared records, one file per noun."""

from reif.crm.models.activity import Activity
from reif.crm.models.company import Company
from reif.crm.models.consent import Consent
from reif.crm.models.deal import Deal, DealStage
from reif.crm.models.identity import Identity, Visitor
from reif.crm.models.person import Person
from reif.crm.models.stage import STAGES, Stage, StageSpell
from reif.crm.models.touch import SOURCES, TURNS, Origin, Source, Touch

__all__ = [
    "SOURCES",
    "STAGES",
    "TURNS",
    "Activity",
    "Company",
    "Consent",
    "Deal",
    "DealStage",
    "Identity",
    "Origin",
    "Person",
    "Source",
    "Stage",
    "StageSpell",
    "Touch",
    "Visitor",
]
