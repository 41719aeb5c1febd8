"""A form as the editor shows it: every setting as the text of an input, read from a form or from what was posted.

Inputs of a field are called `f3.label_de`; the inputs `order` say in which sequence the fields stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from reif.capture.forms.desk.words import ICONS, TYPES
from reif.capture.forms.field_file import CHOICES
from reif.capture.forms.form_file import Field, Form, Permission

PAIRS = ("label", "help", "placeholder", "message", "text", "low", "high")
FORM_PAIRS = ("title", "text", "button", "after", "small")
MOST = 120
TYPED = frozenset({"email", "text", "textarea", "tel", "url", "number", "company"})


@dataclass
class Card:
    """One field or consent. n: its number in the page. v: the texts of its inputs. open: shown in full."""

    n: int
    v: dict[str, str] = field(default_factory=dict)
    open: bool = False
    letter: str = "f"

    @property
    def type(self) -> str:
        return self.v.get("type") or "text"

    @property
    def prefix(self) -> str:
        return f"{self.letter}{self.n}."

    @property
    def word(self) -> str:
        return str(TYPES.get(self.type, self.type))

    @property
    def icon(self) -> str:
        return ICONS.get(self.type, "type")

    @property
    def choice(self) -> bool:
        """Whether it has entries to choose from."""
        return self.type in CHOICES

    @property
    def types(self) -> bool:
        """Whether something is typed into it."""
        return self.type in TYPED


@dataclass
class Sheet:
    """The whole page of the editor. v: the settings of the form itself."""

    v: dict[str, str]
    cards: list[Card]
    consents: list[Card]

    @classmethod
    def of_form(cls, form: Form) -> Sheet:
        """From the form in force."""
        cards = [Card(n, _inputs(one)) for n, one in enumerate(form.fields)]
        cards += [Card(len(cards) + n, _inputs(one) | {"later": "on"}) for n, one in enumerate(form.later)]
        return cls(_own(form), cards, [Card(n, _permission(one), letter="c") for n, one in enumerate(form.consents)])

    @classmethod
    def of_post(cls, posted: QueryDict) -> Sheet:
        """From what was sent, in the order in which it stands on the page."""
        own = {name: str(value) for name, value in posted.items() if "." not in name}
        return cls(own, _cards(posted, "f", "order"), _cards(posted, "c", "consents"))

    def act(self, said: str) -> None:
        """What a button wants: up:3, down:3, remove:3, add, and c-remove:0, c-add for consents."""
        word, _, number = said.partition(":")
        cards = self.consents if word.startswith("c-") else self.cards
        at = next((i for i, card in enumerate(cards) if str(card.n) == number), None)
        match word.removeprefix("c-"):
            case "up" if at:
                cards[at - 1], cards[at] = cards[at], cards[at - 1]
            case "down" if at is not None and at + 1 < len(cards):
                cards[at + 1], cards[at] = cards[at], cards[at + 1]
            case "remove" if at is not None:
                del cards[at]
                return
            case "add":
                new = {"type": self.v.get("add", "text")} if cards is self.cards else {"double": "on"}
                cards.append(
                    Card(max((c.n for c in cards), default=-1) + 1, new, letter="f" if cards is self.cards else "c")
                )
                number = str(cards[-1].n)
        for card in cards:
            card.open = card.open or str(card.n) == number


def _cards(posted: QueryDict, letter: str, order: str) -> list[Card]:
    numbers = [int(n) for n in posted.getlist(order)[:MOST] if str(n).isdecimal()]
    found = []
    for n in dict.fromkeys(numbers):
        start = f"{letter}{n}."
        values = {
            name.removeprefix(start): ",".join(map(str, posted.getlist(name)))
            for name in posted
            if name.startswith(start)
        }
        was = values.pop("was", values.get("type"))
        found.append(Card(n, values, open=was != values.get("type"), letter=letter))
    return found


def _inputs(one: Field) -> dict[str, str]:
    told = {
        "type": one.type, "name": one.name, "to": one.to, "value": one.value, "parameter": one.parameter,
        "block": ", ".join(one.block), "max": str(one.max), "least": _text(one.least), "most": _text(one.most),
        "step": _text(one.step), "pattern": one.pattern, "country": one.country, "kinds": ",".join(one.files.kinds),
        "megabytes": str(one.files.megabytes), "count": str(one.files.count),
        "required": _tick(one.required), "business": _tick(one.business), "half": _tick(one.width == "half"),
        "skip": _tick(one.known == "skip"),
        "options": "\n".join(f"{o.value} | {o.label.de} | {o.label.en}" for o in one.options),
    }  # fmt: skip
    if one.show:
        told |= {
            "show_field": one.show.field,
            "show_values": ", ".join(one.show.values),
            "show_unless": _tick(one.show.unless),
        }
    return told | _pairs(one, PAIRS)


def _permission(one: Permission) -> dict[str, str]:
    told = {
        "purpose": one.purpose,
        "version": one.version,
        "double": _tick(one.double),
        "required": _tick(one.required),
    }
    return told | _pairs(one, ("text",))


def _own(form: Form) -> dict[str, str]:
    told = {
        "slug": form.slug, "gives": form.gives, "redirect": form.redirect, "domains": ", ".join(form.domains),
        "seconds": str(form.seconds), "proof": form.proof, "guid": form.guid, "kiosk": _tick(form.kiosk),
        "closed": _tick(form.closed), "hidden": _tick(not form.index), "at_once": _tick(form.at_once),
        "webinar": form.does.webinar, "stage": form.does.stage, "tags": ", ".join(form.does.tags),
        "segment": form.does.segment, "journey": form.does.journey, "notify": ", ".join(form.does.notify),
    }  # fmt: skip
    return told | _pairs(form, FORM_PAIRS)


def _pairs(of: Any, names: tuple[str, ...]) -> dict[str, str]:
    return {f"{name}_{lang}": getattr(getattr(of, name), lang) for name in names for lang in ("de", "en")}


def _tick(truth: bool) -> str:
    return "on" if truth else ""


def _text(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value or "")
