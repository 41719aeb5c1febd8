"""Who is behind a mail: its sender, whoever it was forwarded for, or whoever filled in another system's contact form."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from email.utils import parseaddr

from reif.capture.intake.mail.judge import is_machine, is_own
from reif.capture.intake.mail.letter import Letter
from reif.capture.intake.mail.plain import own_words
from reif.kit.address import BadAddress, normalise

_ADDRESS = r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}"
_FORWARD = re.compile(r"^\s*(?:fwd?|wg|tr|i|weitergeleitet)\s*:", re.I)
_FROM = re.compile(r"^[\s>*]*(?:von|from|de|da)\s*:\**\s*(.{3,300})$", re.I)
_FIELD = re.compile(
    r"^[\s>*]*(?:gesendet|sent|datum|date|an|to|betreff|subject|cc|reply-to|antwort an|envoyé|objet|à)\s*:\**(.*)$",
    re.I,
)
_LINE = re.compile(r"^[\s>*]*([A-Za-zÄÖÜäöüÉéè][\w .\-/()’'ÄÖÜäöüß]{1,40}?)\s*\**\s*[:：]\**\s*(.*)$")
LABELS: dict[str, tuple[str, ...]] = {
    "email": ("e-mail", "email", "mail", "e-mail-adresse", "e-mail adresse", "emailadresse", "mailadresse", "email address", "ihre e-mail",
              "ihre e-mail-adresse", "your email"),
    "first_name": ("vorname", "first name", "prénom"),
    "last_name": ("nachname", "last name", "surname", "familienname"),
    "name": ("name", "ihr name", "your name", "vor- und nachname", "full name", "kontakt", "ansprechpartner", "nom"),
    "company_name": ("firma", "unternehmen", "company", "organisation", "firmenname", "société"),
    "phone": ("telefon", "tel", "phone", "telefonnummer", "mobile", "téléphone", "rückrufnummer"),
    "job_title": ("funktion", "position", "job title", "rolle"),
    "city": ("ort", "city", "stadt"),
    "postal_code": ("plz", "postleitzahl", "zip"),
    "message": ("nachricht", "message", "mitteilung", "ihre nachricht", "anfrage", "kommentar", "bemerkung", "bemerkungen", "comments"),
}  # fmt: skip
_BY_LABEL = {label: key for key, labels in LABELS.items() for label in labels}


@dataclass(frozen=True)
class Writer:
    """address is normalised; empty when nobody could be found. told: what the mail says of them. way: direct, reply_to,
    forwarded, form."""

    address: str = ""
    name: str = ""
    text: str = ""
    way: str = "direct"
    told: dict[str, str] = field(default_factory=dict)


def writer_of(letter: Letter, own: Collection[str]) -> Writer:
    """The person behind it, and their own words."""
    ours = is_own(letter.sender[1], own)
    if ours and letter.inner is not None:
        inner = writer_of(letter.inner, own)
        return Writer(inner.address, inner.name, inner.text, "forwarded", inner.told)
    if (
        ours
        and (_FORWARD.match(letter.subject) or _forward_mark(letter.text))
        and (found := _forwarded(letter.text, own))
    ):
        return found
    form = _form(letter.text)
    if form.get("email") and (ours or is_machine(letter) or _differs(letter, own)):
        return _of_form(form)
    if _differs(letter, own):
        return Writer(
            _normal(letter.reply_to[1]), letter.reply_to[0] or letter.sender[0], own_words(letter.text), "reply_to"
        )
    if ours or is_machine(letter):
        return Writer(text=own_words(letter.text))
    return Writer(_normal(letter.sender[1]), letter.sender[0], own_words(letter.text))


def _differs(letter: Letter, own: Collection[str]) -> bool:
    """A Reply-To that leads to somebody else than the sender, and not to us."""
    told = letter.reply_to[1].lower()
    return bool(told) and told != letter.sender[1].lower() and not is_own(told, own)


def _forward_mark(text: str) -> bool:
    return bool(re.search(r"(?im)^[\s>-]*(?:-{5,}\s*)?(?:weitergeleitete nachricht|forwarded message|anfang der weitergeleiteten nachricht|"
                          r"begin forwarded message)\b", text[:20_000]))  # fmt: skip


def _forwarded(text: str, own: Collection[str]) -> Writer | None:
    """The block of headers of the mail that was forwarded, and what stands below it."""
    lines = [line.removeprefix("> ") for line in text[:200_000].splitlines()]
    for number, line in enumerate(lines):
        found = _FROM.match(line[:400])
        block = [one for one in lines[number + 1 : number + 8] if _FIELD.match(one[:400])]
        if not found or not block:
            continue
        name, address = _person(found[1])
        if not address or is_own(address, own):
            continue
        end = max(n for n in range(number, min(number + 9, len(lines))) if n == number or _FIELD.match(lines[n][:400]))
        body = "\n".join(lines[end + 1 :])
        form = _form(body)
        if form.get("email"):
            return _of_form(form, "forwarded")
        return Writer(address, name, own_words(body), "forwarded")
    return None


def _person(told: str) -> tuple[str, str]:
    """`Anna Muster <anna@firma.ch>`, `"Muster, Anna" <…>`, `anna@firma.ch [mailto:…]`."""
    told = re.sub(r"\[mailto:([^\]]+)\]", r"<\1>", told.replace("*", "").strip())
    name, address = parseaddr(told)
    if "@" not in address:
        found = re.search(_ADDRESS, told)
        address = found[0] if found else ""
        name = told.partition("<")[0].strip(' "') if "<" in told else ""
    return name.strip(" \"'")[:200], _normal(address)


def _form(text: str) -> dict[str, str]:
    """Lines `Label: value` that a contact form makes; a message may go on over several lines."""
    found: dict[str, str] = {}
    last = ""
    for line in text[:50_000].splitlines():
        match = _LINE.match(line[:3000])
        key = _BY_LABEL.get(match[1].strip().lower(), "") if match else ""
        if match and key:
            last = key
            if match[2].strip() and key not in found:
                found[key] = match[2].strip()
        elif last and last not in found and line.strip():
            found[last] = line.strip()
        elif last == "message" and line.strip() and not (match and not match[2]):
            found["message"] = f"{found.get('message', '')}\n{line.rstrip()}".strip()
    address = re.search(_ADDRESS, found.get("email", ""))
    if len(found) < 2 or not address:
        return {}
    return found | {"email": address[0]}


def _of_form(form: dict[str, str], way: str = "form") -> Writer:
    name = form.get("name") or f"{form.get('first_name', '')} {form.get('last_name', '')}".strip()
    told = {key: value[:200] for key, value in form.items() if key not in ("email", "name", "message")}
    return Writer(_normal(form["email"]), name[:200], form.get("message", "")[:20_000], way, told)


def _normal(address: str) -> str:
    try:
        return normalise(address)
    except BadAddress:
        return ""
