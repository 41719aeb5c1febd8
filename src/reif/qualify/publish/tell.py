"""Tell after a switch who stands elsewhere now, some thousand people at a time; whoever is scored meanwhile is told at once.

Says person.scored and company.scored. Where people stood stays, under the number of the build that counted, until it is told.
"""

from __future__ import annotations

from django.db import connection

from reif.crm.models import Person
from reif.crm.set_score import Place, drop_places
from reif.qualify.models import Build
from reif.qualify.scoring.book import say
from reif.qualify.scoring.in_force import Reckoning
from reif.qualify.scoring.matters import matters
from reif.qualify.scoring.places import Before, Whom
from reif.qualify.scoring.roll_up import roll_up

_FIELDS = Before._fields
_TEXTS = ("grade", "excluded")
_OLD = ", ".join(f"COALESCE(o.{c}, '')" if c in _TEXTS else f"COALESCE(o.{c}, 0)" for c in _FIELDS)
_NEW = ", ".join(f"n.{c}" for c in _FIELDS)
_SAME = "o.person_id = n.person_id AND o.model = n.model"
# The plus keeps the engine from going through all places of a build, where some hundred people are asked for.
_MOVED = f"""SELECT n.person_id, n.model, {_OLD}, {_NEW}
FROM crm_standing n LEFT JOIN crm_standing o ON {_SAME} AND o.build = %(old)s
WHERE +n.build = %(new)s AND n.person_id > %(after)s AND n.person_id <= %(last)s AND ({_OLD}) <> ({_NEW})
UNION ALL
SELECT o.person_id, o.model, {", ".join(f"o.{c}" for c in _FIELDS)}, 0, 0, 0, '', '' FROM crm_standing o
WHERE +o.build = %(old)s AND o.person_id > %(after)s AND o.person_id <= %(last)s
  AND (o.score, o.fit, o.engagement, o.grade, o.excluded) <> (0, 0, 0, '', '')
  AND NOT EXISTS (SELECT 1 FROM crm_standing n WHERE {_SAME} AND n.build = %(new)s)"""


def tell(most: int, r: Reckoning) -> bool:
    """One piece more; False when everybody knows. Call it `alone`."""
    build = Build.objects.select_for_update().filter(state=Build.State.TELLING).first()
    if build is None:
        return False
    people = list(Person.objects.filter(id__gt=build.person).order_by("id").values_list("id", flat=True)[:most])
    last = people[-1] if people else build.person
    cause = Build.objects.get(pk=r.number).cause
    _say(r, *_moved(build.pk, r.number, build.person, last), cause)
    drop_places(build.pk, build.person, last)
    build.person, build.reckoned = last, build.reckoned + len(people)
    if len(people) < most:
        build.state, build.person = Build.State.GONE, 0
    build.save()
    return True


def _say(r: Reckoning, moved: list[Place], before: dict[Whom, Before], cause: int) -> None:
    say(r, moved, before, dict.fromkeys((p.person for p in moved), cause) if cause else {}, matters)
    main = [p.person for p in moved if p.model == r.main]
    roll_up(r.engines[0].model.company if r.engines else None, main, (), dict.fromkeys(main, cause))


def _moved(old: int, new: int, after: int, last: int) -> tuple[list[Place], dict[Whom, Before]]:
    with connection.cursor() as cursor:
        cursor.execute(_MOVED, {"old": old, "new": new, "after": after, "last": last})
        rows = cursor.fetchall()
    size = len(_FIELDS)
    before = {(row[0], row[1]): Before(*row[2 : 2 + size]) for row in rows}
    return [_place(row[0], row[1], Before(*row[2 + size :])) for row in rows], before


def _place(person: int, model: str, now: Before) -> Place:
    return Place(person, model, 0, 0, 0, *now)
