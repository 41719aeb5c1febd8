"""The staff of the sample company, from house/people.toml of its playbook."""

from __future__ import annotations

import os
import tomllib
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password

from reif.staff.models import Absence, Team, User, WorkingHours

OFFICE = ["08:00-12:00", "13:00-17:00"]


def open_house(folder: Path, today: date) -> dict[str, User]:
    """Teams, users with working hours and a few holidays. By address."""
    facts = tomllib.loads((folder / "house/people.toml").read_text())
    teams = {t["key"]: Team.objects.create(key=t["key"], name=t["name"]) for t in facts["team"]}
    secret = make_password(os.environ.get("REIF_DEMO_PASSWORD", "reif-demo"))
    users = {row["email"]: _user(dict(row), teams, secret) for row in facts["person"]}
    _holidays([u for u in users.values() if u.team_id], today)
    return users


def _user(row: dict[str, Any], teams: dict[str, Team], secret: str) -> User:
    hours = row.pop("hours", OFFICE)
    team = teams.get(row.pop("team", ""))
    user = User.objects.create(password=secret, team=team, **row)
    WorkingHours.objects.bulk_create(
        WorkingHours(user=user, weekday=day, start=time.fromisoformat(start), end=time.fromisoformat(end))
        for day in range(5)
        for start, end in (stretch.split("-") for stretch in hours)
    )
    return user


def _holidays(sellers: list[User], today: date) -> None:
    """Two weeks in summer, one after the other, and one week that is still to come."""
    summer = date(today.year if today.month > 8 else today.year - 1, 7, 13)
    for n, seller in enumerate(sellers):
        first = summer + timedelta(days=7 * n - summer.weekday())
        Absence.objects.create(user=seller, first_day=first, last_day=first + timedelta(days=11), note="Ferien")
    if sellers:
        first = today + timedelta(days=28 - today.weekday())
        Absence.objects.create(user=sellers[-1], first_day=first, last_day=first + timedelta(days=4), note="Ferien")
