"""Why somebody has this score, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from reif.crm.models import Person
from reif.qualify.ledger import Explained, explain_score

NAMED = 2


def sentence(person: Person, language: str, rows: Sequence[Explained] | None = None) -> str:
    """«92 Punkte: 60 für Verhalten, vor allem «Preisseite» (+30); 32 für das Profil, vor allem …». No query with rows."""
    known = explain_score(person, language) if rows is None else rows
    with override(language):
        if not known:
            return _("No points yet: nothing that a rule rewards has happened.")
        total = sum(row.points for row in known)
        parts = [_part([r for r in known if not r.is_fit], _("for behaviour"))]
        parts.append(_part([r for r in known if r.is_fit], _("for the profile")))
        head = ngettext("%(n)s point", "%(n)s points", total) % {"n": number_format(total, force_grouping=True)}
        return f"{head}: {'; '.join(filter(None, parts))}."


def _part(rows: Sequence[Explained], what: str) -> str:
    if not rows:
        return ""
    total = number_format(sum(row.points for row in rows), force_grouping=True)
    top = [_("“%(rule)s” (%(points)s)") % {"rule": r.words, "points": signed(r.points)} for r in rows[:NAMED]]
    if len(rows) > NAMED:
        return _("%(total)s %(what)s, above all %(rules)s") % {
            "total": total, "what": what, "rules": _(" and ").join(top),
        }  # fmt: skip
    return _("%(total)s %(what)s: %(rules)s") % {"total": total, "what": what, "rules": _(" and ").join(top)}


def signed(points: int) -> str:
    """+20, −5."""
    return f"{'+' if points >= 0 else '−'}{number_format(abs(points), force_grouping=True)}"
