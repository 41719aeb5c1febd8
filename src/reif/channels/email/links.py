"""The links of one mail: numbered for counting in marketing mails, left as they are in all others."""

from __future__ import annotations

from reif.channels.email.liquid_guard import Guard

HONEYPOT = 0
BASE, TOKEN = "xREIFxBASEx", "xREIFxTOKENx"  # put in after Liquid: a mail has dozens, and Liquid takes its time


class Links:
    """Turns targets into what stands in the mail. `targets[n - 1]` is where number n leads."""

    def __init__(self, counted: bool) -> None:
        self._counted = counted
        self.targets: list[str] = []

    def __call__(self, target: str) -> str:
        own = target.startswith("/")
        if self._counted and not Guard.hides(target) and (own or target.startswith(("https://", "http://"))):
            return self._numbered(target)
        return BASE + target if own else target

    def honeypot(self) -> str:
        """A link that nobody can see: whoever follows it is no human."""
        return f"{BASE}/l/{TOKEN}/{HONEYPOT}"

    def _numbered(self, target: str) -> str:
        if target not in self.targets:
            self.targets.append(target)
        number = self.targets.index(target) + 1
        return f"{BASE}/l/{TOKEN}/{number}"
