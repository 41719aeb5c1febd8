"""What a visitor does with a page: find links, fill forms, send them."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import httpx


class Form:
    """A form as it stands on a page, with the values it has."""

    def __init__(self, page: str, attributes: dict[str, str]) -> None:
        self.action = urljoin(page, attributes.get("action") or page)
        self.method = attributes.get("method", "get").lower()
        self.values: dict[str, str] = {}
        self.boxes: dict[str, str] = {}
        self.names: list[str] = []

    def send(self, visitor: httpx.Client, **filled: str) -> httpx.Response:
        unknown = set(filled) - set(self.names)
        assert not unknown, f"the form has no {unknown}, but {self.names}"
        return visitor.request(self.method, self.action, data=self.values | filled, headers={"Referer": self.action})


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.open: Form | None = None
        self._link = ""
        self._words: list[str] = []
        self._select, self._first = "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(self.address, found)
            self.forms.append(self.open)
        elif tag in ("input", "select", "textarea") and self.open and found.get("name"):
            self._field(found)
            self._select = found["name"] if tag == "select" else ""
        elif tag == "option" and self.open and self._select and ("selected" in found or self._first):
            self.open.values[self._select], self._first = found.get("value", ""), False
        elif tag == "a" and found.get("href"):
            self._link, self._words = found["href"], []

    def _field(self, found: dict[str, str]) -> None:
        assert self.open
        name = found["name"]
        self.open.names.append(name)
        if found.get("type") in ("checkbox", "radio"):
            self.open.boxes[name] = found.get("value", "on")
            if "checked" in found:
                self.open.values[name] = found.get("value", "on")
        else:
            self.open.values[name] = found.get("value", "")
            self._first = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "a" and self._link:
            self.links.append((" ".join("".join(self._words).split()), urljoin(self.address, self._link)))
            self._link = ""

    def handle_data(self, data: str) -> None:
        self._words.append(data)


def read(answer: httpx.Response) -> Any:
    """forms and links of a page."""
    reader = _Reader(str(answer.url))
    reader.feed(answer.text)
    return reader


def form(answer: httpx.Response, part: str) -> Form:
    """The form whose action has this in it."""
    found = [f for f in read(answer).forms if part in f.action]
    assert found, f"no form to {part} on {answer.url}"
    return found[0]


def links(answer: httpx.Response, part: str) -> list[str]:
    """Addresses on the page that have this in them."""
    return [href for _words, href in read(answer).links if part in href]


_open: list[httpx.Client] = []


def browser(base: str, **options: Any) -> httpx.Client:
    """A client that follows redirects; all of them are closed by `close_all`."""
    client = httpx.Client(base_url=base, timeout=30, **({"follow_redirects": True} | options))
    _open.append(client)
    return client


def close_all() -> None:
    while _open:
        _open.pop().close()


def sign_in(base: str, email: str, password: str = "reif-demo") -> httpx.Client:
    """A browser with a session."""
    client = browser(base, headers={"Accept-Language": "de"})
    page = client.get("/accounts/login/")
    answer = form(page, "login").send(client, login=email, password=password)
    assert answer.status_code == 200, answer.status_code
    assert "/accounts/login" not in str(answer.url), "the sign-in was refused"
    return client
