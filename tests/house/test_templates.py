"""Templates keep to `script-src 'self'`, name components and icons that exist, and stay short."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils.translation import override

from reif.staff.templatetags.ui import shapes

ROOMS = Path(__file__).resolve().parents[2] / "src" / "reif"
TEMPLATES = sorted(ROOMS.glob("*/templates/**/*.html"))
COMPONENTS = {path.stem for path in (ROOMS / "staff/templates/cotton").glob("*.html")} | {"vars", "slot"}
FORBIDDEN = {
    "hx-on runs strings as code": re.compile(r"\bhx-on[:=-]", re.I),
    "js: and javascript: run strings as code": re.compile(r"""["'\s](js|javascript):""", re.I),
    "an event attribute is an inline script": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "style= with url( loads what nobody reviewed": re.compile(r"""style\s*=\s*["'][^"']*url\(""", re.I),
    "a picture, style or script of another host": re.compile(r"""\b(src|srcset)\s*=\s*["'](https?:)?//""", re.I),
}
SCRIPT = re.compile(r"<script\b([^>]*)>", re.I)
COMPONENT = re.compile(r"<c-([a-z][\w.-]*)")
ICON = re.compile(r"""\{% icon ["']([\w-]+)["']|<c-[^>]*?\sicon=["']([\w-]+)["']""")


def name(path: Path) -> str:
    return str(path.relative_to(ROOMS))


def without_comments(path: Path) -> str:
    text = path.read_text()
    return re.sub(r"\{#.*?#\}|\{% comment .*?endcomment %\}|<!--.*?-->", "", text, flags=re.S)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_template_carries_code(path: Path) -> None:
    text = re.sub(r"\{[%{].*?[%}]\}", "", without_comments(path))
    found = [why for why, pattern in FORBIDDEN.items() if pattern.search(text)]
    for attributes in SCRIPT.findall(text):
        if "src=" not in attributes and not re.search(r"type=[\"']application/(ld\+)?json[\"']", attributes):
            found.append("an inline <script> is blocked by the browser")
    assert not found


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_components_and_icons_exist(path: Path) -> None:
    text = without_comments(path)
    unknown = {tag for tag in COMPONENT.findall(text) if tag.replace("-", "_") not in COMPONENTS}
    assert not unknown, "no such component"
    icons = {first or second for first, second in ICON.findall(text)}
    assert not icons - shapes().keys(), "no such lucide icon"


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_are_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 120


@pytest.mark.parametrize("language", ["de", "en"])
def test_an_id_in_an_address_has_no_separators(language: str) -> None:
    with override(language):
        address = Template("/people/{{ id }}").render(Context({"id": 1234567}))
    assert address == "/people/1234567"
