"""How long does a form post take at 50 a second while the worker is busy, and does a flood from one address hurt others?

A running `reif up`; each post comes from an address of its own, with a ticket that was fetched before, makes a person, a
company and a consent to be confirmed, and the worker scores, writes and mails them meanwhile. In the second part one more
address posts a thousand times a second. The limit, measured in the same run: the same post with the trap filled in, which
goes all the way through the server and makes nothing.
"""

from __future__ import annotations

import asyncio
import html
import os
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench._engines import line, on_both
from bench.reaction import quantiles
from tests.walks.house import House

POSTS, RATE, FLOOD, TARGET = 600, 50, 1000, 0.1
SECONDS = 8
TICKET = re.compile(r'name="ticket" value="([^"]+)"')
AGENT = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)


def bench(engine: str) -> None:
    house = House(Path(os.environ["REIF_HOME"]), os.environ.get("DATABASE_URL", ""), None)
    house.run("demo", "--no-serve", "--people", "0")
    try:
        house.start()
        quiet, busy, flooded, refused, flood = asyncio.run(drive(int(house.base.rpartition(":")[2])))
    finally:
        house.stop()
    least = quiet[95]
    line(f"form post, {engine}, {RATE}/s, worker busy, p95", f"{busy[95] * 1000:,.0f} ms", f"{least * 1000:,.0f} ms",
         busy[95] / least, f"{TARGET * 1000:.0f} ms", busy[95] < TARGET)  # fmt: skip
    line(f"form post, {engine}, one address floods, p95", f"{flooded[95] * 1000:,.0f} ms", f"{least * 1000:,.0f} ms",
         flooded[95] / least, f"{TARGET * 1000:.0f} ms", flooded[95] < TARGET)  # fmt: skip
    print(f"  medians {quiet[50] * 1000:,.0f}, {busy[50] * 1000:,.0f} and {flooded[50] * 1000:,.0f} ms")
    rate, cost = sum(flood.values()) / SECONDS, refused[50] * 1e6
    print(f"  the flood: {rate:,.0f} posts/s, {dict(flood)}; a refusal took {cost:,.0f} µs, the client's half included")


async def drive(port: int) -> tuple[list[float], list[float], list[float], list[float], Counter[int]]:
    """Seconds by per cent: the trap, busy, flooded, and refusals; and how many of each answer the flood got."""
    tickets = [await ticket(port, n) for n in range(40)]
    await asyncio.sleep(1.1)  # who is faster than a second is asked to send again
    quiet = await paced(port, tickets, 150, "trap", website="x")
    busy = await paced(port, tickets, POSTS, "busy")
    answers: Counter[int] = Counter()
    slow: list[float] = []
    stop = asyncio.Event()
    flood = asyncio.create_task(flooding(port, tickets[0], stop, answers, slow))
    flooded = await paced(port, tickets, SECONDS * RATE, "flooded")
    stop.set()
    await flood
    return quantiles(quiet), quantiles(busy), quantiles(flooded), quantiles(slow or [0.0]), answers


async def ticket(port: int, n: int) -> str:
    _status, page = await ask(port, f"127.1.0.{n + 1}", "GET", "/f/whitepaper")
    found = TICKET.search(page)
    assert found, page[:500]
    return html.unescape(found[1])


async def paced(port: int, tickets: list[str], posts: int, name: str, **more: str) -> list[float]:
    """So many posts at the pace, each from an address of its own; how long each took."""
    started = time.perf_counter()
    waiting = [
        asyncio.create_task(one(port, tickets[n % len(tickets)], n, name, started + n / RATE, more))
        for n in range(posts)
    ]
    return await asyncio.gather(*waiting)


async def one(port: int, ticket: str, n: int, name: str, at: float, more: dict[str, str]) -> float:
    await asyncio.sleep(max(0.0, at - time.perf_counter()))
    address = f"127.{2 + len(name)}.{n // 250}.{n % 250 + 1}"
    body = {
        "ticket": ticket,
        "email": f"{name}{n}@firma{n % 90}.example",
        "company": f"Firma {n}",
        "consent_0": "on",
    } | more
    began = time.perf_counter()
    status, page = await ask(port, address, "POST", "/f/whitepaper/submissions", urlencode(body))
    assert status == 302, (status, re.findall(r"(?:errors|error)[^>]*>([^<]+)<", page), page[:200])
    return time.perf_counter() - began


async def flooding(port: int, ticket: str, stop: asyncio.Event, answers: Counter[int], slow: list[float]) -> None:
    """A thousand posts a second from one address, over eight connections that stay open."""
    body = urlencode({"ticket": ticket, "email": "flood@firma.example", "company": "Flut"})

    async def hose(number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=("127.99.0.1", 0))
        started, n = time.perf_counter(), 0
        while not stop.is_set():
            await asyncio.sleep(max(0.0, started + n * 8 / FLOOD - time.perf_counter()))
            began = time.perf_counter()
            writer.write(head("POST", "/f/whitepaper/submissions", body, keep=True))
            await writer.drain()
            status = await answer(reader)
            answers[status] += 1
            if status == 429:
                slow.append(time.perf_counter() - began)
            n += 1
        writer.close()

    await asyncio.gather(*(hose(n) for n in range(8)))


async def answer(reader: asyncio.StreamReader) -> int:
    """One answer of a connection that stays open."""
    start = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    length = re.search(r"content-length: (\d+)", start, re.I)
    if length:
        await reader.readexactly(int(length[1]))
    return int(start.split()[1])


async def ask(port: int, address: str, method: str, path: str, body: str = "") -> tuple[int, str]:
    """A connection of its own, from an address of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
    writer.write(head(method, path, body))
    await writer.drain()
    said = (await reader.read()).decode("utf-8", "replace")
    writer.close()
    return int(said.split(" ", 2)[1]), said


def head(method: str, path: str, body: str, keep: bool = False) -> bytes:
    lines: dict[str, Any] = {"Host": "localhost", "User-Agent": AGENT, "Connection": "keep-alive" if keep else "close"}
    if body:
        lines |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": len(body)}
    return f"{method} {path} HTTP/1.1\r\n{''.join(f'{k}: {v}' + chr(13) + chr(10) for k, v in lines.items())}\r\n{body}".encode()


if __name__ == "__main__":
    on_both(__file__, bench)
