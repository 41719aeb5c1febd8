"""The command says how far a reckoning has come, and begins one."""

from __future__ import annotations

import argparse

import pytest

from reif.cli.scoring import rebuild, told
from reif.crm.models import Person
from reif.crm.tests.people import a_person
from reif.log.worker import settle
from reif.qualify.models import Build
from reif.qualify.tests.ways import SCORING, happen, in_force, view

pytestmark = pytest.mark.django_db


def test_a_rebuild_is_asked_for_told_and_done(capsys: pytest.CaptureFixture[str]) -> None:
    in_force(scoring=SCORING)
    person = a_person()
    happen(view(person.id, "/preise"))
    settle()
    Person.objects.update(score=3)  # something went wrong by hand
    assert rebuild(argparse.Namespace()) == 0
    assert told(argparse.Namespace()) == 0
    settle()
    assert told(argparse.Namespace()) == 0
    person.refresh_from_db()
    assert person.score == 10
    assert Build.objects.filter(state="live").count() == 1
    said = capsys.readouterr().out
    assert "old scores count" in said
    assert "No scoring is being reckoned" in said
