"""Where people came from: each arrival that counted, and which of them stand at the turning points of a person's way."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reif.crm.models.identity import Visitor
from reif.crm.models.person import Person


class Source(models.TextChoices):
    """The categories of peers, AI assistants as their own."""

    ORGANIC_SEARCH = "ORGANIC_SEARCH", _("Organic search")
    PAID_SEARCH = "PAID_SEARCH", _("Paid search")
    EMAIL_MARKETING = "EMAIL_MARKETING", _("E-mail marketing")
    SOCIAL_MEDIA = "SOCIAL_MEDIA", _("Organic social")
    PAID_SOCIAL = "PAID_SOCIAL", _("Paid social")
    REFERRALS = "REFERRALS", _("Referrals")
    AI_REFERRALS = "AI_REFERRALS", _("AI assistants")
    OTHER_CAMPAIGNS = "OTHER_CAMPAIGNS", _("Other campaigns")
    DIRECT_TRAFFIC = "DIRECT_TRAFFIC", _("Direct traffic")
    OFFLINE = "OFFLINE", _("Offline sources")


SOURCES = tuple(Source.values)


class Touch(models.Model):
    """One arrival. `campaign` in small letters. Never changed: a correction is a row of its own that `corrects` it, and the latest one counts.

    kind: how it became known. event_id: of the event that made it. click_id: name=value, as an ad platform gave it.
    reason, by: of a correction; its `at` stays that of the arrival, `corrected_at` is when somebody wrote it.
    """

    class Kind(models.TextChoices):
        VISIT = "visit", _("Visit")
        FORM = "form", _("Form")
        IMPORT = "import", _("Import")
        API = "api", _("Other software")
        HAND = "hand", _("By hand")
        CORRECTION = "correction", _("Correction")

    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="touches")
    visitor = models.ForeignKey(Visitor, null=True, on_delete=models.CASCADE, related_name="touches")
    kind = models.CharField(max_length=12, choices=Kind)
    source = models.CharField(max_length=32, choices=Source)
    detail_1 = models.CharField(max_length=255, blank=True)
    detail_2 = models.CharField(max_length=255, blank=True)
    campaign = models.CharField(max_length=200, blank=True)
    utm = models.JSONField(default=dict)
    click_id = models.CharField(max_length=255, blank=True)
    path = models.CharField(max_length=255, blank=True)
    at = models.DateTimeField()
    event_id = models.BigIntegerField(null=True, unique=True)
    corrects = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="corrections")
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    corrected_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "at"], name="crm_touch_person"),
            models.Index(fields=["visitor", "at"], name="crm_touch_visitor"),
            models.Index(fields=["campaign", "at"], name="crm_touch_campaign"),
            models.Index(fields=["at", "source"], name="crm_touch_at"),
        ]
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return " · ".join(filter(None, (str(self.get_source_display()), self.detail_1, self.detail_2)))


class Origin(models.Model):
    """The four touches of a person that matter most, as they count now (a corrected one is its correction).

    lead, opportunity: the one that is credited with making somebody a lead, and an opportunity, at these moments.
    """

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="origin")
    first = models.ForeignKey(Touch, null=True, on_delete=models.SET_NULL, related_name="+")
    last = models.ForeignKey(Touch, null=True, on_delete=models.SET_NULL, related_name="+")
    lead = models.ForeignKey(Touch, null=True, on_delete=models.SET_NULL, related_name="+")
    opportunity = models.ForeignKey(Touch, null=True, on_delete=models.SET_NULL, related_name="+")
    lead_at = models.DateTimeField(null=True)
    opportunity_at = models.DateTimeField(null=True)


class Sourced(models.Model):
    """A person under one of the four touches, laid out for counting; `crm/sourced.py` keeps it and can make it again.

    rung: the furthest that the person ever came (0 nobody yet, 1 lead, 2 MQL, 3 SQL, 4 opportunity, 5 customer).
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    turn = models.CharField(max_length=12)
    at = models.DateTimeField()
    source = models.CharField(max_length=32)
    detail_1 = models.CharField(max_length=255, blank=True)
    detail_2 = models.CharField(max_length=255, blank=True)
    rung = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "turn"], name="crm_sourced_once")]
        indexes = [
            models.Index(fields=["turn", "at", "source", "detail_1", "detail_2", "rung"], name="crm_sourced_count")
        ]


TURNS = ("first", "last", "lead", "opportunity")
"""The columns of Origin that name a touch."""
