"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    return {
        "brand": settings.BRAND,
        "theme": request.COOKIES.get("theme", "auto"),
        "density": request.COOKIES.get("density", "cosy"),
    }
