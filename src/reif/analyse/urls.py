from django.urls import path

from reif.analyse.views import FunnelView

app_name = "analyse"
urlpatterns = [path("funnel", FunnelView.as_view(), name="funnel")]
