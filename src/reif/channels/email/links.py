"""The links of one mail: numbered for counting in marketing mails, left as they are in all others."""

from __future__ import annotations

from reif.channels.email.liquid_guard import Guard

HONEYPOT = 0


class Links:
    """Turns targets into what stands in the mail. `targets[n - 1]` is where number n leads."""

    def __init__(self, guard: Guard, counted: bool) -> None:
        self._guard, self._counted = guard, counted
        self.targets: list[str] = []

    def __call__(self, target: str) -> str:
        own = target.startswith("/")
        if self._counted and not Guard.hides(target) and (own or target.startswith(("https://", "http://"))):
            return self._numbered(target)
        return self._guard.word("{{ base }}") + target if own else target

    def honeypot(self) -> str:
        """A link that nobody can see: whoever follows it is no human."""
        return self._guard.word(f"{{{{ base }}}}/l/{{{{ token }}}}/{HONEYPOT}")

    def _numbered(self, target: str) -> str:
        if target not in self.targets:
            self.targets.append(target)
        number = self.targets.index(target) + 1
        return self._guard.word(f"{{{{ base }}}}/l/{{{{ token }}}}/{number}")
