"""Addresses with the names of a campaign, written one way: small letters, hyphens, nothing that mixes up reports."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.utils.translation import gettext as _

from reif.attract.models import CampaignName, Link
from reif.kit.fold import fold

NAMES = {"source": "utm_source", "medium": "utm_medium", "campaign_name": "utm_campaign", "term": "utm_term",
         "content": "utm_content"}  # fmt: skip
MEDIUMS = ("cpc", "paid-social", "social", "email", "referral", "display", "qr", "print", "event", "affiliate")
SOURCES = ("google", "bing", "linkedin", "facebook", "instagram", "xing", "youtube", "newsletter")


def consistent(text: str) -> str:
    """`Herbst Aktion 2026` is `herbst-aktion-2026`; umlauts are written out, brackets and ampersands go."""
    plain = fold(text.strip().replace("ß", "ss"))
    return re.sub(r"-{2,}", "-", re.sub(r"[^\w.|+-]+", "-", plain)).strip("-")[:100]


def tagged(link: Link) -> str:
    """The address that people arrive at; names that stood in the target already are replaced, the rest stays."""
    parts = urlsplit(link.target)
    told = {utm: value for field, utm in NAMES.items() if (value := getattr(link, field))}
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k not in told]
    query = urlencode([*kept, *told.items()])
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", query, parts.fragment))


def used(limit: int = 2_000) -> dict[str, list[str]]:
    """What the latest links say, most used first; for suggestions."""
    rows = list(
        Link.objects.order_by("-pk").values_list("source", "medium", "campaign_name", "term", "content")[:limit]
    )
    found = {}
    for n, field in enumerate(NAMES):
        words = [row[n] for row in rows if row[n]]
        found[field] = sorted(set(words), key=lambda w: (-words.count(w), w))[:40]
    ours = list(CampaignName.objects.order_by("-campaign_id").values_list("name", flat=True)[:200])
    found["campaign_name"] = list(
        dict.fromkeys([*found["campaign_name"], *(name for name in ours if consistent(name) == name)])
    )
    found["medium"] = list(dict.fromkeys([*found["medium"], *MEDIUMS]))
    found["source"] = list(dict.fromkeys([*found["source"], *SOURCES]))
    return found


def warnings(told: dict[str, str], known: dict[str, list[str]]) -> list[str]:
    """Sentences about what would mix up reports; told: as it was typed, by field."""
    found = []
    for field, text in told.items():
        if not text:
            continue
        kept = consistent(text)
        if kept != text.strip():
            found.append(
                _("“%(text)s” is written “%(kept)s”, so that it is one line in every report.")
                % {"text": text, "kept": kept}
            )
        if near := _near(kept, known.get(field, ())):
            found.append(_("“%(near)s” is used already. Is “%(kept)s” the same?") % {"near": near, "kept": kept})
    if (told.get("medium") or told.get("campaign_name")) and not told.get("source"):
        found.append(_("Without a source nobody sees later from where these visits came."))
    return found


def _near(word: str, known: Iterable[str]) -> str:
    """One that differs by its hyphens, dots and underscores alone, or by one letter in a long word."""
    known = list(known)
    if word in known:
        return ""
    bare = re.sub(r"[\W_]", "", word)
    for other in known:
        told = re.sub(r"[\W_]", "", other)
        if told == bare or (min(len(told), len(bare)) > 5 and _one_apart(told, bare)):
            return other
    return ""


def _one_apart(one: str, other: str) -> bool:
    """One letter more, less, or another one; numbers at the end are meant."""
    if abs(len(one) - len(other)) > 1 or one[-1].isdigit() or other[-1].isdigit():
        return False
    short, long = sorted((one, other), key=len)
    for n, letter in enumerate(short):
        if letter != long[n]:
            return short[n + 1 :] == long[n + 1 :] if len(short) == len(long) else short[n:] == long[n + 1 :]
    return True
