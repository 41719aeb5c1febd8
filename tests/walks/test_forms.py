"""The same form, sent eight times at once to a running server, is one submission: on the engine of this run."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from threading import Barrier

import httpx
import pytest

from tests.walks.house import House, a_house, until
from tests.walks.page import close_all, sign_in

AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
TIMES = 8


@pytest.mark.slow
@pytest.mark.xdist_group("walks")
def test_eight_at_once_are_one(tmp_path: Path) -> None:
    with a_house(tmp_path, mailbox=True) as (house, _post):
        house.run("demo", "--no-serve", "--people", "0")
        house.start()
        staff = sign_in(house.base, "marketing@demo.example")
        assert at_once(house, [ticket(house)] * TIMES, "einer@firma.example") == [302] * TIMES
        assert came_in(staff, house, "einer@firma.example") == 1
        assert at_once(house, [ticket(house) for _ in range(TIMES)], "viele@firma.example") == [302] * TIMES
        assert came_in(staff, house, "viele@firma.example") == 1
        close_all()


def ticket(house: House) -> str:
    page = httpx.get(f"{house.base}/f/whitepaper", timeout=30).text
    found = re.search(r'name="ticket" value="([^"]+)"', page)
    assert found, page
    return unescape(found[1])


def at_once(house: House, tickets: list[str], email: str) -> list[int]:
    """The answers. Who sends within a second of the form's arrival is asked to look again, so a second passes first."""
    fetched, start = time.monotonic(), Barrier(TIMES)
    until(lambda: time.monotonic() - fetched > 1.1, "a second to pass")

    def post(one: str) -> int:
        with httpx.Client(headers={"user-agent": AGENT}, timeout=60) as client:
            start.wait(30)
            told = {"ticket": one, "email": email, "company": "Firma AG", "consent_0": "on"}
            return client.post(f"{house.base}/f/whitepaper/submissions", data=told).status_code

    with ThreadPoolExecutor(TIMES) as all_of_them:
        return list(all_of_them.map(post, tickets))


def came_in(staff: httpx.Client, house: House, email: str) -> int:
    """How many submissions of this address staff sees; the demo has some of its own."""
    page = staff.get(f"{house.base}/forms/whitepaper/submissions").text
    return len(re.findall(rf"data-open[^>]*>{re.escape(email)}</a>", page))
