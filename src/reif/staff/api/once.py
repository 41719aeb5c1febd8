"""A post with an Idempotency-Key happens once: the same call again gets the first answer again.

The name, the change and the answer are written in one transaction, so there is no moment between them. An error undoes
all three; the call may then be sent again under its name.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.signature.utils import get_typed_signature

from reif.kit.clock import now
from reif.staff.api.problem import Problem
from reif.staff.models import ApiAnswer

LIFE = timedelta(hours=24)


def once(view: Callable[..., Any]) -> Callable[..., Any]:
    """An operation that obeys Idempotency-Key. It returns a Schema."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        name = request.headers.get("Idempotency-Key", "").strip()
        if not name:
            return view(request, *args, **kwargs)
        if len(name) > 200:
            raise Problem(400, "bad-idempotency-key", _("An Idempotency-Key has at most 200 characters."))
        with transaction.atomic():
            return _first_or_again(request, name, lambda: view(request, *args, **kwargs))

    told.__signature__ = get_typed_signature(view)  # type: ignore[attr-defined]
    return told


def _first_or_again(request: HttpRequest, name: str, run: Callable[[], Any]) -> HttpResponse:
    key = request.auth  # type: ignore[attr-defined]
    said = sha256(f"{request.method} {request.path}\0".encode() + request.body).hexdigest()
    moment = now()
    ApiAnswer.objects.filter(key=key, at__lt=moment - LIFE).delete()
    ApiAnswer.objects.bulk_create([ApiAnswer(key=key, name=name, said=said, at=moment)], ignore_conflicts=True)
    row = ApiAnswer.objects.select_for_update().get(key=key, name=name)
    if row.said != said:
        words = _("This Idempotency-Key was used for another call. Give each call a name of its own.")
        raise Problem(422, "reused-idempotency-key", words)
    if row.answer:
        return _response(row.answer, again=True)
    row.answer = run().model_dump_json()
    row.save(update_fields=["answer"])
    return _response(row.answer)


def _response(answer: str, again: bool = False) -> HttpResponse:
    response = HttpResponse(answer, content_type="application/json; charset=utf-8")
    if again:
        response["Idempotent-Replayed"] = "true"
    return response
