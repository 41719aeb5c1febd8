"""What the head of a beacon tells: a refusal, our own people, machines that fetch ahead, a language, a country."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reif.door import request
from reif.door.place import Place
from reif.kit import geoip

from .asking import Answered, ask_once, spooled

VIEW = {"t": "view", "u": "https://x.ch/preise", "v": "v-1", "c": "personal"}


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    forget()
    yield
    forget()


def forget() -> None:
    for remembered in (request.networks, request.behind_proxy, request._is_ours, geoip._reader):
        remembered.cache_clear()


def tell(place: Place, said: dict[str, Any] | None = None, **head: str) -> Answered:
    headers = {name.replace("_", "-"): value for name, value in head.items()}
    return ask_once(place, "/e", VIEW | (said or {}), headers=headers)


def test_global_privacy_control_is_a_no(file_place: Place) -> None:
    assert tell(file_place, sec_gpc="1").status == 204
    assert tell(file_place, {"t": "consent"}, sec_gpc="1").status == 204
    assert spooled(file_place) == []
    tell(file_place, sec_gpc="0")
    assert len(spooled(file_place)) == 1


@pytest.mark.parametrize(
    ("networks", "head", "own"),
    [
        ("", {}, None),
        ("", {"cookie": "theme=dark; sessionid=abc"}, "session"),
        ("198.51.100.0/24", {}, "network"),
        ("not a network, 2001:db8::/32, 198.51.100.7", {}, "network"),
        ("203.0.113.0/24", {}, None),
    ],
)
def test_our_own_people_are_known_by_session_or_network(
    file_place: Place, monkeypatch: pytest.MonkeyPatch, networks: str, head: dict[str, str], own: str | None
) -> None:
    monkeypatch.setenv("REIF_OWN_NETWORKS", networks)
    tell(file_place, **head)
    assert spooled(file_place)[0].context.own == own


def test_behind_a_proxy_the_sender_is_whom_the_proxy_saw(file_place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REIF_OWN_NETWORKS", "203.0.113.9")
    tell(file_place, x_forwarded_for="203.0.113.9")
    request.behind_proxy.cache_clear()
    monkeypatch.setenv("REIF_BEHIND_PROXY", "1")
    tell(file_place, x_forwarded_for="10.0.0.1, 203.0.113.9")
    assert [event.context.own for event in spooled(file_place)] == [None, "network"]


@pytest.mark.parametrize(("said", "head", "robot"), [
    ({"w": 1}, {}, "webdriver"),
    ({}, {"sec_purpose": "prefetch;prerender"}, "prefetch"),
    ({}, {"purpose": "prefetch"}, "prefetch"),
    ({}, {}, None),
])  # fmt: skip
def test_driven_browsers_and_what_is_fetched_ahead(
    file_place: Place, said: dict[str, Any], head: dict[str, str], robot: str | None
) -> None:
    tell(file_place, said, **head)
    assert spooled(file_place)[0].context.robot == robot


def test_zone_and_variant_are_kept_but_the_zone_only_with_personal_consent(file_place: Place) -> None:
    more = {"tz": "Europe/Zurich", "va": "demo/b"}
    tell(file_place, more, accept_language="de-CH,de;q=0.9")
    tell(file_place, more | {"c": "aggregate"}, accept_language="*")
    found = [(e.context.timezone, e.context.variant, e.context.locale) for e in spooled(file_place)]
    assert found == [("Europe/Zurich", "demo/b", "de-CH"), (None, "demo/b", None)]


def test_a_file_of_addresses_tells_the_country_and_the_address_is_dropped(
    file_place: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "countries.mmdb"
    file.write_bytes(a_database({"198.51.100.0/24": "AT", "203.0.113.0/24": "CH"}))
    monkeypatch.setenv("REIF_GEOIP", str(file))
    tell(file_place)
    tell(file_place, {"c": "aggregate"})
    assert [(e.context.country, e.context.ip) for e in spooled(file_place)] == [("AT", None)] * 2
    assert geoip.country_of("203.0.113.77") == "CH"
    assert geoip.country_of("192.0.2.1") == ""
    assert geoip.country_of("no address") == ""


def test_a_broken_file_of_addresses_stops_nothing(
    file_place: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "broken.mmdb"
    file.write_bytes(b"this is no database")
    monkeypatch.setenv("REIF_GEOIP", str(file))
    assert tell(file_place).status == 204
    assert spooled(file_place)[0].context.country is None


def a_database(networks: dict[str, str]) -> bytes:
    """A MaxMind file of IPv4 networks, small enough to write by hand: a binary tree of 24 bit records, then the data."""
    from ipaddress import ip_network

    tree: list[list[Any]] = [[None, None]]
    for text, code in networks.items():
        network = ip_network(text)
        bits = f"{int(network.network_address):032b}"[: network.prefixlen]
        node = 0
        for bit in bits[:-1]:
            following = tree[node][int(bit)]
            if following is None:
                tree.append([None, None])
                following = tree[node][int(bit)] = len(tree) - 1
            node = following
        tree[node][int(bits[-1])] = code
    data = b""
    places: dict[str, int] = {}
    for code in networks.values():
        places[code] = len(data)
        data += _map(country=_map(iso_code=_text(code)))
    count = len(tree)
    records = b"".join(
        (count if side is None else side if isinstance(side, int) else count + 16 + places[side]).to_bytes(3, "big")
        for node in tree
        for side in node
    )
    about = _map(
        node_count=_number(count, 6), record_size=_number(24, 5), ip_version=_number(4, 5), database_type=_text("Test"),
        binary_format_major_version=_number(2, 5), binary_format_minor_version=_number(0, 5),
        build_epoch=bytes((0b00000001, 2)) + b"\x01", languages=bytes((0b00000000, 4)), description=_map(),
    )  # fmt: skip
    return records + b"\x00" * 16 + data + b"\xab\xcd\xefMaxMind.com" + about


def _text(text: str) -> bytes:
    return bytes((0b01000000 | len(text),)) + text.encode()


def _map(**parts: bytes) -> bytes:
    return bytes((0b11100000 | len(parts),)) + b"".join(_text(name) + value for name, value in parts.items())


def _number(number: int, kind: int) -> bytes:
    return (
        bytes((kind << 5 | 4,)) + number.to_bytes(4, "big")
        if kind == 6
        else bytes((kind << 5 | 2,)) + number.to_bytes(2, "big")
    )
