"""The shared records, one file per noun."""

from reif.crm.models.activity import Activity
from reif.crm.models.basis import Basis, BasisKind
from reif.crm.models.company import Company
from reif.crm.models.consent import Consent, ConsentUse
from reif.crm.models.deal import Deal, DealStage
from reif.crm.models.identity import Identity, Visitor
from reif.crm.models.member import Member
from reif.crm.models.person import Person
from reif.crm.models.stage import STAGES, Reached, Stage, StageSpell
from reif.crm.models.standing import Counting, Standing
from reif.crm.models.touch import SOURCES, TURNS, Origin, Source, Sourced, Touch
from reif.crm.models.unwanted import Claim, EcgEntry, EcgList, Suppression

__all__ = [
    "SOURCES",
    "STAGES",
    "TURNS",
    "Activity",
    "Basis",
    "BasisKind",
    "Claim",
    "Company",
    "Consent",
    "ConsentUse",
    "Counting",
    "Deal",
    "DealStage",
    "EcgEntry",
    "EcgList",
    "Identity",
    "Member",
    "Origin",
    "Person",
    "Reached",
    "Source",
    "Sourced",
    "Stage",
    "StageSpell",
    "Standing",
    "Suppression",
    "Touch",
    "Visitor",
]
