"""Lead forms of LinkedIn (Lead Sync API): a notice names a response, which is fetched with the form's questions.

Verification: GET with challengeCode, answered with its HMAC under the client secret. Notices: POST with X-LI-Signature.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import msgspec
from django.conf import settings

from reif.capture.intake.platforms import Answer, Lead, Notice, Wanted, answered
from reif.capture.intake.transform import as_text
from reif.capture.intake.verify import Refused, Sent, signature, signed
from reif.capture.models.intake import Connection
from reif.kit.clock import now

URN = re.compile(r"^urn:li:(leadGenFormResponse|leadFormResponse):([A-Za-z0-9_-]{3,100})$")
CODE = re.compile(r"^[A-Za-z0-9-]{8,64}$")
FIELDS = (
    "id,submittedAt,testLead,leadType,associatedEntityInfo,leadMetadataInfo,versionedLeadGenFormUrn,formResponse,"
    "form:(id,name,hiddenFields,content)"
)
PREFIX = "hmacsha256="
DEFAULTS = answered(
    ("EMAIL", "email"), ("WORK_EMAIL", "email"), ("FIRST_NAME", "first_name"), ("LAST_NAME", "last_name"),
    ("PHONE_NUMBER", "phone"), ("WORK_PHONE_NUMBER", "phone"), ("JOB_TITLE", "job_title"), ("COMPANY_NAME", "company_name"),
    ("COMPANY_SIZE", "company_size"), ("INDUSTRY", "industry"), ("CITY", "city"), ("STATE", "region"),
    ("COUNTRY", "country"), ("ZIP_CODE", "postal_code"), ("utm_campaign", "utm_campaign"), ("utm_source", "utm_source"),
)  # fmt: skip


def challenge(connection: Connection, query: Mapping[str, str]) -> Answer | None:
    code, secret = query.get("challengeCode", ""), connection.secrets.get("client_secret", "")
    if not code:
        return None
    if not CODE.match(code) or not secret:
        return Answer("no client secret is entered for this connection yet", 403)
    said = {"challengeCode": code, "challengeResponse": signed(secret, code.encode())}
    return Answer(msgspec.json.encode(said).decode(), type="application/json")


def check(connection: Connection, sent: Sent) -> None:
    """The documents sign the body behind a prefix and are read in two ways; both prove the secret, so both are taken."""
    secret = connection.secrets.get("client_secret", "")
    if not secret:
        raise Refused("no_secret", 503)
    told = signature(sent, "x-li-signature", PREFIX)
    ours = (signed(secret, PREFIX.encode() + sent.body), signed(secret, sent.body))
    if not any(hmac.compare_digest(told.encode("utf-8", "replace"), one.encode()) for one in ours):
        raise Refused("bad_signature")


def notices(connection: Connection, told: Any) -> list[Notice]:
    one = told if isinstance(told, dict) else {}
    urn = str(one.get("leadGenFormResponse") or one.get("leadFormResponse") or "")[:200]
    if not urn:
        return []
    if str(one.get("leadAction", "CREATED")).upper() != "CREATED":
        return [Notice(f"{one.get('leadAction')}:{urn}", one, urn, ignored="deleted_there")]
    whole = isinstance(one.get("formResponse"), dict)
    return [Notice(f"lead:{urn}", one, urn, complete=whole, ignored="" if whole or URN.match(urn) else "bad_lead_id")]


def lead(data: dict[str, Any]) -> Lead:
    form = _dict(data.get("form"))
    questions = {str(q.get("questionId")): q for q in _list(_dict(form.get("content")).get("questions"))}
    response = _dict(data.get("formResponse"))
    answers = {}
    for one in _list(response.get("answers")):
        question = questions.get(str(one.get("questionId")), {})
        if text := _answer(one, question):
            answers[_name(one, question)] = text
    for hidden in _list(form.get("hiddenFields")):
        answers.setdefault(str(hidden.get("name", "")), as_text(hidden.get("value")))
    ticks = {str(c.get("consentId")): c.get("accepted") is True for c in _list(response.get("consentResponses"))}
    sponsored = str(data.get("leadType") or "SPONSORED").upper() == "SPONSORED"
    campaign = _campaign(data)
    name = as_text(form.get("name") or form.get("id") or data.get("leadGenForm"))
    return Lead(
        data | {"answers": answers, "consents": ticks}, source="PAID_SOCIAL" if sponsored else "SOCIAL_MEDIA",
        detail_1="LinkedIn", detail_2=campaign or name, form=name, campaign=campaign,
        utm={"utm_campaign": campaign} if campaign else {}, answers=answers, consents=ticks, texts=_texts(form),
    )  # fmt: skip


def request_for(connection: Connection, notice: dict[str, Any]) -> Wanted | None:
    """Address, parameters and headers that fetch a response; None when its name cannot be one."""
    found = URN.match(str(notice.get("leadGenFormResponse") or notice.get("leadFormResponse") or ""))
    if not found:
        return None
    version = now() - timedelta(days=60)  # LinkedIn names versions by month and keeps each for a year
    headers = {
        "Authorization": f"Bearer {connection.secrets.get('access_token', '')}", "LinkedIn-Version": f"{version:%Y%m}",
        "X-Restli-Protocol-Version": "2.0.0",
    }  # fmt: skip
    return f"{settings.LINKEDIN_URL}/leadFormResponses/{quote(found[2])}", {"fields": FIELDS}, headers


def _answer(one: dict[str, Any], question: dict[str, Any]) -> str:
    details = _dict(one.get("answerDetails"))
    if text := _dict(details.get("textQuestionAnswer")).get("answer"):
        return as_text(text)
    chosen = _dict(details.get("multipleChoiceAnswer")).get("options")
    if not isinstance(chosen, list):
        return ""
    offered = _dict(_dict(question.get("questionDetails")).get("multipleChoiceQuestionDetails")).get("options")
    words = {str(o.get("id")): _localized(o.get("text")) for o in _list(offered)}
    return as_text([words.get(str(option)) or option for option in chosen])


def _name(one: dict[str, Any], question: dict[str, Any]) -> str:
    told = question.get("predefinedField") or question.get("name") or one.get("name")
    return str(told or _localized(question.get("question")) or one.get("questionId"))[:200]


def _texts(form: dict[str, Any]) -> dict[str, str]:
    legal = _dict(_dict(form.get("content")).get("legalInfo"))
    return {str(c.get("id") or c.get("consentId")): _localized(c.get("consent")) for c in _list(legal.get("consents"))}


def _campaign(data: dict[str, Any]) -> str:
    sponsored = _dict(_dict(data.get("leadMetadataInfo")).get("sponsoredLeadMetadataInfo"))
    campaign = _dict(sponsored.get("campaign"))
    return as_text(campaign.get("name") or campaign.get("id") or data.get("associatedCampaign"))


def _localized(text: Any) -> str:
    told = _dict(text).get("localized")
    return as_text(next(iter(told.values()), "")) if isinstance(told, dict) else as_text(text)


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[dict[str, Any]]:
    return [one for one in value[:500] if isinstance(one, dict)] if isinstance(value, list) else []
