"""The log's own tables: events, their free text, cursors, timers, what got stuck, and the outbox."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """One fact, numbered. Ids grow in commit order: nothing is ever committed below an id that was already read."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=64)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    person_id = models.BigIntegerField(null=True)
    visitor_id = models.BigIntegerField(null=True)
    company_id = models.BigIntegerField(null=True)
    deal_id = models.BigIntegerField(null=True)
    actor_id = models.BigIntegerField(null=True)
    cause_id = models.BigIntegerField(null=True)
    depth = models.SmallIntegerField(default=0)
    topic = models.CharField(max_length=255, default="")
    body = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["person_id"], name="log_event_person"),
            models.Index(fields=["kind", "person_id", "topic", "at"], name="log_event_did"),
            models.Index(
                fields=["visitor_id", "kind"],
                name="log_event_visitor",
                condition=models.Q(visitor_id__isnull=False),
            ),
            models.Index(fields=["deal_id"], name="log_event_deal", condition=models.Q(deal_id__isnull=False)),
            models.Index(fields=["cause_id"], name="log_event_cause", condition=models.Q(cause_id__isnull=False)),
            models.Index(fields=["kind", "at"], name="log_event_kind"),
        ]


class Text(models.Model):
    """Free text of an event, apart from it so that it can be redacted."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, primary_key=True, related_name="words")
    body = models.TextField()


class Cursor(models.Model):
    """How far a listener has come. Its row is locked while a batch runs, so that a verb runs once at a time."""

    name = models.CharField(max_length=128, primary_key=True)
    position = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)


class Timer(models.Model):
    """Somebody asked to be woken."""

    name = models.CharField(max_length=64)
    about = models.BigIntegerField(default=0)
    at = models.DateTimeField(db_index=True)
    person_id = models.BigIntegerField(null=True)
    cause_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "about"], name="log_timer_once")]


class Stuck(models.Model):
    """An event that a listener could not take. It waits here, the rest went on; retry or let go."""

    listener = models.CharField(max_length=128)
    event = models.ForeignKey(Event, on_delete=models.CASCADE)
    error = models.TextField()
    tries = models.PositiveIntegerField(default=1)
    stuck_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by_id = models.BigIntegerField(null=True)
    let_go = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listener", "event"], name="log_stuck_once")]
        indexes = [models.Index(fields=["stuck_at"], name="log_stuck_open", condition=models.Q(done_at__isnull=True))]

    @property
    def last_line(self) -> str:
        """The error itself, without the way to it."""
        return self.error.strip().rpartition("\n")[2][:200]


class Effect(models.Model):
    """Something to do in the world, once. `key` makes a second attempt to queue it a no-op.

    States: ready, claimed (by `owner` until `lease_until`), done, failed (for good), skipped (was not wanted any more),
    unknown (sent, but the answer never came: never sent again by itself).
    """

    READY, CLAIMED, DONE, FAILED, SKIPPED, UNKNOWN = range(6)
    STATES = (
        (READY, "ready"),
        (CLAIMED, "claimed"),
        (DONE, "done"),
        (FAILED, "failed"),
        (SKIPPED, "skipped"),
        (UNKNOWN, "unknown"),
    )

    key = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=32)
    priority = models.SmallIntegerField(default=5)
    person_id = models.BigIntegerField(null=True)
    cause_id = models.BigIntegerField(null=True)
    body = models.JSONField(default=dict)
    state = models.SmallIntegerField(choices=STATES, default=READY)
    owner = models.CharField(max_length=120, default="")
    lease_until = models.DateTimeField(null=True)
    queued_at = models.DateTimeField()
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    code = models.CharField(max_length=16, default="")
    note = models.TextField(default="")
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["channel", "priority", "not_before", "id"],
                name="log_effect_ready",
                condition=models.Q(state=0),
            ),
            models.Index(fields=["owner"], name="log_effect_claimed", condition=models.Q(state=1)),
            models.Index(fields=["person_id", "channel", "state"], name="log_effect_person"),
        ]
