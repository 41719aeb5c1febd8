"""Real requests, recorded from six public libraries, are all taken."""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from reif.door.canonical import Canonical
from reif.door.place import Place

from .asking import a_key, ask_once, spooled

FOLDER = Path(__file__).resolve().parents[5] / "shared" / "data" / "segment_payloads"
FILES = sorted(FOLDER.glob("*.jsonl"))
needed = pytest.mark.skipif(not FILES, reason=f"SKIPPED LOUDLY: no recorded requests in {FOLDER}")
KEYS = ("WRITEKEY", "phc_key", "key:secret")


def requests(file: Path) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in file.read_text().splitlines() if line.strip()]
    return [request for request in found if request["path"] != "/x"]  # somebody trying out the recorder


def replay(place: Place, request: dict[str, Any]) -> Any:
    body = json.dumps(request["body"]).encode() if request["body"] else b""
    if request["gzip"]:
        body = gzip.compress(body)
    return ask_once(place, request["path"], body, headers=request["headers"], method=request["method"])


@needed
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_recorded_request_is_taken(place: Place, file: Path) -> None:
    for key in KEYS:
        a_key(place, key)
    sent = 0
    for request in requests(file):
        answered = replay(place, request)
        assert answered.status == (204 if request["method"] == "OPTIONS" else 200), answered
        if request["method"] == "POST":
            sent += len(request["body"].get("batch", [1]))
    events = spooled(place)
    assert len(events) == sent > 0
    assert all(event.user_id or event.anonymous_id for event in events)
    assert any((event.traits or {}).get("email") == "ada@example.com" for event in events)


def events_of(place: Place, name: str) -> list[Canonical]:
    for key in KEYS:
        a_key(place, key)
    for request in requests(FOLDER / f"{name}.jsonl"):
        replay(place, request)
    return spooled(place)


@needed
def test_segments_six_types_arrive_as_they_were_meant(file_place: Place) -> None:
    identify, track, page, group, alias, screen = events_of(file_place, "segment_python")[:6]
    assert (identify.type, identify.user_id, identify.traits["firstName"]) == ("identify", "u-1", "Ada")
    assert identify.context.campaign == {
        "source": "newsletter",
        "medium": "email",
        "name": "spring",
        "content": "hero",
        "term": "crm",
    }
    assert (track.event, track.properties["form_id"], track.context.ip) == ("Form Submitted", "demo", "203.0.113.9")
    assert (page.event, page.anonymous_id, page.user_id, page.context.path) == ("Pricing", "anon-1", None, "/pricing")
    assert (group.group_id, group.traits["employees"]) == ("g-1", 42)
    assert (alias.previous_id, alias.user_id) == ("anon-1", "u-1")
    assert (screen.type, screen.event, screen.context.library) == ("screen", "Home", "analytics-python/2.4.0")


@needed
def test_posthogs_dollar_names_become_types(file_place: Place) -> None:
    track, identify, alias, group = events_of(file_place, "posthog_python")
    assert (track.type, track.properties, track.traits) == (
        "track",
        {"form_id": "demo"},
        {"email": "ada@example.com"},
    )
    assert (identify.type, identify.user_id) == ("identify", "u-1")
    assert (alias.type, alias.previous_id, alias.user_id) == ("alias", "anon-1", "u-1")
    assert (group.type, group.group_id, group.user_id, group.traits) == ("group", "g-1", None, {"name": "ACME"})
    assert track.message_id == "e3d95cfc-63e3-4ec5-b812-618ff43ccfd9"


@needed
@pytest.mark.parametrize(("name", "ip"), [("segment_browser_next", "198.51.100.7"), ("rudder_node", None)])
def test_a_browsers_address_is_kept_and_a_servers_is_not(file_place: Place, name: str, ip: str | None) -> None:
    assert {event.context.ip for event in events_of(file_place, name)} == {ip}


@needed
def test_the_recordings_name_their_key_as_basic_auth() -> None:
    first = requests(FOLDER / "segment_node.jsonl")[0]["headers"]["Authorization"]
    assert base64.b64decode(first.removeprefix("Basic ")) == b"WRITEKEY:"
