"""axe-core on the page as it stands: what it calls serious or critical."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.camera import still

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
RUN = "only => axe.run(document, {resultTypes: ['violations'], ...(only && {runOnly: only})})"


def serious(page: Page, *rules: str) -> list[str]:
    """Lines to read: the rule, the place, and what to do. All rules, or those that are named."""
    still(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    only: dict[str, Any] | None = {"type": "rule", "values": rules} if rules else None
    grave = [v for v in page.evaluate(RUN, only)["violations"] if v["impact"] in ("serious", "critical")]
    return [f"{v['id']}: {node['target']} {node['failureSummary']}" for v in grave for node in v["nodes"]]
