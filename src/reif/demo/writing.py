"""What marketing is about to publish: a draft, an article for next week, and two pictures in the library."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO

from reif.attract.content.release import release
from reif.attract.content.save import start
from reif.attract.cover import png
from reif.attract.pictures.add import add

SHARED = {"language": "de", "author_role": "Arbeitspsychologe", "author": "Simon Keller", "offer": "", "related": []}
DRAFT = {
    "title": "Probezeit: die Gespräche, die zählen", "slug": "probezeit-gespraeche", "category": "Onboarding",
    "teaser": "Drei Gespräche in neunzig Tagen, und was in jedes gehört.", "keyword": "Probezeit", "description": "",
    "body": "Die Probezeit ist kurz.\n\n## Das erste Gespräch\n\nNoch zu schreiben.\n",
}  # fmt: skip
COMING = {
    "title": "Kündigungsgründe: was Zahlen verraten und was nicht", "slug": "kuendigungsgruende", "category": "Kennzahlen",
    "teaser": "Austrittsgespräche erzählen die halbe Wahrheit. So finden Sie die andere Hälfte.", "keyword": "Kündigungsgründe",
    "description": "Kündigungsgründe richtig lesen: welche Zahlen helfen, welche täuschen, und wie Sie mit drei Fragen die Ursache finden.",
    "body": "Kündigungsgründe stehen in jedem Austrittsbogen, und selten die wahren.\n\n## Was die Zahlen sagen\n\n"
            "Wer die [Fluktuation richtig misst](/blog/fluktuation-richtig-messen), sieht, wo es brennt, aber nicht warum.\n\n"
            "## Was sie verschweigen\n\nDrei Fragen genügen, und keine davon steht auf dem Bogen.\n",
}  # fmt: skip


def write_ahead(by: int, end: datetime) -> None:
    """A draft and a scheduled article, each with a picture of the library."""
    pictures = []
    for word, de, en in (
        ("tisch", "Bunte Formen: ein Gespräch", "Coloured shapes: a talk"),
        ("kurve", "Bunte Formen: eine Kurve", "Coloured shapes: a curve"),
    ):
        raw = png(word)
        pictures.append(add(BytesIO(raw), len(raw), f"{word}.png", by, alt_de=de, alt_en=en).key)
    start({**SHARED, **DRAFT, "cover": pictures[0]}, by)
    coming = start({**SHARED, **COMING, "cover": pictures[1]}, by)
    release(coming, end.replace(minute=0, second=0, microsecond=0) + timedelta(days=6), by)
