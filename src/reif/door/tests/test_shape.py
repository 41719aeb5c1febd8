"""One shape for all: times, ids, consent and the beacon."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from reif.door.place import Place
from reif.door.times import EPOCH, happened, moment

from .asking import A_TRACK, a_key, ask_once, spooled

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("original", "sent", "expected"),
    [
        (None, None, NOW),
        (NOW - timedelta(hours=1), None, NOW - timedelta(hours=1)),
        (NOW + timedelta(hours=5), NOW + timedelta(hours=6), NOW - timedelta(hours=1)),
        (NOW + timedelta(days=900), None, NOW),
        (NOW, NOW - timedelta(hours=1), NOW),
        (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC), NOW),
        (datetime(1955, 1, 1, tzinfo=UTC), None, EPOCH),
    ],
)
def test_clock_skew_is_taken_out(original: datetime | None, sent: datetime | None, expected: datetime) -> None:
    assert happened(original, sent, NOW) == expected


@pytest.mark.parametrize(
    "text",
    ["2026-11-24T12:00:00Z", "2026-11-24T13:00:00+01:00", "2026-11-24 12:00:00", 1795521600, 1795521600000.0],
)
def test_times_are_read_as_libraries_write_them(text: str | float) -> None:
    assert moment(text) == NOW


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", 1e300, -1e300])
def test_no_time_is_a_value_error(text: str | float) -> None:
    with pytest.raises(ValueError):
        moment(text)


def test_numbers_are_ids_and_missing_message_ids_are_given(file_place: Place) -> None:
    a_key(file_place)
    for _ in range(2):
        ask_once(file_place, "/v1/track", {**A_TRACK, "userId": 42})
    one, other = spooled(file_place)
    assert one.user_id == "42"
    assert one.message_id != other.message_id
    assert one.message_id.startswith("reif-")


def test_an_escaped_backslash_before_u0000_is_no_nul(file_place: Place) -> None:
    a_key(file_place)
    assert ask_once(file_place, "/v1/track", b'{"userId":"u","event":"a\\\\u0000b"}').status == 200
    assert spooled(file_place)[0].event == "a\\u0000b"


BEACON = {"t": "view", "u": "https://x.ch/preise", "r": "https://g.ch/", "ti": "Preise", "v": "v-1", "m": "m-1"}


def test_a_personal_beacon_keeps_the_visitor(file_place: Place) -> None:
    answered = ask_once(
        file_place, "/e", {**BEACON, "c": "personal", "d": {"scroll": 80}}, headers={"user-agent": "UA"}
    )
    assert (answered.status, answered.body) == (204, b"")
    event = spooled(file_place)[0]
    assert (event.type, event.event, event.anonymous_id, event.message_id) == ("beacon", "view", "v-1", "m-1")
    assert (event.context.url, event.context.consent, event.context.user_agent) == (BEACON["u"], "personal", "UA")
    assert event.context.ip is None
    assert event.properties == {"scroll": 80}


@pytest.mark.parametrize("level", ["none", "aggregate"])
def test_without_personal_consent_no_visitor_and_no_address_are_kept(file_place: Place, level: str) -> None:
    assert ask_once(file_place, "/e", {**BEACON, "c": level}, headers={}).status == 204
    event = spooled(file_place)[0]
    assert (event.anonymous_id, event.context.ip, event.context.consent) == (None, None, level)


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("aggregate", "aggregate"),
        ({"categoryPreferences": {"Advertising": False, "Analytics": True}}, "personal"),
        ({"categoryPreferences": {"Analytics": False}}, "none"),
        ({"other": 1}, None),
    ],
)
def test_segments_consent_becomes_a_level(file_place: Place, said: object, level: str | None) -> None:
    a_key(file_place)
    ask_once(file_place, "/v1/track", {**A_TRACK, "context": {"consent": said}})
    assert spooled(file_place)[0].context.consent == level
