"""Whatever comes in, the door does not fail."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reif.door.place import Place
from reif.door.routes import ROUTES

from .asking import A_TRACK, a_key, ask_once, basic, spooled

PATHS = st.sampled_from(sorted(path for path, route in ROUTES.items() if "POST" in route.methods))
ENCODINGS = st.sampled_from([None, "gzip", "deflate", "br", "", "identity"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.sampled_from(
    [
        "type",
        "userId",
        "anonymousId",
        "event",
        "name",
        "category",
        "properties",
        "traits",
        "context",
        "timestamp",
        "sentAt",
        "originalTimestamp",
        "messageId",
        "previousId",
        "groupId",
        "batch",
        "t",
        "u",
        "c",
        "ts",
        "d",
        "v",
        "m",
        "distinct_id",
        "uuid",
        "$set",
        "writeKey",
        "api_key",
        "sent_at",
    ]
)
EVENTS = st.dictionaries(FIELDS, VALUES, max_size=8).map(lambda odd: {**A_TRACK, **odd})
BODIES = st.binary(max_size=200) | st.one_of(EVENTS, EVENTS.map(lambda e: {"batch": [e, A_TRACK]}), VALUES).map(
    lambda value: json.dumps(value).encode()
)


class Standing:
    """A place for the whole run of examples."""

    place: Place | None = None

    @classmethod
    def here(cls) -> Place:
        if cls.place is None:
            cls.place = Place(home=Path(tempfile.mkdtemp(prefix="door-")))
            a_key(cls.place)
        return cls.place


@settings(max_examples=300, deadline=None)
@given(path=PATHS, encoding=ENCODINGS, body=BODIES, keyed=st.booleans())
def test_no_bytes_make_it_fail(path: str, encoding: str | None, body: bytes, keyed: bool) -> None:
    headers = {**(basic() if keyed else {}), **({"content-encoding": encoding} if encoding is not None else {})}
    answered = ask_once(Standing.here(), path, body, headers=headers)
    assert answered.status < 500, answered


@settings(max_examples=50, deadline=None)
@given(event=EVENTS)
def test_what_is_taken_can_be_read_again(event: dict[str, Any]) -> None:
    place = Standing.here()
    before = len(spooled(place))
    answered = ask_once(place, "/v1/track", event)
    assert len(spooled(place)) - before == (answered.status == 200)
