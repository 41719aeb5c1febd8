"""People, companies, their consent, and who a visitor turned out to be."""

from __future__ import annotations

from reif.log.fact import Fact


class PersonCreated(Fact, frozen=True, kw_only=True, tag="person.created"):
    """topic: how (form, import, api, track, hand). source: the category of where the record came from.

    came: what else is known of that, as on `page.viewed`.
    """

    source: str = ""
    came: dict[str, str] = {}


class PersonChanged(Fact, frozen=True, kw_only=True, tag="person.changed"):
    """fields: the names of the columns and traits that have a new value; never the values."""

    fields: list[str] = []


class PersonErased(Fact, frozen=True, kw_only=True, tag="person.erased"):
    """The row's personal columns are empty now. reason: asked, unconfirmed, retention, undo. visitors: browsers that were theirs."""

    reason: str = "asked"
    visitors: list[int] = []


class PersonStaged(Fact, frozen=True, kw_only=True, tag="person.staged"):
    """topic: the stage entered. came_from: the stage left; recycled: it went backwards, for the reason given."""

    came_from: str = ""
    reason: str = ""
    recycled: bool = False
    rule: str = ""
    revision: int = 0


class VisitorIdentified(Fact, frozen=True, kw_only=True, tag="visitor.identified"):
    """visitor and person are the same; the visitor's whole history is the person's. topic: by what."""


class CompanyCreated(Fact, frozen=True, kw_only=True, tag="company.created"):
    """topic: by what (mail domain, import, hand). batch: the import that made it."""

    batch: int = 0


class CompanyChanged(Fact, frozen=True, kw_only=True, tag="company.changed"):
    """fields: the names of the columns and traits that have a new value. batch: the import that changed them."""

    fields: list[str] = []
    batch: int = 0


class CompanyRemoved(Fact, frozen=True, kw_only=True, tag="company.removed"):
    """It was made by mistake and nobody belonged to it. topic: why (undo)."""


class CompanyJoined(Fact, frozen=True, kw_only=True, tag="company.joined"):
    """person works for company. topic: known by what."""


class ConsentRequested(Fact, frozen=True, kw_only=True, tag="consent.requested"):
    """topic: the purpose. consent: its row, with text, version and times."""

    channel: str = "email"
    consent: int = 0
    submission: int = 0


class ConsentGiven(Fact, frozen=True, kw_only=True, tag="consent.given"):
    """topic: the purpose. consent: its row. double: confirmed through the mail."""

    channel: str = "email"
    consent: int = 0
    double: bool = False


class ConsentWithdrawn(Fact, frozen=True, kw_only=True, tag="consent.withdrawn"):
    """topic: the purpose. consent: its row."""

    channel: str = "email"
    consent: int = 0


class TouchCorrected(Fact, frozen=True, kw_only=True, tag="touch.corrected"):
    """Somebody knows better where a person came from. about: the event of the touch; what follows is what counts now.

    The touch itself stays as it was. actor: who said so; text: why.
    """

    about: int = 0
    source: str = ""
    detail_1: str = ""
    detail_2: str = ""
    campaign: str = ""


class ConsentLapsed(Fact, frozen=True, kw_only=True, tag="consent.lapsed"):
    """Nobody confirmed in time: the request and its row are gone. topic: the purpose."""

    channel: str = "email"


class BasisRecorded(Fact, frozen=True, kw_only=True, tag="basis.recorded"):
    """Why we may process somebody's data. topic: the kind. basis: its row."""

    basis: int = 0


class BasisEnded(Fact, frozen=True, kw_only=True, tag="basis.ended"):
    """topic: the kind that does not hold any more. basis: its row."""

    basis: int = 0


class ClaimMade(Fact, frozen=True, kw_only=True, tag="claim.made"):
    """Somebody wants to know what is stored of them, or to be forgotten. topic: access, erasure."""

    claim: int = 0
