"""A batch with bad events keeps the good ones and names the bad ones."""

from __future__ import annotations

import json

from reif.door.place import Place

from .asking import A_TRACK, a_key, ask_once, spooled


def test_good_events_stay_and_bad_ones_are_named(place: Place) -> None:
    a_key(place)
    batch = [
        {**A_TRACK, "messageId": "m-0"},
        {"type": "track", "userId": "u-1", "messageId": "m-1"},
        "no event",
        {**A_TRACK, "messageId": "m-3"},
    ]
    answered = ask_once(place, "/v1/batch", {"batch": batch})
    assert answered.status == 200
    assert (answered.json["success"], answered.json["accepted"]) == (True, 2)
    assert [(r["index"], r["messageId"], r["code"]) for r in answered.json["rejected"]] == [
        (1, "m-1", "no_event_name"),
        (2, None, "bad_event"),
    ]
    assert [event.message_id for event in spooled(place)] == ["m-0", "m-3"]


def test_a_batch_of_bad_events_is_400_and_names_the_first(file_place: Place) -> None:
    a_key(file_place)
    answered = ask_once(file_place, "/v1/batch", {"batch": [{"type": "track"}, {}]})
    assert answered.status == 400
    assert answered.json["error"]["index"] == 0
    assert [r["index"] for r in answered.json["rejected"]] == [0, 1]


def test_an_empty_batch_is_taken(file_place: Place) -> None:
    a_key(file_place)
    answered = ask_once(file_place, "/v1/batch", {"batch": []})
    assert (answered.status, answered.json) == (200, {"success": True, "accepted": 0, "rejected": []})


def test_half_an_emoji_or_a_wrong_encoding_costs_one_event_only(file_place: Place) -> None:
    a_key(file_place)
    good = json.dumps(A_TRACK).encode()
    half = good.replace(b"Submitted", b"Sub\\ud83d")
    latin = good.replace(b"Submitted", b"Gr\xf6sse")
    for bad, code in ((half, "lone_surrogate"), (latin, "not_utf8")):
        answered = ask_once(file_place, "/v1/batch", b'{"batch":[%s,%s,%s]}' % (good, bad, good))
        assert (answered.status, answered.json["accepted"]) == (200, 2)
        assert [(r["index"], r["code"]) for r in answered.json["rejected"]] == [(1, code)]
    assert len(spooled(file_place)) == 4


def test_odd_surroundings_cost_nothing(file_place: Place) -> None:
    a_key(file_place)
    odd = {
        "page": {"url": "https://x.ch/", "title": 7},
        "locale": [],
        "campaign": "x",
        "library": None,
        "ip": "1.2.3.4",
    }
    assert ask_once(file_place, "/v1/track", {**A_TRACK, "context": odd}).status == 200
    assert ask_once(file_place, "/v1/track", {**A_TRACK, "context": "none"}).status == 200
    context = spooled(file_place)[0].context
    assert (context.url, context.title, context.ip) == ("https://x.ch/", None, "1.2.3.4")
