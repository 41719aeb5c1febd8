"""The pages of the journeys say what the playbook says."""

from __future__ import annotations

import pytest
from django.test import Client

from reif.crm.tests.people import a_user
from reif.nurture.graph import named_steps
from reif.nurture.journeys import Enter, Journey, Step
from reif.nurture.overview import outline
from reif.nurture.picture import picture
from reif.rules.predicates import Did

pytestmark = pytest.mark.django_db
JOURNEY = Journey(
    "demo",
    Enter(stage="mql"),
    steps=[Step(wait="3d"), Step(branch=Did("webinar.registered"), no=[Step(mail="invite")]), Step(mail="offer")],
)


def test_every_step_is_a_line_and_every_way_a_link() -> None:
    lines = outline(JOURNEY, "de")
    drawn = picture(JOURNEY, lines, "de")
    assert [x.kind for x in lines] == ["wait", "branch", "mail", "mail"]
    assert [x.depth for x in lines] == [0, 0, 1, 0]
    ids = {step["id"] for step in drawn["steps"]}
    assert {link["from"] for link in drawn["links"]} | {link["to"] for link in drawn["links"]} <= ids
    assert len(ids) == len(named_steps(JOURNEY)) + 1 + 2


@pytest.mark.parametrize(("address", "status"), [("/journeys", 200), ("/journeys/nothing", 404)])
def test_the_pages_are_drawn(address: str, status: int) -> None:
    client = Client()
    client.force_login(a_user("marketing"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(address).status_code == status
