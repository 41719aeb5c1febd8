"""Landing pages with an address of their own; included behind all other addresses, so that it can shadow none."""

from django.urls import path

from reif.attract.pages.visit import PageAt

urlpatterns = [path("<slug:at>", PageAt.as_view(), name="page_at")]
