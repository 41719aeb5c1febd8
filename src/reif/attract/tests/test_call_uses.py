"""Calls to action tell which segments they ask for, so that none of these is taken away from under them."""

from __future__ import annotations

import pytest

from reif.attract.calls.uses import segments_of_calls
from reif.attract.models import Call
from reif.kit.clock import now
from reif.playbook.apply import apply
from reif.playbook.draft import read_plain
from reif.playbook.problem import Refused

pytestmark = pytest.mark.django_db


def test_a_call_tells_its_segments_and_keeps_them() -> None:
    apply(read_plain({"segments": {"segment": [{"key": "guests"}, {"key": "hot"}]}}))
    call = Call.objects.create(slug="a", name="Demo", title="Demo", rules={"segments": ["guests"]}, created_at=now())
    [(key, use)] = segments_of_calls()
    assert (key, use.entry, use.href) == ("guests", "Demo", f"/calls/{call.pk}")
    with pytest.raises(Refused, match="Demo"):
        apply(read_plain({"segments": {"segment": [{"key": "hot"}]}}))
    with pytest.raises(Refused, match="guests"):
        apply(read_plain({"segments": {"segment": [{"key": "guests", "archived": True}, {"key": "hot"}]}}))
    assert apply(read_plain({"segments": {"segment": [{"key": "guests"}]}}))
