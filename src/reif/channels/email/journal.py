"""What this process has handed to the mail server but not yet reported to the database.

`S <id>` is written before the final dot of a mail leaves, `K <id> <code> <words>` after the answer came. The file is emptied
when the report is committed, and locked while its process lives, so that a lock that can be had means a dead owner.
It is written straight to the kernel and survives the death of the process, not the death of the machine.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from reif.channels.email import owner


@dataclass(frozen=True)
class Answer:
    """The server's answer to a mail: SMTP code and words."""

    code: int
    words: str = ""


class Journal:
    """The journal of this process."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.owner = owner.me()
        self._path = folder / f"mail-{self.owner.replace(':', '_')}.log"
        self._file = _locked(self._path)
        self._head = f"{self.owner}\n".encode()
        os.ftruncate(self._file, 0)
        os.write(self._file, self._head)
        self.handed: set[int] = set()

    def hand_over(self, effect: int) -> None:
        """From here on the server may have the mail, whether or not it can still say so."""
        os.write(self._file, b"S %d\n" % effect)
        self.handed.add(effect)

    def answered(self, effect: int, answer: Answer) -> None:
        words = answer.words.replace("\n", " ")[:200].encode("utf-8", "replace")
        os.write(self._file, b"K %d %d %s\n" % (effect, answer.code, words))
        self.handed.discard(effect)

    def clear(self) -> None:
        """Everything so far is committed in the database."""
        os.ftruncate(self._file, len(self._head))
        self.handed.clear()

    def abandon(self) -> None:
        """Let go of the file and leave it for a recovery: a report could not be written."""
        os.close(self._file)

    def close(self) -> None:
        """Leave nothing behind; call it when everything is reported."""
        self._path.unlink(missing_ok=True)
        os.close(self._file)


def _locked(path: Path) -> int:
    """Open and lock. Somebody who looks for the dead may have taken the file away in between: then again."""
    while True:
        file = os.open(path, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600)
        fcntl.flock(file, fcntl.LOCK_EX)
        with suppress(FileNotFoundError):
            if os.stat(path).st_ino == os.fstat(file).st_ino:
                return file
        os.close(file)


@dataclass
class Left:
    """The journal of a dead process. complete: its machine has not restarted since, so no line is missing."""

    path: Path
    owner: str
    complete: bool
    handed: set[int] = field(default_factory=set)
    answers: dict[int, Answer] = field(default_factory=dict)


def left_behind(folder: Path) -> Iterator[Left]:
    """Journals of dead processes; each is locked until the caller asks for the next one."""
    for path in sorted(folder.glob("mail-*.log")):
        with suppress(FileNotFoundError, BlockingIOError):
            file = os.open(path, os.O_RDWR)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                yield _read(path)
            finally:
                os.close(file)


def _read(path: Path) -> Left:
    text = path.read_bytes().decode("utf-8", "replace")
    lines = text.split("\n")[:-1]  # a last line without its end was cut off by the death: it never counted
    name = lines[0] if lines else ""
    left = Left(path, name, f":{owner.boot()}:" in name)
    for line in lines[1:]:
        mark, number, *rest = line.split(" ", 3)
        if mark == "S":
            left.handed.add(int(number))
            left.answers.pop(int(number), None)
        else:
            left.answers[int(number)] = Answer(int(rest[0]), rest[1] if len(rest) > 1 else "")
    return left
