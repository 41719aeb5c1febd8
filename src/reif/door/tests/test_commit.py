"""Many requests, one commit; nothing acknowledged before it; honest answers when it fails."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import msgspec
import pytest

from reif.door import commit, store_sqlite
from reif.door.place import Place
from reif.door.spool import Spool
from reif.door.store import open_store

from .asking import A_TRACK, Asker, a_key, ask, ask_once, spooled


def test_requests_of_one_moment_share_a_row(place: Place) -> None:
    a_key(place)

    async def talk(asker: Asker) -> None:
        await asker("/v1/track", A_TRACK)
        answers = await asyncio.gather(*(asker("/v1/track", {**A_TRACK, "messageId": f"m-{i}"}) for i in range(50)))
        assert {answered.status for answered in answers} == {200}

    ask(place, talk)
    assert len(spooled(place)) == 51
    spool = Spool(open_store(place))
    assert spool.depth().rows <= 3
    spool.close()


def test_a_small_group_waits_a_moment_where_commits_are_dear(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commit, "_JOIN", 0.2)
    monkeypatch.setattr(store_sqlite.SqliteStore, "dear", True)
    a_key(place)

    async def talk(asker: Asker) -> None:
        await asker("/v1/track", A_TRACK)
        assert asker.door._reception is not None
        committer = asker.door._reception.committer
        await asyncio.gather(*(asker("/v1/track", A_TRACK) for _ in range(2)))
        before = committer.commits
        first = asyncio.create_task(asker("/v1/track", A_TRACK))
        for _ in range(10):
            await asyncio.sleep(0)
        assert not first.done()
        await asyncio.gather(first, asker("/v1/track", A_TRACK))
        assert committer.commits == before + 1
        assert (await asker("/v1/track", A_TRACK)).status == 200

    ask(place, talk)
    assert len(spooled(place)) == 6


def test_while_one_group_is_written_the_next_gathers(file_place: Place) -> None:
    a_key(file_place)

    async def talk(asker: Asker) -> None:
        await asker("/v1/track", A_TRACK)
        assert asker.door._reception is not None
        committer = asker.door._reception.committer
        before = committer.commits
        other = sqlite3.connect(file_place.file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        first = asyncio.create_task(asker("/v1/track", A_TRACK))
        await asyncio.sleep(0.05)
        more = [asyncio.create_task(asker("/v1/track", A_TRACK)) for _ in range(20)]
        await asyncio.sleep(0.05)
        assert not first.done()
        other.execute("ROLLBACK")
        other.close()
        assert {answered.status for answered in await asyncio.gather(first, *more)} == {200}
        assert committer.commits == before + 2

    ask(file_place, talk)
    assert len(spooled(file_place)) == 22


def test_one_who_hangs_up_does_not_take_the_others_down(place: Place) -> None:
    a_key(place)

    async def talk(asker: Asker) -> None:
        await asker("/v1/track", A_TRACK)
        waiting = [asyncio.create_task(asker("/v1/track", A_TRACK)) for _ in range(10)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        waiting[3].cancel()
        found = await asyncio.gather(*waiting, return_exceptions=True)
        others = [answered for index, answered in enumerate(found) if index != 3]
        assert all(not isinstance(answered, BaseException) for answered in others)
        assert {answered.status for answered in others} <= {200, 503}  # type: ignore[union-attr]

    ask(place, talk)


def test_a_locked_file_is_waited_for_and_then_said(file_place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_sqlite, "PATIENCE", 0.3)
    a_key(file_place)
    other = sqlite3.connect(file_place.file, isolation_level=None)

    async def talk(asker: Asker) -> None:
        assert (await asker("/v1/track", A_TRACK)).status == 200
        other.execute("BEGIN IMMEDIATE")
        refused = await asker("/v1/track", A_TRACK)
        assert (refused.status, refused.code, refused.headers["retry-after"]) == (503, "store_locked", "5")
        assert (await asker("/health", method="GET")).status == 200
        waiting = asyncio.create_task(asker("/v1/track", A_TRACK))
        await asyncio.sleep(0.1)
        other.execute("ROLLBACK")
        assert (await waiting).status == 200

    ask(file_place, talk)
    other.close()
    assert len(spooled(file_place)) == 2


def test_a_store_that_cannot_be_reached_is_503(tmp_path: Path) -> None:
    away = Place(home=tmp_path, database_url="postgresql://nobody:x@127.0.0.1:1/none")
    answered = ask_once(away, "/v1/track", A_TRACK)
    assert (answered.status, answered.headers["retry-after"]) == (503, "5")
    assert ask_once(away, "/health", method="GET", headers={}).status == 503


@pytest.mark.parametrize("limit", [{"max_rows": 2}, {"max_bytes": 500}])
def test_a_full_spool_is_429_until_it_is_drained(place: Place, limit: dict[str, int]) -> None:
    a_key(place)
    small = msgspec.structs.replace(place, **limit)

    async def talk(asker: Asker) -> None:
        for _ in range(2):
            assert (await asker("/v1/track", A_TRACK)).status == 200
        refused = await asker("/v1/track", A_TRACK)
        assert (refused.status, refused.code, refused.headers["retry-after"]) == (429, "spool_full", "10")
        spool = Spool(open_store(place))
        spool.delete([row.id for row in spool.read(10)])
        spool.close()
        await asyncio.sleep(1.1)
        assert (await asker("/v1/track", A_TRACK)).status in (200, 429)  # this one has the spool measured
        await asyncio.sleep(0.2)
        assert (await asker("/v1/track", A_TRACK)).status == 200

    ask(small, talk)
