"""Telephone numbers in the form of E.164, `+41791234567`; fast for what nearly every number looks like."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, NumberParseException, PhoneMetadata

from reif.capture.imports.refused import Refused

_SIGNS = str.maketrans("", "", " -/.()\u00a0\u2013\u2011\u202f")
_POWER = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.I)


class Plan(NamedTuple):
    """What a number of a country looks like after its code. trunk: what is dialled before it at home."""

    code: str
    trunk: str
    number: re.Pattern[str]


def phone(value: str, country: str) -> str:
    """country: alpha-2, where a number without a code is at home. Raises Refused: phone, phone_power."""
    digits = value.translate(_SIGNS)
    if quick := _quick(digits, country):
        return quick
    if _POWER.fullmatch(value.strip()):
        raise Refused("phone_power")
    return _thorough(value, digits, country)


def _quick(digits: str, country: str) -> str:
    """A test compares it with what the package makes of the same number."""
    if digits.startswith("00") and dials_00(country):
        digits = f"+{digits[2:]}"
    if digits.startswith("+"):
        code, rest = _split(digits[1:])
        plan = plan_of_code(code) if code else None
        return f"+{code}{rest}" if plan and plan.number.fullmatch(rest) and not rest.startswith("0") else ""
    plan = plan_of(country)
    if plan is None or not plan.trunk or not digits.startswith(plan.trunk):
        return ""
    rest = digits[len(plan.trunk) :]
    return f"+{plan.code}{rest}" if plan.number.fullmatch(rest) and not rest.startswith("0") else ""


def _split(digits: str) -> tuple[str, str]:
    if not digits.isdigit() or not digits.isascii():
        return "", ""
    code = next((digits[:n] for n in (1, 2, 3) if int(digits[:n] or 0) in COUNTRY_CODE_TO_REGION_CODE), "")
    return code, digits[len(code) :]


@cache
def plan_of(country: str) -> Plan | None:
    found = PhoneMetadata.metadata_for_region(country, None) if country else None
    return _plan(found) if found else None


@cache
def dials_00(country: str) -> bool:
    """Whether 00 leads abroad from here; from the United States it is 011, and 00 means nothing."""
    found = PhoneMetadata.metadata_for_region(country, None) if country else None
    return bool(found and found.international_prefix == "00")


@cache
def plan_of_code(code: str) -> Plan | None:
    return plan_of(COUNTRY_CODE_TO_REGION_CODE[int(code)][0])


def _plan(found: PhoneMetadata) -> Plan | None:
    shape = found.general_desc.national_number_pattern if found.general_desc else None
    plain = found.national_prefix or ""
    if found.national_prefix_transform_rule or shape is None:
        return None
    if (found.national_prefix_for_parsing or "") not in (plain, ""):
        return None
    return Plan(str(found.country_code), plain, re.compile(shape))


def _thorough(value: str, digits: str, country: str) -> str:
    """A spreadsheet takes the zero, or the plus, away from a number: then it is tried with it too."""
    tries = [value] if not digits.isdigit() else [value, f"+{digits}"]
    for told in tries:
        try:
            number = phonenumbers.parse(told[:60], country or None)
        except NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    raise Refused("phone")
