"""What has a moment from which it is public."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from reif.kit.clock import now


class PublishedQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        return self.filter(published_at__lte=now())

    def drafts(self) -> Self:
        return self.filter(published_at=None)

    def scheduled(self) -> Self:
        return self.filter(published_at__gt=now())


PublishedManager = models.Manager.from_queryset(PublishedQuerySet)
