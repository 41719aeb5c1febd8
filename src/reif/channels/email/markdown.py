"""Markdown of a mail in two renderings: HTML for MJML, and plain text that reads well."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

Rewrite = Callable[[str], str]
_markdown = MarkdownIt("commonmark", {"html": False, "xhtmlOut": True, "breaks": True})


def to_html(source: str, link: Rewrite) -> str:
    """HTML without any HTML of the author's; each link goes through `link`."""
    tokens = _parsed(source, link)
    return str(_markdown.renderer.render(tokens, _markdown.options, {}))


def to_text(source: str, link: Rewrite) -> str:
    """Paragraphs, lists with dashes or numbers, links as `words <address>`."""
    lines: list[str] = []
    numbers: list[int | None] = []
    bullet = ""
    for token in _parsed(source, link):
        if token.type == "bullet_list_open":
            numbers.append(None)
        elif token.type == "ordered_list_open":
            numbers.append(int(token.attrGet("start") or 1))
        elif token.type.endswith("_list_close"):
            numbers.pop()
            lines.append("")
        elif token.type == "list_item_open":
            bullet, numbers[-1] = _bullet(numbers[-1])
        elif token.type == "inline":
            lines.append(f"{bullet}{_inline(token.children or [])}")
            bullet = ""
            lines += [] if numbers else [""]
        elif token.type == "hr":
            lines += ["-" * 40, ""]
    return "\n".join(lines).strip()


def _bullet(number: int | None) -> tuple[str, int | None]:
    return ("- ", None) if number is None else (f"{number}. ", number + 1)


def _inline(tokens: Sequence[Token]) -> str:
    out, targets = [], []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            out.append("\n")
        elif token.type == "link_open":
            targets.append(str(token.attrGet("href") or ""))
        elif token.type == "link_close":
            out.append(f" <{targets.pop()}>" if targets else "")
        else:
            out.append(token.content)
    return "".join(out)


def _parsed(source: str, link: Rewrite) -> list[Token]:
    tokens = _markdown.parse(source)
    for inline in tokens:
        for token in inline.children or []:
            if token.type == "link_open":
                token.attrSet("href", link(str(token.attrGet("href") or "")))
    return tokens
