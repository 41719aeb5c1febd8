"""A form that is filled in beforehand, for one person, by a signed link: nobody else can see what we know."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest

from reif.capture.forms.form_file import Form
from reif.capture.forms.plan import told
from reif.crm.models import Person
from reif.kit import token
from reif.kit.clock import now

PURPOSE = "fill"
LIFE = timedelta(days=30)


def fill_link(form: str, person: int) -> str:
    """The whole address; good for thirty days."""
    sealed = token.sign(settings.SECRET_KEY, PURPOSE, form, person, until=now() + LIFE)
    return f"{settings.BASE_URL}/f/{form}?fill={sealed}"


def filled(form: Form, request: HttpRequest) -> dict[str, list[str]]:
    """Values by field; nothing without a good link."""
    sealed = request.GET.get("fill", "")
    if not sealed or form.kiosk:
        return {}
    try:
        slug, number = token.read(settings.SECRET_KEY, PURPOSE, sealed, now())
    except (token.BadToken, ValueError):
        return {}
    person = Person.objects.select_related("company").filter(id=number, erased_at=None).first()
    if slug != form.slug or person is None:
        return {}
    return {f.name: [value] for f in form.fields if f.asks and (value := told(f, person))}
