"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    from reif.staff.nav import entries_for

    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "brand": settings.BRAND,
        "theme": request.COOKIES.get("theme", "auto"),
        "density": request.COOKIES.get("density", "cosy"),
        "nav": entries_for(user, request.path) if signed_in else [],
    }
