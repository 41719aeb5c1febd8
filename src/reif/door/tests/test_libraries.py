"""The real libraries, driven against a running door."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from reif.door.place import Place

from .asking import KEY, a_key, serving, spooled

ROOT = Path(__file__).resolve().parents[4]
NODE_LIBRARY = next(
    (
        folder / "@segment" / "analytics-node"
        for folder in (ROOT / "node_modules", ROOT / "frontend" / "node_modules")
        if (folder / "@segment" / "analytics-node").is_dir()
    ),
    None,
)
NODE_SCRIPT = """
const { Analytics } = require(process.argv[1]);
const [host, writeKey] = [process.argv[2], process.argv[3]];
const analytics = new Analytics({ writeKey, host, path: "/v1/batch", flushAt: 20 });
const failed = [];
analytics.on("error", (error) => failed.push(String(error.code)));
analytics.identify({ userId: "u-1", traits: { email: "ada@example.com" } });
for (let i = 0; i < 45; i++) analytics.track({ userId: "u-1", event: "Form Submitted", properties: { i } });
analytics.page({ anonymousId: "a-1", name: "Preise", properties: { url: "https://x.ch/preise" } });
analytics.screen({ userId: "u-1", name: "Start" });
analytics.group({ userId: "u-1", groupId: "g-1", traits: { name: "ACME" } });
analytics.alias({ previousId: "a-1", userId: "u-1" });
analytics.closeAndFlush().then(() => console.log(JSON.stringify(failed)));
"""
TYPES = {"identify", "track", "page", "screen", "group", "alias"}


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_segments_python_library(place: Place, packed: bool) -> None:
    segment = pytest.importorskip("segment.analytics.client")
    a_key(place)
    failed: list[Exception] = []
    with serving(place) as (address, _):
        client = segment.Client(
            KEY, host=address, gzip=packed, on_error=lambda error, _: failed.append(error), max_retries=1, timeout=10
        )
        client.identify("u-1", {"email": "ada@example.com"})
        for number in range(150):
            client.track("u-1", "Form Submitted", {"number": number})
        client.page(anonymous_id="a-1", name="Preise", properties={"url": "https://x.ch/preise"})
        client.screen("u-1", name="Start")
        client.group("u-1", "g-1", {"name": "ACME"})
        client.alias("a-1", "u-1")
        client.shutdown()
    assert failed == []
    events = spooled(place)
    assert len(events) == 155
    assert {event.type for event in events} == TYPES


@pytest.mark.skipif(
    NODE_LIBRARY is None or shutil.which("node") is None,
    reason="SKIPPED LOUDLY: @segment/analytics-node is not in node_modules; `npm ci` puts it there",
)
def test_segments_node_library(place: Place) -> None:
    a_key(place)
    with serving(place) as (address, _):
        done = subprocess.run(
            ["node", "-e", NODE_SCRIPT, str(NODE_LIBRARY), address, KEY],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    assert json.loads(done.stdout) == [], done.stderr
    events = spooled(place)
    assert len(events) == 50
    assert {event.type for event in events} == TYPES
