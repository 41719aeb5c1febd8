"""Every room's addresses, all at the root."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

from reif.staff.api.addresses import NoSuchCall
from reif.staff.api.schema import api

ROOMS_WITH_URLS = [room for room in settings.ROOMS if find_spec(f"reif.{room}.urls")]


urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/", api.urls),
    path("api/v1/<path:path>", NoSuchCall.as_view()),
    *(path("", include(f"reif.{room}.urls")) for room in ROOMS_WITH_URLS),
    path("", include("reif.attract.addresses")),  # last: addresses that marketing gives to its pages
]
handler400 = "django.views.defaults.bad_request"
