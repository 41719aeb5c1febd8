"""Fill a mail's Liquid for one reader, with limits that no text can run past."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from liquid import BoundTemplate, Environment
from liquid.exceptions import LiquidError

from reif.channels.email.links import BASE, TOKEN
from reif.channels.models import MailContent


class _Bounded(Environment):
    loop_iteration_limit = 2_000
    output_stream_limit = 300_000
    local_namespace_limit = 10_000
    context_depth_limit = 12
    block_nesting_limit = 12


_html = _Bounded(autoescape=True)
_plain = _Bounded(autoescape=False)


class BadText(ValueError):
    """The mail's Liquid cannot be parsed or filled; the words say where."""


@dataclass(frozen=True)
class Filled:
    """A mail for one reader."""

    subject: str
    html: str
    text: str


@dataclass(frozen=True)
class _Templates:
    subject: BoundTemplate
    html: BoundTemplate
    text: BoundTemplate


def fill(content: MailContent, values: dict[str, object]) -> Filled:
    """Subject on one line, HTML escaped, text plain. Raises BadText."""
    templates = _templates(content.pk, content.subject, content.html, content.text)
    try:
        return Filled(
            " ".join(templates.subject.render(**values).split()),
            _addressed(templates.html.render(**values), values),
            _addressed(templates.text.render(**values), values),
        )
    except (LiquidError, ValueError, TypeError, ArithmeticError) as error:
        raise BadText(f"{content.key}: {error}") from error


def _addressed(text: str, values: dict[str, object]) -> str:
    return text.replace(BASE, str(values.get("base", ""))).replace(TOKEN, str(values.get("token", "")))


def with_gaps(text: str) -> str:
    """A text that nobody is written to yet: what Liquid would fill in is a gap."""
    return re.sub(r"{{.*?}}|{%.*?%}", "…", text)


def check_liquid(text: str) -> str:
    """The fault in a text, or nothing."""
    try:
        _plain.from_string(text)
    except LiquidError as error:
        return str(error).splitlines()[0]
    return ""


@lru_cache(maxsize=256)
def _templates(_content: int, subject: str, html: str, text: str) -> _Templates:
    try:
        return _Templates(_plain.from_string(subject), _html.from_string(html), _plain.from_string(text))
    except LiquidError as error:
        raise BadText(str(error)) from error
