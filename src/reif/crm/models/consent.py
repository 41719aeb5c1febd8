"""The consent ledger: what somebody agreed to, in which words, when, from where."""

from __future__ import annotations

from django.db import models

from reif.crm.models.person import Person


class Consent(models.Model):
    """One declaration of one person for one purpose and channel; withdrawn rows stay.

    State follows from the times: asked (requested_at), given (given_at; double opt-in: after the link in the mail),
    withdrawn (withdrawn_at). The text is kept as it was shown. Addresses are evidence, kept until `forget_addresses`.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=32)
    channel = models.CharField(max_length=16, default="email")
    basis = models.CharField(max_length=32, default="consent")
    text = models.TextField()
    text_version = models.CharField(max_length=32)
    language = models.CharField(max_length=8, default="de")
    form = models.CharField(max_length=100, blank=True)
    url = models.CharField(max_length=500, blank=True)
    requested_at = models.DateTimeField()
    requested_from = models.GenericIPAddressField(null=True)
    given_at = models.DateTimeField(null=True)
    given_from = models.GenericIPAddressField(null=True)
    given_agent = models.CharField(max_length=300, blank=True)
    double = models.BooleanField(default=False)
    mail_sent_at = models.DateTimeField(null=True)
    mail_text = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "purpose", "channel"], name="crm_consent_person"),
            models.Index(fields=["requested_at"], name="crm_consent_open", condition=models.Q(given_at__isnull=True)),
        ]

    @property
    def state(self) -> str:
        if self.withdrawn_at:
            return "withdrawn"
        return "given" if self.given_at else "asked"
