"""Names of columns that are usually written when, or after, it has ended: in English and German."""

from __future__ import annotations

import re
from typing import NamedTuple

_SURE = re.compile(
    r"(^| )((closed?|closing|won|lost|loss|win|conversion|converted|signed?|cancell?ed|cancellation|churn(ed)?|purchased?) "
    r"(at|on|date|time|day|reason|month|year|value|amount|by|stage|status)|"
    r"(reason|date|month|amount|value) (of )?(won|lost|loss|win|closed?|closing|conversion|converted|churn|purchase)|"
    r"(lost|loss|churn|rejection|disqualification|cancellation) reasons?|time to (close|win|conversion|convert)|days to (close|win|convert)|"
    r"(final|deal|opportunity|lead|closing) (status|stage|outcome|result)|outcome|won|lost|converted|is (won|customer|converted)|"
    r"(contract|invoice|order) (id|no|nr|number|date|value|amount|signed)|paid( at| amount)?|first payment|disposition|tags?|"
    r"(verlust|absage|ablehnungs?|kuendigungs?|storno) ?grund|(abschluss|vertrags|rechnungs|auftrags|gewinn|kauf) ?(datum|nummer|nr|wert|summe|betrag)|"
    r"(status|stage) (date|datum|time|changed?|changed (at|on)|updated?|updated (at|on)|seit|since)|"
    r"gewonnen|verloren|abgeschlossen( am)?|gewonnen am|verloren am|auftragseingang)( |$)"
)
_CALL = re.compile(
    r"(^| )((call|last call|contact|talk|conversation) )?(duration|dauer|gespraechsdauer|anrufdauer)( (sec|secs|seconds|min|s))?( |$)"
)
_VISIT = re.compile(
    r"(months?|years?|monate|jahre|trial|test|session|visit|website|web|page|site|browsing|besuchs?|contract|vertrags|loan|kredit|employment)"
)
_BEFORE = re.compile(
    r"(^| )(marital|civil|family|zivil|familien|employment|job|housing|home|smoking|student|account|checking) ?(status|stand)( |$)|"
    r"(^| )(before|previous|previously|prior|earlier|past|bisher|bisherige[rs]?|frueher|fruehere[rs]?|vorher)( |$)"
)
_KNOWN = re.compile(
    r"(^| )(annual|yearly|monthly|company|firm|jaehrlicher?|jahres|firmen) ?(revenue|umsatz|turnover|sales)( |$)|"
    r"(^| )(customer|kunden?|deal|order|payment|zahlungs) ?(type|typ|segment|group|gruppe|size|groesse|method|methode|art|channel|kanal|age|alter)( |$)|"
    r"(^| )(last|first) ?name( |$)"
)
_PERHAPS = re.compile(
    r"(^| )(modified|updated|changed|geaendert|aktualisiert|letzten|inactive|inactivity|"
    r"status|stage|stufe|phase|result|ergebnis|reason|grund|quality|qualitaet|rating|bewertung|final|end|ende|last|letzter?|letztes|"
    r"letzte|latest|notable|revenue|umsatz|amount|betrag|order|orders|auftrag|deal|opportunity|payment|invoice|"
    r"rechnung|follow up|followup|notes?|comments?|remarks?|kommentar|notiz|profile|closed?|win|customer|kunde)( |$)"
)
_RATED = re.compile(
    r"(^| )(lead|prospect|contact|account|activity|profile|engagement|opportunity|interesse?nten|kontakt) ?"
    r"(scores?|scoring|index|indices|grades?|ratings?|quality|profile|punkte|note|bewertung|qualitaet)( |$)"
)


class Named(NamedTuple):
    """certain: such a column is hardly ever known beforehand. weak: worth a look even where it tells little."""

    certain: bool
    sentence: str
    weak: bool = False


def by_name(name: str) -> Named | None:
    """What the name alone tells."""
    words = _words(name)
    if _BEFORE.search(words) or _KNOWN.search(words):
        return None
    if _SURE.search(words):
        return Named(True, "By its name it is written when it has ended, or after it.")
    if _CALL.search(words) and not _VISIT.search(words):
        return Named(True, "How long a conversation lasted is known only when it is over.")
    if _RATED.search(words):
        sentence = "By its name somebody rates leads in it, and rates them anew: check that it is the rating of the moment of asking."
        return Named(False, sentence, weak=True)
    if _PERHAPS.search(words):
        return Named(
            False, "By its name it may be changed later: check that its values are those of the moment of asking."
        )
    return None


def _words(name: str) -> str:
    """Closed_WonDate, closed-won date and ClosedWonDate alike; umlauts spelled out."""
    apart = re.sub(r"(?<=[a-zäöü])(?=[A-ZÄÖÜ])", " ", name).lower()
    for mark, spelled in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        apart = apart.replace(mark, spelled)
    return " ".join(re.split(r"[\W_]+", apart)).strip()
