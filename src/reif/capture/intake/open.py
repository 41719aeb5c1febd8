"""Open, mend and close connections."""

from __future__ import annotations

import base64
import secrets

import msgspec
from django.utils.text import slugify

from reif.capture.intake.forget import plan_forgetting
from reif.capture.intake.presets import Preset
from reif.capture.models.intake import Connection
from reif.kit.clock import now
from reif.log.append import writing

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def open_connection(preset: Preset, name: str, by: int | None) -> tuple[Connection, dict[str, str]]:
    """The connection, and the secrets that we made for it, to be shown this once."""
    tail = "".join(secrets.choice(ALPHABET) for _ in range(8))
    made = {one: new_secret(preset) for one in preset.ours}
    connection = Connection(
        key=f"{slugify(name)[:40] or preset.key}-{tail}", kind=preset.kind, preset=preset.key, name=name.strip()[:100],
        how=dict(preset.how), mapping=msgspec.to_builtins(preset.rules), created_by_id=by, created_at=now(),
    )  # fmt: skip
    if made:
        connection.keep(**made)
    with writing():
        connection.save()
        plan_forgetting()
    return connection, made


def new_secret(preset: Preset) -> str:
    """256 random bits, in the form that the sender's side takes."""
    if preset.how.get("way") == "standard":
        return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
    return secrets.token_urlsafe(32)


def renew(connection: Connection, preset: Preset) -> dict[str, str]:
    """New secrets in place of those that we made; the old ones are refused at once."""
    made = {one: new_secret(preset) for one in preset.ours}
    connection.keep(**made)
    connection.save(update_fields=["sealed"])
    return made


def enter(connection: Connection, told: dict[str, str]) -> None:
    """Secrets that the other side made; empty ones leave what is there."""
    given = {name: value.strip() for name, value in told.items() if value.strip()}
    if given:
        connection.keep(**given)
        connection.save(update_fields=["sealed"])


def remove(connection: Connection) -> None:
    """For good: nobody answers at its address, its secrets are forgotten. What came in, and its log, stay."""
    connection.removed_at, connection.sealed = now(), ""
    connection.save(update_fields=["removed_at", "sealed"])


def pause(connection: Connection, paused: bool) -> None:
    """Refuse calls so that senders try again later, or take them again."""
    connection.paused_at = now() if paused else None
    connection.save(update_fields=["paused_at"])
