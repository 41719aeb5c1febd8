"""Why somebody has this score, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from reif.crm.models import Person
from reif.qualify.scoring.in_force import scoring
from reif.qualify.scoring.worth import whole
from reif.qualify.ways import words_of
from reif.qualify.why.explain import Explained, explain_score

NAMED = 2


def sentence(person: Person, language: str, rows: Sequence[Explained] | None = None, model: str = "") -> str:
    """«92 Punkte: 60 für Verhalten, vor allem «Preisseite» (+30); 32 für das Profil, vor allem …». No query with rows."""
    known = explain_score(person, language, model) if rows is None else rows
    with override(language):
        if person.excluded and not model:
            return _("No score: left out as “%(rule)s”.") % {"rule": left_out(person.excluded, language)}
        if not known:
            return _("No points yet: nothing that a rule rewards has happened.")
        total = whole(sum(row.cents for row in known))
        parts = [_part([r for r in known if not r.is_fit], _("for behaviour"))]
        parts.append(_part([r for r in known if r.is_fit], _("for the profile")))
        head = ngettext("%(n)s point", "%(n)s points", total) % {"n": number_format(total, force_grouping=True)}
        return f"{head}: {'; '.join(filter(None, parts))}."


def left_out(rule: str, language: str, model: str = "") -> str:
    """The words of the rule that leaves somebody out."""
    found = scoring().model(model)
    return next((words_of(one, language) for one in (found.exclude if found else ()) if one.key == rule), rule)


def _part(rows: Sequence[Explained], what: str) -> str:
    given, caps = [r for r in rows if not r.is_cap], [r for r in rows if r.is_cap]
    if not given:
        return ""
    total = number_format(whole(sum(row.cents for row in rows)), force_grouping=True)
    up, down = [r for r in given if r.points >= 0][:NAMED], [r for r in given if r.points < 0][:NAMED]
    named, taken = (up, down) if up else (down, [])
    top = [_("“%(rule)s” (%(points)s)") % {"rule": r.words, "points": signed(r.points)} for r in named]
    said = {"total": total, "what": what, "rules": _(" and ").join(top)}
    if len(given) > len(named) + len(taken):
        words = _("%(total)s %(what)s, above all %(rules)s") % said
    else:
        words = _("%(total)s %(what)s: %(rules)s") % said
    return words + "".join(map(_taken, taken)) + "".join(map(_less, caps))


def _taken(row: Explained) -> str:
    return _(", less %(points)s for “%(rule)s”") % {"points": -row.points, "rule": row.words}


def _less(cap: Explained) -> str:
    return _(", less %(points)s above the ceiling of “%(group)s”") % {"points": -cap.points, "group": cap.words}


def signed(points: int) -> str:
    """+20, −5."""
    return f"{'+' if points >= 0 else '−'}{number_format(abs(points), force_grouping=True)}"
