"""A few people who became ripe today, so that the inbox is not empty when somebody signs in."""

from __future__ import annotations

from datetime import datetime, timedelta

from reif.demo.companies import Firm
from reif.demo.forms import Desk
from reif.demo.history import History
from reif.demo.people import Someone
from reif.demo.readers import Readers
from reif.demo.visits import BY_MAIL, DIRECT, Reader, Touch, first_seen
from reif.kit.clock import now
from reif.log.append import writing

SEARCH = {"source": "ORGANIC_SEARCH"}
PEOPLE = (
    ("Regula", "Ammann", "Leiterin Personal", Firm("Spitex Aarehof Genossenschaft", "spitex-aarehof-bern.example", "CH", "BE", "Bern", "Gesundheit", 140), "webinar", 35),
    ("Beat", "Stalder", "HR Business Partner", Firm("Stalder Antriebstechnik AG", "stalder-antriebe.example", "CH", "ZH", "Winterthur", "Industrie", 190), "webinar", 95),
    ("Nathalie", "Favre", "Geschäftsführerin", Firm("Möbelhaus Favre AG", "moebelhaus-favre.example", "CH", "SG", "Wil", "Handel", 85), "demo", 12),
    ("Johanna", "Pichler", "Leiterin Personal", Firm("Hotel Seeblick Bregenz GmbH", "hotel-seeblick-bregenz.example", "AT", "V", "Bregenz", "Gastgewerbe", 110), "webinar", 150),
    ("Sebastian", "Krüger", "Head of People", Firm("Nordwind Logistik GmbH", "nordwind-logistik.example", "DE", "HH", "Hamburg", "Logistik", 320), "webinar", 55),
    ("Katharina", "Lang", "HR-Fachfrau", Firm("Pflegezentrum Rosengarten GmbH", "pflege-rosengarten.example", "DE", "BY", "Augsburg", "Gesundheit", 210), "demo", 25),
)  # fmt: skip
FIRST_NUMBER = 900_000


def arrive_today(history: History, reader: Reader, desk: Desk, readers: Readers, end: datetime) -> None:
    """They came last week, read their mail, and did what makes them ripe some minutes ago."""
    for n, (first, last, job, firm, way, minutes) in enumerate(PEOPLE):
        came = end - timedelta(days=8 + n, hours=3)
        address = f"{first}.{last}@{firm.domain}".lower().replace("ü", "ue")
        someone = Someone(FIRST_NUMBER + n, first, last, address, job, firm, "de", SEARCH, "fresh", "whitepaper", came)
        touch = Touch("ORGANIC_SEARCH", "Google", "", "https://www.google.com/")
        history.plan(came, _first, someone, touch, reader, desk)
        ripe = end - timedelta(minutes=minutes)
        history.plan(ripe - timedelta(hours=20), readers.read, someone, "/preise")
        history.plan(ripe, desk.submit, someone, way, BY_MAIL)
        history.plan(ripe + timedelta(minutes=3), readers.read, someone, "/preise")


def _first(someone: Someone, touch: Touch, reader: Reader, desk: Desk) -> None:
    from reif.crm.visitors import visitors_for

    someone.visitor = visitors_for({someone.key: first_seen(touch, now(), "/blog")})[someone.key].id
    with writing():
        reader.arrive(someone, touch)
    desk.submit(someone, "whitepaper", touch)


__all__ = ["DIRECT", "arrive_today"]
