"""A segment as it is edited: what was sent, what is wrong with it, and how it is published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from reif.kit.fold import fold
from reif.playbook.apply import apply
from reif.playbook.check import check
from reif.playbook.command import said_now
from reif.playbook.current import current
from reif.playbook.draft import read_plain
from reif.playbook.models import Revision
from reif.qualify.ways import Segment, Segments
from reif.rules.decode import BadPredicate
from reif.rules.form import Form, Group, NotFlat, rows
from reif.rules.parse import parse, wrong
from reif.rules.predicates import EVERYBODY, Predicate
from reif.staff.models import User

BLANK = Form("all", (Group("g0", "all", ()),))


@dataclass(frozen=True)
class Sheet:
    """old: the segment's key when it is there already. problem: a sentence; then nothing is published."""

    old: str
    words: dict[str, str]
    fixed: bool
    when: Predicate
    problem: str
    expected: int

    @classmethod
    def of(cls, sent: QueryDict, old: str) -> Sheet:
        words = {lang: sent.get(f"words_{lang}", "").strip()[:120] for lang in ("de", "en")}
        words = {lang: text for lang, text in words.items() if text}
        fixed, number = sent.get("sort") == "fixed", sent.get("expected", "")
        when: Predicate = EVERYBODY
        problem = "" if words else _("Give the segment a name.")
        try:
            when = parse(sent)
        except BadPredicate as bad:
            problem = wrong(sent, bad)
        if not problem and not fixed and when == EVERYBODY:
            problem = _("Add at least one condition, or make it a fixed segment.")
        return cls(old, words, fixed, when, problem, int(number) if number.isdecimal() else 0)

    @classmethod
    def showing(cls, segment: Segment, expected: int) -> Sheet:
        return cls(segment.key, segment.words, segment.when is None, segment.when or EVERYBODY, "", expected)

    @property
    def form(self) -> Form | None:
        """The condition as rows; None when it has more brackets than rows can show."""
        try:
            return rows(self.when) if self.when != EVERYBODY else BLANK
        except NotFlat:
            return None

    @property
    def key(self) -> str:
        """The segment's key; of a new one its name in small letters, with a number when that is taken."""
        return self.old or free_key(next(iter(self.words.values()), "segment"))

    def publish(self, by: User) -> Revision:
        """Put in force. Raises Refused, Overtaken."""
        known: Segments = current("segments")
        before = next((s for s in known.segments if s.key == self.old), None)
        mine = Segment(self.key, None if self.fixed else self.when, self.words, before.archived if before else False)
        return publish(mine, by, self.expected)

    def problems(self) -> list[str]:
        """What the check of the whole playbook says."""
        mine = Segment(self.key, None if self.fixed else self.when, self.words)
        return [f"{p.sentence} {p.remedy}".strip() for p in check(_draft(mine))]


def publish(segment: Segment, by: User, expected: int | None = None) -> Revision:
    """One segment of the playbook new or changed, all others as they are. Raises Refused, Overtaken."""
    name = next(iter(segment.words.values()), segment.key)
    return apply(_draft(segment), by, _("Segment “%(name)s”") % {"name": name}, expected)


def remove(key: str, by: User) -> Revision:
    """One segment less in the playbook. Raises Refused, Overtaken."""
    draft = read_plain(said_now())
    known: Segments = draft["segments"]
    rest = Segments(tuple(s for s in known.segments if s.key != key))
    return apply(draft.with_(segments=rest), by, _("Segment “%(name)s” deleted") % {"name": key})


def free_key(name: str) -> str:
    """`grosse-betriebe` of «Grosse Betriebe»."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:48] or "segment"
    taken = {s.key for s in current("segments").segments}
    return next(key for n in range(1, 10_000) if (key := plain if n == 1 else f"{plain}-{n}") not in taken)


def _draft(segment: Segment) -> Any:
    draft = read_plain(said_now())
    known: Segments = draft["segments"]
    there = any(s.key == segment.key for s in known.segments)
    rest = tuple(segment if s.key == segment.key else s for s in known.segments)
    return draft.with_(segments=Segments(rest if there else (*rest, segment)))
