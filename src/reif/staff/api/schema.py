"""The API object and its description (OpenAPI 3.1 at /api/openapi.json, readable at /api/docs)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from ninja import NinjaAPI, Schema
from ninja.openapi.schema import OpenAPISchema
from pydantic import ConfigDict

from reif.staff.api.problem import PROBLEM, register

WORDS = """Bearer keys with scopes (`reif apikey create`, or Operation → API keys). Lists come in pages: pass `next` of an answer
as `after`. Every error is a problem (RFC 9457) in the language of `Accept-Language`. Posts take an `Idempotency-Key`.
Every answer carries `X-Request-ID`, and `RateLimit-Remaining` while the key is within its limit."""


class Told(Schema):
    """What somebody sends: an unknown field is an error, so that a typing mistake is not a silent loss."""

    model_config = ConfigDict(extra="forbid")


class ReifAPI(NinjaAPI):
    """NinjaAPI that describes its errors too."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        schema["components"]["schemas"]["Problem"] = PROBLEM
        answer = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["responses"]["default"] = {"description": "A problem", "content": answer}
        return schema


api = ReifAPI(
    title="Reif", version="1", description=WORDS, openapi_url="openapi.json", docs_url="docs", urls_namespace="api",
    servers=[{"url": settings.BASE_URL}],
)  # fmt: skip
register(api)
