"""JSON of any shape: signed as the connection says, mapped by its rules alone."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import msgspec

from reif.capture.intake.path import find
from reif.capture.intake.platforms import Answer, Lead, Notice
from reif.capture.intake.rule import Rule
from reif.capture.intake.transform import as_text
from reif.capture.intake.verify import Sent
from reif.capture.intake.verify import check as check_way
from reif.capture.models.intake import Connection

DEFAULTS = [Rule("email", "/email")]
MOST = 500


def challenge(connection: Connection, query: Mapping[str, str]) -> Answer | None:
    return None


def check(connection: Connection, sent: Sent) -> None:
    how = {key: str(value) for key, value in connection.how.items() if isinstance(value, str)}
    check_way(how.get("way", "header"), sent, connection.secrets.get("secret", ""), how)


def notices(connection: Connection, told: Any) -> list[Notice]:
    """One for each entry at `how.items`, or of a list, or the whole. key: `how.id`, else the bytes of the entry."""
    items = find(told, connection.how["items"]) if connection.how.get("items") else told
    entries = items if isinstance(items, list) else [items]
    return [_notice(connection, one) for one in entries[:MOST] if isinstance(one, dict)]


def lead(data: dict[str, Any]) -> Lead:
    return Lead(data)


def _notice(connection: Connection, one: dict[str, Any]) -> Notice:
    number = as_text(find(one, connection.how["id"]))[:150] if connection.how.get("id") else ""
    key = f"lead:{number}" if number else "body:" + sha256(msgspec.json.encode(one, order="sorted")).hexdigest()
    only = connection.how.get("only")  # {"path": "/event", "is": "invitee.created"}
    wanted = not only or as_text(find(one, str(only.get("path", "")))) in str(only.get("is", "")).split(",")
    return Notice(key, one, number, ignored="" if wanted else "other_event")
