from django.urls import path

from reif.qualify.views import PersonScoreView, ScoringView

app_name = "qualify"
urlpatterns = [
    path("scoring", ScoringView.as_view(), name="scoring"),
    path("people/<int:pk>/score", PersonScoreView.as_view(), name="person_score"),
]
