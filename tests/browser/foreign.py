"""Pages of somebody else, served from a port of their own."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Foreign(ThreadingHTTPServer):
    """Shows `body` at every address."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.body = ""
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def host(self) -> str:
        return f"localhost:{self.server_port}"

    def show(self, body: str, head: str = "", language: str = "de") -> str:
        """The address of a page with this in it."""
        self.body = f"""<!doctype html><html lang="{language}"><meta charset="utf-8"><title>Partner</title>{head}
<main><h1>Partner</h1>{body}</main></html>"""
        return f"http://{self.host}/angebot"


class Answers(BaseHTTPRequestHandler):
    server: Foreign

    def do_GET(self) -> None:
        body = self.server.body.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Tests print nothing."""
