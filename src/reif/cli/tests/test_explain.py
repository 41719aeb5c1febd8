"""`reif explain touch` answers in JSON, whatever it is asked about."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reif.cli import parser
from reif.crm.models import Source

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"
KEYS = {"source", "source_detail_1", "source_detail_2", "campaign", "utm", "click_id", "internal", "spam", "bot", "why"}


def explain(capsys: pytest.CaptureFixture[str], *given: str) -> dict[str, Any]:
    told = parser().parse_args(["explain", "touch", *given])
    assert told.run(told) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert set(found) == KEYS
    return found


def test_it_says_all_of_it_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    url = "https://www.talentwerk.ch/p/demo?utm_source=linkedin&utm_medium=cpc&utm_campaign=Herbst&li_fat_id=b2f"
    found = explain(capsys, "--url", url, "--referrer", "https://www.linkedin.com/", "--agent", CHROME)
    assert (found["source"], found["source_detail_1"], found["source_detail_2"]) == (
        "PAID_SOCIAL",
        "LinkedIn",
        "Herbst",
    )
    assert (found["campaign"], found["bot"], found["spam"], found["internal"]) == ("Herbst", False, False, False)
    assert found["click_id"] == {"name": "li_fat_id", "value": "b2f"}
    assert found["utm"] == {"utm_source": "linkedin", "utm_medium": "cpc", "utm_campaign": "Herbst"}
    assert "utm_medium=cpc" in found["why"]
    assert "counts as PAID_SOCIAL" in found["why"]


def test_machines_and_our_own_pages(capsys: pytest.CaptureFixture[str]) -> None:
    bot = explain(capsys, "--url", "https://x.example/", "--agent", "Googlebot/2.1")
    assert bot["bot"]
    assert any("googlebot" in line.lower() for line in bot["why"])
    assert not explain(capsys, "--url", "https://x.example/")["bot"], "nothing is known of the agent"
    assert explain(capsys, "--url", "https://x.example/a", "--referrer", "https://www.x.example/b")["internal"]
    assert explain(capsys, "--url", "https://x.example/", "--referrer", "http://semalt.com/")["spam"]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "::",
        "http://[",
        "x" * 5000,
        "https://x.example/?utm_source=%ff%fe&utm_medium=\x00",
        "\udcff\udcfe",
        "javascript:1",
    ],
)
def test_every_input_gets_an_answer(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = explain(capsys, "--url", url, "--referrer", url, "--agent", url)
    assert found["source"] in Source.values
