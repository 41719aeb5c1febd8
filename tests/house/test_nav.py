"""Every line of the navigation leads somewhere, has a known icon and role, and a keyboard way of its own."""

from __future__ import annotations

import pytest
from django.urls import reverse

from reif.staff.models import Role
from reif.staff.nav import Entry, entries
from reif.staff.templatetags.ui import shapes


@pytest.mark.parametrize("line", entries(), ids=lambda line: line.key)
def test_a_line_is_sound(line: Entry) -> None:
    assert reverse(line.url_name).startswith("/")
    assert line.icon in shapes()
    assert line.roles <= set(Role.values)


def test_no_two_lines_share_keys_or_icons() -> None:
    keys = [line.keys for line in entries() if line.keys]
    icons = [line.icon for line in entries()]
    assert len(keys) == len(set(keys))
    assert len(icons) == len(set(icons))
