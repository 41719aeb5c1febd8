"""Lead forms of Google Ads: the whole lead comes in one POST; a shared key in the body proves it."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Any

import msgspec

from reif.capture.intake.platforms import Answer, Lead, Notice, answered
from reif.capture.intake.transform import as_text
from reif.capture.intake.verify import Refused, Sent
from reif.capture.models.intake import Connection

DEFAULTS = answered(
    ("EMAIL", "email"), ("WORK_EMAIL", "email"), ("FIRST_NAME", "first_name"), ("LAST_NAME", "last_name"),
    ("FULL_NAME", "name"), ("PHONE_NUMBER", "phone"), ("WORK_PHONE", "phone"), ("COMPANY_NAME", "company_name"),
    ("JOB_TITLE", "job_title"), ("COMPANY_SIZE", "company_size"), ("INDUSTRY", "industry"), ("CITY", "city"),
    ("REGION", "region"), ("COUNTRY", "country"), ("POSTAL_CODE", "postal_code"),
)  # fmt: skip


class _Key(msgspec.Struct):
    google_key: str = ""


def challenge(connection: Connection, query: Mapping[str, str]) -> Answer | None:
    return None


def check(connection: Connection, sent: Sent) -> None:
    secret = connection.secrets.get("google_key", "")
    if not secret:
        raise Refused("no_secret", 503)
    try:
        told = msgspec.json.decode(sent.body, type=_Key).google_key
    except (msgspec.DecodeError, RecursionError):
        raise Refused("not_json", 400) from None
    if not hmac.compare_digest(told.encode("utf-8", "replace"), secret.encode()):
        raise Refused("wrong_secret")


def notices(connection: Connection, told: Any) -> list[Notice]:
    if not isinstance(told, dict) or not told.get("lead_id"):
        return []
    number = str(told["lead_id"])[:190]
    kept = {key: value for key, value in told.items() if key != "google_key"}
    test = told.get("is_test") in (True, "true")
    return [Notice(f"{'test' if test else 'lead'}:{number}", kept, number, test=test)]


def lead(data: dict[str, Any]) -> Lead:
    answers = {}
    for one in data.get("user_column_data") or []:
        if isinstance(one, dict) and (text := as_text(one.get("string_value"))):
            answers[str(one.get("column_id") or one.get("column_name") or "")[:200]] = text
    campaign, form = as_text(data.get("campaign_id")), as_text(data.get("form_id"))
    utm = {"utm_campaign": campaign, "gclid": as_text(data.get("gcl_id"))}
    return Lead(
        data | {"answers": answers}, source="PAID_SEARCH", detail_1=campaign, detail_2=f"Google Ads {form}".strip(),
        form=form, campaign=campaign, utm={k: v for k, v in utm.items() if v}, answers=answers,
    )  # fmt: skip
