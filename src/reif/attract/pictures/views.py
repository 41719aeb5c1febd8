"""The pages of the library, and the picker that other forms open."""

from __future__ import annotations

import json
import re
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reif.attract.content.writers import READERS, WRITERS
from reif.attract.models import Picture
from reif.attract.pictures.add import add, folder
from reif.attract.pictures.address import is_key, widths
from reif.attract.pictures.choices import drawn_choices, found
from reif.attract.pictures.read import BadPicture
from reif.attract.pictures.remove import PictureInUse, remove, uses
from reif.staff.keyset import capped_count
from reif.staff.views import Desk, Public, StaffRequest

YEAR = 365 * 24 * 3600
FIELD = re.compile(r"^[A-Za-z][\w.\[\]-]{0,79}$")
AT_ONCE = 20


class PictureFile(Public):
    """/pictures/<key>/<width>.webp, share.jpg: never changes, so it is kept for a year."""

    def get(self, request: HttpRequest, key: str, copy: str) -> HttpResponseBase:
        if not is_key(key) or copy not in {"share.jpg", *(f"{w}.webp" for w in widths(key))}:
            raise Http404
        path = folder(key) / copy
        if not path.is_file():
            raise Http404
        kind = "image/jpeg" if copy.endswith("jpg") else "image/webp"
        response = FileResponse(path.open("rb"), content_type=kind)
        response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        response["X-Content-Type-Options"] = "nosniff"
        return response


class Library(Desk):
    """GET /content/pictures with `q`, `after`: the library. POST: one file or several."""

    roles = READERS
    writers = WRITERS

    def get(self, request: HttpRequest) -> HttpResponse:
        page = found(request.GET.get("q", ""), request.GET.get("after", ""))
        count, more = capped_count(Picture.objects.all())
        context = {"page": page, "q": request.GET.get("q", ""), "count": count, "more": more}
        context |= {"may_write": self.request.user.role in WRITERS}
        return render(request, "attract/pictures/library.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        given = request.FILES.getlist("file")
        taken, refused = [], []
        for one in given[:AT_ONCE]:
            try:
                taken.append(_take(one, self.request))
            except BadPicture as error:
                refused.append((one.name, str(error)))
        refused += [(one.name, _("At most %(n)s at once.") % {"n": AT_ONCE}) for one in given[AT_ONCE:]]
        if not given:
            refused = [("", _("Choose a picture first."))]
        if not refused:
            return redirect(reverse("attract:pictures"))
        sentence = ngettext("%(n)s picture was taken.", "%(n)s pictures were taken.", len(taken)) % {"n": len(taken)}
        context = {"page": found("", ""), "refused": refused, "sentence": sentence if taken else "", "may_write": True}
        context |= {"count": Picture.objects.count(), "q": ""}
        return render(request, "attract/pictures/library.html", context, status=422)


class OnePicture(Desk):
    """GET /content/pictures/<key>: large, with its words and where it is used. POST: the words. DELETE: away."""

    roles = READERS
    writers = WRITERS

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        picture = get_object_or_404(Picture, key=key)
        context = {"picture": picture, "uses": uses(picture), "may_write": self.request.user.role in WRITERS}
        return render(request, "attract/pictures/_one.html", context)

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        picture = get_object_or_404(Picture, key=key)
        for name, most in (("name", 200), ("alt_de", 300), ("alt_en", 300)):
            setattr(picture, name, request.POST.get(name, "").strip()[:most] or (key if name == "name" else ""))
        picture.save(update_fields=["name", "alt_de", "alt_en", "folded"])
        if not request.headers.get("HX-Request"):
            return redirect("attract:pictures")
        response = render(request, "attract/pictures/_tile.html", {"picture": picture, "may_write": True})
        return _saying(response, {"sheet:close": {}, "toast": {"text": _("Saved."), "tone": "good"}})

    def delete(self, request: HttpRequest, key: str) -> HttpResponse:
        picture = get_object_or_404(Picture, key=key)
        try:
            remove(picture)
        except PictureInUse as error:
            return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
        return _saying(
            HttpResponse(""), {"sheet:close": {}, "toast": {"text": _("The picture is gone."), "tone": "good"}}
        )


class Picker(Desk):
    """GET /content/pictures/choose with `field`, `q`, `after`, `drawn`: the dialog. POST: upload and choose at once."""

    roles = WRITERS

    def get(self, request: HttpRequest) -> HttpResponse:
        field, wanted = _field(request.GET.get("field", "")), request.GET.get("q", "")
        page = found(wanted, request.GET.get("after", ""))
        drawn = drawn_choices(request.GET.get("drawn", ""))
        context = {"page": page, "q": wanted, "field": field, "drawn": drawn, "seed": request.GET.get("drawn", "")}
        piece = "_choices.html" if request.GET.get("piece") == "choices" else "_picker.html"
        return render(request, f"attract/pictures/{piece}", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        field, given = _field(request.POST.get("field", "")), request.FILES.get("file")
        try:
            if given is None:
                raise BadPicture(_("Choose a picture first."))
            picture = _take(given, self.request)
        except BadPicture as error:
            response = render(request, "attract/pictures/_refusal.html", {"sentence": error}, status=422)
            response["HX-Retarget"] = "#picker-refusal"
            response["HX-Reswap"] = "innerHTML"
            return response
        return chosen(request, field, picture.key, request.POST.get("drawn", ""))


class Chosen(Desk):
    """GET /content/pictures/chosen with `field`, `key`: the field with this picture; without a key, empty."""

    roles = WRITERS

    def get(self, request: HttpRequest) -> HttpResponse:
        key, field = request.GET.get("key", ""), _field(request.GET.get("field", ""))
        if key and not re.fullmatch(r"[a-z0-9-]{1,60}", key):
            raise Http404
        return chosen(request, field, key, request.GET.get("drawn", ""))


def chosen(request: HttpRequest, field: str, key: str, drawn: str) -> HttpResponse:
    """The field anew; the page hears `picture:chosen` from it."""
    picture = Picture.objects.filter(key=key).first() if is_key(key) else None
    context = {"name": field, "value": key, "picture": picture, "drawn": drawn}
    response = render(request, "attract/pictures/_field.html", context)
    said = {"target": f"#{dom_id(field)}", "field": field, "key": key, "alt": picture.alt if picture else ""}
    return _saying(response, {"sheet:close": {}, "picture:chosen": said})


def dom_id(field: str) -> str:
    """The id of the field's piece in the page."""
    return "picture-" + re.sub(r"[^A-Za-z0-9_-]", "-", field)


def _take(given: UploadedFile[Any], request: StaffRequest) -> Picture:
    alt = request.POST.get("alt", "").strip()
    words = {f"alt_{request.user.language[:2]}": alt} if alt and request.user.language[:2] in ("de", "en") else {}
    return add(given, given.size or 0, given.name or "", by=request.user.pk, **words)  # type: ignore[arg-type]


def _field(name: str) -> str:
    if not FIELD.match(name):
        raise Http404
    return name


def _saying(response: HttpResponse, events: dict[str, Any]) -> HttpResponse:
    response["HX-Trigger"] = json.dumps(events)
    return response
