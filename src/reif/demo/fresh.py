"""A few people who became ripe today, so that the inbox is not empty when somebody signs in."""

from __future__ import annotations

from datetime import datetime, timedelta

from reif.demo.companies import Firm
from reif.demo.draw import at_office_hour, words
from reif.demo.forms import Desk
from reif.demo.history import History
from reif.demo.people import Someone
from reif.demo.readers import Readers
from reif.demo.visits import BY_MAIL, Reader, Touch, first_seen
from reif.kit.clock import now
from reif.log.append import writing

SEARCH = {"source": "ORGANIC_SEARCH"}
FIRST_NUMBER = 900_000


def arrive_today(history: History, reader: Reader, desk: Desk, readers: Readers, end: datetime) -> None:
    """They came last week, read their mail, and did what makes them ripe some minutes ago."""
    for n, row in enumerate(words()["today"]):
        first, last, firm = row["first"], row["last"], Firm(*row["firm"])
        came = at_office_hour(history.random, (end - timedelta(days=8 + n)).date())
        address = f"{first}.{last}@{firm.domain}".lower().replace("ü", "ue")
        someone = Someone(
            FIRST_NUMBER + n, first, last, address, row["job"], firm, "de", SEARCH, "fresh", "whitepaper", came
        )
        touch = Touch("ORGANIC_SEARCH", "", "Google", "https://www.google.com/")
        history.plan(came, _first, someone, touch, reader, desk)
        ripe = end - timedelta(minutes=row["minutes"])
        history.plan(ripe - timedelta(hours=20), readers.read, someone, "/preise")
        history.plan(ripe, desk.submit, someone, row["way"], BY_MAIL)
        history.plan(ripe + timedelta(minutes=3), readers.read, someone, "/preise")


def _first(someone: Someone, touch: Touch, reader: Reader, desk: Desk) -> None:
    from reif.crm.visitors import visitors_for

    someone.visitor = visitors_for({someone.key: first_seen(touch, now(), "/blog")})[someone.key].id
    with writing():
        reader.arrive(someone, touch)
    desk.submit(someone, "whitepaper", touch)
