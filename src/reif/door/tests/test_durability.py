"""Killed at any moment, the door has kept everything that it acknowledged."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time

import pytest

from reif.door.place import Place

from .asking import a_key, basic, serving, spooled

BODY = '{{"userId":"u","event":"E","messageId":"{}"}}'
HEAD = "POST /v1/track HTTP/1.1\r\nhost: x\r\nauthorization: {}\r\ncontent-length: {}\r\n\r\n{}"


def load(port: int, name: str, acknowledged: list[str]) -> None:
    """Send events one after the other until the connection breaks."""
    authorization = basic()["authorization"]
    with socket.create_connection(("127.0.0.1", port)) as connection:
        for number in range(1_000_000):
            body = BODY.format(f"{name}-{number}")
            try:
                connection.sendall(HEAD.format(authorization, len(body), body).encode())
                answer = connection.recv(4096)
            except OSError:
                return
            if not answer:
                return
            if answer.startswith(b"HTTP/1.1 200"):
                acknowledged.append(f"{name}-{number}")


@pytest.mark.slow
def test_a_killed_server_loses_nothing_that_it_acknowledged(place: Place) -> None:
    a_key(place)
    acknowledged: list[str] = []
    for life in range(3):
        with serving(place) as (address, server):
            port = int(address.rpartition(":")[2])
            threads = [
                threading.Thread(target=load, args=(port, f"{life}-{number}", acknowledged)) for number in range(8)
            ]
            for thread in threads:
                thread.start()
            time.sleep(0.4 + life * 0.23)
            os.killpg(server.pid, signal.SIGKILL)
            for thread in threads:
                thread.join(10)
    kept = [event.message_id for event in spooled(place)]
    assert len(acknowledged) > 50
    assert set(acknowledged) <= set(kept)
    assert len(kept) == len(set(kept))
