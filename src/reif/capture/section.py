"""The playbook section `forms`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reif.capture.forms.form_file import TARGETS, Field, Form, Forms
from reif.channels.mails import LANGUAGES, Words
from reif.playbook.draft import Draft
from reif.playbook.problem import Problem
from reif.playbook.section import Section, register
from reif.playbook.shape import instead

NAME = "forms"
SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
FIELD = re.compile(r"^[a-z][a-z0-9_]{0,39}$")
RESERVED = frozenset({"ticket", "website"})
Path = tuple[str | int, ...]


def check_forms(draft: Draft) -> Iterator[Problem]:
    """Slugs once, one address field, targets that exist, words in both languages."""
    seen: set[str] = set()
    for number, form in enumerate(draft[NAME].forms):
        at: Path = ("forms", number)
        if not SLUG.match(form.slug) or form.slug in seen:
            yield draft.problem(
                NAME, (*at, "slug"), _("“%(slug)s” cannot be the address of this form.") % {"slug": form.slug},
                _("Use small letters, digits and hyphens, and each address once."),
            )  # fmt: skip
        seen.add(form.slug)
        yield from _form(draft, form, at)


def _form(draft: Draft, form: Form, at: Path) -> Iterator[Problem]:
    if [f.type for f in form.fields].count("email") != 1:
        sentence = _("The form “%(slug)s” needs exactly one field of the type email.") % {"slug": form.slug}
        yield draft.problem(NAME, (*at, "fields"), sentence)
    names: set[str] = set()
    for number, field in enumerate(form.fields):
        yield from _field(draft, field, names, (*at, "fields", number))
        names.add(field.name)
    for number, consent in enumerate(form.consents):
        yield from _both(draft, consent.text, (*at, "consents", number, "text"))
        if not consent.version.strip():
            sentence = _("The text needs a version, so that one can prove which words somebody saw.")
            yield draft.problem(NAME, (*at, "consents", number, "version"), sentence)
    if form.after != Words():
        yield from _both(draft, form.after, (*at, "after"))


def _field(draft: Draft, field: Field, names: set[str], at: Path) -> Iterator[Problem]:
    if not FIELD.match(field.name) or field.name in names or field.name in RESERVED or field.name.startswith("consent"):
        sentence = _("A field cannot be called “%(name)s” here.") % {"name": field.name}
        remedy = _("Use small letters, digits and underscores, and each name once.")
        yield draft.problem(NAME, (*at, "name"), sentence, remedy)
    if field.to and field.to not in TARGETS and not field.to.startswith("person.traits."):
        sentence = _("There is no column “%(name)s”.") % {"name": field.to}
        yield draft.problem(NAME, (*at, "to"), sentence, instead(field.to, TARGETS))
    if field.type == "select" and not field.options:
        yield draft.problem(NAME, at, _("A choice needs options."), _("Add “options = [{ value = …, label = … }]”."))
    if field.type != "hidden":
        yield from _both(draft, field.label, (*at, "label"))


def _both(draft: Draft, words: Words, at: Path) -> Iterator[Problem]:
    if missing := [language for language in LANGUAGES if not getattr(words, language).strip()]:
        sentence = _("The words are missing in: %(languages)s.") % {"languages": ", ".join(missing)}
        yield draft.problem(NAME, at, sentence, _("Write them in German and English."))


register(Section(NAME, Forms, gettext_lazy("Forms"), check_forms))
