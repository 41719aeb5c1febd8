"""Addresses of the demo that carry a number: the first person of the list, the newest deal, an event with its causes."""

from __future__ import annotations

import re
from functools import cached_property

import httpx

from tests.walks.house import until
from tests.walks.page import form, links, sign_in


class Places:
    """Fills in addresses such as "/people/{person}"; asks the running house once for each."""

    def __init__(self, base: str) -> None:
        self.base = base

    def fill(self, address: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda found: str(getattr(self, found[1])), address)

    @cached_property
    def _admin(self) -> httpx.Client:
        return sign_in(self.base, "admin@demo.example")

    def _first(self, page: str, pattern: str) -> str:
        found = self._any(page, pattern)
        assert found, f"{page} leads to no {pattern}"
        return found

    def _any(self, page: str, pattern: str) -> str:
        hits = [found[1] for href in links(self._admin.get(page), "/") if (found := re.search(pattern, href))]
        return hits[0] if hits else ""

    @cached_property
    def person(self) -> str:
        return self._first("/people?sort=-score", r"/people/(\d+)$")

    @cached_property
    def company(self) -> str:
        return self._first("/companies", r"/companies/(\d+)$")

    @cached_property
    def deal(self) -> str:
        """An open one; where the drawn history has none, it is opened now."""
        return self._any("/deals?scope=all", r"/deals/(\d+)$") or self._opened()

    def _opened(self) -> str:
        sheet = form(self._admin.get("/deals/new", params={"person": self.person}), "/deals")
        answer = sheet.send(self._admin, name="Talentwerk Team", amount="9’600")
        found = re.search(r"/deals/(\d+)$", str(answer.url))
        assert found, answer.text[:500]
        return found[1]

    @cached_property
    def assignment(self) -> str:
        return self._first("/inbox?scope=all", r"open=(\d+)$")

    @cached_property
    def journey(self) -> str:
        return self._first("/journeys", r"/journeys/([\w-]+)$")

    @cached_property
    def event(self) -> str:
        return self._first(f"/people/{self.person}", r"/why/(\d+)$")

    @cached_property
    def trial(self) -> str:
        """A back-test of what is in force, replayed to its end."""
        begun = form(self._admin.get("/scoring/try"), "/scoring/try").send(self._admin)
        found = re.search(r"/scoring/try/(\d+)$", str(begun.url))
        assert found, begun.text[:500]
        until(lambda: 'class="stats' in self._admin.get(found[0]).text, "the back-test")
        return found[1]

    @cached_property
    def revision(self) -> str:
        return self._first("/playbook", r"/playbook/revisions/(\d+)$")

    @cached_property
    def kept(self) -> str:
        """A back-test that was kept with the revision that it was made for."""
        pages = [href for href in links(self._admin.get("/playbook"), "/playbook/revisions/") if href[-1].isdigit()]
        hits = [kept for page in pages if (kept := self._any(page, r"/scoring/kept/(\d+)$"))]
        assert hits, "no revision was tried before it was published"
        return hits[0]

    @cached_property
    def article(self) -> str:
        return self._first("/content/articles", r"/content/articles/(\d+)$")

    @cached_property
    def seminar(self) -> str:
        return self._first("/content/webinars", r"/content/webinars/(\d+)$")
