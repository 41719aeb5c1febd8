"""One line adds an operator to every reading, or this says which reading lacks it. The reference page is complete."""

from __future__ import annotations

from pathlib import Path

import pytest

from reif.rules import memory, sql
from reif.rules.fields import FIELDS
from reif.rules.operators import INSTEAD, OPERATORS, Wants, operators_for
from reif.rules.vocabulary import kinds, vocabulary

DOCS = Path(__file__).parents[4] / "docs/reference/rules.md"
APART = {"is set", "is not set"}


def test_every_operator_can_be_read() -> None:
    assert set(sql.COMPARE) == set(OPERATORS) - APART
    assert set(memory.COMPARE) == set(OPERATORS) - {"within"}
    assert set(INSTEAD.values()) <= set(OPERATORS)


def test_words_have_a_place_for_each_value() -> None:
    places = {Wants.NOTHING: 0, Wants.PAIR: 2}
    for operator in OPERATORS.values():
        for words in (operator.de, operator.not_de, operator.en, operator.not_en):
            assert words.count("{}") == places.get(operator.wants, 1)


def test_every_field_can_be_asked() -> None:
    for field in FIELDS.values():
        assert operators_for(field.type)
        assert field.de
        assert field.en
        assert "ß" not in field.de


@pytest.mark.django_db
def test_the_form_offers_them_all() -> None:
    for language in ("de", "en"):
        offered = vocabulary(language)
        assert [field["name"] for field in offered["fields"]] == list(FIELDS)
        assert [kind["name"] for kind in offered["kinds"]] == kinds()


def test_the_reference_names_every_field_and_operator() -> None:
    page = DOCS.read_text()
    missing = [name for name in FIELDS if f"| `{name}` |" not in page]
    missing += [name for name in OPERATORS if f"| `{name}` |" not in page]
    assert missing == []
