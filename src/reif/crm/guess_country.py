"""Where people probably are, by their browsers; what they state of themselves is another column and stays as it is.

Says person.changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from reif.crm.models import Person, Visitor
from reif.log.among import among
from reif.log.append import append, writing
from reif.log.catalogue.people import PersonChanged

_STRENGTH = {"": 0, "language": 1, "timezone": 2, "maxmind": 3}


class Guess(NamedTuple):
    """country: ISO 3166-1 alpha-2; by: language, timezone or maxmind, each stronger than the one before."""

    country: str
    by: str
    cause: int | None = None


def guess_of_browsers(guesses: Mapping[int, Guess]) -> None:
    """By visitor; those who belong to somebody tell it of them too."""
    with writing():
        known = Visitor.objects.filter(among("id", guesses)).values_list("id", "country", "country_by", "person_id")
        better = [(v, guesses[v], person) for v, country, by, person in known if _is_better(guesses[v], country, by)]
        _write(Visitor, {visitor: guess for visitor, guess, _person in better}, "country", "country_by")
        guess_of_people({person: guess for _visitor, guess, person in better if person})


def guess_of_people(guesses: Mapping[int, Guess]) -> None:
    """By person. A weaker guess changes no stronger one; of two that are as strong the later one counts."""
    with writing():
        known = (
            Person.objects.living().filter(among("id", guesses)).values_list("id", "country_guess", "country_guess_by")
        )
        better = {p: guesses[p] for p, country, by in known if _is_better(guesses[p], country, by)}
        _write(Person, better, "country_guess", "country_guess_by")
        append(
            *(
                PersonChanged(person=person, fields=["country_guess"], topic="visit", cause=guess.cause)
                for person, guess in better.items()
            )
        )


def _is_better(guess: Guess, country: str, by: str) -> bool:
    return bool(guess.country) and guess[:2] != (country, by) and _STRENGTH.get(guess.by, 0) >= _STRENGTH.get(by, 0)


def _write(model: type[Person | Visitor], better: Mapping[int, Guess], country: str, by: str) -> None:
    """A statement for each place; there are few."""
    places: dict[tuple[str, str], list[int]] = {}
    for number, guess in better.items():
        places.setdefault(guess[:2], []).append(number)
    for (code, known_by), numbers in places.items():
        model._default_manager.filter(among("id", numbers)).update(**{country: code, by: known_by})
