"""Text between fields: Markdown, without pictures and raw HTML."""

from __future__ import annotations

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_PARSER = MarkdownIt("commonmark", {"breaks": True, "html": False})
_TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "h2", "h3", "blockquote", "code"}


@lru_cache(maxsize=500)
def prose(text: str) -> SafeString:
    """Safe HTML."""
    made = nh3.clean(_PARSER.render(text), tags=_TAGS, attributes={"a": {"href", "title"}}, link_rel="noopener")
    return mark_safe(made)
