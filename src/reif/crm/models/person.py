"""People."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from reif.crm.folded import FoldedField
from reif.crm.jobs.columns import JobField
from reif.crm.models.company import Company
from reif.crm.models.stage import Stage
from reif.crm.visible import PersonQuerySet


class Person(models.Model):
    """One address is one person: `email` is normalised and unique. Anonymous visitors are not people yet.

    score, fit, engagement, grade, excluded: of the main scoring model, written by `set_score` alone; next_score and so on:
    the same under the scoring that is being reckoned (a switch has them change places). chance_sql, chance_won: percent, by
    `set_chance`; stage, stage_at: by `move_stage`; owner: by `set_owner`; basis: the strongest
    basis of processing in force, by `basis`; persona: by `set_persona`; completeness, quality (per cent), flaws (keys with a
    blank around each) and told_at (when somebody last told or confirmed them): by `set_data`.
    country_guess, country_guess_by: where their browser probably is and by what that is known, by `guess_country`.
    department, level: what the job title says. country: ISO 3166-1 alpha-2; region: ISO 3166-2 part after the dash;
    language: BCP 47.
    """

    email = models.CharField(max_length=254, null=True)
    first_name = models.CharField(max_length=100, blank=True)
    first_name_fold = FoldedField(of="first_name")
    last_name = models.CharField(max_length=100, blank=True)
    last_name_fold = FoldedField(of="last_name")
    phone = models.CharField(max_length=40, blank=True)
    job_title = models.CharField(max_length=150, blank=True)
    job_title_fold = FoldedField(of="job_title")
    department = JobField()
    level = JobField()
    company = models.ForeignKey(Company, null=True, on_delete=models.SET_NULL, related_name="people")
    company_name = models.CharField(max_length=200, blank=True)
    company_name_fold = FoldedField(of="company_name")
    country = models.CharField(max_length=2, blank=True)
    country_guess = models.CharField(max_length=2, blank=True)
    country_guess_by = models.CharField(max_length=16, blank=True)
    region = models.CharField(max_length=64, blank=True)
    city = models.CharField(max_length=100, blank=True)
    city_fold = FoldedField(of="city")
    postal_code = models.CharField(max_length=16, blank=True)
    language = models.CharField(max_length=8, blank=True)
    timezone = models.CharField(max_length=64, blank=True)
    source = models.CharField(max_length=32, blank=True)
    source_detail_1 = models.CharField(max_length=255, blank=True)
    source_detail_2 = models.CharField(max_length=255, blank=True)
    utm = models.JSONField(default=dict)
    traits = models.JSONField(default=dict)
    stage = models.CharField(max_length=16, choices=Stage, default="", blank=True)
    stage_at = models.DateTimeField(null=True)
    score = models.IntegerField(default=0)
    fit = models.IntegerField(default=0)
    engagement = models.IntegerField(default=0)
    grade = models.CharField(max_length=2, blank=True)
    excluded = models.CharField(max_length=64, blank=True)
    next_score = models.IntegerField(default=0, editable=False)
    next_fit = models.IntegerField(default=0, editable=False)
    next_engagement = models.IntegerField(default=0, editable=False)
    next_grade = models.CharField(max_length=2, blank=True, editable=False)
    next_excluded = models.CharField(max_length=64, blank=True, editable=False)
    chance_sql = models.PositiveSmallIntegerField(null=True)
    chance_won = models.PositiveSmallIntegerField(null=True)
    basis = models.CharField(max_length=32, blank=True)
    persona = models.CharField(max_length=64, blank=True)
    completeness = models.SmallIntegerField(null=True)
    quality = models.SmallIntegerField(null=True)
    flaws = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField(null=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="people", db_index=False
    )  # fmt: skip
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(auto_now=True)
    erased_at = models.DateTimeField(null=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            # one index for `=` and for what an address begins with, where `unique=True` makes two on PostgreSQL
            models.UniqueConstraint(fields=["email"], name="crm_person_email", opclasses=["varchar_pattern_ops"])
        ]
        indexes = [
            models.Index(fields=["last_name_fold"], name="crm_person_last", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["first_name_fold"], name="crm_person_first", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["company_name_fold"], name="crm_person_company", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["-score", "-id"], name="crm_person_score"),
            models.Index(fields=["-next_score", "-id"], name="crm_person_next_score"),
            models.Index(fields=["-created_at", "-id"], name="crm_person_created"),
            models.Index(fields=["-chance_sql", "-id"], name="crm_person_chance_sql"),
            models.Index(fields=["-chance_won", "-id"], name="crm_person_chance_won"),
            models.Index(fields=["stage", "score"], name="crm_person_stage"),
            models.Index(fields=["stage", "next_score"], name="crm_person_next_stage"),
            models.Index(fields=["owner", "stage"], name="crm_person_owner"),
            models.Index(fields=["persona", "stage"], name="crm_person_persona"),
            models.Index(fields=["told_at"], name="crm_person_told"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name to show: full name, else the address, else a number."""
        full = f"{self.first_name} {self.last_name}".strip()
        return full or self.email or f"#{self.pk}"

    @property
    def initials(self) -> str:
        letters = [part[0] for part in (self.first_name, self.last_name) if part]
        return "".join(letters).upper() or self.name[0].upper()
