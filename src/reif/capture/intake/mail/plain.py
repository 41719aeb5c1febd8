"""What somebody wrote, without HTML and without what was quoted from earlier mails."""

from __future__ import annotations

import re

import html2text

MOST = 200_000
LONGEST = 20_000
_SCRIPTS = re.compile(r"<(script|style|head|title)\b[^>]*>.*?(</\1\s*>|\Z)", re.I | re.S)
_BEGINS = re.compile(
    r"^\s*(?:"
    r"(?:am|on|le|il)\b.{4,200}\b(?:schrieb|wrote|a écrit|ha scritto)\b.*:"
    r"|-{2,}\s*(?:original message|ursprüngliche nachricht|original-nachricht|originalnachricht|message d'origine)\s*-{2,}"
    r"|_{12,}"
    r")\s*$",
    re.I,
)
_HEADER = re.compile(r"^[\s>*]*(?:von|from|de)\s*:\**\s*\S", re.I)
_NEXT = re.compile(r"^[\s>*]*(?:gesendet|sent|datum|date|an|to|betreff|subject|cc|envoyé|objet)\s*:", re.I)


def plain_of_html(html: str) -> str:
    """HTML as text: paragraphs and lines stay, pictures, scripts and addresses of links go."""
    if not html.strip():
        return ""
    reader = html2text.HTML2Text(bodywidth=0)
    reader.ignore_links = reader.ignore_images = reader.ignore_emphasis = reader.ignore_tables = True
    reader.unicode_snob, reader.single_line_break = True, False
    try:
        text = reader.handle(_SCRIPTS.sub(" ", html[:MOST]))
    except Exception:
        text = re.sub(r"<[^>]{0,2000}>", " ", html[:MOST])
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.splitlines())).strip()


def own_words(text: str) -> str:
    """Up to where an earlier mail begins; without quoted lines and without the signature."""
    kept: list[str] = []
    lines = text[:MOST].splitlines()
    for number, line in enumerate(lines):
        if line.rstrip() == "--" or line == "-- " or _begins(lines, number):
            break
        if not line.lstrip().startswith(">"):
            kept.append(line.rstrip()[:2000])
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()[:LONGEST]


def _begins(lines: list[str], number: int) -> bool:
    """An earlier mail begins in this line: a sentence that says so, or a block of its headers."""
    line = lines[number]
    if _BEGINS.match(line[:400]) or (number + 1 < len(lines) and _BEGINS.match(f"{line[:200]} {lines[number + 1][:200]}")
                                     and line.lower().lstrip().startswith(("am ", "on ", "le ", "il "))):  # fmt: skip
        return True
    return bool(_HEADER.match(line[:400])) and any(_NEXT.match(one[:200]) for one in lines[number + 1 : number + 4])
