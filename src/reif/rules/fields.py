"""What can be asked about a person: one line a field, for every reading."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from reif.crm.jobs.read_title import DEPARTMENTS, RANKS
from reif.crm.models import SOURCES, STAGES, BasisKind
from reif.kit.fold import fold


class Type(StrEnum):
    """How values of a field are compared."""

    TEXT = "text"  # folded
    CODE = "code"  # as it is written
    NUMBER = "number"
    TRUTH = "truth"
    MOMENT = "moment"
    KEYS = "keys"  # any number of keys at once: segments, flaws
    USER = "user"  # id of a staff member
    GRADE = "grade"  # A1 to D4; at least B2 is A1, A2, B1 or B2
    TRAIT = "trait"  # whatever the JSON says: text as it is written, number or truth


GRADES = tuple(letter + digit for letter in "ABCD" for digit in "1234")


@dataclass(frozen=True)
class Field:
    """`path`: the column from Person (a text's folded twin, when it has one). `raw`: the column to show.

    `clean` brings a value from a rule into the form that is stored. `choices`: the only values there are.
    `missing`: whether a person may have no value.
    model: of a score, the scoring model that is not the main one.
    """

    name: str
    type: Type
    de: str
    en: str
    path: str = ""
    raw: str = ""
    clean: Callable[[str], str] = str
    choices: tuple[str, ...] = ()
    missing: bool = True
    model: str = ""

    @property
    def key(self) -> str:
        """The key inside the JSON column, for traits.<key> and utm.<key>."""
        return self.name.partition(".")[2] if self.type is Type.TRAIT else ""

    def words(self, language: str) -> str:
        return self.de if language.startswith("de") else self.en


def _upper(value: str) -> str:
    return value.strip().upper()


def _lower(value: str) -> str:
    return value.strip().lower()


def _text(name: str, de: str, en: str, raw: str = "") -> Field:
    raw = raw or name.replace(".", "__")
    return Field(name, Type.TEXT, de, en, f"{raw}_fold", raw, fold)


def _code(name: str, de: str, en: str, clean: Callable[[str], str] = str, choices: tuple[str, ...] = ()) -> Field:
    path = name.replace(".", "__")
    return Field(name, Type.CODE, de, en, path, path, clean, choices)


def _number(name: str, de: str, en: str, missing: bool = False) -> Field:
    path = name.replace(".", "__")
    return Field(name, Type.NUMBER, de, en, path, path, missing=missing)


def _touch(turn: str, de: str, en: str) -> tuple[Field, ...]:
    """The fields of one of the four touches, as it counts now."""
    path = f"origin__{turn}__"
    return tuple(
        Field(f"{turn}_{name}", Type.CODE, f"{de}: {d}", f"{en}: {e}", path + column, path + column, choices=choices)
        for name, column, d, e, choices in (
            ("source", "source", "Quelle", "source", SOURCES),
            ("detail_1", "detail_1", "Detail 1", "detail 1", ()),
            ("detail_2", "detail_2", "Detail 2", "detail 2", ()),
            ("campaign", "campaign", "Kampagne", "campaign", ()),
        )
    )


_ALL = (
    _code("email", "E-Mail", "E-mail", _lower),
    Field("email_domain", Type.CODE, "E-Mail-Domain", "E-mail domain", "email__mail_domain", "email", _lower),
    _text("first_name", "Vorname", "First name"),
    _text("last_name", "Nachname", "Last name"),
    _code("phone", "Telefon", "Phone"),
    _text("job_title", "Funktion", "Job title"),
    _code("department", "Abteilung", "Department", _lower, tuple(DEPARTMENTS)),
    _code("level", "Ebene", "Level", _lower, RANKS),
    _text("company_name", "Firma (Angabe der Person)", "Company (as stated)"),
    _code("country", "Land", "Country", _upper),
    _code("country_guess", "Land (vermutet)", "Country (guessed)", _upper),
    _code("region", "Region", "Region"),
    _text("city", "Ort", "City"),
    _code("postal_code", "Postleitzahl", "Postal code"),
    _code("language", "Sprache", "Language", _lower),
    _code("source", "Quelle", "Source"),
    _code("source_detail_1", "Quelle, Detail 1", "Source detail 1"),
    _code("source_detail_2", "Quelle, Detail 2", "Source detail 2"),
    *_touch("first", "Erste Berührung", "First touch"),
    *_touch("last", "Letzte Berührung", "Last touch"),
    *_touch("lead", "Berührung zum Lead", "Lead-creating touch"),
    *_touch("opportunity", "Berührung zur Verkaufschance", "Opportunity-creating touch"),
    Field("segment", Type.KEYS, "Segment", "Segment", missing=False),
    _code("persona", "Persona", "Persona"),
    _number("completeness", "Vollständigkeit (%)", "Completeness (%)", missing=True),
    _number("quality", "Datenqualität (%)", "Data quality (%)", missing=True),
    Field("flaw", Type.KEYS, "Mangel der Daten", "Flaw of the data", "flaws", "flaws", missing=False),
    Field("told_at", Type.MOMENT, "Angaben bestätigt", "Data confirmed", "told_at", "told_at"),
    _code("stage", "Stufe", "Stage", _lower, STAGES),
    _number("score", "Punktestand", "Score"),
    _number("fit", "Punktestand Profil", "Fit"),
    _number("engagement", "Punktestand Verhalten", "Engagement"),
    Field("grade", Type.GRADE, "Note", "Grade", "grade", "grade", _upper, GRADES),
    Field("excluded", Type.TRUTH, "Ohne Punktestand", "Left out of the score", missing=False),
    _number("chance_sql", "Chance auf SQL in %", "Chance of SQL in %", missing=True),
    _number("chance_won", "Chance auf Abschluss in %", "Chance of winning in %", missing=True),
    Field("created_at", Type.MOMENT, "Erfassung", "Creation", "created_at", "created_at", missing=False),
    Field("stage_at", Type.MOMENT, "Stufenwechsel", "Stage change", "stage_at", "stage_at"),
    Field("owner", Type.USER, "Zuständig", "Owner", "owner_id", "owner_id"),
    Field("has_owner", Type.TRUTH, "Ist zugeteilt", "Has an owner", "owner_id", "owner_id", missing=False),
    Field("consent", Type.TRUTH, "Einwilligung für Marketing", "Marketing consent", missing=False),
    Field("may_mail", Type.TRUTH, "Werbung per E-Mail erlaubt", "Marketing mail allowed", missing=False),
    _code("basis", "Rechtsgrundlage", "Legal basis", _lower, tuple(BasisKind.values)),
    _text("company.name", "Firmenname", "Company name"),
    _code("company.domain", "Firmendomain", "Company domain", _lower),
    _number("company.size", "Firmengrösse", "Company size", missing=True),
    _number("company.revenue", "Jahresumsatz der Firma", "Company revenue", missing=True),
    _text("company.industry", "Branche", "Industry"),
    _code("company.country", "Land der Firma", "Company country", _upper),
    _code("company.region", "Region der Firma", "Company region"),
    _text("company.city", "Ort der Firma", "Company city"),
    _number("company.score", "Punktestand der Firma", "Company score", missing=True),
)
FIELDS: dict[str, Field] = {f.name: f for f in _ALL}
OPEN = {"traits": ("Merkmal", "Trait"), "utm": ("UTM", "UTM")}
SCORES = ("score", "fit", "engagement", "grade", "excluded")
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
MODELS: list[Callable[[], dict[str, dict[str, str]]]] = []
"""Who knows the scoring models: their words by language, by key; the main one is not among them."""


def field_of(name: str) -> Field | None:
    """The field of a name, `traits.<key>`, `utm.<key>` and `score.<model>` included; None when there is none."""
    if known := FIELDS.get(name):
        return known
    column, _dot, key = name.partition(".")
    if column in SCORES and _KEY.fullmatch(key):
        return _of_model(FIELDS[column], key)
    if column not in OPEN or not _fit_for_json(key):
        return None
    de, en = OPEN[column]
    return Field(name, Type.TRAIT, f"{de} «{key}»", f"{en} “{key}”", column, column)


def of_models() -> list[Field]:
    """The fields of the scoring models beside the main one, to choose from."""
    return [_of_model(FIELDS[name], key) for ask in MODELS for key in ask() for name in SCORES]


def _of_model(field: Field, model: str) -> Field:
    words = next((known[model] for ask in MODELS if model in (known := ask())), {})
    de, en = words.get("de") or model, words.get("en") or model
    return replace(field, name=f"{field.name}.{model}", de=f"{field.de} «{de}»", en=f"{field.en} “{en}”", model=model)


def _fit_for_json(key: str) -> bool:
    return bool(key) and len(key) <= 100 and key.isprintable() and not set(key) & set('"\\')
