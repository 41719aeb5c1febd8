from django.urls import path

from reif.qualify.backtest.views import ProgressView, TrialEndView, TrialPeopleView, TrialView, TryView
from reif.qualify.editor import DraftView, FrameView, PartView
from reif.qualify.predict.pages import ByHandView, LessonsView, PredictionView, PromisingView
from reif.qualify.views import PersonScoreView, ScoringView

app_name = "qualify"
urlpatterns = [
    path("prediction", PredictionView.as_view(), name="prediction"),
    path("prediction/lessons", LessonsView.as_view(), name="lessons"),
    path("prediction/people", PromisingView.as_view(), name="promising"),
    path("prediction/people/<int:pk>/<str:outcome>", ByHandView.as_view(), name="by_hand"),
    path("scoring", ScoringView.as_view(), name="scoring"),
    path("scoring/try", TryView.as_view(), name="try"),
    path("scoring/try/<int:pk>", TrialView.as_view(), name="trial"),
    path("scoring/try/<int:pk>/progress", ProgressView.as_view(), name="trial-progress"),
    path("scoring/try/<int:pk>/end", TrialEndView.as_view(), name="trial-end"),
    path("scoring/try/<int:pk>/people", TrialPeopleView.as_view(), name="trial-people"),
    path("scoring/draft", DraftView.as_view(), name="draft"),
    path("scoring/draft/<slug:model>", FrameView.as_view(), name="frame"),
    path("scoring/draft/<slug:model>/<slug:sort>/<slug:key>", PartView.as_view(), name="part"),
    path("people/<int:pk>/score", PersonScoreView.as_view(), name="person_score"),
]
