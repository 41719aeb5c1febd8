"""Campaigns, what they cost on each day and channel, and the names and links that lead to them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

STATES = ("planned", "running", "paused", "ended")


class Channel(models.TextChoices):
    """Where money goes."""

    GOOGLE_ADS = "google_ads", "Google Ads"
    MICROSOFT_ADS = "microsoft_ads", "Microsoft Ads"
    META_ADS = "meta_ads", "Meta Ads"
    LINKEDIN_ADS = "linkedin_ads", "LinkedIn Ads"
    OTHER_SOCIAL = "other_social", _("Other social networks")
    DISPLAY = "display", _("Banners")
    CONTENT = "content", _("Content and search engines")
    EMAIL = "email", _("E-mail")
    PARTNERS = "partners", _("Partners")
    EVENTS = "events", _("Fairs and events")
    PRINT = "print", _("Print")
    OTHER = "other", _("Other")


class Campaign(models.Model):
    """What belongs together in time and message. `slug` is its name in utm_campaign; further ones are CampaignName.

    state: planned, running, paused, ended. colour: a hue of the palette, 0 to 359.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Running")
        PAUSED = "paused", _("Paused")
        ENDED = "ended", _("Ended")

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=100, unique=True)
    goal = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    colour = models.PositiveSmallIntegerField(default=265)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="attract_campaign_dates",
            )
        ]
        indexes = [models.Index(fields=["-starts_on", "-id"], name="attract_campaign_newest")]

    def __str__(self) -> str:
        return self.name


class CampaignName(models.Model):
    """A name under which the campaign arrives, in small letters: the slug, an alias, or what an ad platform calls it."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200, unique=True)


class CampaignPart(models.Model):
    """Something that belongs to a campaign: the path of an article or a page."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="parts")
    path = models.CharField(max_length=255)
    title = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "path"], name="attract_part_once")]


class Cost(models.Model):
    """Planned and spent on one day in one channel. cents: of `currency`; home_cents: at the rate that is kept with it.

    budget_cents: in the home currency. way: who told it last (hand, csv, api).
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="costs")
    day = models.DateField()
    channel = models.CharField(max_length=16, choices=Channel)
    budget_cents = models.BigIntegerField(null=True)
    cents = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="CHF")
    rate = models.DecimalField(max_digits=16, decimal_places=8, default=1)
    home_cents = models.BigIntegerField(null=True)
    clicks = models.BigIntegerField(null=True)
    impressions = models.BigIntegerField(null=True)
    way = models.CharField(max_length=8, default="hand")
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "day", "channel"], name="attract_cost_once"),
            models.CheckConstraint(
                condition=(models.Q(cents__isnull=True) | models.Q(cents__gte=0))
                & (models.Q(budget_cents__isnull=True) | models.Q(budget_cents__gte=0)),
                name="attract_cost_not_negative",
            ),
        ]
        indexes = [models.Index(fields=["day"], name="attract_cost_day")]


class ExchangeRate(models.Model):
    """What one unit of a currency is worth in the home currency from a day on."""

    currency = models.CharField(max_length=3)
    since = models.DateField()
    rate = models.DecimalField(max_digits=16, decimal_places=8)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["currency", "since"], name="attract_rate_once")]


class CostFile(models.Model):
    """A file of costs between its preview and the word to take it; forgotten after a day."""

    name = models.CharField(max_length=200)
    content = models.BinaryField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()


class Link(models.Model):
    """A tagged link, with a short way to it. code: `/s/<code>`, in small letters. target: without the names of the campaign.

    source, medium, term, content: as they stand in the address. campaign_name: utm_campaign; campaign: ours of that name.
    """

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=150, blank=True)
    target = models.CharField(max_length=1000)
    source = models.CharField(max_length=100, blank=True)
    medium = models.CharField(max_length=100, blank=True)
    campaign_name = models.CharField(max_length=100, blank=True)
    term = models.CharField(max_length=100, blank=True)
    content = models.CharField(max_length=100, blank=True)
    campaign = models.ForeignKey(Campaign, null=True, blank=True, on_delete=models.SET_NULL, related_name="links")
    expires_on = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-created_at", "-id"], name="attract_link_newest")]

    def __str__(self) -> str:
        return self.title or self.code


class LinkDay(models.Model):
    """How often a link was followed on a day, by people and by machines; nothing about who."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    people = models.BigIntegerField(default=0)
    machines = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "day"], name="attract_link_day_once")]
