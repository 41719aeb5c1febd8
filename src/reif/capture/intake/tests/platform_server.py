"""A platform's API as a real HTTP server on this machine: what it answers, and what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


class Platform:
    """answers: by the last part of the path, a list of (status, body) that is used up from the front; the last one stays."""

    def __init__(self) -> None:
        self.answers: dict[str, list[tuple[int, Any]]] = {}
        self.asked: list[tuple[str, dict[str, list[str]], dict[str, str]]] = []
        self.url = ""

    def reply(self, path: str, headers: dict[str, str]) -> tuple[int, Any]:
        parts = urlsplit(path)
        self.asked.append((parts.path, parse_qs(parts.query), headers))
        known = self.answers.get(parts.path.rpartition("/")[2], [(404, {"error": {"message": "unknown", "code": 100}})])
        return known.pop(0) if len(known) > 1 else known[0]


@contextmanager
def a_platform() -> Iterator[Platform]:
    platform = Platform()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = platform.reply(self.path, {k.lower(): v for k, v in self.headers.items()})
            raw = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            if status in (301, 302):
                self.send_header("Location", "http://127.0.0.1:1/secret")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_words: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    platform.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield platform
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
