"""What the door shows: health, numbers, the script, and what browsers ask before they send."""

from __future__ import annotations

import gzip
from pathlib import Path

from reif.door import health
from reif.door.app import is_door
from reif.door.body import Head
from reif.door.place import Place
from reif.door.script import Script

from .asking import A_TRACK, Asker, a_key, ask, ask_once, basic

ORIGIN = {"origin": "https://shop.example"}


def test_health_tells_depth_and_further_ages(place: Place) -> None:
    def ages() -> dict[str, float]:
        return {"outbox": 1.5}

    health.also(ages)
    a_key(place)
    try:
        ask_once(place, "/v1/track", A_TRACK)
        found = ask_once(place, "/health", method="GET", headers={}).json
    finally:
        health._providers.remove(ages)
    assert (found["ok"], found["spool"]["rows"], found["ages"]) == (True, 1, {"outbox": 1.5})


def test_metrics_count_events_and_answers(place: Place) -> None:
    a_key(place)

    async def talk(asker: Asker) -> str:
        await asker("/v1/batch", {"batch": [A_TRACK] * 3})
        await asker("/v1/track", b"x")
        return (await asker("/metrics", method="GET")).body.decode()

    lines = ask(place, talk).splitlines()
    assert "reif_door_events_total 3" in lines
    assert 'reif_door_requests_total{status="400"} 1' in lines
    assert "reif_door_spool_rows 1" in lines


def test_browsers_of_other_sites_may_send(file_place: Place) -> None:
    a_key(file_place)
    asked = {**ORIGIN, "access-control-request-method": "POST", "access-control-request-headers": "authorization"}
    for path in ("/v1/t", "/e", "/v1/batch"):
        may = ask_once(file_place, path, headers=asked, method="OPTIONS")
        assert may.status == 204
        assert may.headers["access-control-allow-origin"] == ORIGIN["origin"]
        assert may.headers["access-control-allow-headers"] == "authorization"
    for body in (A_TRACK, b"bad"):
        assert (
            "access-control-allow-origin" in ask_once(file_place, "/v1/t", body, headers={**basic(), **ORIGIN}).headers
        )


def test_the_browser_library_finds_its_settings(file_place: Place) -> None:
    found = ask_once(file_place, "/v1/projects/WRITEKEY/settings", method="GET", headers={}).json
    assert found["integrations"]["Segment.io"]["apiHost"] == "door.example/v1"


def test_measurements_of_the_browser_library_are_thrown_away(file_place: Place) -> None:
    assert ask_once(file_place, "/v1/m", {"series": []}, headers={}).status == 200


def test_the_script_is_packed_tagged_and_cached(tmp_path: Path) -> None:
    file = tmp_path / "t.js"
    script = Script(file)
    assert script.answer({}).status == 404
    file.write_text("let reif = 1;" * 50)
    plain = script.answer({})
    headers = dict(plain.headers)
    assert (plain.status, plain.body) == (200, file.read_bytes())
    assert headers[b"cache-control"] == b"public, max-age=3600"
    assert script.answer({b"if-none-match": headers[b"etag"]}).status == 304
    packed = script.answer({b"accept-encoding": b"gzip, br;q=0"})
    assert gzip.decompress(packed.body) == plain.body
    asked: Head = {b"accept-encoding": b"gzip, deflate, br"}
    assert dict(script.answer(asked).headers)[b"content-encoding"] == b"br"


def test_head_has_no_body(file_place: Place) -> None:
    answered = ask_once(file_place, "/health", method="HEAD", headers={})
    assert (answered.status, answered.body) == (200, b"")


def test_the_doors_paths_are_known_to_the_wiring() -> None:
    door = ["/v1/track", "/v1/unknown", "/e", "/t.js", "/health", "/metrics", "/batch/", "/i/v0/e/", "/api/s/page"]
    assert all(map(is_door, door))
    assert not any(map(is_door, ["/", "/people", "/api/v1/people", "/e/x", "/v1"]))
