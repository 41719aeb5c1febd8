"""Every line of the navigation leads somewhere, has a known icon and role, and a keyboard way of its own; names of addresses are told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from django.urls import URLResolver, get_resolver, reverse

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


def names(resolver: URLResolver, room: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from names(one, f"{room}{one.namespace}:" if one.namespace else room)
        elif one.name and one.callback.__module__.startswith("reif."):
            yield f"{room}{one.name}"


def test_no_two_addresses_share_a_name() -> None:
    """The later one would get the forms of the former."""
    assert [name for name, times in Counter(names(get_resolver())).items() if times > 1] == []
