"""Compile every room's django.po to django.mo, with Babel, so that no gettext tools are needed."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOMS = Path(__file__).resolve().parent.parent / "src" / "reif"

for source in sorted(ROOMS.glob("*/locale/*/LC_MESSAGES/django.po")):
    with source.open("rb") as read:
        catalog = read_po(read, locale=source.parent.parent.name)
    with source.with_suffix(".mo").open("wb") as write:
        write_mo(write, catalog)
