"""The typed blocks that a landing page is made of. Each has a template of its own name."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec

from reif.attract.content.markdown import html


class Link(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words and where they lead."""

    label: str
    href: str


class Point(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A short claim with a sentence to it, and an icon of the small set that comes with the pages."""

    title: str
    text: str = ""
    icon: str = ""


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question and its answer (Markdown)."""

    question: str
    answer: str

    @property
    def html(self) -> str:
        return html(self.answer)


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One column of a price list. `note` stands above the name of the plan that most people take."""

    name: str
    price: str
    unit: str
    text: str
    features: list[str]
    action: Link
    note: str = ""


class Block(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="block"):
    """Part of a page. `name` is the word in the file and the name of the template."""

    dark: ClassVar[bool] = False

    @property
    def name(self) -> str:
        return str(self.__struct_config__.tag)

    @property
    def template(self) -> str:
        return f"attract/blocks/{self.name}.html"


class Hero(Block, frozen=True, tag="hero"):
    """The first thing seen: with a form beside it, or with a picture, or with words alone."""

    title: str
    text: str = ""
    kicker: str = ""
    points: list[str] = []
    form: str = ""
    form_title: str = ""
    form_text: str = ""
    action: Link | None = None
    second: Link | None = None
    picture: str = ""
    small: str = ""


class Text(Block, frozen=True, tag="text"):
    """Running text in Markdown."""

    body: str
    title: str = ""

    @property
    def html(self) -> str:
        return html(self.body)


class Benefits(Block, frozen=True, tag="benefits"):
    """Reasons, side by side. `numbered` makes them steps."""

    items: list[Point]
    title: str = ""
    text: str = ""
    numbered: bool = False
    band: bool = False


class Quote(Block, frozen=True, tag="quote"):
    """What somebody said."""

    text: str
    person: str = ""
    role: str = ""


class Form(Block, frozen=True, tag="form"):
    """A form in a panel of its own."""

    form: str
    title: str = ""
    text: str = ""


class Plans(Block, frozen=True, tag="plans"):
    """A price list."""

    items: list[Plan]
    small: str = ""


class Table(Block, frozen=True, tag="table"):
    """What is in which plan; the first column names the row. `+` is yes, an empty cell is no."""

    columns: list[str]
    rows: list[list[str]]
    title: str = ""


class Faq(Block, frozen=True, tag="faq"):
    """Questions that people ask before they decide."""

    items: list[Question]
    title: str = ""


class Agenda(Block, frozen=True, tag="agenda"):
    """What a webinar is about, and who speaks; date and speaker come from the page's webinar."""

    items: list[Point]
    title: str = ""
    about_speaker: str = ""


class Articles(Block, frozen=True, tag="articles"):
    """The newest articles."""

    title: str = ""
    count: int = 3


class CallToAction(Block, frozen=True, tag="call_to_action"):
    """One thing to do next."""

    title: str
    action: Link
    text: str = ""
    picture: str = ""


KINDS = Hero | Text | Benefits | Quote | Form | Plans | Table | Faq | Agenda | Articles | CallToAction


class BadBlock(ValueError):
    """A block that cannot be understood; the sentence names the place."""


def decode(blocks: list[dict[str, Any]]) -> list[Block]:
    """Blocks of stored JSON or of a file. Raises BadBlock."""
    try:
        return list(msgspec.convert(blocks, type=list[KINDS]))
    except msgspec.ValidationError as error:
        raise BadBlock(str(error)) from error
