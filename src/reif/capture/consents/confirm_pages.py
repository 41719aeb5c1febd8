"""The pages behind the links of the mails: /c/<token> confirms, /d/<token> gives the file."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from reif.capture.consents.ask import ask_again
from reif.capture.consents.confirm import confirm
from reif.capture.forms.download import note_download
from reif.capture.forms.form_file import Form
from reif.capture.forms.fulfil import download_path
from reif.capture.forms.views import quiet
from reif.capture.models import Submission
from reif.capture.web.visitor import agent, client_ip
from reif.kit import shelf, token
from reif.kit.clock import now
from reif.kit.useragent import is_machine
from reif.playbook.current import current
from reif.staff.views import Public

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
EXEMPT = [csrf_exempt, never_cache]  # the token in the address is the secret; there is no session to protect


class Sealed(Public):
    """A page whose address carries a submission. `purpose`: what the token is for."""

    purpose = ""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        one, self.expired = opened(str(kwargs.pop("sealed")), self.purpose)
        with translation.override(one.language):
            response = super().dispatch(request, one, *args, **kwargs)
        return quiet(response) if isinstance(response, HttpResponse) else response


@method_decorator(EXEMPT, name="dispatch")
class Confirmation(Sealed):
    """GET shows one button and changes nothing, so scanners may look; POST by a browser confirms."""

    purpose = "confirm"

    def get(self, request: HttpRequest, one: Submission) -> HttpResponse:
        return self.show(request, one)

    def post(self, request: HttpRequest, one: Submission) -> HttpResponseBase:
        if is_machine(agent(request)) or self.expired:
            return self.show(request, one)
        confirm(one, client_ip(request), agent(request))
        if state(one, self.expired) != "done":
            return self.show(request, one)
        form = form_of(one)
        return redirect(download_path(one.id) if form and form.gives else request.path)

    def show(self, request: HttpRequest, one: Submission) -> HttpResponse:
        form, now_state = form_of(one), state(one, self.expired)
        context: dict[str, object] = {
            "state": now_state,
            "form": form,
            "sealed": request.path.rsplit("/", 1)[-1],
            "again": None,
        }
        context |= {"download": download_path(one.id) if now_state == "done" and form and form.gives else ""}
        context |= {"seat": shelf.seat(form.does.webinar) if form and form.does.webinar else None}
        return render(request, "capture/confirm.html", context, status=410 if now_state in ("expired", "over") else 200)


@method_decorator(EXEMPT, name="dispatch")
class ConfirmationMails(Sealed):
    """POST /c/<token>/mails: the link once more, for those who came too late."""

    purpose = "confirm"

    def post(self, request: HttpRequest, one: Submission) -> HttpResponse:
        if state(one, self.expired) == "over":
            return render(request, "capture/confirm.html", {"state": "over", "form": form_of(one)}, status=410)
        again = not is_machine(agent(request)) and state(one, self.expired) != "done" and ask_again(one)
        context = {"state": "again" if again else "enough", "form": form_of(one)}
        return render(request, "capture/confirm.html", context, status=200 if again else 429)


@method_decorator(never_cache, name="dispatch")
class DownloadPage(Sealed):
    """/d/<token>: the file with its button."""

    purpose = "download"

    def get(self, request: HttpRequest, one: Submission) -> HttpResponse:
        form = form_of(one)
        item = shelf.item(form.gives) if form else None
        context = {"item": item, "form": form, "expired": self.expired, "file": f"{request.path}/file"}
        return render(request, "capture/download.html", context, status=200 if item and not self.expired else 410)


@method_decorator(never_cache, name="dispatch")
class File(Sealed):
    """/d/<token>/file: the file itself; the first on a day is counted, unless a machine fetched it."""

    purpose = "download"

    def get(self, request: HttpRequest, one: Submission) -> HttpResponseBase:
        form = form_of(one)
        item = shelf.item(form.gives) if form and not self.expired else None
        if item is None or not item.file.is_file():
            raise Http404
        if request.method == "GET" and not is_machine(agent(request)):
            note_download(one, item.slug)
        name = f"{item.slug}{item.file.suffix}"
        return FileResponse(item.file.open("rb"), as_attachment=True, filename=name, content_type=item.mime)


def opened(sealed: str, purpose: str) -> tuple[Submission, bool]:
    """The submission of a token, and whether its time is over. Raises Http404 for a false one."""
    try:
        parts = token.read(settings.SECRET_KEY, purpose, sealed, BEGINNING)
    except token.BadToken as error:
        raise Http404 from error
    one = Submission.objects.filter(id=int(parts[0])).select_related("person").first()
    if one is None or one.person is None or (one.person.erased_at and purpose != "confirm"):
        raise Http404
    return one, _over(sealed, purpose)


def state(one: Submission, expired: bool) -> str:
    """open: can be confirmed; done: is; expired; over: the request is deleted; withdrawn: the person said no since."""
    rows = list(one.asked.select_related("consent"))
    if not rows or (one.person and one.person.erased_at):
        return "over"
    if any(a.consent.withdrawn_at for a in rows):
        return "withdrawn"
    if all(a.consent.given_at for a in rows):
        return "done"
    return "expired" if expired else "open"


def form_of(one: Submission) -> Form | None:
    """The form as it is in force now; None when it was taken away."""
    found: Form | None = current("forms").by_slug(one.form)
    return found


def _over(sealed: str, purpose: str) -> bool:
    try:
        token.read(settings.SECRET_KEY, purpose, sealed, now())
    except token.BadToken:
        return True
    return False
