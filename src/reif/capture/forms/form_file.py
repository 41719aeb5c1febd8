"""The shape of `forms.toml`."""

from __future__ import annotations

from typing import Literal

import msgspec

from reif.capture.forms.field_file import TARGETS, Field, FieldType, Files, Option, Show
from reif.channels.mails import Words

__all__ = ["TARGETS", "Does", "Field", "FieldType", "Files", "Form", "Forms", "Option", "Permission", "Show"]


class Permission(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A box to tick, never ticked beforehand. double: it counts once the link in the mail was followed.

    subscription: the number under which forms that were made for HubSpot name it.
    """

    purpose: str
    text: Words
    version: str
    double: bool = True
    required: bool = False
    subscription: int = 0


class Does(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What else happens. webinar: the slug of the one that the person is registered for. stage: given instead of
    `lead`, never taken back. tags: become the trait `tag_<name>`. segment: a fixed one that the person joins.
    journey: one that begins with this form. notify: addresses of staff, keys of teams, or `owner`.
    """

    webinar: str = ""
    stage: Literal["", "subscriber", "lead", "mql"] = ""
    tags: list[str] = []
    segment: str = ""
    journey: str = ""
    notify: list[str] = []


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One form. gives: the slug of the file it gives. after: said on the thank-you page. redirect: where the visitor
    is sent instead, on this site or one of `domains`.

    at_once: the file can be loaded right after sending, too, not only by the mail. seconds: who is faster than this is
    asked to send again. domains: where it may be embedded; none means everywhere.
    proof: when the browser has to compute for a moment. later: questions that take the place of those we know the
    answer to. kiosk: many people fill it in on one device, which is nobody's. closed: it takes nobody any more.
    guid: the name under which forms made for HubSpot send to it. index: search engines may find its page.
    """

    slug: str
    title: Words = Words()
    text: Words = Words()
    button: Words = Words()
    after: Words = Words()
    small: Words = Words()
    fields: list[Field] = []
    later: list[Field] = []
    consents: list[Permission] = []
    gives: str = ""
    at_once: bool = False
    redirect: str = ""
    does: Does = Does()
    seconds: int = 1
    domains: list[str] = []
    proof: Literal["never", "busy", "always"] = "busy"
    kiosk: bool = False
    closed: bool = False
    guid: str = ""
    index: bool = True

    @property
    def must_confirm(self) -> bool:
        return any(c.double for c in self.consents)

    @property
    def questions(self) -> list[Field]:
        """Every field that asks something, those for later too."""
        return [field for field in (*self.fields, *self.later) if field.asks]


class Forms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of `forms.toml`."""

    forms: list[Form] = []

    def by_slug(self, slug: str) -> Form | None:
        """The form of this slug; None when there is none."""
        return next((form for form in self.forms if form.slug == slug), None)

    def by_guid(self, guid: str) -> Form | None:
        """The form that answers to a HubSpot form's GUID, else to the slug."""
        return next((form for form in self.forms if guid in (form.guid, form.slug)), None)
