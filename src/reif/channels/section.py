"""The playbook section `mails`: who writes, limits, and the texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reif.channels.email.liquid import check_liquid
from reif.channels.law import book  # noqa: F401 - the section `consent` registers itself
from reif.channels.law.legal_forms import lacking
from reif.channels.mails import LANGUAGES, Mail, Mails, Words
from reif.playbook.draft import Draft
from reif.playbook.problem import Problem
from reif.playbook.section import Section, register

NAME = "mails"
Path = tuple[str | int, ...]


def check_mails(draft: Draft) -> Iterator[Problem]:
    """Keys once, a complete sender before any advertising, hours that exist, texts that Liquid can read."""
    mails: Mails = draft[NAME]
    yield from _keys(draft, mails)
    yield from _sender(draft, mails)
    hours = mails.limits.hours
    if not 0 <= hours.start < hours.end <= 24:
        yield draft.problem(NAME, ("limits", "hours"), _("The hours begin before they end, between 0 and 24."))
    for number, mail in enumerate(mails.mail):
        yield from _texts(draft, mail, ("mail", number))


def _keys(draft: Draft, mails: Mails) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for number, mail in enumerate(mails.mail):
        seen[mail.key] += 1
        if seen[mail.key] == 2:
            sentence = _("Two mails are called “%(key)s”.") % {"key": mail.key}
            yield draft.problem(NAME, ("mail", number, "key"), sentence, _("Give one of them another key."))


def _sender(draft: Draft, mails: Mails) -> Iterator[Problem]:
    if (missing := lacking(mails.sender)) and any(mail.kind == "marketing" for mail in mails.mail):
        sentence = _("The sender is incomplete: %(fields)s.") % {"fields": ", ".join(missing)}
        remedy = _("Business mail must name its sender; without these fields no mail to people leaves.")
        yield draft.problem(NAME, ("sender",), sentence, remedy)


def _texts(draft: Draft, mail: Mail, at: Path) -> Iterator[Problem]:
    if not mail.body and not mail.blocks:
        yield draft.problem(NAME, at, _("The mail “%(key)s” has no text.") % {"key": mail.key}, _("Add blocks."))
        return
    for path, words in _words_of(mail):
        for language in LANGUAGES:
            text = words.in_(language)
            if fault := check_liquid(text):
                yield draft.problem(NAME, (*at, *path), _("The text cannot be read: %(fault)s.") % {"fault": fault})
            if not text.strip():
                yield draft.problem(NAME, (*at, *path), _("The text is empty."), _("Write it in German and English."))
    for number, block in enumerate(mail.blocks):
        if block.button and not block.href:
            yield draft.problem(NAME, (*at, "blocks", number), _("The button leads nowhere."), _("Add “href”."))


def _words_of(mail: Mail) -> Iterator[tuple[Path, Words]]:
    yield ("subject",), mail.subject
    if mail.body:
        yield ("body",), mail.body
    parts = chain.from_iterable(
        ((("blocks", n, name), getattr(block, name)) for name in ("text", "heading", "button"))
        for n, block in enumerate(mail.blocks)
    )
    for path, words in parts:
        if words is not None:
            yield path, words


register(Section(NAME, Mails, gettext_lazy("Mails"), check_mails))
