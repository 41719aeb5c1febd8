"""`reif doctor` says what is wrong and what to do."""

from __future__ import annotations

import argparse

import pytest

from reif.cli.doctor import doctor
from reif.playbook.apply import apply
from reif.playbook.draft import Draft
from reif.route.section import Routing, Rule
from reif.rules.decode import decode
from reif.staff.models import Role, Team, User

pytestmark = pytest.mark.django_db


def told(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = doctor(argparse.Namespace())
    return code, capsys.readouterr().out


def test_a_rule_without_a_seller_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    german = decode({"field": "country", "op": "is", "value": "DE"})
    north, south = Rule(key="north", team="nord", when=german), Rule(key="south", people=("v@firma.example",))
    apply(Draft.of(routing=Routing(rules=(north, south))))
    code, words = told(capsys)
    assert code == 1
    assert "BAD  routing rules without a seller: north, south → name a team" in words
    User.objects.create_user(
        "n@firma.example", "secret-pass-1", role=Role.SELLER, team=Team.objects.create(key="nord", name="Nord")
    )
    User.objects.create_user("v@firma.example", "secret-pass-1", role=Role.SELLER)
    _code, words = told(capsys)
    assert "ok   routing rules without a seller: none" in words
