"""People who do not exist: names, work, an address, where they came from, and how interested they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from reif.demo.companies import Firm
from reif.demo.draw import moment_in_year, weighted, words
from reif.kit.fold import fold

FREE = "postfach.example"  # known to kit as a provider of private addresses
# How many of all are how interested, and which form they begin with.
HEAT = {"hot": 16, "warm": 36, "cold": 48}
FIRST_FORM = {
    "hot": {"whitepaper": 80, "webinar": 8, "demo": 12},
    "warm": {"whitepaper": 66, "webinar": 8, "newsletter": 26},
    "cold": {"whitepaper": 25, "newsletter": 72, "webinar": 3},
}


@dataclass
class Someone:
    """A visitor who becomes a person. heat: hot, warm, cold, fresh. number: from which keys are made."""

    number: int
    first_name: str
    last_name: str
    email: str
    job_title: str
    firm: Firm | None
    language: str
    source: dict[str, Any]
    heat: str
    form: str
    comes_at: datetime
    id: int = 0
    visitor: int = 0

    @property
    def key(self) -> str:
        """The visitor's key, in the form that the tracking script makes."""
        raw = Random(f"visitor {self.number} {self.email}").getrandbits(128)  # noqa: S311
        h = f"{raw:032x}"
        return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-a{h[17:20]}-{h[20:]}"

    @property
    def company_name(self) -> str:
        return self.firm.name if self.firm else ""


def make_people(random: Random, firms: list[Firm], count: int, end: datetime) -> list[Someone]:
    """In the order in which they come. A few firms have many, most have one or two."""
    pull = [random.paretovariate(1.6) * firm.size**0.35 for firm in firms]
    taken: set[str] = set()
    found: list[Someone] = []
    while len(found) < count:
        firm = random.choices(firms, pull)[0] if random.random() > 0.07 else None
        someone = _someone(random, firm, len(found), end)
        if someone.email not in taken:
            taken.add(someone.email)
            found.append(someone)
    return sorted(found, key=lambda s: s.comes_at)


def _someone(random: Random, firm: Firm | None, number: int, end: datetime) -> Someone:
    woman = random.random() < 0.62
    first, last, language = _name(random, firm, woman)
    title = weighted(random, words()["title"])["words"][0 if woman else 1]
    heat = _one_of(random, HEAT)
    if title.startswith("Stud"):
        heat = "cold"
    source = weighted(random, words()["source"])
    form = _one_of(random, FIRST_FORM[heat])
    return Someone(number, first, last, _address(random, first, last, firm), title, firm, language, source, heat, form,
                   moment_in_year(random, end))  # fmt: skip


def _name(random: Random, firm: Firm | None, woman: bool) -> tuple[str, str, str]:
    tongue = "de"
    if firm and firm.region in ("VD", "GE"):
        tongue = "fr"
    elif firm and firm.region == "TI":
        tongue = "it"
    elif random.random() < 0.06:
        tongue = random.choice(("fr", "it"))
    names = words()["names"][tongue]
    return random.choice(names["female" if woman else "male"]), random.choice(names["last"]), "de"


def _address(random: Random, first: str, last: str, firm: Firm | None) -> str:
    given, family = "".join(fold(first).split()), "".join(fold(last).split())
    if firm is None:
        return f"{given}.{family}{random.randint(2, 98)}@{FREE}"
    form = random.choices((f"{given}.{family}", f"{given[0]}.{family}", family), (80, 15, 5))[0]
    return f"{form}@{firm.domain}"


def _one_of(random: Random, shares: dict[str, int]) -> str:
    return random.choices(list(shares), list(shares.values()))[0]
