"""The lead ads of Meta, LinkedIn and Google, and plain JSON: one file each, the same four functions in each.

challenge(connection, query): the answer to a GET that asks whether we are we.
check(connection, sent): raises Refused unless the platform signed it.
notices(connection, told): one Notice for each lead that a call brings.
lead(data): a lead's own data as `Lead`, once all of it is here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from reif.capture.intake.rule import Rule
from reif.capture.intake.verify import Sent
from reif.capture.models.intake import Connection


@dataclass(frozen=True)
class Answer:
    """To a challenge."""

    body: str
    status: int = 200
    type: str = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Notice:
    """One lead in a call. key: what makes it the same when it comes again; lead: the platform's id.

    data: what there is of it. complete: nothing must be fetched. ignored: a code, when nobody shall be made of it.
    """

    key: str
    data: dict[str, Any]
    lead: str = ""
    complete: bool = True
    test: bool = False
    ignored: str = ""


@dataclass(frozen=True)
class Lead:
    """A lead in one shape. data: what mappings look into (`/answers/…`). form, campaign: names or ids, for people.

    answers: every answer by its question; those that no rule takes become traits. consents: by key, was it ticked;
    texts: what stood beside it, when the platform says so.
    """

    data: dict[str, Any]
    source: str = ""
    detail_1: str = ""
    detail_2: str = ""
    form: str = ""
    campaign: str = ""
    utm: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    consents: dict[str, bool] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


class Platform(Protocol):
    """What each file here is."""

    DEFAULTS: list[Rule]

    def challenge(self, connection: Connection, query: Mapping[str, str]) -> Answer | None: ...
    def check(self, connection: Connection, sent: Sent) -> None: ...
    def notices(self, connection: Connection, told: Any) -> list[Notice]: ...
    def lead(self, data: dict[str, Any]) -> Lead: ...


def platform(kind: str) -> Platform:
    """The file for a kind of connection."""
    from reif.capture.intake.platforms import google, linkedin, meta, plain

    known: dict[str, Any] = {"meta": meta, "linkedin": linkedin, "google": google}
    found: Platform = known.get(kind, plain)
    return found


Wanted = tuple[str, dict[str, str], dict[str, str]]
"""What to fetch: an address, its parameters, headers."""


def fetcher(kind: str) -> Callable[[Connection, dict[str, Any]], Wanted | None]:
    """How the lead behind a notice is asked for."""
    from reif.capture.intake.platforms import linkedin, meta

    return {"meta": meta.request_for, "linkedin": linkedin.request_for}[kind]


def answered(*pairs: tuple[str, str]) -> list[Rule]:
    """Rules from questions to targets."""
    from reif.capture.intake.path import pointer

    return [
        Rule(target, pointer("answers", question), transform="phone" if target == "phone" else "")
        for question, target in pairs
    ]
