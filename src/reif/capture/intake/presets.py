"""What is known beforehand of a sender: how it signs, the shape of what it sends, where things stand in it, and a sample."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from reif.capture.intake.platforms import google, linkedin, meta
from reif.capture.intake.rule import Rule


@dataclass(frozen=True)
class Preset:
    """kind: of the connection. ours: the secrets that we make; theirs: those that must be entered. how: its settings."""

    key: str
    kind: str
    title: Any
    text: Any
    icon: str
    rules: list[Rule]
    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    how: dict[str, Any] = field(default_factory=dict)
    sample: Any = None


def _rules(*pairs: tuple[str, str]) -> list[Rule]:
    return [Rule(to, path, transform="phone" if to == "phone" else "") for to, path in pairs]


_UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
_PERSON = {"email": "anna.muster@firma.example", "first_name": "Anna", "last_name": "Muster"}
_FLAT = _rules(
    ("email", "/email"), ("first_name", "/first_name"), ("last_name", "/last_name"), ("name", "/name"), ("phone", "/phone"),
    ("company_name", "/company"), ("job_title", "/job_title"), ("message", "/message"), *((name, f"/{name}") for name in _UTM),
)  # fmt: skip
_TYPEFORM = {
    "event_id": "01HM3K8N2P", "event_type": "form_response",
    "form_response": {
        "form_id": "abc12345", "token": "01HM3K8N2P9X4", "submitted_at": "2026-04-25T14:30:00Z",
        "hidden": {"utm_source": "newsletter"},
        "answers": [
            {"type": "text", "text": "Anna", "field": {"id": "f1", "type": "short_text", "ref": "first_name"}},
            {"type": "email", "email": "anna.muster@firma.example", "field": {"id": "f2", "type": "email", "ref": "email"}},
            {"type": "choice", "choice": {"label": "51–200"}, "field": {"id": "f3", "type": "multiple_choice", "ref": "size"}},
        ],
    },
}  # fmt: skip
_CALENDLY = {
    "event": "invitee.created", "created_at": "2026-04-25T14:30:00Z",
    "payload": {
        "uri": "https://api.calendly.com/scheduled_events/A/invitees/B", "email": "anna.muster@firma.example",
        "name": "Anna Muster", "first_name": "Anna", "last_name": "Muster", "timezone": "Europe/Zurich",
        "questions_and_answers": [{"question": "Unternehmen", "answer": "Muster AG", "position": 0}],
        "tracking": {"utm_source": "linkedin", "utm_campaign": None},
        "scheduled_event": {"name": "Erstgespräch", "start_time": "2026-05-20T14:00:00Z"},
    },
}  # fmt: skip
_STRIPE = {
    "id": "evt_1", "type": "customer.created", "created": 1767225600,
    "data": {"object": {"id": "cus_1", "email": "anna.muster@firma.example", "name": "Anna Muster", "phone": "+41441234567",
                        "address": {"city": "Zürich", "country": "CH", "postal_code": "8000", "state": "ZH"}}},
}  # fmt: skip

PRESETS: dict[str, Preset] = {
    one.key: one
    for one in (
        Preset(
            "meta", "meta", _("Facebook and Instagram"), _("Lead ads of Meta, with the answers fetched for you"), "megaphone",
            meta.DEFAULTS, ours=("verify_token",), theirs=("app_secret", "access_token"),
        ),
        Preset(
            "linkedin", "linkedin", _("LinkedIn"), _("Lead gen forms by the Lead Sync API"), "briefcase", linkedin.DEFAULTS,
            theirs=("client_secret", "access_token"),
        ),
        Preset(
            "google", "google", _("Google Ads"), _("Lead forms in search, video and discovery ads"), "search", google.DEFAULTS,
            ours=("google_key",),
        ),
        Preset(
            "typeform", "json", _("Typeform"), _("Each answered form, signed"), "list-checks",
            [*_rules(("email", "/form_response/answers/[type=email]/email"),
                     ("phone", "/form_response/answers/[type=phone_number]/phone_number"),
                     ("first_name", "/form_response/answers/[field.ref=first_name]/text"),
                     ("last_name", "/form_response/answers/[field.ref=last_name]/text"),
                     ("company_name", "/form_response/answers/[field.ref=company]/text"), ("at", "/form_response/submitted_at"),
                     *((name, f"/form_response/hidden/{name}") for name in _UTM))],
            ours=("secret",), sample=_TYPEFORM,
            how={"way": "hmac", "header": "Typeform-Signature", "prefix": "sha256=", "encoding": "base64",
                 "id": "/form_response/token", "source": "REFERRALS"},
        ),
        Preset(
            "calendly", "json", _("Calendly"), _("Everybody who books a meeting"), "calendar-check",
            _rules(("email", "/payload/email"), ("first_name", "/payload/first_name"), ("last_name", "/payload/last_name"),
                   ("name", "/payload/name"), ("timezone", "/payload/timezone"),
                   *((name, f"/payload/tracking/{name}") for name in _UTM)),
            ours=("secret",), sample=_CALENDLY,
            how={"way": "stamped", "header": "Calendly-Webhook-Signature", "id": "/payload/uri", "source": "REFERRALS",
                 "only": {"path": "/event", "is": "invitee.created"}},
        ),
        Preset(
            "zapier", "json", _("Zapier or Make"), _("Any app that these connect, as flat JSON with a secret header"), "zap",
            _FLAT, ours=("secret",), how={"way": "header", "header": "X-Reif-Secret"},
            sample={**_PERSON, "phone": "+41441234567", "company": "Firma AG", "message": "Bitte um Rückruf"},
        ),
        Preset(
            "facebook_zapier", "json", _("Facebook by Zapier"), _("Lead ads, when you have no app at Meta"), "workflow",
            _rules(("email", "/email"), ("name", "/full_name"), ("phone", "/phone_number"), ("company_name", "/company_name"),
                   ("job_title", "/job_title"), ("source_detail_2", "/campaign_name"), ("utm_campaign", "/campaign_name")),
            ours=("secret",),
            how={"way": "header", "header": "X-Reif-Secret", "id": "/id", "source": "PAID_SOCIAL"},
            sample={"id": "444444444444444", "form_id": "333", "campaign_name": "Herbst", "platform": "fb",
                    "full_name": "Anna Muster", "email": "anna.muster@firma.example", "phone_number": "+41441234567"},
        ),
        Preset(
            "stripe", "json", _("Stripe"), _("New customers of a shop or a service"), "credit-card",
            _rules(("email", "/data/object/email"), ("name", "/data/object/name"), ("phone", "/data/object/phone"),
                   ("city", "/data/object/address/city"), ("country", "/data/object/address/country"),
                   ("postal_code", "/data/object/address/postal_code"), ("at", "/created")),
            theirs=("secret",), sample=_STRIPE,
            how={"way": "stamped", "header": "Stripe-Signature", "id": "/id", "only": {"path": "/type", "is": "customer.created"}},
        ),
        Preset(
            "hubspot", "json", _("HubSpot"), _("Workflows that call a webhook, signature version 3"), "waypoints", _FLAT,
            theirs=("secret",), how={"way": "hubspot"}, sample=_PERSON,
        ),
        Preset(
            "standard", "json", _("Standard Webhooks"), _("Software that follows the open specification"), "shield-check",
            [Rule(r.to, f"/data{r.path}", transform=r.transform) for r in _FLAT], ours=("secret",), how={"way": "standard"},
            sample={"type": "lead.created", "timestamp": "2026-04-25T14:30:00Z", "data": _PERSON},
        ),
        Preset(
            "json", "json", _("Your own software"), _("JSON of any shape, mapped by path"), "webhook", _FLAT, ours=("secret",),
            how={"way": "header", "header": "X-Reif-Secret"}, sample=_PERSON,
        ),
    )
}  # fmt: skip


MAIL = Preset("mail", "mail", _("Mailbox"), _("Enquiries that come by mail"), "mail", [])


def preset_of(key: str, kind: str) -> Preset:
    """The preset of a connection; a deleted one falls back to its kind."""
    if kind == "mail":
        return MAIL
    return PRESETS.get(key) or PRESETS.get(kind) or PRESETS["json"]
