from django.urls import path

from reif.nurture.views import JourneysView, JourneyView

app_name = "nurture"
urlpatterns = [
    path("journeys", JourneysView.as_view(), name="journeys"),
    path("journeys/<slug:key>", JourneyView.as_view(), name="journey"),
]
