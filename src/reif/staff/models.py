"""Staff members, teams, working hours, absences, and the keys of other software."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    ADMIN = "admin", _("Administrator")
    MARKETING = "marketing", _("Marketing")
    MANAGER = "manager", _("Sales manager")
    SELLER = "seller", _("Seller")
    ANALYST = "analyst", _("Analyst")


class Team(models.Model):
    """Sellers who take people together."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes users who sign in with their address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> User:
        return self.create_user(email, password, role=Role.ADMIN, is_superuser=True, is_staff=True, **fields)


class User(AbstractUser):
    """A staff member. Signs in with the address; has one role; a seller belongs to a team."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("E-mail"), unique=True)
    role = models.CharField(max_length=16, choices=Role, default=Role.SELLER)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="members")
    language = models.CharField(max_length=5, default="de")
    timezone = models.CharField(max_length=64, default="Europe/Zurich")
    country = models.CharField(max_length=2, default="CH")
    subdivision = models.CharField(max_length=8, blank=True)
    title = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    capacity = models.PositiveIntegerField(default=40, help_text=_("How many open people at once"))
    weight = models.PositiveSmallIntegerField(default=1)
    shortcuts = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.get_full_name() or self.email

    @property
    def initials(self) -> str:
        return "".join(part[0] for part in (self.first_name, self.last_name) if part).upper() or self.email[0].upper()


class WorkingHours(models.Model):
    """A stretch of a weekday (0 is Monday) in which a user works, in the user's time zone."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    start = models.TimeField()
    end = models.TimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(start__lt=models.F("end")), name="staff_hours_forward"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="staff_hours_weekday"),
        ]
        ordering = ["weekday", "start"]


class Absence(models.Model):
    """Whole days on which a user is away, both ends included."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_day__lte=models.F("last_day")), name="staff_absence_forward"
            )
        ]


class ApiKey(models.Model):
    """A key of other software. The key itself is not kept, only its hash; `prefix` is what people recognise it by."""

    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=16)
    hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    def works(self, at: datetime) -> bool:
        """Neither revoked nor expired."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > at)


class ApiAnswer(models.Model):
    """The answer to a call that carried an Idempotency-Key, for 24 hours. said: a hash of the call."""

    key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    said = models.CharField(max_length=64)
    answer = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "name"], name="staff_answer_once")]
        indexes = [models.Index(fields=["key", "at"], name="staff_answer_old")]
