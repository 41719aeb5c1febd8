"""What the shape alone cannot say about forms: names once, targets that exist, words in both languages, safe addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from reif.capture.forms.afterwards import safe
from reif.capture.forms.conditions import steps
from reif.capture.forms.days import day
from reif.capture.forms.field_file import CHOICES, TARGETS, Field
from reif.capture.forms.form_file import Form
from reif.channels.mails import LANGUAGES, Words
from reif.playbook.draft import Draft
from reif.playbook.problem import Problem
from reif.playbook.shape import instead

NAME = "forms"
SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
FIELD = re.compile(r"^[a-z][a-z0-9_]{0,39}$")
TRAIT = re.compile(r"^person\.traits\.[A-Za-z][A-Za-z0-9_]{0,59}$")
TAG = re.compile(r"^[a-z0-9_-]{1,40}$")
RESERVED = frozenset({"ticket", "website", "step", "state", "back", "proof", "piece", "visitor", "lang", "url"})
MOST_FIELDS, MOST_MEGABYTES = 100, 30
Path = tuple[str | int, ...]


def check_forms(draft: Draft) -> Iterator[Problem]:
    """Slugs once, and each form for itself."""
    seen: set[str] = set()
    for number, form in enumerate(draft[NAME].forms):
        at: Path = ("forms", number)
        if not SLUG.match(form.slug) or form.slug in seen or len(form.slug) > 64:
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
    if len(form.fields) + len(form.later) > MOST_FIELDS:
        yield draft.problem(NAME, (*at, "fields"), _("A form has at most %(number)s fields.") % {"number": MOST_FIELDS})
    before: dict[str, Field] = {}
    for part in ("fields", "later"):
        for number, field in enumerate(getattr(form, part)):
            yield from _field(draft, field, before, (*at, part, number))
            before[field.name] = field
    yield from _steps(draft, form, at)
    for number, consent in enumerate(form.consents):
        yield from _both(draft, consent.text, (*at, "consents", number, "text"))
        if not consent.version.strip():
            sentence = _("The text needs a version, so that one can prove which words somebody saw.")
            yield draft.problem(NAME, (*at, "consents", number, "version"), sentence)
    yield from _afterwards(draft, form, at)


def _steps(draft: Draft, form: Form, at: Path) -> Iterator[Problem]:
    for step in steps(form.fields)[1:]:
        if not any(f.asks for f in step.fields):
            yield draft.problem(NAME, (*at, "fields"), _("A page break needs questions before and after it."))


def _afterwards(draft: Draft, form: Form, at: Path) -> Iterator[Problem]:
    if form.after != Words():
        yield from _both(draft, form.after, (*at, "after"))
    if form.redirect and not safe(form, form.redirect):
        sentence = _("“%(address)s” is not an address of this site or of a domain of this form.")
        remedy = _("Begin with a slash, or add the domain to “domains”.")
        yield draft.problem(NAME, (*at, "redirect"), sentence % {"address": form.redirect}, remedy)
    for tag in form.does.tags:
        if not TAG.match(tag):
            sentence = _("“%(tag)s” cannot be a tag.") % {"tag": tag}
            yield draft.problem(NAME, (*at, "does", "tags"), sentence, _("Use small letters, digits, _ and -."))
    yield from _known(
        draft, form.does.segment, "segments", "segments", _("There is no segment “%(name)s”."), (*at, "does", "segment")
    )
    yield from _known(
        draft, form.does.journey, "journeys", "journey", _("There is no journey “%(name)s”."), (*at, "does", "journey")
    )
    if form.does.notify and "form-notice" not in {mail.key for mail in draft["mails"].mail}:
        sentence = _("To tell staff, a mail with the key “form-notice” is needed.")
        yield draft.problem(NAME, (*at, "does", "notify"), sentence, _('Add it to mails.toml, with kind = "staff".'))


def _known(draft: Draft, name: str, section: str, part: str, sentence: str, at: Path) -> Iterator[Problem]:
    keys = [one.key for one in getattr(draft[section], part)]
    if name and name not in keys:
        yield draft.problem(NAME, at, sentence % {"name": name}, instead(name, keys))


def _field(draft: Draft, field: Field, before: dict[str, Field], at: Path) -> Iterator[Problem]:
    if field.asks and (
        not FIELD.match(field.name)
        or field.name in before
        or field.name in RESERVED
        or field.name.startswith("consent")
    ):
        sentence = _("A field cannot be called “%(name)s” here.") % {"name": field.name}
        remedy = _("Use small letters, digits and underscores, and each name once.")
        yield draft.problem(NAME, (*at, "name"), sentence, remedy)
    if field.to and field.to not in TARGETS and not TRAIT.match(field.to):
        sentence = _("There is no column “%(name)s”.") % {"name": field.to}
        yield draft.problem(NAME, (*at, "to"), sentence, instead(field.to, TARGETS))
    if field.type in CHOICES and not field.options:
        yield draft.problem(NAME, at, _("A choice needs options."), _("Add “options = [{ value = …, label = … }]”."))
    if field.asks and field.type != "hidden":
        yield from _both(draft, field.label, (*at, "label"))
    if field.type == "prose":
        yield from _both(draft, field.text, (*at, "text"))
    yield from _rules(draft, field, before, at)


def _rules(draft: Draft, field: Field, before: dict[str, Field], at: Path) -> Iterator[Problem]:
    if field.show and field.show.field not in before:
        sentence = _("The condition looks at “%(name)s”, which does not come before.") % {"name": field.show.field}
        yield draft.problem(NAME, (*at, "show"), sentence, instead(field.show.field, [n for n in before if n]))
    if field.pattern and not _compiles(field.pattern):
        yield draft.problem(NAME, (*at, "pattern"), _("The pattern cannot be read."), _("Write a regular expression."))
    if field.type == "file" and not 1 <= field.files.megabytes <= MOST_MEGABYTES:
        sentence = _("A file has between 1 and %(number)s MB.") % {"number": MOST_MEGABYTES}
        yield draft.problem(NAME, (*at, "files", "megabytes"), sentence)
    for name in ("least", "most"):
        value = getattr(field, name)
        if isinstance(value, str) and (field.type not in ("date", "datetime") or day(value) is None):
            yield draft.problem(
                NAME, (*at, name), _("A limit is a number, or for dates a day such as 2026-12-31, today or +30.")
            )


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _both(draft: Draft, words: Words, at: Path) -> Iterator[Problem]:
    if missing := [language for language in LANGUAGES if not getattr(words, language).strip()]:
        sentence = _("The words are missing in: %(languages)s.") % {"languages": ", ".join(missing)}
        yield draft.problem(NAME, at, sentence, _("Write them in German and English."))
