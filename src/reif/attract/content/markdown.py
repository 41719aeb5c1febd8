"""Markdown to HTML that is safe to show: CommonMark with tables, cleaned of everything a text does not need."""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reif.attract.pictures.address import is_key, size, source, srcset

_PARSER = MarkdownIt("commonmark", {"breaks": True}).enable(["table", "strikethrough"])
_TAGS = nh3.ALLOWED_TAGS | {"figure", "figcaption"}
_PICTURE = {"src", "alt", "title", "srcset", "sizes", "width", "height", "loading", "decoding"}
_ATTRIBUTES = {**nh3.ALLOWED_ATTRIBUTES, "h2": {"id"}, "h3": {"id"}, "a": {"href", "title"}, "img": _PICTURE}


@lru_cache(maxsize=512)
def html(text: str) -> SafeString:
    """The text as HTML; headings carry ids, so that one can link to them. What was set is kept for the next who asks."""
    tokens = _PARSER.parse(text)
    for opening, inline in headings(tokens):
        opening.attrSet("id", anchor(inline.content))
    for inline in (t for t in tokens if t.type == "inline"):
        for child in inline.children or ():
            if child.type == "image" and is_key(str(child.attrGet("src"))):
                _in_widths(child)
    raw = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return mark_safe(nh3.clean(raw, tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None))


def _in_widths(image: Token) -> None:
    """![…](p-<hash>-<w>x<h>) names a picture of the library: shown in the width that fits, and nothing jumps."""
    key = str(image.attrGet("src"))
    width, height = size(key)
    image.attrs |= {
        "src": source(key, 960), "srcset": srcset(key), "sizes": "(min-width: 48rem) 44rem, 92vw",
        "width": width, "height": height, "loading": "lazy", "decoding": "async",
    }  # fmt: skip


def contents(text: str) -> list[tuple[str, str]]:
    """The second-level headings of a text as (anchor, words)."""
    found = headings(_PARSER.parse(text))
    return [(anchor(inline.content), plain(inline.content)) for opening, inline in found if opening.tag == "h2"]


def headings(tokens: list[Token]) -> list[tuple[Token, Token]]:
    return [(t, tokens[i + 1]) for i, t in enumerate(tokens) if t.type == "heading_open"]


def anchor(words: str) -> str:
    umlauts = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
    return slugify(words.translate(umlauts))


def plain(text: str) -> str:
    """Without the marks of Markdown, for descriptions and headings."""
    return re.sub(r"[*_`#>]|\[([^\]]*)\]\([^)]*\)", lambda m: m.group(1) or "", text).strip()


def tokens(text: str) -> list[Token]:
    """The parsed text, for those who set it in something else than HTML."""
    return list(_PARSER.parse(text))
