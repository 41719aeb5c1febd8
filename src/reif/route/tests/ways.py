"""Puts ways of routing in force for tests."""

from __future__ import annotations

from reif.playbook.apply import apply
from reif.playbook.draft import Draft
from reif.route.section import Fallback, Routing, Rule, Sla, Slas
from reif.rules.decode import decode

PROMISE = Sla(key="sql", minutes=60, words={"de": "Eine Stunde", "en": "One hour"}, remind_at=50)


def routing(*rules: Rule, fallback: Fallback | None = None, sla: Sla = PROMISE, **more: object) -> None:
    """These rules, and one promise with the key `sql`."""
    apply(Draft.of(routing=Routing(rules=rules, fallback=fallback, **more), slas=Slas(slas=(sla,))))


def rule(key: str, team: str = "", field: str = "", value: object = "", op: str = "is", **more: object) -> Rule:
    """A rule for a team (or `people=`), with one condition when a field is given."""
    when = {"when": decode({"field": field, "op": op, "value": value})} if field else {}
    return Rule(key=key, team=team, sla=more.pop("sla", "sql"), words={"de": key, "en": key}, **when, **more)
