"""The personas by what the playbook in force calls them, for forms and sentences."""

from __future__ import annotations

from reif.playbook.current import current


def persona_words(language: str) -> dict[str, str]:
    """Keys with their words."""
    short = "de" if language.startswith("de") else "en"
    return {p.key: p.words.get(short) or next(iter(p.words.values()), p.key) for p in current("personas").personas}
