"""The addresses of closing."""

from django.urls import path

from reif.close.views import activities, deals

app_name = "close"
urlpatterns = [
    path("deals", deals.BoardView.as_view(), name="board"),
    path("deals/new", deals.NewDealView.as_view(), name="new_deal"),
    path("deals/people", deals.PeopleFoundView.as_view(), name="people_found"),
    path("deals/<int:number>", deals.DealPageView.as_view(), name="deal"),
    path("deals/<int:number>/stage", deals.StageView.as_view(), name="stage"),
    path("deals/<int:number>/closure", deals.ClosureView.as_view(), name="closure"),
    path("activities", activities.ActivitiesView.as_view(), name="activities"),
    path("activities/new", activities.NewActivityView.as_view(), name="new_activity"),
    path("activities/<int:number>", activities.ActivityView.as_view(), name="activity"),
    path("activities/<int:number>/completion", activities.CompletionView.as_view(), name="completion"),
]
