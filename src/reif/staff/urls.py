from django.urls import path

from reif.staff.pages import DesignView, LanguageView

app_name = "staff"
urlpatterns = [
    path("language", LanguageView.as_view(), name="language"),
    path("design", DesignView.as_view(), name="design"),
]
