"""Check a page: everything that could be better, the worst first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from reif.attract.seo_check import body, head, keyword, links
from reif.attract.seo_check.finding import ORDER, Finding
from reif.attract.seo_check.house import House
from reif.attract.seo_check.page import Checked, Seen, look

Look = Callable[[Checked, Seen, House], Iterator[Finding]]
LOOKS: tuple[Look, ...] = (
    head.title, head.description, head.address, head.cover,
    body.headings, body.pictures, body.length, body.paragraphs,
    links.links, keyword.keyword,
)  # fmt: skip


def check(page: Checked, house: House | None = None) -> list[Finding]:
    """Findings in the language that is active. Who checks many pages makes one House for all of them."""
    seen, house = look(page.html), house or House()
    found = [finding for one in LOOKS for finding in one(page, seen, house)]
    return sorted(found, key=lambda finding: ORDER[finding.level])


def verdict(findings: Sequence[Finding]) -> str:
    """good, warn or bad: how a list shows it. Hints alone are good."""
    levels = {finding.level for finding in findings}
    return "bad" if "bad" in levels else "warn" if "warn" in levels else "good"
