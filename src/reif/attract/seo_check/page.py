"""A page as a search engine sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

import msgspec

SILENT = {"script", "style", "template", "svg", "noscript"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = HEADINGS | {"p", "li", "td", "th", "dt", "dd", "blockquote", "figcaption", "summary", "label", "button", "div"}


class Checked(msgspec.Struct, frozen=True):
    """What is to be checked. title: what stands in the list of results, without the name of the site.

    html: everything between <main> and </main>, the heading of the first level included. path: its address, once it
    has one. cover: the picture for previews, "" when it has none of its own. thin: fewer words than this are thin.
    """

    title: str
    html: str
    description: str = ""
    slug: str = ""
    path: str = ""
    keyword: str = ""
    cover: str = ""
    language: str = "de"
    thin: int = 300


@dataclass
class Seen:
    """The parts of a page. headings: (level, words); pictures: (address, alt; None when it is missing); links: (address, words)."""

    headings: list[tuple[int, str]] = field(default_factory=list)
    pictures: list[tuple[str, str | None]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    words: int = 0
    text: str = ""


def look(html: str) -> Seen:
    """Read the HTML once."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    seen = reader.seen
    seen.text = " ".join(" ".join(reader.texts).split())
    seen.words = len(seen.text.split())
    return seen


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen, self.texts = Seen(), list[str]()
        self._silent, self._block, self._words = 0, "", list[str]()
        self._link: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if name := given.get("id"):
            self.seen.anchors.add(name)
        if tag in SILENT:
            self._silent += 1
        elif tag == "img":
            self._picture(given)
        elif tag == "a" and given.get("href"):
            self._link = (given["href"] or "", [])
        if tag in BLOCKS:
            self.end_block()
            self._block = tag

    def _picture(self, given: dict[str, str | None]) -> None:
        source = given.get("src") or ""
        drawn = (
            source.startswith("/covers/") or given.get("role") == "presentation" or given.get("aria-hidden") == "true"
        )
        alt = (given.get("alt") or "").strip() or ("" if drawn else None)
        self.seen.pictures.append((source, alt))
        if self._link:
            self._link[1].append(alt or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "a" and self._link:
            self.seen.links.append((self._link[0], " ".join(" ".join(self._link[1]).split())))
            self._link = None
        if tag in BLOCKS:
            self.end_block()

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        self.texts.append(data)
        self._words.append(data)
        if self._link:
            self._link[1].append(data)

    def end_block(self) -> None:
        words, tag = " ".join("".join(self._words).split()), self._block
        self._words, self._block = [], ""
        self.texts.append(" ")
        if tag in HEADINGS:
            self.seen.headings.append((int(tag[1]), words))
        elif tag == "p" and words:
            self.seen.paragraphs.append(words)
