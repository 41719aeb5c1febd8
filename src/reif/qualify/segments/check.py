"""What the shape alone cannot say about segments, and about conditions of any section that ask for one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from reif.playbook.current import current
from reif.playbook.draft import Draft
from reif.playbook.plain import plain
from reif.playbook.problem import Problem
from reif.playbook.section import sections
from reif.qualify.check_model import twice
from reif.qualify.segments.order import circle
from reif.qualify.segments.used import EVENTS, many
from reif.qualify.ways import Segments
from reif.rules.closest import closest
from reif.rules.uses import uses_elsewhere

Path = tuple[str | int, ...]


def check_segments(draft: Draft) -> Iterator[Problem]:
    """Keys once, no circle, and every segment that a condition asks for is there."""
    segments: Segments = draft["segments"]
    yield from twice(draft, "segments", ("segment",), segments.segments)
    if around := circle(segments.segments):
        number = next(n for n, s in enumerate(segments.segments) if s.key == around[0])
        sentence = _("These segments ask for each other in a circle: %(way)s.") % {"way": " → ".join(around)}
        yield draft.problem("segments", ("segment", number, "when"), sentence, _("Take one of the conditions out."))
    known = {s.key: s.archived for s in segments.segments}
    for section in sections():
        for path, key in named(plain(draft[section]), ()):
            if key not in known:
                sentence = _("There is no segment “%(name)s”.") % {"name": key}
                yield draft.problem(section, path, sentence, closest(key, known))
            elif known[key]:
                sentence = _("The segment “%(name)s” is archived.") % {"name": key}
                yield draft.problem(section, path, sentence, _("Bring it back, or take the condition out."))


def keep_used(draft: Draft) -> Iterator[Problem]:
    """A segment that something made on a page asks for is neither taken away nor archived."""
    segments: Segments = draft["segments"]
    there = {s.key for s in segments.segments if not s.archived}
    now_known = {s.key for s in current("segments").segments if not s.archived}
    for key, use in uses_elsewhere() if now_known - there else ():
        if key in now_known - there:
            sentence = _("The segment “%(name)s” is still used: %(where)s.") % {"name": key, "where": use}
            yield draft.problem("segments", (), sentence, _("Choose another segment there first."))


def named(said: Any, at: Path) -> Iterator[tuple[Path, str]]:
    """Every segment that conditions of a section ask for or that begins something, with the place."""
    if isinstance(said, list | tuple):
        for n, inner in enumerate(said):
            yield from named(inner, (*at, n))
    elif isinstance(said, dict):
        if said.get("field") == "segment" and "value" in said:
            value = said["value"]
            yield from ((at, str(key)) for key in (value if isinstance(value, list | tuple) else [value]))
        if set(EVENTS) & {kind for name in ("on", "did", "event") for kind in many(said.get(name))}:
            yield from (((*at, "topic"), key) for key in many(said.get("topic", "")) if key and not key.endswith("*"))
        for key, inner in said.items():
            yield from named(inner, (*at, key))
