"""What is handed to the database as one text is read as it was meant."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from reif.log.among import among
from reif.log.arrays import arrays
from reif.log.models import Timer

pytestmark = pytest.mark.django_db


def test_rows_come_back_from_postgresql_as_they_were():
    if connection.vendor != "postgresql":
        pytest.skip("arrays are PostgreSQL's")
    moment, day = datetime(2026, 3, 29, 1, 30, 0, 123, tzinfo=UTC), date(2026, 3, 29)
    rows = [
        (1, 'a "quoted", {word} \\ of Zürich', moment, day, None),
        (-2, "", None, None, 7),
        (3, "NULL", moment, day, 8),
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[], %s::date[], %s::int[])", arrays(rows)
        )
        assert cursor.fetchall() == rows


def test_among_finds_these_and_no_others():
    at = datetime(2026, 3, 29, tzinfo=UTC)
    first, _second, third = (Timer.objects.create(name="test", about=n, at=at) for n in range(3))
    assert set(Timer.objects.filter(among("id", [first.pk, third.pk]))) == {first, third}
    assert not Timer.objects.filter(among("about", [])).exists()
    assert Timer.objects.exclude(among("about", [0, 2])).count() == 1
