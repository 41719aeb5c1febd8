"""What is wrong with routing.toml and slas.toml is said with its place."""

from __future__ import annotations

import pytest

from reif.playbook.check import check
from reif.playbook.draft import Draft, read_texts

SLAS = '[[sla]]\nkey = "fast"\nminutes = 30\n'


def said(routing: str, slas: str = SLAS) -> list[str]:
    return [str(problem) for problem in check(read_texts({"routing": routing, "slas": slas}))]


def test_a_good_file_has_no_problems():
    rules = '[[rule]]\nkey = "ch"\nteam = "sued"\nsla = "fast"\nwhen = { field = "country", op = "is", value = "CH" }\n'
    assert said(rules + '[fallback]\npeople = ["a@b.ch"]\n') == []
    assert check(Draft.of()) == []


@pytest.mark.parametrize(
    ("routing", "line", "words"),
    [
        ('[[rule]]\nkey = "a"\n', 1, "niemand gewählt"),
        ('[[rule]]\nkey = "a"\nteam = "x"\nsla = "slow"\n', 4, "kein SLA «slow»"),
        ('[[rule]]\nkey = "a"\nteam = "x"\n[[rule]]\nkey = "b"\nteam = "x"\n', 1, "nie erreicht"),
        ('[[rule]]\nkey = "hand"\nteam = "x"\n', 2, "Zwei Regeln"),
        ('[[rule]]\nkey = "a"\npeople = ["a@b.ch"]\nweights = { "c@b.ch" = 2 }\n', 4, "hat ein Gewicht"),
        ('ownership_sla = "x"\n', 1, "kein SLA «x»"),
        ('[[rule]]\nkey = "a"\nteem = "x"\n', 3, "teem"),
    ],
)
def test_problems_name_file_and_line(routing, line, words):
    problems = said(routing)
    assert any(p.startswith(f"routing.toml:{line}:") and words in p for p in problems), problems


@pytest.mark.parametrize("more", ["minutes = 0", "minutes = 30\nremind_at = 100", "minutes = 30\nrounds = 0"])
def test_times_have_to_make_sense(more):
    assert said("", f'[[sla]]\nkey = "fast"\n{more}\n')
