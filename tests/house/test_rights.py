"""Every address, as each role and as nobody: least rights, and no page that forgot to say who may open it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.views.generic import RedirectView

from reif.crm.tests.people import a_user
from reif.staff.api.keys import make_key
from reif.staff.api.resource import SCOPES, Operation, operations
from reif.staff.models import Role
from reif.staff.views import Desk, Public

OPEN_BY_LIBRARY = {"accounts", "i18n"}
API = {"api/openapi.json", "api/docs", "api/"}  # the description is open; operations are walked below
FILLERS = {
    "pk": "1",
    "event_id": "1",
    "slug": "x",
    "key": "x",
    "token": "x",
    "path": "x",
    "number": "1",
    "id": "1",
    "room": "x",
}


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in (resolver or get_resolver()).url_patterns:
        here = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one, here)
        elif here.split("/")[0] not in OPEN_BY_LIBRARY and not _is_operation(here, one):
            yield here, one


def _is_operation(here: str, one: URLPattern) -> bool:
    return here in API or (here.startswith("api/v1/") and one.callback.__module__.startswith("ninja."))


OURS = list(patterns())


def address(pattern: str) -> str:
    return "/" + re.sub(
        r"<(?:(\w+):)?(\w+)>", lambda m: "1" if m.group(1) == "int" else FILLERS.get(m.group(2), "x"), pattern
    )


def view_class(pattern: URLPattern) -> type | None:
    return getattr(pattern.callback, "view_class", None)


@pytest.mark.parametrize(("path", "pattern"), OURS, ids=[p for p, _ in OURS])
def test_a_view_says_who_may_open_it(path: str, pattern: URLPattern) -> None:
    view = view_class(pattern)
    assert view is not None, "views are classes"
    if issubclass(view, RedirectView):
        return
    assert issubclass(view, Desk | Public)
    if issubclass(view, Desk):
        assert frozenset(view.roles) <= set(Role.values)
        assert view.roles


DESK = [(p, v) for p, one in OURS if (v := view_class(one)) and issubclass(v, Desk)]


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "view"), DESK, ids=[p for p, _ in DESK])
def test_nobody_is_asked_to_sign_in(path: str, view: type[Desk]) -> None:
    for method in ("get", "post", "delete"):
        response = getattr(Client(raise_request_exception=False), method)(address(path))
        assert response.status_code in (302, 404, 405), method
        if response.status_code == 302:
            assert response["Location"].startswith("/accounts/login/")


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role.values)
def test_each_role_opens_only_what_is_meant_for_it(role: str) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(a_user(role), backend="allauth.account.auth_backends.AuthenticationBackend")
    wrong = []
    for path, view in DESK:
        for method, allowed in (("get", view.roles), ("post", view.writers or view.roles)):
            if "stream" in path or not hasattr(view, method):
                continue
            status = getattr(client, method)(address(path)).status_code
            if role not in allowed and status != 403:
                wrong.append(f"{method} {path}: {status}, not 403")
            if role in allowed and (status == 403 or status >= 500):
                wrong.append(f"{method} {path}: {status}")
    assert not wrong


OPERATIONS = list(operations())


def test_every_operation_of_the_api_is_ours() -> None:
    assert {"people", "events"} <= {call.path.split("/")[3] for call in OPERATIONS}
    assert all(call.scope in SCOPES for call in OPERATIONS)
    served = {here for here, one in _all() if _is_operation(here, one)} - API
    assert served == {call.path.lstrip("/").replace("{", "<").replace("}", ">") for call in OPERATIONS}


def _all(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in (resolver or get_resolver()).url_patterns:
        here = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _all(one, here)
        else:
            yield here, one


@pytest.mark.django_db
@pytest.mark.parametrize("call", OPERATIONS, ids=str)
def test_an_operation_asks_for_a_key_with_its_scope(call: Operation) -> None:
    """Without a key 401, with every other scope 403, with the right one never either."""
    url = re.sub(r"{(?:int:)?\w+}", "1", call.path)

    def status(*scopes: str, **headers: str) -> int:
        if scopes:
            headers["authorization"] = f"Bearer {make_key('house', scopes)[1]}"
        response = Client(headers=headers).generic(call.method, url, "{}", "application/json")
        assert response.status_code < 400 or response["Content-Type"] == "application/problem+json"
        return int(response.status_code)

    assert status() == 401
    assert status(authorization="Bearer reif_wrong") == 401
    assert status(*(set(SCOPES) - {call.scope})) == 403
    assert status(call.scope) in (200, 201, 204, 404, 409, 422)


def test_a_post_without_the_token_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/accounts/login/", {"login": "a@b.example", "password": "x"})
    assert response.status_code == 403
