"""The addresses of routing."""

from django.urls import path

from reif.route import views
from reif.route.stream import StreamView

app_name = "route"
urlpatterns = [
    path("inbox", views.InboxView.as_view(), name="inbox"),
    path("inbox/stream", StreamView.as_view(), name="stream"),
    path("assignments/<int:number>", views.AssignmentView.as_view(), name="assignment"),
    path("assignments/<int:number>/acceptance", views.AcceptanceView.as_view(), name="acceptance"),
    path("assignments/<int:number>/rejection", views.RejectionView.as_view(), name="rejection"),
    path("people/<int:number>/assignment", views.HandoverView.as_view(), name="handover"),
]
