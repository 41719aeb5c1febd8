"""The segments by what the playbook in force calls them, for forms and sentences."""

from __future__ import annotations

from reif.playbook.current import current
from reif.qualify.ways import words_of


def segment_words(language: str) -> dict[str, str]:
    """Keys with their words; archived ones are not offered."""
    return {s.key: words_of(s, language) for s in current("segments").segments if not s.archived}
