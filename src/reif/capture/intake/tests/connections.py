"""Connections and signed calls for tests."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from django.test import Client

from reif.capture.intake.platforms import platform
from reif.capture.intake.verify import signed
from reif.capture.models.intake import Connection
from reif.kit.clock import now

SECRETS = {
    "meta": {"app_secret": "app-s", "verify_token": "wort", "access_token": "EAAB-token"},
    "linkedin": {"client_secret": "li-s", "access_token": "AQX-token"},
    "google": {"google_key": "g-key"},
    "json": {"secret": "s3cret-of-this-connection"},
}


def a_connection(kind: str = "json", **fields: Any) -> Connection:
    secrets = fields.pop("secrets", SECRETS[kind])
    mapping = fields.pop("mapping", msgspec.to_builtins(platform(kind).DEFAULTS))
    told = {"key": f"{kind}-test", "kind": kind, "name": f"Test {kind}", "mapping": mapping, "created_at": now()}
    connection = Connection(**told | fields)
    connection.keep(**secrets)
    connection.save()
    return connection


def call(connection: Connection, body: Any, **headers: str) -> Any:
    """Post with a signature of the platform, unless headers say otherwise."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    if not headers:
        headers = _signed(connection, raw)
    headers.setdefault("accept-language", "en")
    client = Client(headers=headers, raise_request_exception=True)
    return client.post(f"/in/{connection.key}", raw, content_type="application/json")


def _signed(connection: Connection, raw: bytes) -> dict[str, str]:
    secrets = connection.secrets
    match connection.kind:
        case "meta":
            return {"x-hub-signature-256": "sha256=" + signed(secrets["app_secret"], raw)}
        case "linkedin":
            return {"x-li-signature": "hmacsha256=" + signed(secrets["client_secret"], b"hmacsha256=" + raw)}
        case "google":
            return {"x-nothing": "1"}
    return {"x-reif-secret": secrets["secret"]}


def meta_notice(lead: str = "444444444444444", **more: Any) -> dict[str, Any]:
    value = {"leadgen_id": lead, "page_id": "111", "form_id": "333", "ad_id": "55", "created_time": 1700000000} | more
    return {"object": "page", "entry": [{"id": "111", "time": 1, "changes": [{"field": "leadgen", "value": value}]}]}


def meta_lead(email: str = "anna@firma.example", **more: Any) -> dict[str, Any]:
    answers = {
        "email": email,
        "full_name": "Anna Muster",
        "phone_number": "+41441234567",
        "wie_viele_mitarbeitende?": "51-200",
    }
    return {
        "id": "444444444444444", "created_time": "2026-03-01T09:30:00+0000", "form_id": "333", "platform": "ig",
        "campaign_name": "Herbst", "is_organic": False,
        "field_data": [{"name": key, "values": [value]} for key, value in answers.items()],
    } | more  # fmt: skip


def google_lead(**more: Any) -> dict[str, Any]:
    return {
        "lead_id": "TeSter-123", "form_id": 40000000000, "campaign_id": 123456, "gcl_id": "abc", "google_key": "g-key",
        "api_version": "1.0", "is_test": False,
        "user_column_data": [
            {"column_id": "FULL_NAME", "string_value": "Bea Beispiel"},
            {"column_id": "EMAIL", "string_value": "Bea@Betrieb.example"},
            {"column_id": "wie_gross", "column_name": "Wie gross?", "string_value": "100"},
        ],
    } | more  # fmt: skip


LINKEDIN_URN = "urn:li:leadGenFormResponse:aaaa-bbbb-1"


def linkedin_notice(**more: Any) -> dict[str, Any]:
    return {"type": "LEAD_ACTION", "leadGenFormResponse": LINKEDIN_URN, "leadGenForm": "urn:li:leadGenForm:77",
            "leadType": "SPONSORED", "leadAction": "CREATED", "occurredAt": 1700000000000} | more  # fmt: skip


def linkedin_lead() -> dict[str, Any]:
    def question(number: int, field: str | None, name: str, **details: Any) -> dict[str, Any]:
        return {"questionId": number, "predefinedField": field, "name": name, "questionDetails": details}

    def text(number: int, answer: str) -> dict[str, Any]:
        return {"questionId": number, "answerDetails": {"textQuestionAnswer": {"answer": answer}}}

    options = {"multipleChoiceQuestionDetails": {"options": [{"id": 1, "text": {"localized": {"de_DE": "Sofort"}}}]}}
    legal = {"consents": [{"id": 9, "consent": {"localized": {"de_DE": "Ja, ich möchte Mails."}}}]}
    return {
        "id": "aaaa-bbbb-1", "submittedAt": 1700000000000, "leadType": "SPONSORED",
        "leadMetadataInfo": {"sponsoredLeadMetadataInfo": {"campaign": {"name": "HR Leiter", "id": "urn:li:x:5"}}},
        "form": {"id": 77, "name": "Demo", "hiddenFields": [{"name": "utm_source", "value": "linkedin"}], "content": {
            "questions": [question(1, "EMAIL", "E-Mail"), question(2, "FIRST_NAME", "Vorname"),
                          question(3, None, "Wann?", **options)], "legalInfo": legal}},
        "formResponse": {
            "answers": [text(1, "cora@konzern.example"), text(2, "Cora"),
                        {"questionId": 3, "answerDetails": {"multipleChoiceAnswer": {"options": [1]}}}],
            "consentResponses": [{"consentId": 9, "accepted": True}]},
    }  # fmt: skip
