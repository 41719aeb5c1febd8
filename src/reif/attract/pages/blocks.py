"""The typed blocks that a landing page is made of. Each has a template of its own name."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import msgspec

from reif.attract.content.markdown import html
from reif.attract.pages.parts import Block, Column, FormName, Href, Lines, Link, Long, Picture, Plan, Point, Question
from reif.kit.clock import now

Moment = Annotated[str, msgspec.Meta(pattern=r"^(\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?)?$", extra={"as": "moment"})]
Zone = Annotated[str, msgspec.Meta(max_length=64, extra={"as": "zone"})]


class Hero(Block, frozen=True, tag="hero"):
    """The first thing seen: with a form beside it, or with a picture, or with words alone."""

    title: str
    text: Long = ""
    kicker: str = ""
    points: list[str] = []
    form: FormName = ""
    form_title: str = ""
    form_text: Lines = ""
    action: Link | None = None
    second: Link | None = None
    picture: Picture = ""
    small: str = ""


class Text(Block, frozen=True, tag="text"):
    """Running text in Markdown."""

    body: Long
    title: str = ""

    @property
    def html(self) -> str:
        return html(self.body)


class Columns(Block, frozen=True, tag="columns"):
    """Two to four columns of text, each with a picture or a button where it helps."""

    items: list[Column]
    title: str = ""
    text: Lines = ""
    band: bool = False


class Image(Block, frozen=True, tag="picture"):
    """One picture, as wide as the page or as the text."""

    picture: Picture
    caption: str = ""
    wide: bool = False


class Benefits(Block, frozen=True, tag="benefits"):
    """Reasons, side by side. `numbered` makes them steps."""

    items: list[Point]
    title: str = ""
    text: Lines = ""
    numbered: bool = False
    band: bool = False


class Quote(Block, frozen=True, tag="quote"):
    """What somebody said."""

    text: Lines
    person: str = ""
    role: str = ""
    picture: Picture = ""


class Form(Block, frozen=True, tag="form"):
    """A form in a panel of its own."""

    form: FormName
    title: str = ""
    text: Lines = ""


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
    about_speaker: Long = ""


class Articles(Block, frozen=True, tag="articles"):
    """The newest articles."""

    title: str = ""
    count: Annotated[int, msgspec.Meta(ge=1, le=9)] = 3


class Video(Block, frozen=True, tag="video"):
    """A film: a file of this site, or one at YouTube or Vimeo, of which nothing is loaded before the visitor wants it."""

    href: Href
    title: str
    picture: Picture = ""
    text: Long = ""


class Countdown(Block, frozen=True, tag="countdown"):
    """How long until a moment in its own time zone. Without scripts it is a date; afterwards it says so."""

    until: Moment
    title: str = ""
    zone: Zone = "Europe/Zurich"
    expired: str = ""
    action: Link | None = None

    @property
    def at(self) -> datetime | None:
        """The moment, aware; None when it was not given, or its zone is unknown."""
        try:
            return datetime.fromisoformat(self.until).replace(tzinfo=ZoneInfo(self.zone))
        except (ValueError, LookupError):
            return None

    @property
    def over(self) -> bool:
        return self.at is not None and self.at <= now()


class CallToAction(Block, frozen=True, tag="call_to_action"):
    """One thing to do next."""

    title: str
    action: Link
    text: Lines = ""
    picture: Picture = ""


class Divider(Block, frozen=True, tag="divider"):
    """Air between two blocks, with a line where it helps."""

    size: Literal["small", "medium", "large"] = "medium"
    line: bool = False


KINDS = (
    Hero | Text | Columns | Image | Benefits | Quote | Form | Plans | Table | Faq | Agenda | Articles
    | Video | Countdown | CallToAction | Divider
)  # fmt: skip
BY_NAME: dict[str, type[Block]] = {str(kind.__struct_config__.tag): kind for kind in KINDS.__args__}


class BadBlock(ValueError):
    """A block that cannot be understood; the sentence names the place."""


def decode(blocks: list[dict[str, Any]]) -> list[Block]:
    """Blocks of stored JSON or of a file. Raises BadBlock."""
    try:
        return list(msgspec.convert(blocks, type=list[KINDS]))
    except msgspec.ValidationError as error:
        raise BadBlock(str(error)) from error
