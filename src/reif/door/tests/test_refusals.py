"""Every way of saying no, with its status, its code and words that help."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import Any

import pytest

from reif.door.place import Place

from .asking import A_TRACK, a_key, ask_once, basic, spooled


def deep(levels: int) -> bytes:
    return b'{"userId":"u","event":"E","properties":{"a":' + b"[" * levels + b"]" * levels + b"}}"


BAD: list[tuple[str, str, bytes | object, int, str]] = [
    ("no JSON", "/v1/track", b"hello", 400, "bad_json"),
    ("cut off", "/v1/track", b'{"userId":', 400, "bad_json"),
    ("empty", "/v1/track", b"", 400, "bad_json"),
    ("no object", "/v1/track", b"[1]", 400, "bad_event"),
    ("nobody", "/v1/track", {"event": "E"}, 400, "no_identity"),
    ("empty ids", "/v1/track", {"event": "E", "userId": "", "anonymousId": None}, 400, "no_identity"),
    ("no event name", "/v1/track", {"userId": "u"}, 400, "no_event_name"),
    ("no group", "/v1/group", {"userId": "u"}, 400, "no_group"),
    ("alias of nobody", "/v1/alias", {"userId": "u"}, 400, "no_identity"),
    ("event is a number", "/v1/track", {"userId": "u", "event": 7}, 400, "bad_event"),
    ("properties are a list", "/v1/track", {**A_TRACK, "properties": [1]}, 400, "bad_event"),
    ("long id", "/v1/track", {**A_TRACK, "userId": "u" * 256}, 400, "id_too_long"),
    ("bad time", "/v1/track", {**A_TRACK, "timestamp": "yesterday"}, 400, "bad_timestamp"),
    ("bad sentAt", "/v1/track", {**A_TRACK, "sentAt": "soon"}, 400, "bad_timestamp"),
    ("NUL", "/v1/track", b'{"userId":"u","event":"a\\u0000b"}', 400, "nul_character"),
    ("half an emoji", "/v1/track", b'{"userId":"u","event":"a\\ud83d"}', 400, "lone_surrogate"),
    ("half an emoji inside", "/v1/track", b'{"userId":"u","event":"a\\ud83d and more"}', 400, "lone_surrogate"),
    ("Latin-1", "/v1/track", '{"userId":"u","event":"Grösse"}'.encode("latin-1"), 400, "not_utf8"),
    ("UTF-16", "/v1/track", '{"userId":"u","event":"E"}'.encode("utf-16"), 400, "bad_json"),
    ("deep", "/v1/track", deep(70), 400, "too_deep"),
    ("very deep", "/v1/track", deep(5000), 400, "too_deep"),
    ("huge number", "/v1/track", b'{"userId":"u","event":"E","properties":{"n":1e999}}', 400, "bad_event"),
    ("long number", "/v1/track", b'{"userId":"u","event":"E","traits":{"n":%s}}' % (b"9" * 5000), 400, "bad_event"),
    ("large event", "/v1/track", {**A_TRACK, "properties": {"x": "y" * 33_000}}, 400, "event_too_large"),
    ("large body", "/v1/track", {**A_TRACK, "properties": {"x": "y" * 500_000}}, 413, "body_too_large"),
    ("no batch", "/v1/batch", {}, 400, "no_batch"),
    ("batch is no list", "/v1/batch", {"batch": {}}, 400, "bad_body"),
    ("long batch", "/v1/batch", {"batch": [1] * 2501}, 400, "batch_too_long"),
    ("all bad", "/v1/batch", {"batch": [{"type": "x"}, 3]}, 400, "unknown_type"),
    ("unknown beacon", "/e", {"t": "look", "u": "/"}, 400, "bad_event"),
    ("beacon without page", "/e", {"t": "view"}, 400, "bad_event"),
    ("beacon at no time", "/e", {"t": "view", "u": "/", "ts": "x"}, 400, "bad_timestamp"),
    ("nameless capture", "/batch/", {"batch": [{"distinct_id": "u"}]}, 400, "no_event_name"),
    ("unknown address", "/v1/nothing", {}, 404, "unknown_address"),
]


@pytest.mark.parametrize(("path", "body", "status", "code"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_input_is_refused_with_a_reason(file_place: Place, path: str, body: Any, status: int, code: str) -> None:
    a_key(file_place)
    answered = ask_once(file_place, path, body)
    assert (answered.status, answered.code) == (status, code), answered.body
    assert len(answered.json["error"]["message"]) > 10
    assert spooled(file_place) == []


@pytest.mark.parametrize("headers", [{}, basic("nobody"), {"authorization": "Basic ???"}, {"x-write-key": "nobody"}])
@pytest.mark.parametrize("path", ["/v1/track", "/v1/batch", "/batch/"])
def test_a_missing_or_unknown_key_is_401(place: Place, headers: dict[str, str], path: str) -> None:
    a_key(place)
    answered = ask_once(place, path, {**A_TRACK, "batch": [A_TRACK]}, headers=headers)
    assert (answered.status, answered.code) == (401, "bad_write_key")


@pytest.mark.parametrize(
    "given",
    [
        {"headers": basic()},
        {"headers": {"authorization": "Bearer WRITEKEY"}},
        {"headers": {"x-write-key": "WRITEKEY:secret"}},
        {"headers": {}, "body": {"writeKey": "WRITEKEY"}},
        {"headers": {}, "body": {"api_key": "WRITEKEY"}},
        {"headers": basic("stale"), "body": {"writeKey": "WRITEKEY"}},
    ],
)
def test_the_key_is_found_wherever_libraries_put_it(place: Place, given: dict[str, Any]) -> None:
    a_key(place)
    body = {**A_TRACK, **given.get("body", {})}
    assert ask_once(place, "/v1/track", body, headers=given["headers"]).status == 200


def test_other_methods_are_405(file_place: Place) -> None:
    answered = ask_once(file_place, "/v1/track", method="GET")
    assert (answered.status, answered.headers["allow"]) == (405, "POST, OPTIONS")
    assert ask_once(file_place, "/health", method="DELETE").status == 405


def test_packed_bodies_are_unpacked(file_place: Place) -> None:
    a_key(file_place)
    plain = json.dumps(A_TRACK).encode()
    raw = zlib.compressobj(wbits=-15)
    packed = [
        ("gzip", gzip.compress(plain)),
        ("deflate", zlib.compress(plain)),
        ("deflate", raw.compress(plain) + raw.flush()),
        ("identity", plain),
    ]
    for name, body in packed:
        assert ask_once(file_place, "/v1/track", body, headers={**basic(), "content-encoding": name}).status == 200
    assert ask_once(file_place, "/v1/track", gzip.compress(plain)).status == 200  # PostHog's browser names no encoding
    assert len(spooled(file_place)) == 5


def test_a_small_body_that_unpacks_to_a_huge_one_is_413(file_place: Place) -> None:
    bomb = gzip.compress(b"0" * 50_000_000)
    assert len(bomb) < 60_000
    answered = ask_once(file_place, "/v1/batch", bomb, headers={**basic(), "content-encoding": "gzip"})
    assert answered.status == 413


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("br", b"x", "unknown_encoding"),
        ("gzip", b"plain", "bad_encoding"),
        ("gzip", gzip.compress(b"{}" * 99)[:-9], "bad_encoding"),
        ("gzip", gzip.compress(b"{}") * 2, "bad_encoding"),
        ("deflate", b"\x78\x9c", "bad_encoding"),
    ],
    ids=["unknown", "no gzip", "cut short", "two in one", "no more than a head"],  # packed bytes name the hour
)
def test_wrong_packing_is_400(file_place: Place, name: str, body: bytes, code: str) -> None:
    answered = ask_once(file_place, "/v1/batch", body, headers={**basic(), "content-encoding": name})
    assert (answered.status, answered.code) == (400, code)


def test_a_body_of_just_the_limit_is_taken(file_place: Place) -> None:
    a_key(file_place)
    batch = json.dumps({"batch": [{**A_TRACK, "properties": {"x": "y" * 30_000}}] * 15}).encode()
    filled = batch + b" " * (500_000 - len(batch))
    assert ask_once(file_place, "/v1/batch", filled).status == 200
    assert ask_once(file_place, "/v1/batch", filled + b" ").status == 413
