"""How long does the server take for a landing page, alone and with a test that runs on it?

The limit, measured in the same run: the same client asking for the smallest public page (robots.txt), which has the frame
of every request and nothing else. The target is 15 ms (median). The weight of the page is measured beside it: HTML,
styles, scripts and the font as they go over the wire, without pictures; the target is 60 kB.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from bench._engines import line, on_both, set_up
from bench.pages import median

TARGET, WEIGHT = 15.0, 60.0
DEMO = Path(__file__).parent.parent / "playbooks/hr_software"


def bench(engine: str) -> None:
    set_up()
    from django.test import Client

    from reif.attract.content.publish import publish
    from reif.playbook.command import apply_folder

    publish(DEMO)
    apply_folder(DEMO)
    agent = {"host": "localhost", "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
    client = Client(headers=agent)

    def get(path: str) -> bytes:
        response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        return response.content

    floor = median(lambda: _none(get("/robots.txt")))
    begin_test()
    cases = {
        "landing page with a form": "/p/demo",
        "landing page, five blocks": "/site",
        "landing page under test": "/p/whitepaper-mitarbeiterbindung",
    }
    for name, path in cases.items():
        took = median(lambda path=path: _none(get(path)))  # type: ignore[misc]
        line(f"{name}, {engine}", f"{took:.1f} ms", f"{floor:.1f} ms", took / floor, f"{TARGET:.0f} ms", took < TARGET)
    heavy = max(weight(get(path).decode()) for path in cases.values())
    line(
        f"landing page on the wire, {engine}",
        f"{heavy:.1f} kB",
        f"{WEIGHT:.0f} kB",
        heavy / WEIGHT,
        f"{WEIGHT:.0f} kB",
        heavy < WEIGHT,
    )


def begin_test() -> None:
    """One variant against the page with the whitepaper."""
    from reif.attract.models import LandingPage
    from reif.attract.pages.compare import add_arm, start
    from reif.attract.pages.rule import Rule

    page = LandingPage.objects.get(slug="whitepaper-mitarbeiterbindung")
    add_arm(page, "B", by=None)
    start(page, Rule(), 1, by=None)


def weight(page: str) -> float:
    """Kilobytes of the page and what it loads, compressed as a server sends it; fonts are compressed already."""
    from django.contrib.staticfiles import finders

    whole = len(gzip.compress(page.encode()))
    for path in set(re.findall(r'(?:href|src)="/static/([^"?]+\.(?:css|js|woff2))"', page)) | {"dist/t.js"}:
        raw = Path(str(finders.find(path))).read_bytes()
        whole += len(raw) if path.endswith("woff2") else len(gzip.compress(raw))
    return whole / 1000


def _none(_page: bytes) -> None:
    return None


if __name__ == "__main__":
    on_both(__file__, bench)
