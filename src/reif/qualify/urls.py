from django.urls import path

from reif.qualify.views import ScoringView

app_name = "qualify"
urlpatterns = [path("scoring", ScoringView.as_view(), name="scoring")]
