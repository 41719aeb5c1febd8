"""The reader's side of the spool, and the keys beside it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from reif.door.keys import Keys
from reif.door.place import Place
from reif.door.spool import Depth, Spool, decode
from reif.door.store import Store, open_store

from .asking import A_TRACK, a_key, ask_once


def test_rows_are_read_in_order_and_deleted(place: Place) -> None:
    a_key(place)
    for number in range(5):
        ask_once(place, "/v1/track", {**A_TRACK, "messageId": str(number)})
    spool = Spool(open_store(place))
    rows = spool.read(3)
    assert [event.message_id for row in rows for event in decode(row)] == ["0", "1", "2"]
    assert spool.depth().rows == 5
    assert spool.depth().bytes == sum(len(row.events) for row in spool.read(10))
    assert 0 <= spool.depth().oldest_age < 60
    spool.delete([row.id for row in rows])
    assert [decode(row)[0].message_id for row in spool.read(9)] == ["3", "4"]
    assert len(spool.read(9, max_bytes=1)) == 1
    spool.delete([row.id for row in spool.read(9)])
    assert spool.depth() == Depth(0, 0, 0.0)
    spool.close()


def test_ids_are_never_used_again(place: Place) -> None:
    a_key(place)
    spool = Spool(open_store(place))
    seen: set[int] = set()
    for _ in range(3):
        ask_once(place, "/v1/track", A_TRACK)
        ids = {row.id for row in spool.read(9)}
        assert not ids & seen
        seen |= ids
        spool.delete(ids)
    spool.close()


def test_deleting_many_rows_at_once(file_place: Place) -> None:
    store = open_store(file_place)
    for _ in range(1200):
        store.write(b"{}", 0.0)
    spool = Spool(store)
    spool.delete([row.id for row in spool.read(2000)])
    assert spool.depth().rows == 0
    spool.close()


def test_the_default_key_is_made_once_whoever_asks_first(place: Place) -> None:
    def first(_: int) -> str:
        store: Store = open_store(place)
        try:
            return Keys(store).default()
        finally:
            store.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(first, range(16)))) == 1


def test_keys_belong_to_sites_and_can_be_revoked(place: Place) -> None:
    store = open_store(place)
    keys = Keys(store)
    one, other = keys.default(), keys.default("shop")
    assert (keys.site_of(one), keys.site_of(other), keys.site_of("nobody")) == ("default", "shop", None)
    keys.revoke(one)
    assert keys.site_of(one) is None
    assert keys.default() != one
    store.close()


def test_a_new_key_is_noticed_soon(place: Place) -> None:
    a_key(place)
    assert ask_once(place, "/v1/track", A_TRACK, headers={"x-write-key": "late"}).status == 401
    a_key(place, "late", "shop")
    assert ask_once(place, "/v1/track", A_TRACK, headers={"x-write-key": "late"}).status == 200
