"""The two kinds of view: for staff with stated roles, and for the public."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.mixins import AccessMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views import View

from reif.staff.models import Role, User

EVERYONE = frozenset(Role.values)


class StaffRequest(HttpRequest):
    """A request whose user is known to be a staff member."""

    user: User


class Desk(AccessMixin, View):
    """A page of the application. `roles` says who may open it at all; `writers` who may do more than read.

    Which records a person sees is the query's business: `visible_to(user)`.
    """

    roles: ClassVar[frozenset[str]]
    writers: ClassVar[frozenset[str] | None] = None
    request: StaffRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        allowed = self.roles if request.method in ("GET", "HEAD", "OPTIONS") else (self.writers or self.roles)
        if request.user.role not in allowed:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class Public(View):
    """A page for visitors: nobody needs to sign in. Naming it so is a decision that a test lists."""
