"""Find the wording of a mail that is in force, for a reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from reif.channels.models import MailContent


class Wordings(dict[tuple[str, str], int]):
    """Content ids by mail key and language."""

    def pick(self, mail: str, language: str) -> int | None:
        """In this language, else in German, else in any; None when there is no such mail."""
        for wanted in (language, "de", "en"):
            if (mail, wanted) in self:
                return self[mail, wanted]
        return None


def wordings(keys: Iterable[str]) -> Wordings:
    """The newest wording of each mail and language."""
    rows = MailContent.objects.filter(key__in=set(keys)).order_by("revision", "id")
    return Wordings({(key, language): i for key, language, i in rows.values_list("key", "language", "id")})
