"""Which calls to action ask for a segment."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from reif.attract.calls.showing import read
from reif.attract.models import Call
from reif.rules.uses import Use


def segments_of_calls() -> Iterator[tuple[str, Use]]:
    """Each segment with each call; one query."""
    for number, name, rules in Call.objects.order_by("name").values_list("pk", "name", "rules"):
        for key in read(rules).segments:
            yield key, Use("", _("Call to action"), name, reverse("attract:call", args=[number]))
