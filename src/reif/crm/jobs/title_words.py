"""A job title as plain words: folded, freed of gender and of what misleads, short forms written out."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from reif.kit.fold import fold

TABLE: dict[str, Any] = tomllib.loads((Path(__file__).parent / "titles.toml").read_text("utf-8"))
LONG: dict[str, str] = TABLE["long"]
DOTTED: dict[str, str] = {key: said for key, said in TABLE["dotted"].items() if key != "stems"}
STEMS = TABLE["dotted"]["stems"].replace("|", " ").split()
HALVES: dict[str, str] = TABLE["halves"]
_SEXES = re.compile(
    r"[(\[]?\b(?:[mwfdxi]|div|all genders?|gn|h|hf)\s*(?:[/|,*\\]\s*(?:[mwfdxi]|div|h|hf|gn)\b\s*)+[)\]]?|\((?:[mwfdxi]+|all genders?|gn)\)", re.I
)  # fmt: skip
_INNER_CAPITAL = re.compile(r"(?<=[a-zäöü])In(nen)?\b")
_STARRED = re.compile(
    r"(?<=\w)\s?[:*_·•/|]\s?-?(?:in(?:nen)?|frau|r|n|e|er|en|mann)\b|(?<=\w)\((?:in|r|n|frau|e)\)|(?<=\w)-in\b|"
    r"(?<=[a-zéè])[·•./(*-]-?(?:rice|trice|euse|ère|iere|ière|ienne|enne|ne|fe|e|a)(?:s\b|\)|\b)(?![·\w])"
)
_WOMEN = re.compile(
    r"\b(\w*(?:er|or|ent|ant|ist|eur|log|log[e]|oge|ekt|ert|gog|wirt|amt|at|ling|oekonom|nom|chemik|graf|apotheker|jurist|chef|ing|sach|pilot|arch|kand|et|ut|syndik|vorstand|notar|bibliothekar))in(?:nen)?\b"
)  # fmt: skip
_TRICE = (
    "direc|administra|forma|redac|conduc|traduc|coordina|educa|anima|opera|institu|inspec|fonda|negocia|integra|agricul"
)
_FORMS = (
    (re.compile(r"\b(\w*)aerztin(?:nen)?\b"), r"\1arzt"),
    (re.compile(r"\b(\w*)anwaeltin(?:nen)?\b"), r"\1anwalt"),
    (re.compile(r"\b(\w*)(kauf|fach|kamera|ob|amt)frau\b"), r"\1\2mann"),
    (re.compile(r"\b(\w*)fachleute\b"), r"\1fachmann"),
    (re.compile(r"\b(\w*)(stud|auszubild)entin\b"), r"\1\2ent"),
    (re.compile(r"\bstellvertretend\w*|\bstellvertret(?:ung|er)\b|\bdeputy\b|\bco(?=[ -](?:leit|head|chef|direkt|gesch))"), " "),
    (re.compile(r"\bleitend\w*\b"), "leitender"),
    (re.compile(r"\bkaufmaennisch\w*\b"), "kaufmaennische"),
    (re.compile(r"\btechnisch\w*\b"), "technische"),
    (re.compile(r"\b(leitung|leiter)e?n\b"), r"\1"),
    (re.compile(r"\bgeschaeftsfuehrend\w*\b"), "geschaeftsfuehrer"),
    (re.compile(rf"\b(\w*(?:{_TRICE}))trice\b"), r"\1teur"),
    (re.compile(r"\b(\w{3,})(?<!masseur)euse\b"), r"\1eur"),
    (re.compile(r"\b(\w{3,})iere\b"), r"\1ier"),
    (re.compile(r"\b(\w{2,}[iy])enne\b"), r"\1en"),
    (re.compile(r"\b(\w{3,}g)ere\b"), r"\1er"),
    (re.compile(r"\b(\w{3,})ante\b"), r"\1ant"),
    (re.compile(r"\bcheffe\b"), "chef"),
    (re.compile(r"\b(charge|delegue|associe|attache|fonde|ingenieur|professeur|adjoint|avocat)e\b"), r"\1"),
    (re.compile(r"(?<=\w)ltr\b"), "leiter"),
    (re.compile(r"(?<=\w)ltg\b"), "leitung"),
    (re.compile(r"(?<=\w)mgr\b"), "manager"),
)  # fmt: skip
_TO_THE = re.compile(r"(?<=\w) al(?= \w)")  # Italian; at the beginning it is an Abteilungsleiter
_SPLIT = re.compile(r"[^\w]+|_")
_HALF = re.compile(rf"\b({'|'.join(sorted(HALVES, key=len, reverse=True))})\.\s?-?(?=[a-z]{{3}})")
_CUT = re.compile(r"\b([a-z]{3,})\.")
_AWAY = re.compile(rf" (?:{'|'.join(map(str.strip, TABLE['away']['phrases'].split('|')))})(?= )")


def title_words(title: str) -> str:
    """`Stv. Bereichsleiter/in Personal (m/w/d)` becomes ` bereichsleiter personal `, with a blank at either end."""
    text = _TO_THE.sub("", without_sexes(title)).replace("&", " & ")
    text = fold(_STARRED.sub("", _INNER_CAPITAL.sub("", text)))
    text = _CUT.sub(_written_out, _HALF.sub(lambda cut: HALVES[cut[1]], text))
    words = [LONG.get(word, word) for word in _SPLIT.split(text) if word]
    return neutral(f" {' '.join(words)} ")


def without_sexes(title: str) -> str:
    """Without m/w/d in any of its forms."""
    return _SEXES.sub(" ", title.replace("\u00ad", ""))


def neutral(text: str) -> str:
    """Folded words with women and men called alike."""
    for form, plain in _FORMS:
        text = form.sub(plain, text)
    text = _WOMEN.sub(r"\1", text)
    return f" {' '.join(_AWAY.sub('', f' {text.strip()} ').split())} "


def _written_out(cut: re.Match[str]) -> str:
    """`Verk.` is Verkauf; a dot after a whole word, or after what is no beginning of a known one, means nothing."""
    word = cut[1]
    said = DOTTED.get(word) or LONG.get(word) or next((stem for stem in STEMS if stem.startswith(word)), word)
    return f"{said} "
