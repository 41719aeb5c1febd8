"""Listens to what pages complain about: errors, broken scripts, and what the content security policy stopped."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, WebError


class Watch:
    """Everything that should not have been said in a console; forgive() names what a test provokes."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.forgiven: list[str] = []

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._said)
        context.on("weberror", self._broke)

    def forgive(self, pattern: str) -> None:
        """Complaints that match are part of the story: an answer 422 is an error to a browser's console."""
        self.forgiven.append(pattern)

    @property
    def complaints(self) -> list[str]:
        return [line for line in self.said if not any(re.search(pattern, line) for pattern in self.forgiven)]

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.said.append(f"{message.type}: {message.text} at {message.location.get('url', '')}")

    def _broke(self, error: WebError) -> None:
        self.said.append(f"script: {error.error}")
