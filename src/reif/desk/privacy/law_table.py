"""The rules of the three countries as people read them: what the table says, and what holds for this house."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from reif.channels.law.house import consent_book, our_house
from reif.crm.law.stricter import rule_for
from reif.crm.law.table import CHANNELS, COUNTRIES, Rule, written
from reif.crm.law.words import CHANNEL_WORDS, CONDITION_WORDS, DEMAND_WORDS


def law_table() -> list[dict[str, Any]]:
    """A block for each channel, with a row for each country and one for all others."""
    return [{"channel": str(CHANNEL_WORDS[channel]), "key": channel, "rows": _rows(channel)} for channel in CHANNELS]


def own_rules() -> list[dict[str, Any]]:
    """Where the house is stricter or, with a reason, laxer."""
    return [
        {
            "country": rule.country, "channel": str(CHANNEL_WORDS.get(rule.channel, _("all channels"))), "to": rule.to,
            "demand": str(DEMAND_WORDS[own.demand]) if own.demand is not None else "", "soft": rule.soft_opt_in,
            "reason": rule.reason,
        }
        for rule, own in zip(consent_book().rule, our_house().rules, strict=True)
    ]  # fmt: skip


def seat() -> str:
    return our_house().seat


def _rows(channel: str) -> list[dict[str, Any]]:
    ours = our_house()
    found = []
    for country in (*COUNTRIES, ""):
        cells = []
        for to in ("consumer", "business"):
            law = written(country, channel, to) if country else None
            cells.append({"law": _said(law) if law else None, "here": _said(rule_for(country, channel, to, ours))})
        same = cells[0] == cells[1]
        found.append({"country": country, "cells": cells[:1] if same else cells, "same": same})
    return found


def _said(rule: Rule) -> dict[str, Any]:
    parts = (
        []
        if rule.soft is None
        else [c for c in CONDITION_WORDS if c in rule.soft and not (c == "sale" and "purchase" in rule.soft)]
    )
    return {
        "demand": str(DEMAND_WORDS[rule.demand]), "level": int(rule.demand), "soft": [str(CONDITION_WORDS[c]) for c in parts],
        "ecg": rule.ecg, "years": rule.keep_years, "law": rule.law,
    }  # fmt: skip
