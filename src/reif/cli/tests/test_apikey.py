"""`reif apikey`: made, printed once, ended."""

from __future__ import annotations

import pytest
from django.test import Client

from reif.cli import parser

pytestmark = pytest.mark.django_db


def test_the_command_prints_a_key_that_works(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    given = parser().parse_args(["apikey", "create", "Shop", "--scope", "people:read"])
    assert given.run(given) == 0
    secret = capsys.readouterr().out.strip()
    assert client.get("/api/v1/people", headers={"authorization": f"Bearer {secret}"}).status_code == 200
    wrong = parser().parse_args(["apikey", "create", "Shop", "--scope", "people:eat"])
    assert wrong.run(wrong) == 2
    assert "people:read" in capsys.readouterr().err
    end = parser().parse_args(["apikey", "revoke", secret[:12]])
    assert end.run(end) == 0
    assert client.get("/api/v1/people", headers={"authorization": f"Bearer {secret}"}).status_code == 401
