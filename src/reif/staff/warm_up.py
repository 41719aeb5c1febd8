"""Load before the first request what several first requests would load at once, each waiting for the other.

Two threads that import the addresses of the house at the same moment can get a module that is half there, and the
visitor an error.
"""

from __future__ import annotations

from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver, reverse
from django.utils.translation import gettext, override


def warm_up() -> None:
    """All addresses, the templates around every page, and the languages. Asks no database."""
    assert get_resolver().url_patterns
    for language, _name in settings.LANGUAGES:
        with override(language):
            gettext("Save")
            reverse("account_login")
    for name in ("capture/form.html", "503.html", "404.html", "account/login.html"):
        get_template(name)
