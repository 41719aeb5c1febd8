"""Companies that do not exist, in places that do."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from reif.demo.draw import weighted, words
from reif.kit.fold import fold


@dataclass(frozen=True)
class Firm:
    """name and domain are unique. size: employees."""

    name: str
    domain: str
    country: str
    region: str
    city: str
    industry: str
    size: int


def make_firms(random: Random, count: int) -> list[Firm]:
    found: dict[str, Firm] = {}
    while len(found) < count:
        firm = _firm(random)
        found.setdefault(firm.domain, firm)
    return list(found.values())


def _firm(random: Random) -> Firm:
    place = weighted(random, words()["place"])
    region, cities, _w = random.choices(place["regions"], [r[2] for r in place["regions"]])[0]
    city, trade = random.choice(cities), weighted(random, words()["industry"])
    last = words()["names"]["de"]["last"]
    name = random.choice(trade["firms"]).format(
        place=city, nature=random.choice(words()["more"]["nature"]), last=random.choice(last), last2=random.choice(last)
    )
    low, high = trade["size"]
    size = round(low * (high / low) ** random.betavariate(1.6, 1.9))
    form = random.choice(words()["more"][f"forms_{place['country'].lower()}"])
    return Firm(f"{name} {form}", domain_of(name), place["country"], region, city, trade["name"], size)


def domain_of(name: str) -> str:
    """`Müller & Hess Metallbau` is mueller-hess-metallbau.example."""
    letters = "".join(c if c.isalnum() else " " for c in fold(name))
    return "-".join(letters.split()) + ".example"
