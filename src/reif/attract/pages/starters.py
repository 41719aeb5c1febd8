"""Templates to begin a page with: a sheet each, in the language of the page, with words that ask to be replaced."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reif.attract.models import Asset, Webinar
from reif.attract.pages.fresh import first_form, fresh
from reif.attract.pages.sheet import Sheet, new_id
from reif.kit.clock import now
from reif.playbook.current import current

STARTERS: dict[str, tuple[Any, str, Any, list[str]]] = {
    "demo": (gettext_lazy("Demo request"), "monitor-play", gettext_lazy("Form beside the promise, what happens next, a voice"), ["hero", "benefits", "quote"]),
    "whitepaper": (gettext_lazy("Whitepaper"), "file-down", gettext_lazy("The file, three reasons to read it, the form"), ["hero", "benefits", "faq"]),
    "webinar": (gettext_lazy("Webinar"), "video", gettext_lazy("Date and speaker, programme, registration, countdown"), ["hero", "countdown", "agenda", "faq"]),
    "newsletter": (gettext_lazy("Newsletter"), "mail", gettext_lazy("One promise, one field, the newest articles"), ["hero", "articles"]),
    "thanks": (gettext_lazy("Thank you"), "party-popper", gettext_lazy("What happens now, and what to read meanwhile"), ["text", "articles", "call_to_action"]),
    "blank": (gettext_lazy("Empty page"), "square-dashed", gettext_lazy("Begin with nothing and add block by block"), []),
}  # fmt: skip
_FORM_FOR = {"demo": "demo", "whitepaper": "whitepaper", "webinar": "webinar", "newsletter": "newsletter"}


def starter(key: str, title: str, language: str) -> Sheet:
    """The sheet of a template with this title."""
    with translation.override(language):
        said = Sheet(title=title, language=language, bare=key in _FORM_FOR, hidden=key == "thanks")
        if key == "webinar":
            said = said.with_(webinar=_next_webinar())
        if key == "whitepaper":
            said = said.with_(asset=Asset.objects.order_by("-updated_at").values_list("slug", flat=True).first() or "")
        blocks = [_block(name, key, title, language) for name in STARTERS[key][3]]
        return said.with_(blocks=blocks, description=_descriptions().get(key, ""))


def _block(name: str, key: str, title: str, language: str) -> dict[str, Any]:
    made = fresh(name, language)
    if name == "hero":
        made = {
            "block": "hero",
            "id": new_id(),
            "title": title,
            "text": _("Say in two sentences what people get, and what it costs them."),
            "points": [_("The first thing they learn"), _("The second"), _("The third")],
            "form": _form(key),
            "form_title": _form_titles()[key],
        }
    if name == "text" and key == "thanks":
        made |= {"title": _("Thank you"), "body": _("We have received it. You hear from us within one working day.")}
    if name == "benefits" and key == "demo":
        made |= {"title": _("What happens next"), "numbered": True}
    return made


def _form(key: str) -> str:
    wanted, known = _FORM_FOR.get(key, ""), [str(form.slug) for form in current("forms").forms]
    return wanted if wanted in known else first_form()


def _form_titles() -> dict[str, str]:
    return {
        "demo": _("When does it suit you?"), "whitepaper": _("Get the whitepaper"), "webinar": _("Save a seat"),
        "newsletter": _("Subscribe"),
    }  # fmt: skip


def _descriptions() -> dict[str, str]:
    return {
        "demo": _("See it with your own questions, live and without obligation."),
        "whitepaper": _("Free whitepaper: what matters, on a few pages, with examples to take along."),
        "webinar": _("Free webinar with time for your questions. Register now."),
        "newsletter": _("The best of our magazine by mail, unsubscribed with one click."),
    }


def _next_webinar() -> str:
    coming = Webinar.objects.filter(starts_at__gt=now()).order_by("starts_at").values_list("slug", flat=True)
    return coming.first() or Webinar.objects.order_by("-starts_at").values_list("slug", flat=True).first() or ""
