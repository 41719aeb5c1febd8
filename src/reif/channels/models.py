"""Mail texts in fixed versions, messages and what became of them, and captured mail."""

from __future__ import annotations

from django.db import models


class MailContent(models.Model):
    """One wording of one mail in one language. Never changed; `revision` is the latest playbook that uses it.

    subject, preheader, html and text are Liquid. links: the targets that `/l/<token>/<n>` may lead to, by number.
    """

    key = models.CharField(max_length=64)
    language = models.CharField(max_length=8)
    hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    subject = models.CharField(max_length=500)
    preheader = models.CharField(max_length=500, blank=True)
    html = models.TextField()
    text = models.TextField()
    links = models.JSONField(default=list)
    revision = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "language", "hash"], name="channels_content_once")]


class Message(models.Model):
    """One mail to one reader; its id is the id of its effect in the outbox.

    opened_at, clicked_at: the first time a human did it. machine_at: the first time a proxy or scanner did either.
    origin: who asked for it, as `journey/step` or empty.
    """

    id = models.BigIntegerField(primary_key=True)
    person_id = models.BigIntegerField(null=True)
    user_id = models.BigIntegerField(null=True)
    mail = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    origin = models.CharField(max_length=120, blank=True)
    content = models.ForeignKey(MailContent, null=True, on_delete=models.PROTECT, related_name="messages")
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    sent_event = models.BigIntegerField(null=True)
    opened_at = models.DateTimeField(null=True)
    clicked_at = models.DateTimeField(null=True)
    machine_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "kind", "sent_at"], name="channels_message_person"),
            models.Index(fields=["mail", "sent_at"], name="channels_message_mail"),
            models.Index(fields=["origin"], name="channels_message_origin", condition=~models.Q(origin="")),
        ]


class Captured(models.Model):
    """A mail that would have been sent: without EMAIL_URL mails end here and the mailbox page shows them."""

    effect_id = models.BigIntegerField(unique=True)
    person_id = models.BigIntegerField(null=True)
    user_id = models.BigIntegerField(null=True)
    mail = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    recipient = models.CharField(max_length=254)
    recipient_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=998)
    search = models.TextField(default="")
    html = models.TextField()
    text = models.TextField()
    headers = models.JSONField(default=list)
    at = models.DateTimeField(db_index=True)


class MailPlace(models.Model):
    """How far a mailbox was read. validity: the server's count; when it changes, its numbers mean nothing any more."""

    name = models.CharField(max_length=200, unique=True)
    validity = models.BigIntegerField()
    uid = models.BigIntegerField(default=0)
    looked_at = models.DateTimeField()
