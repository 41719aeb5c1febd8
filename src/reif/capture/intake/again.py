"""Process kept calls once more, with the mapping of today. Whoever was made already is completed, never made twice."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from reif.capture.intake.fetch import ask_for
from reif.capture.intake.take import Arrived, take
from reif.capture.models.intake import Call, Connection

MAY = (Call.State.TAKEN, Call.State.FAILED, Call.State.WAITING)


def send_again(calls: Iterable[Call]) -> int:
    """Returns how many could be: those whose body is still kept. Test leads and refused calls cannot."""
    with transaction.atomic():
        ids = [call.pk for call in calls]
        rows = Call.objects.select_for_update(of=("self",)).filter(pk__in=ids, state__in=MAY).exclude(sealed="")
        rows = rows.exclude(connection__kind=Connection.Kind.MAIL)  # a mail is kept as its words, not as it came
        kept = [(call, data) for call in rows.select_related("connection") if (data := call.data) is not None]
        whole = [(call, data) for call, data in kept if is_whole(call, data)]
        bare = [call for call, data in kept if not is_whole(call, data)]
        Call.objects.filter(pk__in=[call.pk for call in bare]).update(state=Call.State.WAITING, reason="", note="")
        ask_for(bare, again=True)
        for connection in {call.connection for call, _data in whole}:
            take([Arrived(call, connection, data) for call, data in whole if call.connection == connection])
    return len(kept)


def is_whole(call: Call, data: object) -> bool:
    """The answers are there; nothing must be fetched."""
    kind = call.connection.kind
    if kind == "meta":
        return isinstance(data, dict) and "field_data" in data
    return kind != "linkedin" or (isinstance(data, dict) and "formResponse" in data)
