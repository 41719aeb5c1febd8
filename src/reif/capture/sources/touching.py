"""The shape of an answer: one arrival with its source."""

from __future__ import annotations

import msgspec


class Touch(msgspec.Struct, frozen=True, omit_defaults=True):
    """source: one of `crm.models.Source`. detail_1 and detail_2: its drill-downs, as peers fill them.

    machine: why it is one, or empty. why: each step that decided. internal: no arrival, somebody only came back.
    click_id: name and value of the id that an ad platform gave this click.
    """

    source: str
    detail_1: str = ""
    detail_2: str = ""
    campaign: str = ""
    utm: dict[str, str] = {}
    click_id: tuple[str, str] | None = None
    machine: str = ""
    spam: bool = False
    why: tuple[str, ...] = ()
    internal: bool = False

    @property
    def came(self) -> dict[str, str]:
        """What a fact keeps beside source and utm; nothing for who only came back."""
        if self.internal:
            return {}
        told = {"detail_1": self.detail_1[:255], "detail_2": self.detail_2[:255], "campaign": self.campaign[:200]}
        if self.click_id:
            told["click"] = "=".join(self.click_id)
        return {k: v for k, v in told.items() if v}
