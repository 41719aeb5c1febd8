"""What can be asked about a person: one line a field, for every reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from reif.crm.models import SOURCES, STAGES, BasisKind
from reif.kit.fold import fold


class Type(StrEnum):
    """How values of a field are compared."""

    TEXT = "text"  # folded
    CODE = "code"  # as it is written
    NUMBER = "number"
    TRUTH = "truth"
    MOMENT = "moment"
    USER = "user"  # id of a staff member
    TRAIT = "trait"  # whatever the JSON says: text as it is written, number or truth


@dataclass(frozen=True)
class Field:
    """`path`: the column from Person (a text's folded twin, when it has one). `raw`: the column to show.

    `clean` brings a value from a rule into the form that is stored. `choices`: the only values there are.
    `missing`: whether a person may have no value.
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
    _text("job_title", "Funktion", "Job title"),
    _text("company_name", "Firma (Angabe der Person)", "Company (as stated)"),
    _code("country", "Land", "Country", _upper),
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
    _code("stage", "Stufe", "Stage", _lower, STAGES),
    _number("score", "Punktestand", "Score"),
    _number("fit", "Punktestand Profil", "Fit"),
    _number("engagement", "Punktestand Verhalten", "Engagement"),
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
    _text("company.industry", "Branche", "Industry"),
    _code("company.country", "Land der Firma", "Company country", _upper),
    _code("company.region", "Region der Firma", "Company region"),
    _text("company.city", "Ort der Firma", "Company city"),
)
FIELDS: dict[str, Field] = {f.name: f for f in _ALL}
OPEN = {"traits": ("Merkmal", "Trait"), "utm": ("UTM", "UTM")}


def field_of(name: str) -> Field | None:
    """The field of a name, `traits.<key>` and `utm.<key>` included; None when there is none."""
    if known := FIELDS.get(name):
        return known
    column, _dot, key = name.partition(".")
    if column not in OPEN or not _fit_for_json(key):
        return None
    de, en = OPEN[column]
    return Field(name, Type.TRAIT, f"{de} «{key}»", f"{en} “{key}”", column, column)


def _fit_for_json(key: str) -> bool:
    return bool(key) and len(key) <= 100 and key.isprintable() and not set(key) & set('"\\')
