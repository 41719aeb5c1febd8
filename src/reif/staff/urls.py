from django.urls import path

from reif.staff.api.desk import KeyEndView, KeysView, NewKeyView
from reif.staff.banner import Banner
from reif.staff.pages import CountView, DesignView, LanguageView

app_name = "staff"
urlpatterns = [
    path("language", LanguageView.as_view(), name="language"),
    path("counts/<slug:key>", CountView.as_view(), name="count"),
    path("consent-banner", Banner.as_view(), name="banner"),
    path("design", DesignView.as_view(), name="design"),
    path("apikeys", KeysView.as_view(), name="apikeys"),
    path("apikeys/new", NewKeyView.as_view(), name="apikey_new"),
    path("apikeys/<int:pk>/end", KeyEndView.as_view(), name="apikey_end"),
]
