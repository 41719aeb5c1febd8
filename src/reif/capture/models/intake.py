"""Where leads come in from elsewhere: connections, and a log of every call."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reif.crm.models import Person
from reif.kit.seal import Unreadable, seal, unseal


class Connection(models.Model):
    """Something that sends leads to `/in/<key>`, or a mailbox. Secrets are sealed under the installation's secret.

    how: what is no secret (the way calls are signed, header names, the form of the payload). mapping: rules from paths to
    fields. keep_days: how long the body of a call is kept. paused_at: it takes nothing now.
    removed_at: its address is dead and its secrets are gone; the log of its calls stays.
    """

    class Kind(models.TextChoices):
        META = "meta", _("Facebook and Instagram lead ads")
        LINKEDIN = "linkedin", _("LinkedIn lead forms")
        GOOGLE = "google", _("Google Ads lead forms")
        JSON = "json", _("Other software (webhook)")
        MAIL = "mail", _("Mailbox")

    key = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=16, choices=Kind)
    preset = models.CharField(max_length=32, blank=True)
    name = models.CharField(max_length=100)
    sealed = models.TextField(blank=True)
    how = models.JSONField(default=dict)
    mapping = models.JSONField(default=list)
    consents = models.JSONField(default=list)
    keep_days = models.PositiveSmallIntegerField(default=30)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def secrets(self) -> dict[str, str]:
        """By name; empty when they were sealed under another secret and must be entered again."""
        try:
            told = unseal(settings.SECRET_KEY, "connection", self.sealed)
        except Unreadable:
            return {}
        return dict(json.loads(told)) if told else {}

    def keep(self, **secrets: str) -> None:
        """Set these secrets beside those that are there; does not save."""
        self.sealed = seal(settings.SECRET_KEY, "connection", json.dumps(self.secrets | secrets))


class Call(models.Model):
    """One lead that was brought, or one call that was refused. `key`: the sender's own id; the same twice is one row.

    state and reason say what became of it; lead: the platform's id of the lead. body: sealed, until `forget_at`; a refused
    call has none. headers: without secrets.
    """

    class State(models.TextChoices):
        TAKEN = "taken", _("Taken")
        WAITING = "waiting", _("Being fetched")
        FAILED = "failed", _("Failed")
        REFUSED = "refused", _("Refused")
        TEST = "test", _("Test")
        IGNORED = "ignored", _("Ignored")

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="calls")
    key = models.CharField(max_length=200, null=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=State)
    reason = models.CharField(max_length=32, blank=True)
    note = models.CharField(max_length=300, blank=True)
    lead = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created = models.BooleanField(default=False)
    times = models.PositiveIntegerField(default=1)
    headers = models.JSONField(default=dict)
    sealed = models.TextField(blank=True)
    size = models.PositiveIntegerField(default=0)
    forget_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "key"], name="capture_call_once")]
        indexes = [
            models.Index(fields=["connection", "-at", "-id"], name="capture_call_log"),
            models.Index(fields=["connection", "state", "-at"], name="capture_call_state"),
            models.Index(fields=["forget_at"], name="capture_call_old", condition=models.Q(forget_at__isnull=False)),
            models.Index(fields=["person"], name="capture_call_person"),
        ]

    @property
    def body(self) -> str:
        """As it is kept, JSON; empty when it was forgotten."""
        try:
            return unseal(settings.SECRET_KEY, "call", self.sealed)
        except Unreadable:
            return ""

    @property
    def data(self) -> Any:
        """What is kept of the body; None when it was forgotten."""
        told = self.body
        return json.loads(told) if told else None

    def keep(self, data: Any) -> None:
        """Keep this as the body; does not save."""
        self.sealed = seal(settings.SECRET_KEY, "call", json.dumps(data, ensure_ascii=False))
