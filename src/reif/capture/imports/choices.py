"""Values of which there are only some: stages, yes and no, sources."""

from __future__ import annotations

from functools import lru_cache

from reif.capture.imports.aliases import squeeze
from reif.capture.imports.refused import Refused
from reif.crm.models import Stage

_STAGES: dict[str, str] = {
    Stage.SUBSCRIBER: "subscriber abonnent abonnentin newsletter interessiert",
    Stage.LEAD: "lead interessent interessentin kontakt prospect new neu cold kalt",
    Stage.MQL: "mql marketingqualifiedlead marketingqualified marketingqualifizierterlead",
    Stage.SAL: "sal salesacceptedlead salesaccepted acceptedlead",
    Stage.SQL: "sql salesqualifiedlead salesqualified qualified qualifiziert vertriebsqualifizierterlead",
    Stage.OPPORTUNITY: "opportunity verkaufschance chance opportunität deal",
    Stage.CUSTOMER: "customer kunde kundin bestandskunde client kunden",
    Stage.EVANGELIST: "evangelist promoter fuersprecher botschafter",
    Stage.OTHER: "other sonstige sonstiges andere anderes partner lieferant",
}
_BY_WORD = {word: str(stage) for stage, words in _STAGES.items() for word in words.split()}
_YES = frozenset({
    "1", "true", "yes", "ja", "x", "wahr", "y", "j", "oui", "si", "optout", "optedout", "unsubscribed", "abgemeldet",
    "gesperrt", "t", "vrai", "on",
})  # fmt: skip
_NO = frozenset({
    "", "0", "false", "no", "nein", "n", "falsch", "non", "optin", "optedin", "subscribed", "angemeldet", "aktiv", "f",
    "faux", "off",
})  # fmt: skip
_SOURCES: dict[str, str] = {
    "ORGANIC_SEARCH": "organicsearch organischesuche suchmaschine googlesuche seo search",
    "PAID_SEARCH": "paidsearch bezahltesuche googleads adwords sem ppc cpc suchanzeige",
    "SOCIAL_MEDIA": "socialmedia organicsocial social linkedin xing facebook instagram twitter sozialemedien",
    "PAID_SOCIAL": "paidsocial bezahltesocialmedia socialads linkedinads facebookads",
    "EMAIL_MARKETING": "emailmarketing email newsletter mailing mail",
    "REFERRALS": "referrals referral externalreferral web website verweis employeereferral",
    "DIRECT_TRAFFIC": "directtraffic direct direkt direkterzugriff directvisit",
    "OTHER_CAMPAIGNS": "othercampaigns othercampaign sonstigekampagnen advertisement display displayads",
    "AI_REFERRALS": "aireferrals chatgpt perplexity ai ki",
}
_BY_SOURCE = {word: source for source, words in _SOURCES.items() for word in words.split()}


@lru_cache(maxsize=1024)
def stage(value: str) -> str:
    """The stage of a word. Raises Refused."""
    if found := _BY_WORD.get(squeeze(value)):
        return found
    raise Refused("stage")


@lru_cache(maxsize=1024)
def yes(value: str) -> bool:
    """Raises Refused for what is neither yes nor no."""
    word = squeeze(value)
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Refused("choice")


@lru_cache(maxsize=4096)
def source(value: str) -> str:
    """The category of a word, or nothing when the word is none of them."""
    return _BY_SOURCE.get(squeeze(value), "")
