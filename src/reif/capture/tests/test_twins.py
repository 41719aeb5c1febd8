"""The same form sent twice within a second is one submission, on both engines, with real requests at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from reif.capture.models import Submission
from reif.capture.tests.forms import a_browser, fill, in_force, send, ticket_of
from reif.crm.models import Person
from reif.kit.clock import travel
from reif.log.models import Event


@pytest.mark.django_db
@pytest.mark.usefixtures("forms")
class TestOneAfterTheOther:
    def test_two_tickets_with_the_same_content_are_one(self) -> None:
        send(a_browser())
        send(a_browser())
        assert Submission.objects.count() == Event.objects.filter(kind="form.submitted").count() == 1

    def test_later_it_is_another_one(self) -> None:
        send(a_browser())
        with travel(timedelta(minutes=1)):
            send(a_browser())
        assert Submission.objects.count() == 2

    def test_another_browser_is_another_one(self) -> None:
        send(a_browser())
        other = a_browser()
        ticket = ticket_of(other)
        with travel(timedelta(seconds=5)):
            other.post(
                "/f/whitepaper/submissions", {"ticket": ticket} | fill(), headers={"user-agent": "Mozilla/5.0 Other"}
            )
        assert Submission.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="tests/walks/test_forms.py asks SQLite in a real server")
class TestAtOnce:
    @pytest.mark.parametrize("tickets", [1, 8])
    def test_eight_requests_make_one(self, tickets: int) -> None:
        in_force()
        client = a_browser()
        mine = [ticket_of(client) for _ in range(tickets)]
        answers = self.all_at_once([mine[n % tickets] for n in range(8)])
        assert answers == [302] * 8
        assert Submission.objects.count() == Person.objects.count() == 1
        assert Event.objects.filter(kind="form.submitted").count() == 1

    def all_at_once(self, tickets: list[str]) -> list[int]:
        start = Barrier(len(tickets))

        def post(ticket: str) -> int:
            start.wait(10)
            try:
                answer = a_browser().post("/f/whitepaper/submissions", {"ticket": ticket} | fill())
                return int(answer.status_code)
            finally:
                connection.close()

        with travel(timedelta(seconds=5)), ThreadPoolExecutor(len(tickets)) as all_of_them:
            return list(all_of_them.map(post, tickets))
