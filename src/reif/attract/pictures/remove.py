"""Take a picture out of the library, unless something shows it."""

from __future__ import annotations

import shutil

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from reif.attract.models import Content, LandingPage, PageRevision, Picture
from reif.attract.pictures.add import folder

Use = Content | LandingPage


class PictureInUse(RuntimeError):
    """Something shows it; the sentence names what."""


def remove(picture: Picture) -> None:
    """Row and files. Raises PictureInUse."""
    if shown := uses(picture):
        raise PictureInUse(
            _("“%(title)s” shows this picture. Choose another one there first.") % {"title": shown[0].title}
        )
    picture.delete()
    shutil.rmtree(folder(picture.key), ignore_errors=True)


def uses(picture: Picture) -> list[Use]:
    """What shows it or is about to: as cover, in a text, in a block, in the draft of a page."""
    key = picture.key
    texts = Content.objects.filter(cover=key) | Content.objects.filter(body__contains=key)
    sheets = PageRevision.objects.annotate(as_text=Cast("sheet", TextField())).filter(as_text__contains=key)
    pages = LandingPage.objects.annotate(as_text=Cast("blocks", TextField()))
    shown = pages.filter(cover=key) | pages.filter(as_text__contains=key) | pages.filter(draft__in=sheets)
    return [*texts.defer("body").order_by("title")[:50], *shown.order_by("title")[:50]]
