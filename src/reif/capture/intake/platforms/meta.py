"""Lead ads of Facebook and Instagram: a notice with an id comes here, the answers are fetched from the Graph API.

Verification: GET with hub.mode, hub.verify_token, hub.challenge. Notices: POST with X-Hub-Signature-256 over the raw body.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from reif.capture.intake.platforms import Answer, Lead, Notice, Wanted, answered
from reif.capture.intake.transform import as_text
from reif.capture.intake.verify import Sent, signed
from reif.capture.intake.verify import check as check_way
from reif.capture.models.intake import Connection

ID = re.compile(r"^\d{5,25}$")
FIELDS = (
    "id,created_time,ad_id,ad_name,adset_name,campaign_id,campaign_name,form_id,field_data,custom_disclaimer_responses,"
    "is_organic,platform"
)
NAMES = {"fb": "Facebook", "ig": "Instagram"}
DEFAULTS = answered(
    ("email", "email"), ("work_email", "email"), ("first_name", "first_name"), ("last_name", "last_name"),
    ("full_name", "name"), ("phone_number", "phone"), ("work_phone_number", "phone"), ("company_name", "company_name"),
    ("job_title", "job_title"), ("city", "city"), ("state", "region"), ("province", "region"), ("country", "country"),
    ("zip_code", "postal_code"), ("post_code", "postal_code"),
)  # fmt: skip


def challenge(connection: Connection, query: Mapping[str, str]) -> Answer | None:
    """The number back, when the word is the one that we agreed on."""
    if query.get("hub.mode") != "subscribe":
        return None
    word = connection.secrets.get("verify_token", "")
    if not word or not hmac.compare_digest(query.get("hub.verify_token", "").encode(), word.encode()):
        return Answer("wrong verify token", 403)
    return Answer(query.get("hub.challenge", "")[:200])


def check(connection: Connection, sent: Sent) -> None:
    secret = connection.secrets.get("app_secret", "")
    check_way("hmac", sent, secret, {"header": "x-hub-signature-256", "prefix": "sha256="})


def notices(connection: Connection, told: Any) -> list[Notice]:
    """Several pages and several leads may come in one call; other fields than leadgen are none of ours."""
    found = []
    for entry in _list(told, "entry"):
        for change in _list(entry, "changes"):
            value = change.get("value")
            if change.get("field") == "leadgen" and isinstance(value, dict):
                found.append(_notice(value))
    return found


def lead(data: dict[str, Any]) -> Lead:
    answers = {
        str(one["name"]): text for one in _list(data, "field_data") if one.get("name") and (text := _value(one))
    }  # fmt: skip
    ticks = {
        str(one.get("checkbox_key", "")): str(one.get("is_checked", "")).lower() in ("1", "true")
        for one in _list(data, "custom_disclaimer_responses")
    }  # fmt: skip
    campaign, form = as_text(data.get("campaign_name") or data.get("campaign_id")), as_text(data.get("form_id"))
    organic = data.get("is_organic") is True
    return Lead(
        data | {"answers": answers, "consents": ticks}, source="SOCIAL_MEDIA" if organic else "PAID_SOCIAL",
        detail_1=NAMES.get(str(data.get("platform", "")).lower(), "Facebook"), detail_2=campaign or form, form=form,
        campaign=campaign, utm={"utm_campaign": campaign} if campaign else {}, answers=answers, consents=ticks,
    )  # fmt: skip


def request_for(connection: Connection, notice: dict[str, Any]) -> Wanted | None:
    """Address, parameters and headers that fetch a lead; None when its id cannot be one, so nothing else is ever asked."""
    number = str(notice.get("leadgen_id", ""))
    if not ID.match(number):
        return None
    token, secret = connection.secrets.get("access_token", ""), connection.secrets.get("app_secret", "")
    told = {"fields": FIELDS, "access_token": token, "appsecret_proof": signed(secret, token.encode())}
    return f"{settings.GRAPH_URL}/{number}", told, {}


def _notice(value: dict[str, Any]) -> Notice:
    number = str(value.get("leadgen_id", ""))[:200]
    whole = isinstance(value.get("field_data"), list)
    ignored = "" if whole or ID.match(number) else "bad_lead_id"
    return Notice(f"lead:{number}", value, number, complete=whole, ignored=ignored)


def _value(one: dict[str, Any]) -> str:
    told = one.get("values")
    return as_text(told if isinstance(told, list) else one.get("value"))


def _list(data: Any, key: str) -> list[dict[str, Any]]:
    told = data.get(key) if isinstance(data, dict) else None
    return [one for one in told[:1000] if isinstance(one, dict)] if isinstance(told, list) else []
