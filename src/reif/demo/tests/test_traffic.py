"""The visits of the demo follow from its page views."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from reif.attract.models import Call
from reif.capture.models import DailyCount, Visit
from reif.crm.visitors import visitors_for
from reif.demo.traffic import CALLS, draw_traffic
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.web import PageViewed


@pytest.mark.django_db
def test_visits_are_cut_at_half_an_hour_and_calls_are_there() -> None:
    visitor = visitors_for({"a-browser": {}})["a-browser"]
    begin = now() - timedelta(days=3)
    with writing():
        append(*(PageViewed(visitor=visitor.pk, topic=f"/p{n}", at=begin + timedelta(minutes=m))
                 for n, m in enumerate((0, 10, 90))))  # fmt: skip
    draw_traffic(Random(1), now())
    assert [(v.entry, v.exit, v.pages) for v in Visit.objects.order_by("started_at")] == [
        ("/p0", "/p1", 2),
        ("/p2", "/p2", 1),
    ]
    assert sum(DailyCount.objects.filter(kind="view", level="personal").values_list("number", flat=True)) == 3
    assert set(Call.objects.running().values_list("slug", flat=True)) == set(CALLS)
