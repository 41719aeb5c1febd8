"""How long do others wait who write beside a benchmark? A process that saves a person, as a seller does, and has an event in the
log, as the reader of the door does, twenty times a second each, and times every single one from the question to the commit.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import Any

PAUSE = 0.05
UNSCORED = "/impressum"
"""A page for which no model of a benchmark gives points."""
_PARTS = ("person saved", "event in the log")


class Waits:
    """A block beside which somebody writes. seconds: of each write, by what was written."""

    def __init__(self, people: int) -> None:
        self._people = people
        self.seconds: dict[str, list[float]] = {}

    def __enter__(self) -> Waits:
        command = [sys.executable, __file__, str(self._people)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ.copy())
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"ready\n"
        return self

    def __exit__(self, *_error: object) -> None:
        told, _ = self._process.communicate(b"enough\n")
        assert self._process.returncode == 0, "whoever wrote beside it gave up"
        self.seconds = json.loads(told)

    def line(self) -> str:
        """The longest, and what 99 of 100 stay under."""
        return "; ".join(
            f"{what}: {1000 * max(took):,.0f} ms at most, 99 of 100 under {1000 * sorted(took)[len(took) * 99 // 100]:,.0f} ms"
            for what, took in self.seconds.items() if took
        )  # fmt: skip


def write(people: int) -> None:
    import select

    import django

    django.setup()
    from reif.crm.edit import edit_person
    from reif.crm.models import Person
    from reif.log.append import append, writing
    from reif.log.catalogue.web import PageViewed

    def save(n: int) -> None:
        edit_person(Person.objects.get(pk=1 + n * 7919 % people), {"city": f"Ort {n}"}, by=1)

    def note(n: int) -> None:
        with writing():
            append(PageViewed(person=1 + n * 104729 % people, topic=UNSCORED))

    took: dict[str, list[float]] = {what: [] for what in _PARTS}
    doing: tuple[Any, ...] = (save, note)
    for what in doing:
        what(0)
    print("ready", flush=True)
    n = 0
    while not select.select([sys.stdin], [], [], PAUSE)[0]:
        n += 1
        for what, verb in zip(_PARTS, doing, strict=True):
            began = time.perf_counter()
            verb(n)
            took[what].append(time.perf_counter() - began)
    print(json.dumps(took), flush=True)


if __name__ == "__main__":
    write(int(sys.argv[1]))
