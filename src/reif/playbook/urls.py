from django.urls import path

from reif.playbook.views import ActiveView, ArchiveView, PlaybookView, RevisionView, SectionView, TextView

app_name = "playbook"
urlpatterns = [
    path("playbook", PlaybookView.as_view(), name="playbook"),
    path("playbook/sections/<slug:name>", SectionView.as_view(), name="section"),
    path("playbook/sections/<slug:name>/text", TextView.as_view(), name="text"),
    path("playbook/revisions/<int:pk>", RevisionView.as_view(), name="revision"),
    path("playbook/active", ActiveView.as_view(), name="active"),
    path("playbook/files.zip", ArchiveView.as_view(), name="files"),
]
