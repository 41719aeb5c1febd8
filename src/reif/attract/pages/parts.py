"""What blocks are made of: their common part, small structs, and the kinds of text that a field may hold."""

from __future__ import annotations

from typing import Annotated

import msgspec

from reif.attract.content.markdown import html

Long = Annotated[str, msgspec.Meta(max_length=20_000, extra={"as": "long"})]
"""Running text in Markdown."""
Lines = Annotated[str, msgspec.Meta(max_length=2_000, extra={"as": "lines"})]
"""A few sentences without marks."""
Picture = Annotated[str, msgspec.Meta(max_length=120, extra={"as": "picture"})]
"""A picture of the library, or a word that a picture is drawn from."""
FormName = Annotated[str, msgspec.Meta(max_length=64, extra={"as": "form"})]
"""The slug of a form."""
Href = Annotated[
    str, msgspec.Meta(max_length=500, pattern=r"^(/|#|https?://|mailto:|tel:|\{)|^$", extra={"as": "href"})
]
"""Where a link leads: an address of this site, a place on the page, a web address, a mail address or a number."""
Icon = Annotated[str, msgspec.Meta(max_length=60, extra={"as": "icon"})]
"""A picture sign of the set that comes with the pages."""


class Block(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="block", kw_only=True):
    """Part of a page. `name` is the word in the file and the name of the template; `id` stays with it while it is edited."""

    id: str = ""

    @property
    def name(self) -> str:
        return str(self.__struct_config__.tag)

    @property
    def template(self) -> str:
        return f"attract/blocks/{self.name}.html"


class Link(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words and where they lead."""

    label: str
    href: Href


class Point(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A short claim with a sentence to it, and an icon of the small set that comes with the pages."""

    title: str
    text: Long = ""
    icon: Icon = ""


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of two to four columns."""

    title: str = ""
    text: Long = ""
    picture: Picture = ""
    action: Link | None = None


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question and its answer (Markdown)."""

    question: str
    answer: Long

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
