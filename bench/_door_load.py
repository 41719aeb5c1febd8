"""Load for bench/door.py, in a process of its own: keep-alive connections, one request at a time on each.

One thread over epoll and raw sockets, without pipelining, so that the generator itself costs little.
Prints JSON: requests, bad (answers other than 2xx), seconds, p50 and p99 in milliseconds.
"""

from __future__ import annotations

import json
import select
import socket
import sys
import time

EVENT = (
    '{"type":"track","userId":"u-%06d","event":"Form Submitted","properties":{"form_id":"demo","plan":"pro"},'
    '"context":{"ip":"203.0.113.9","page":{"url":"https://example.com/pricing?utm_source=newsletter",'
    '"referrer":"https://www.google.com/"},"library":{"name":"bench","version":"1"}},'
    '"timestamp":"2026-11-23T14:23:21.792Z","sentAt":"2026-11-23T14:23:22.294Z","messageId":"m-%08x-%010d"}'
)
HEAD = (
    "POST {path} HTTP/1.1\r\nHost: door\r\nContent-Type: application/json\r\n"
    "Authorization: Basic QkVOQ0hLRVk6\r\nContent-Length: {length}\r\n\r\n"
)


class Requests:
    """Requests with message ids of their own; `batch` events in each (0: one event, without a batch around it)."""

    def __init__(self, path: str, batch: int) -> None:
        self._batch = batch
        self._run = time.time_ns() & 0xFFFFFFFF
        self._number = 0
        self._head = HEAD.format(path=path, length=len(self._body())).encode()

    def _body(self) -> str:
        self._number += 1
        if not self._batch:
            return EVENT % (self._number % 20_000, self._run, self._number)
        first = self._number * self._batch
        events = ",".join(EVENT % (n % 20_000, self._run, n) for n in range(first, first + self._batch))
        return f'{{"batch":[{events}],"sentAt":"2026-11-23T14:23:22.294Z"}}'

    def next(self) -> bytes:
        return self._head + self._body().encode()


def connect(port: int, number: int) -> dict[int, socket.socket]:
    """Open connections by file number."""
    found = {}
    for _ in range(number):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        found[connection.fileno()] = connection
    return found


def load(port: int, requests: Requests, connections: int, seconds: float) -> dict[str, float]:
    """Keep every connection busy for a while."""
    sockets = connect(port, connections)
    poll = select.epoll()
    started: dict[int, float] = {}
    for number, connection in sockets.items():
        poll.register(number, select.EPOLLIN)
        started[number] = time.perf_counter()
        connection.sendall(requests.next())
    times: list[float] = []
    bad = 0
    begin = time.perf_counter()
    end = begin + seconds
    now = begin
    while now < end:
        for number, _ in poll.poll(1):
            connection = sockets[number]
            bad += not connection.recv(65536).startswith(b"HTTP/1.1 20")
            now = time.perf_counter()
            times.append(now - started[number])
            started[number] = now
            connection.sendall(requests.next())
    times.sort()
    return {
        "requests": len(times),
        "bad": bad,
        "seconds": now - begin,
        "p50": times[len(times) // 2] * 1000,
        "p99": times[len(times) * 99 // 100] * 1000,
    }


if __name__ == "__main__":
    port, path, batch, connections, seconds = sys.argv[1:]
    print(json.dumps(load(int(port), Requests(path, int(batch)), int(connections), float(seconds))))
