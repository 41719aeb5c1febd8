"""From a lost deal back to marketing, by the ways of working of the sample company."""

from __future__ import annotations

from pathlib import Path

import pytest

from reif.channels.tests.letters import a_reader
from reif.crm.deals import lose, open_deal
from reif.crm.models import Person
from reif.crm.tests.people import a_user
from reif.kit.clock import now
from reif.log.worker import settle
from reif.nurture.models import Enrollment
from reif.playbook.command import apply_folder

PLAYBOOK = Path(__file__).parents[2] / "playbooks" / "hr_software"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reason", "stage", "warm"), [("price", "lead", True), ("timing", "mql", True), ("competitor", "other", False)]
)
def test_who_did_not_buy_is_kept_warm_unless_they_chose_somebody_else(reason: str, stage: str, warm: bool) -> None:
    apply_folder(PLAYBOOK)
    vera = a_user()
    person = a_reader(stage="sql", stage_at=now(), owner=vera)
    deal = open_deal(person=person, name="Talentwerk Team", cents=100, owner=vera.pk, by=vera.pk)
    settle()
    lose(deal, vera.pk, reason)
    settle()
    assert Person.objects.get(pk=person.pk).stage == stage
    assert Enrollment.objects.filter(person=person, journey="after-loss").exists() == warm
