"""What a room offers under /api/v1: a noun with its operations, each of which names the scope that a key needs.

people = Resource("people", _("People"), writes=True)

@people.get("", scope="people:read", response=Page[PersonOut])
def list_people(request, after: str = "", limit: int = Query(100, ge=1, le=500)): ...

people.mount()   # in apps.ready()
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ninja import Router

from reif.staff.api.keys import Bearer
from reif.staff.api.once import once
from reif.staff.api.schema import api

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text
else:
    Text = object

SCOPES: dict[str, tuple[Text, str]] = {}
"""Every scope there is: the noun in words, and read or write."""
_mounted: dict[str, Resource] = {}
_HEADER = {
    "in": "header", "name": "Idempotency-Key", "required": False, "schema": {"type": "string", "maxLength": 200},
    "description": "A name of your own for this call. Sent again within 24 hours, it gets the first answer again.",
}  # fmt: skip


class Resource:
    """A noun under /api/v1. `reads`, `writes`: which scopes it has."""

    def __init__(self, name: str, label: Text, *, reads: bool = True, writes: bool = False) -> None:
        self.name, self.label, self.router = name, label, Router(tags=[name])
        for there, kind in ((reads, "read"), (writes, "write")):
            if there:
                SCOPES[f"{name}:{kind}"] = (label, kind)

    def mount(self) -> None:
        """Put it under /api/v1; a second call changes nothing."""
        if self.name not in _mounted:
            _mounted[self.name] = self
            api.add_router(f"/v1/{self.name}", self.router)

    def get(self, path: str, *, scope: str, response: Any) -> Callable[[Any], Any]:
        """Reads; changes nothing."""
        return self._operation(["GET"], path, scope, response)

    def post(self, path: str, *, scope: str, response: Any) -> Callable[[Any], Any]:
        """Writes; may be sent again with an Idempotency-Key. The view returns a Schema."""
        return self._operation(["POST"], path, scope, response)

    def patch(self, path: str, *, scope: str, response: Any) -> Callable[[Any], Any]:
        """Writes what is told."""
        return self._operation(["PATCH"], path, scope, response)

    def put(self, path: str, *, scope: str, response: Any) -> Callable[[Any], Any]:
        """Writes the whole; the same twice is the same once."""
        return self._operation(["PUT"], path, scope, response)

    def delete(self, path: str, *, scope: str, response: Any = None) -> Callable[[Any], Any]:
        """Takes away."""
        return self._operation(["DELETE"], path, scope, response)

    def _operation(self, methods: list[str], path: str, scope: str, response: Any) -> Callable[[Any], Any]:
        if scope not in SCOPES:
            raise ValueError(f"There is no scope {scope!r}; there are {', '.join(sorted(SCOPES))}.")
        posts = methods == ["POST"]
        extra: dict[str, Any] = {"x-scope": scope} | ({"parameters": [_HEADER]} if posts else {})

        def register(view: Any) -> Any:
            words = " ".join((view.__doc__ or "").split())
            self.router.add_api_operation(
                path, methods, once(view) if posts else view, auth=Bearer(scope),
                response={204: None} if response is None else response, openapi_extra=extra,
                operation_id=view.__name__, summary=words.split(". ")[0].rstrip("."),
                description=f"{words}\n\nThe key needs the scope `{scope}`.",
            )  # fmt: skip
            return view

        return register


@dataclass(frozen=True)
class Operation:
    """What can be called: a method at a path, and the scope it needs."""

    method: str
    path: str
    scope: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def operations() -> Iterator[Operation]:
    """Every operation of every mounted resource."""
    for resource in _mounted.values():
        for path, view in resource.router.path_operations.items():
            for one in view.operations:
                scope = (one.openapi_extra or {})["x-scope"]
                yield from (Operation(method, f"/api/v1/{resource.name}{path}", scope) for method in one.methods)
