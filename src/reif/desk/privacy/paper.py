"""Set a document of headings, pairs, quotes and tables as a PDF: plain, readable, with page numbers and a date."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.staticfiles import finders
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from fpdf import FPDF, FontFace

from reif.kit.clock import now

INK, SOFT, WASH, LINE = (39, 39, 42), (113, 113, 122), (244, 244, 245), (212, 212, 216)
LEFT, WIDTH, BOTTOM = 22, 166, 22
FONT, FALLBACK = "dist/inter-latin-wght-normal.woff2", "dist/inter-latin-ext-wght-normal.woff2"


@dataclass(frozen=True)
class Part:
    """A piece of a document: a heading (level 1 or 2), and below it any of words, pairs, a quote, plain text, a table."""

    heading: str = ""
    level: int = 2
    words: str = ""
    pairs: Sequence[tuple[str, str]] = ()
    quote: str = ""
    plain: str = ""
    table: Sequence[Sequence[str]] = field(default_factory=list)


def set_document(title: str, subtitle: str, parts: Sequence[Part]) -> bytes:
    """The finished PDF."""
    sheet = _Sheet(title)
    sheet.add_page()
    sheet.title_block(title, subtitle)
    for part in parts:
        sheet.part(part)
    return bytes(sheet.output())


class _Sheet(FPDF):
    """A4 in one typeface; the built-in one when the front end is not built."""

    def __init__(self, title: str) -> None:
        super().__init__(format="A4")
        self.heading, self.made = title, date_format(localtime(now()), "SHORT_DATETIME_FORMAT")
        self.set_margins(LEFT, 20, 210 - LEFT - WIDTH)
        self.set_auto_page_break(True, margin=BOTTOM)
        self.set_title(title)
        self.set_lang(get_language() or "de")
        self.face = self._load_face()

    def _load_face(self) -> str:
        found, more = finders.find(FONT), finders.find(FALLBACK)
        if not found:
            return "helvetica"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for style, weight in (("", 410.0), ("B", 650.0)):
                self.add_font("inter", style, str(found), variations={"wght": weight})
                if more:
                    self.add_font("more", style, str(more), variations={"wght": weight})
        if more:
            self.set_fallback_fonts(["more"], exact_match=False)
        return "inter"

    def normalize_text(self, text: str) -> str:
        """The built-in typeface knows Latin 1 alone; what it does not know is a question mark, never an error."""
        plain = text if self.is_ttf_font else text.encode("latin-1", "replace").decode("latin-1")
        return str(super().normalize_text(plain))

    def footer(self) -> None:
        self._style(8, SOFT)
        self.set_xy(LEFT, -14)
        self.cell(WIDTH / 2, 5, f"{self.heading} · {self.made}")
        self.cell(WIDTH / 2, 5, f"{self.page_no()}", align="R")

    def title_block(self, title: str, subtitle: str) -> None:
        self._style(19, INK, bold=True)
        self._lines(title, 9)
        self._style(10, SOFT)
        self._lines(subtitle, 5.4)
        self.ln(4)

    def part(self, part: Part) -> None:
        if part.heading:
            self._heading(part.heading, part.level)
        if part.words:
            self._style(10, INK)
            self._lines(part.words, 5.4)
            self.ln(1.5)
        for name, value in part.pairs:
            self._pair(name, value)
        if part.quote:
            self._quote(part.quote)
        if part.plain:
            self._style(8.5, SOFT)
            self._lines(part.plain, 4.6)
            self.ln(2)
        if len(part.table) > 1:
            self._table(part.table)

    def _heading(self, words: str, level: int) -> None:
        if self.get_y() > 297 - BOTTOM - 30:
            self.add_page()
        self.ln(4 if level == 1 else 2.5)
        self._style(13.5 if level == 1 else 10.5, INK, bold=True)
        self._lines(words, 6.4 if level == 1 else 5.6)
        self.ln(1)

    def _pair(self, name: str, value: str) -> None:
        if self.get_y() > 297 - BOTTOM - 10:
            self.add_page()
        top = self.get_y()
        self._style(9, SOFT)
        self.multi_cell(50, 5.2, name, align="L", new_x="LMARGIN", new_y="NEXT")
        below, page = self.get_y(), self.page_no()
        self.set_xy(LEFT + 52, top)
        self._style(9.5, INK)
        self.multi_cell(WIDTH - 52, 5.2, value or "–", align="L", new_x="LMARGIN", new_y="NEXT")
        if self.page_no() == page:
            self.set_y(max(self.get_y(), below))

    def _quote(self, words: str) -> None:
        self.ln(1)
        self._style(9.5, INK)
        self.set_fill_color(*WASH)
        self.set_x(LEFT)
        self.multi_cell(WIDTH, 5.4, words, align="L", fill=True, padding=(3, 4, 3, 4), new_x="LMARGIN", new_y="NEXT")
        self.ln(2)

    def _table(self, rows: Sequence[Sequence[str]]) -> None:
        self._style(8.5, INK)
        self.set_draw_color(*LINE)
        self.set_line_width(0.2)
        settings: dict[str, Any] = {
            "width": WIDTH, "align": "LEFT", "text_align": "LEFT", "line_height": 4.8, "padding": (1, 2, 1, 0),
            "headings_style": FontFace(emphasis="BOLD", color=SOFT), "borders_layout": "HORIZONTAL_LINES",
        }  # fmt: skip
        with self.table(**settings) as table:
            for cells in rows:
                table.row([str(cell) for cell in cells])
        self.ln(3)

    def _lines(self, words: str, height: float) -> None:
        self.multi_cell(WIDTH, height, words, align="L", new_x="LMARGIN", new_y="NEXT")

    def _style(self, size: float, colour: tuple[int, int, int], bold: bool = False) -> None:
        self.set_font(self.face, "B" if bold else "", size)
        self.set_text_color(*colour)


def moment(value: Any) -> str:
    """A time as people of the house read it, with seconds and zone: proof needs both."""
    if value is None:
        return "–"
    local = localtime(value)
    return f"{date_format(local, 'SHORT_DATE_FORMAT')} {local:%H:%M:%S} {local.tzname()}"


def yes_no(value: bool) -> str:
    return _("yes") if value else _("no")
