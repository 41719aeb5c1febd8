from django.urls import path

from reif.staff.pages import CountView, DesignView, LanguageView

app_name = "staff"
urlpatterns = [
    path("language", LanguageView.as_view(), name="language"),
    path("counts/<slug:key>", CountView.as_view(), name="count"),
    path("design", DesignView.as_view(), name="design"),
]
