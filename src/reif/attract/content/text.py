"""What somebody writes: the fields of a text, as forms, revisions and files know them."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html

from reif.attract.content.markdown import html
from reif.attract.models import Content
from reif.attract.seo_check import Checked

FIELDS = (
    "title", "slug", "language", "teaser", "body", "author", "author_role", "category", "cover", "description",
    "keyword", "offer", "related",
)  # fmt: skip
LANGUAGES = ("de", "en")


def said(content: Content) -> dict[str, Any]:
    """Its fields by name, as a revision keeps them."""
    return {name: getattr(content, name) for name in FIELDS}


def as_checked(content: Content) -> Checked:
    """As the check wants to see it: heading, teaser, text."""
    head = format_html("<h1>{}</h1><p>{}</p>", content.title, content.teaser)
    return Checked(
        title=content.title, html=head + html(content.body), description=content.description or content.teaser,
        slug=content.slug, path=content.path, keyword=content.keyword, cover=content.cover, language=content.language,
    )  # fmt: skip
