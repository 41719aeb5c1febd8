"""What somebody decides before an import runs."""

from __future__ import annotations

from typing import Any, Literal

import msgspec


class Options(msgspec.Struct, frozen=True, omit_defaults=True):
    """update: fill gaps alone, or overwrite what is there. twice: which row of one address in the file wins.

    stage: what people get who are new and whose row names no stage. country: where telephone numbers without a code are
    at home. sheet: of a workbook. source: what is noted as the origin, instead of the name of the file. system: the
    other software whose ids the file carries. dates: what stands first in 03/04/2024; empty: what the file itself shows.
    segment: the fixed segment that everybody of the file is put into.
    """

    update: Literal["fill", "overwrite"] = "fill"
    twice: Literal["last", "first"] = "last"
    stage: str = ""
    country: str = "CH"
    sheet: str = ""
    source: str = ""
    system: str = ""
    dates: Literal["", "day", "month"] = ""
    segment: str = ""


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why these people may be processed, and whether they may be written to. Nothing is assumed.

    basis: empty until somebody has answered. mail: `no`, or `yes` with the evidence in words. informed: they have been
    told where their data come from (GDPR Art. 14).
    """

    basis: str = ""
    mail: Literal["no", "yes"] = "no"
    evidence: str = ""
    informed: bool = False

    @property
    def lacks(self) -> str:
        """What is missing before the import may run: `basis`, `evidence`, or nothing."""
        if self.basis not in BASES:
            return "basis"
        return "evidence" if self.mail == "yes" and len(self.evidence.strip()) < 10 else ""


BASES = ("consent", "contract", "legitimate_interest_customer", "legitimate_interest_lead")
"""Codes of the bases, GDPR Art. 6(1)(a), (b), (f) and (f)."""


def options_of(stored: dict[str, Any]) -> Options:
    return msgspec.convert(stored, Options)


def answer_of(stored: dict[str, Any]) -> Answer:
    return msgspec.convert(stored, Answer)
