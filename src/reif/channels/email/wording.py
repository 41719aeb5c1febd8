"""Find the wording of a mail that is in force, for a reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reif.channels.email.limits import sender
from reif.channels.law.legal_forms import footer_says
from reif.channels.models import MailContent
from reif.log.rewrite import rewrite
from reif.playbook.current import revision

if TYPE_CHECKING:
    from reif.channels.email.readers import Post


class Wordings(dict[tuple[str, str], int]):
    """Content ids by mail key and language."""

    def pick(self, mail: str, language: str) -> int | None:
        """In this language, else in German, else in any; None when there is no such mail."""
        for wanted in (language, "de", "en"):
            if (mail, wanted) in self:
                return self[mail, wanted]
        return None


def wordings(keys: Iterable[str]) -> Wordings:
    """The wording in force of each mail and language, else the newest there is: a revision that came back is older by its
    number and holds all the same."""
    ours = revision()
    rows = MailContent.objects.filter(key__in=set(keys)).values_list("key", "language", "id", "revision")
    ordered = sorted(rows, key=lambda row: (row[3] == ours, row[3], row[2]))
    return Wordings({(key, language): i for key, language, i, _revision in ordered})


def complete(posts: Sequence[Post]) -> Sequence[Post]:
    """Give a wording to posts that were queued before their mail was printed, and the newest to those whose footer does
    not name the sender of today; what has none stays without."""
    ours = sender()
    lacking = [p for p in posts if p.content is None or not (p.kind == "staff" or footer_says(ours, p.content.text))]
    if lacking:
        known = wordings({p.mail for p in lacking})
        found = {p.effect.id: known.pick(p.mail, p.language) for p in lacking}
        contents = MailContent.objects.in_bulk({i for i in found.values() if i})
        for post in lacking:
            post.content = contents.get(found[post.effect.id] or 0) or post.content
            post.message.content = post.content
        rewrite([p.message for p in lacking if p.content], ["content"])
    return posts
