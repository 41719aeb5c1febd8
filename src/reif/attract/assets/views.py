"""The pages of files to give away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reif.attract.assets.keep import FIELDS, SlugTaken, save, start
from reif.attract.assets.look import BYTES, BadFile
from reif.attract.assets.numbers import downloads, trend
from reif.attract.content.markdown import anchor
from reif.attract.content.writers import READERS, WRITERS
from reif.attract.models import Asset
from reif.attract.pictures.address import is_key
from reif.kit.fold import fold
from reif.playbook.current import current
from reif.staff.keyset import keyset_page
from reif.staff.views import Desk


class AssetForm(forms.Form):
    """What is told about a file."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    slug = forms.CharField(label=gettext_lazy("Address"), max_length=120, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Asset.Kind.choices)
    teaser = forms.CharField(
        label=gettext_lazy("Teaser"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    cover = forms.CharField(max_length=60, required=False)

    def clean_slug(self) -> str:
        made = anchor(self.cleaned_data.get("slug") or self.cleaned_data.get("title") or "")[:120].strip("-")
        if not made:
            raise forms.ValidationError(_("Write an address of letters, digits and hyphens."))
        return made

    def clean_cover(self) -> str:
        word = str(self.cleaned_data["cover"])
        return word if is_key(word) or anchor(word) == word else ""

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}


class AssetDesk(Desk):
    """Finds the file of the address."""

    roles = READERS
    writers = WRITERS

    def asset(self, number: int) -> Asset:
        found: Asset = get_object_or_404(Asset, pk=number)
        return found

    def form(
        self, request: HttpRequest, form: AssetForm, asset: Asset | None, error: str = "", status: int = 200
    ) -> HttpResponse:
        context = {"form": form, "asset": asset, "error": error}
        return render(request, "attract/assets/editor.html", context, status=status)


class Files(AssetDesk):
    """GET /content/files with `q`, `after`. POST: a new one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = Asset.objects.all()
        for word in fold(request.GET.get("q", "")).split()[:5]:
            rows = rows.filter(folded__contains=word)
        page = keyset_page(rows, request.GET.get("after", ""), "updated_at")
        counted = downloads([asset.slug for asset in page.rows])
        context = {
            "lines": [(a, counted[a.slug]) for a in page.rows],
            "after": page.after,
            "q": request.GET.get("q", ""),
        }
        return render(request, "attract/assets/list.html", context | {"may_write": self.request.user.role in WRITERS})

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form, given = AssetForm(request.POST), request.FILES.get("file")
        if not form.is_valid():
            return self.form(request, form, None, status=422)
        try:
            if given is None:
                raise BadFile(_("Choose a file first."))
            made = start(form.cleaned_data["slug"], form.values(), given.read(BYTES + 1))
        except BadFile as error:
            return self.form(request, form, None, str(error), 422)
        except SlugTaken:
            form.add_error("slug", _("Another file has this address. Choose a different one."))
            return self.form(request, form, None, status=422)
        messages.success(request, _("The file is here. A form that gives it, gives it to those who ask."))
        return redirect("attract:file", made.pk)


class NewFile(AssetDesk):
    """GET /content/files/new"""

    roles = WRITERS

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.form(request, AssetForm(), None)


class OneFile(AssetDesk):
    """GET /content/files/<n>: its numbers. POST: its words, and perhaps another file in its place."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        asset = self.asset(number)
        days = trend(asset.slug)
        context = {
            "asset": asset, "numbers": downloads([asset.slug])[asset.slug], "days": days,
            "recent": sum(n for _day, n in days), "points": [n for _day, n in days], "most": max(n for _day, n in days),
            "forms": [form for form in current("forms").forms if form.gives == asset.slug],
            "landings": asset.landings.all()[:10], "may_write": self.request.user.role in WRITERS,
            "lost": not (Path(settings.MEDIA_ROOT) / asset.file).is_file(),
        }  # fmt: skip
        return render(request, "attract/assets/asset.html", context)

    def post(self, request: HttpRequest, number: int) -> HttpResponseBase:
        asset, form, given = self.asset(number), AssetForm(request.POST), request.FILES.get("file")
        if not form.is_valid():
            return self.form(request, form, asset, status=422)
        try:
            save(asset, form.values(), given.read(BYTES + 1) if given else None)
        except BadFile as error:
            return self.form(request, form, self.asset(number), str(error), 422)
        messages.success(request, _("Saved. Links that are out give the new file.") if given else _("Saved."))
        return redirect("attract:file", asset.pk)


class EditFile(AssetDesk):
    """GET /content/files/<n>/fields"""

    roles = WRITERS

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        asset = self.asset(number)
        return self.form(request, AssetForm(initial={name: getattr(asset, name) for name in (*FIELDS, "slug")}), asset)


class FileItself(AssetDesk):
    """GET /content/files/<n>/file: the file, for those who work here; not counted."""

    def get(self, request: HttpRequest, number: int) -> HttpResponseBase:
        asset = self.asset(number)
        path = Path(settings.MEDIA_ROOT) / asset.file
        if not path.is_file():
            raise Http404
        name = f"{asset.slug}{path.suffix}"
        return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=asset.mime)
