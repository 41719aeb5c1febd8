"""Set a Markdown text as a PDF that one likes to read: a cover, running text, checklists with boxes, notes, tables.

`- [ ] words` is a box to tick, a quote is a note in the margin colour, `---` begins a page.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from fpdf import FPDF, FontFace
from markdown_it.token import Token

from reif.attract.content.markdown import tokens
from reif.attract.cover import svg

INK, SOFT, PLUM, WASH, LINE = (43, 32, 40), (110, 98, 106), (125, 44, 90), (248, 242, 243), (222, 212, 216)
LEFT, WIDTH, BOTTOM = 26, 158, 26
FONT = "dist/inter-visitor.woff2"
PLAIN = str.maketrans(
    {"–": "-", "—": "-", "’": "'", "“": '"', "”": '"', "…": "...", "•": "·", "\u202f": " ", "€": "EUR"}
)


@dataclass(frozen=True)
class Made:
    """A finished file: its path below the uploads folder, its pages, its bytes."""

    file: str
    pages: int
    size: int


def typeset(slug: str, title: str, subtitle: str, body: str, sender: str, imprint: dict[str, Any]) -> Made:
    """Write `assets/<slug>.pdf` below the uploads folder."""
    paper = Paper(title, sender)
    paper.cover(slug, subtitle)
    paper.running_text(tokens(body))
    paper.imprint(imprint)
    raw = bytes(paper.output())
    name = f"assets/{slug}.pdf"
    target = Path(settings.MEDIA_ROOT) / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(raw)
    return Made(name, paper.page_no(), len(raw))


class Paper(FPDF):
    """A4, one column, one typeface in two weights; the built-in one when the front end is not built."""

    def __init__(self, title: str, sender: str) -> None:
        super().__init__(format="A4")
        self.heading, self.sender = title, sender
        self.set_margins(LEFT, 26, 210 - LEFT - WIDTH)
        self.set_auto_page_break(True, margin=BOTTOM)
        self.set_title(title)
        self.set_author(sender)
        self.set_lang("de-CH")
        self.face = self._load_face()

    def _load_face(self) -> str:
        found = finders.find(FONT)
        if not found:
            return "helvetica"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            weights = {"": {"wght": 410.0}, "B": {"wght": 650.0}}
            for style, axes in weights.items():
                self.add_font("inter", style, str(found), variations=axes)
        return "inter"

    def normalize_text(self, text: str) -> str:
        return str(super().normalize_text(text.translate(PLAIN) if not self.is_ttf_font else text))

    def header(self) -> None:
        if self.page_no() == 1:
            return
        self._style(8, SOFT)
        self.set_xy(LEFT, 14)
        self.cell(WIDTH / 2, 5, self.heading.split(":")[0])
        self.cell(WIDTH / 2, 5, self.sender, align="R")
        self.set_xy(LEFT, 26)

    def footer(self) -> None:
        if self.page_no() == 1:
            return
        self._style(8, SOFT)
        self.set_xy(LEFT, -16)
        self.cell(WIDTH, 5, str(self.page_no()), align="R")

    def cover(self, seed: str, subtitle: str) -> None:
        """The first page: the picture above, the title on plain paper below."""
        self.add_page()
        self.set_auto_page_break(False)
        self.image(BytesIO(svg(f"paper {seed}", 6, 5).encode()), x=0, y=0, w=210, h=175)
        self.set_xy(LEFT, 194)
        self._style(10, PLUM, bold=True)
        self.cell(WIDTH, 6, "Whitepaper", new_x="LMARGIN", new_y="NEXT")
        self.ln(3)
        self._style(29, INK, bold=True)
        self.multi_cell(WIDTH, 12, self.heading, align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(3)
        self._style(13, SOFT)
        self.multi_cell(WIDTH, 7, subtitle, align="L", new_x="LMARGIN", new_y="NEXT")
        self.set_xy(LEFT, 275)
        self._style(11, INK, bold=True)
        self.cell(WIDTH, 6, self.sender)
        self.set_auto_page_break(True, margin=BOTTOM)
        self.add_page()

    def running_text(self, parsed: list[Token]) -> None:
        """All blocks of the text in their order."""
        at = 0
        while at < len(parsed):
            end = _closing(parsed, at)
            self._block(parsed[at], parsed[at + 1 : end])
            at = end + 1

    def _block(self, opening: Token, inside: list[Token]) -> None:
        match opening.type:
            case "heading_open":
                self._headline(inside[0].content, int(opening.tag[1]))
            case "paragraph_open":
                self._paragraph(inside[0].content)
            case "bullet_list_open" | "ordered_list_open":
                self._items(_items(inside), opening.type.startswith("ordered"))
            case "blockquote_open":
                self._note([t.content for t in inside if t.type == "inline"])
            case "table_open":
                self._table([[c.content for c in row] for row in _rows(inside)])
            case "hr":
                self.add_page()

    def _headline(self, words: str, level: int) -> None:
        if self.get_y() > 297 - BOTTOM - 40:
            self.add_page()
        self.ln(2 if self.get_y() < 30 else 6 if level == 2 else 4)
        self._style(17 if level == 2 else 11.5, PLUM if level == 2 else INK, bold=True)
        self.multi_cell(WIDTH, 7.5 if level == 2 else 6, words, align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(2.5 if level == 2 else 1)

    def _paragraph(self, words: str) -> None:
        self._style(10, INK)
        self.multi_cell(WIDTH, 5.6, _inline(words), align="L", markdown=True, new_x="LMARGIN", new_y="NEXT")
        self.ln(2.8)

    def _items(self, items: list[str], numbered: bool) -> None:
        self._style(10, INK)
        for number, item in enumerate(items, start=1):
            if self.get_y() > 297 - BOTTOM - 8:
                self.add_page()
            box = item.startswith("[ ] ")
            self._mark(number if numbered else 0, box)
            self._style(10, INK)
            self.set_x(LEFT + 8)
            words = _inline(item.removeprefix("[ ] "))
            self.multi_cell(WIDTH - 8, 5.6, words, align="L", markdown=True, new_x="LMARGIN", new_y="NEXT")
            self.ln(1.6 if box else 1.1)
        self.ln(2)

    def _mark(self, number: int, box: bool) -> None:
        y = self.get_y()
        self.set_draw_color(*PLUM)
        self.set_fill_color(*PLUM)
        if box:
            self.set_line_width(0.35)
            self.rect(LEFT + 0.4, y + 0.9, 3.6, 3.6, round_corners=True, corner_radius=0.7)
        elif number:
            self._style(10, PLUM, bold=True)
            self.cell(8, 5.6, f"{number}")
        else:
            self.circle(LEFT + 2, y + 2.8, 0.7, style="F")

    def _note(self, paragraphs: list[str]) -> None:
        words = _inline("\n".join(paragraphs))
        self._style(10, INK)
        lines: Any = self.multi_cell(WIDTH - 14, 5.6, words, align="L", markdown=True, dry_run=True, output="LINES")
        height = len(lines) * 5.6 + 9
        if self.get_y() + height > 297 - BOTTOM:
            self.add_page()
        top = self.get_y() + 1
        self.set_fill_color(*WASH)
        self.rect(LEFT, top, WIDTH, height, style="F", round_corners=True, corner_radius=2)
        self.set_xy(LEFT + 7, top + 4.5)
        self.multi_cell(WIDTH - 14, 5.6, words, align="L", markdown=True, new_x="LMARGIN", new_y="NEXT")
        self.set_y(top + height + 5)

    def _table(self, rows: list[list[str]]) -> None:
        self._style(9.5, INK)
        self.set_draw_color(*LINE)
        self.set_line_width(0.25)
        head = FontFace(emphasis="BOLD", color=PLUM)
        with self.table(
            width=WIDTH, align="LEFT", text_align="LEFT", line_height=5.4, padding=(1.6, 3, 1.6, 0),
            headings_style=head,
            borders_layout="HORIZONTAL_LINES", markdown=True, first_row_as_headings=True,
        ) as table:  # fmt: skip
            for cells in rows:
                table.row([_inline(c) for c in cells])
        self.ln(4)

    def imprint(self, facts: dict[str, Any]) -> None:
        """Who made this, at the foot of the last page."""
        lines = [str(x) for x in facts.values() if isinstance(x, str)]
        self.set_y(max(self.get_y() + 4, 297 - BOTTOM - 5 * (len(lines) // 2 + 2)))
        self.set_draw_color(*LINE)
        self.line(LEFT, self.get_y(), LEFT + WIDTH, self.get_y())
        self.ln(3)
        self._style(8, SOFT)
        self.multi_cell(WIDTH, 4.4, " · ".join(lines), align="L", new_x="LMARGIN", new_y="NEXT")

    def _style(self, size: float, colour: tuple[int, int, int], bold: bool = False) -> None:
        self.set_font(self.face, "B" if bold else "", size)
        self.set_text_color(*colour)


def _inline(words: str) -> str:
    """Markdown's emphasis as fpdf2 writes it: bold stays, single stars go, line ends become blanks."""
    return " ".join(words.replace("**", "\0").replace("*", "").replace("\0", "**").split(" ")).replace("\n", " ")


def _closing(parsed: list[Token], at: int) -> int:
    if parsed[at].nesting != 1:
        return at
    return next(
        i for i in range(at + 1, len(parsed)) if parsed[i].level == parsed[at].level and parsed[i].nesting == -1
    )


def _items(inside: list[Token]) -> list[str]:
    return [t.content for t in inside if t.type == "inline"]


def _rows(inside: list[Token]) -> list[list[Token]]:
    rows: list[list[Token]] = []
    for t in inside:
        if t.type == "tr_open":
            rows.append([])
        elif t.type == "inline":
            rows[-1].append(t)
    return rows
