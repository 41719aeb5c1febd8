"""Plain functions that make texts for tests."""

from __future__ import annotations

from itertools import count
from typing import Any

from reif.attract.content.save import start
from reif.attract.models import Content

_numbers = count(1)
EMPTY = {
    "teaser": "", "body": "Ein Satz.\n", "author": "", "author_role": "", "category": "", "cover": "", "description": "",
    "keyword": "", "offer": "", "related": [], "language": "de",
}  # fmt: skip


def fields(**given: Any) -> dict[str, Any]:
    n = next(_numbers)
    return {**EMPTY, "title": f"Ein Artikel {n}", "slug": f"ein-artikel-{n}", **given}


def an_article(**given: Any) -> Content:
    return start(fields(**given), None)
