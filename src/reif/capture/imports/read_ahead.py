"""Read and check a long file in a process of its own, while this one waits for the database.

What it sends are numbered bytes: the length of a piece, the piece, and at the end a length of zero. It stops by itself when
nobody listens any more, because the pipe is closed then.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import IO, Any

import msgspec

from reif.capture.imports.checked import Checked
from reif.capture.imports.checked_rows import checked_rows
from reif.capture.imports.open_file import open_file
from reif.capture.imports.values import Manner

LONG = 50_000
"""Rows from which it is worth the second that a process needs to start."""
_PIECE = 500
_AHEAD = 50
"""Pieces that wait in the other process: more than a chunk, so that the next one is there when this one is stored."""
_START = "import django; django.setup(); from reif.capture.imports.read_ahead import serve; serve()"


class Order(msgspec.Struct):
    """What is to be read, and how. after: the last row that was dealt with."""

    path: str
    sheet: str
    about: dict[str, Any]
    mapping: list[str]
    manner: Manner
    after: int = 0


class ReaderGone(RuntimeError):
    """The process ended before the file did; whoever asked may begin again where the last chunk ended."""


def is_worth_it(rows: int) -> bool:
    return rows >= LONG and (os.cpu_count() or 1) > 1


def read_ahead(order: Order) -> Iterator[Checked]:
    """Every row, checked, in order. Raises ReaderGone."""
    process = subprocess.Popen(  # noqa: S603 - this program itself
        [sys.executable, "-c", _START], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    decoder = msgspec.msgpack.Decoder(list[Checked])
    try:
        with process.stdin as out:
            out.write(msgspec.msgpack.encode(order))
        while piece := _next(process.stdout):
            yield from decoder.decode(piece)
    except BrokenPipeError as error:
        raise ReaderGone from error
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def _next(stream: IO[bytes]) -> bytes:
    head = stream.read(4)
    size = int.from_bytes(head, "big")
    piece = stream.read(size)
    if len(head) < 4 or len(piece) < size:
        raise ReaderGone
    return piece


def serve() -> None:
    """What the other process does."""
    order = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Order)
    ready: Queue[bytes] = Queue(_AHEAD)
    sender = Thread(target=_send, args=(ready,), daemon=True)
    sender.start()
    for piece in _pieces(order):
        ready.put(piece)
    ready.put(b"")
    sender.join()


def _send(ready: Queue[bytes]) -> None:
    """Until the empty piece, which is the end. A pipe holds some dozen rows only, so what is ready waits here."""
    out, piece = sys.stdout.buffer, b" "
    try:
        while piece:
            piece = ready.get()
            out.write(len(piece).to_bytes(4, "big"))
            out.write(piece)
        out.flush()
    except BrokenPipeError:
        os._exit(0)  # nobody listens any more; nothing is left to be written at the end


def _pieces(order: Order) -> Iterator[bytes]:
    table = open_file(Path(order.path), order.sheet, order.about)
    rows, encode = checked_rows(table, order.mapping, order.manner, order.after), msgspec.msgpack.Encoder().encode
    while checked := list(islice(rows, _PIECE)):
        yield encode(checked)
