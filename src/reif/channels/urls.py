"""Addresses in mails, and the built-in mailbox."""

from django.urls import path

from reif.channels import views
from reif.channels.email.preference_pages import Claims, Preferences, Unsubscribe
from reif.channels.email.views import Link, Pixel

app_name = "channels"
urlpatterns = [
    path("o/<str:token>.gif", Pixel.as_view(), name="open"),
    path("l/<str:token>/<int:number>", Link.as_view(), name="click"),
    path("u/<str:token>", Unsubscribe.as_view(), name="unsubscribe"),
    path("u/<str:token>/preferences", Preferences.as_view(), name="preferences"),
    path("u/<str:token>/claims", Claims.as_view(), name="claims"),
    path("mailbox", views.Mailbox.as_view(), name="mailbox"),
    path("mailbox/<int:pk>", views.Letter.as_view(), name="letter"),
    path("mailbox/<int:pk>/body", views.Body.as_view(), name="body"),
]
