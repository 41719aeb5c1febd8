"""Which address means what: Segment's, and what its relatives made of it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Task = Literal["events", "beacon", "captured", "metrics", "script", "health", "gauges", "settings"]


class Route(Struct, frozen=True):
    """`kind` is the one type of event that comes here, None: a batch that names each type; of a script, its file."""

    task: Task
    kind: str | None = None
    methods: tuple[str, ...] = ("POST",)


SCRIPTS = ("t.js", "c.js", "banner.js")
_LETTERS = {"identify": "i", "track": "t", "page": "p", "screen": "s", "group": "g", "alias": "a"}
_READ = ("GET", "HEAD")


def _table() -> dict[str, Route]:
    batch, captured = Route("events"), Route("captured")
    table = dict.fromkeys(("/v1/batch", "/v1/b", "/v1/import", "/v1/batch/v1/batch"), batch)
    table |= dict.fromkeys(("/batch", "/capture", "/i/v0/e"), captured)
    for kind, letter in _LETTERS.items():
        one = Route("events", kind)
        table |= dict.fromkeys((f"/v1/{kind}", f"/v1/{letter}", f"/api/s/{kind}", f"/api/s/s2s/{kind}"), one)
    table["/v1/m"] = Route("metrics")
    table["/e"] = Route("beacon")
    table |= {f"/{name}": Route("script", name, _READ) for name in SCRIPTS}
    table["/health"] = Route("health", methods=_READ)
    table["/metrics"] = Route("gauges", methods=_READ)
    return table | {f"{path}/": route for path, route in table.items()}


ROUTES = _table()
_SETTINGS = Route("settings", methods=_READ)


def route_of(path: str) -> Route | None:
    """The route of a path, or None."""
    route = ROUTES.get(path)
    if route is None and path.startswith("/v1/projects/") and path.endswith("/settings"):
        return _SETTINGS
    return route


def is_door(path: str) -> bool:
    """Whether the door answers this path (with 404 when nothing is there), not the pages."""
    return path in ROUTES or path.startswith("/v1/")
