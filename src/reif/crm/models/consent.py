"""The consent ledger: what somebody agreed to, in which words, when, from where; and each use of it."""

from __future__ import annotations

from django.db import models

from reif.crm.models.person import Person


class Consent(models.Model):
    """One permission of one person for one purpose, channel and address; withdrawn rows stay.

    State follows from the times: asked (requested_at), given (given_at; double opt-in: after the link in the mail),
    withdrawn (withdrawn_at). The text is kept as it was shown. address: the mail address or telephone number that it
    is bound to; another one has none. basis: consent, soft_opt_in, imported. conditions: what of a soft opt-in is met;
    fits: in which countries that is enough. evidence: where an imported one comes from, and who brought it.
    kept_until: the proof outlives an erasure till then, because a law says so.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=32)
    channel = models.CharField(max_length=16, default="email")
    address = models.CharField(max_length=254, blank=True)
    basis = models.CharField(max_length=32, default="consent")
    conditions = models.JSONField(default=list)
    fits = models.CharField(max_length=16, blank=True)
    evidence = models.JSONField(default=dict)
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
    mail_html = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=64, blank=True)
    used_at = models.DateTimeField(null=True)
    kept_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "purpose", "channel"], name="crm_consent_person"),
            models.Index(fields=["requested_at"], name="crm_consent_open", condition=models.Q(given_at__isnull=True)),
            models.Index(fields=["purpose", "channel", "given_at"], name="crm_consent_given"),
            models.Index(fields=["kept_until"], name="crm_consent_kept", condition=models.Q(kept_until__isnull=False)),
        ]

    @property
    def state(self) -> str:
        if self.withdrawn_at:
            return "withdrawn"
        return "given" if self.given_at else "asked"


class ConsentUse(models.Model):
    """Somebody was called on the strength of a consent: the five years of its proof begin anew."""

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="uses")
    activity = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consent", "activity"], name="crm_consent_use_once")]
