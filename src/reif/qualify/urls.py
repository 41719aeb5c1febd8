from django.urls import path

from reif.qualify.backtest.kept_views import KeptView
from reif.qualify.backtest.views import ProgressView, TrialEndView, TrialPeopleView, TrialView, TryView
from reif.qualify.board.views import BuildView, PersonScoreView, ScoringView
from reif.qualify.editor.part_views import PartSeenView, PartView
from reif.qualify.editor.views import DraftView, FrameView
from reif.qualify.personas.views import PersonaProgressView, PersonasView, PersonaView, PersonPersonaView
from reif.qualify.predict.pages import ByHandView, LessonsView, PredictionView, PromisingView
from reif.qualify.rating.views import DataView
from reif.qualify.segments.choice import SegmentChoiceView
from reif.qualify.segments.edit_views import SegmentCountView, SegmentEditView, SegmentRowView
from reif.qualify.segments.fill_views import SegmentFillingView
from reif.qualify.segments.members_views import SegmentFileView, SegmentMembersView
from reif.qualify.segments.sorting_views import SegmentSortingView
from reif.qualify.segments.views import SegmentArchiveView, SegmentRemovalView, SegmentsView, SegmentView

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
    path("scoring/kept/<int:pk>", KeptView.as_view(), name="kept"),
    path("scoring/build", BuildView.as_view(), name="build"),
    path("scoring/draft", DraftView.as_view(), name="draft"),
    path("scoring/draft/<slug:model>", FrameView.as_view(), name="frame"),
    path("scoring/draft/<slug:model>/<slug:sort>/<slug:key>", PartView.as_view(), name="part"),
    path("scoring/draft/<slug:model>/<slug:sort>/<slug:key>/seen", PartSeenView.as_view(), name="part_seen"),
    path("people/<int:pk>/score", PersonScoreView.as_view(), name="person_score"),
    path("personas", PersonasView.as_view(), name="personas"),
    path("personas/walk/progress", PersonaProgressView.as_view(), name="personas-progress"),
    path("personas/<str:key>", PersonaView.as_view(), name="persona"),
    path("data", DataView.as_view(), name="data"),
    path("people/<int:pk>/persona", PersonPersonaView.as_view(), name="person_persona"),
    path("segments", SegmentsView.as_view(), name="segments"),
    path("segments/new", SegmentEditView.as_view(), name="new_segment"),
    path("segments/choice", SegmentChoiceView.as_view(), name="segment_choice"),
    path("segments/row", SegmentRowView.as_view(), name="segment_row"),
    path("segments/count", SegmentCountView.as_view(), name="segment_count"),
    path("segments/members", SegmentMembersView.as_view(), name="segment_members"),
    path("segments/<str:key>", SegmentView.as_view(), name="segment"),
    path("segments/<str:key>/edit", SegmentEditView.as_view(), name="edit_segment"),
    path("segments/<str:key>/members.csv", SegmentFileView.as_view(), name="segment_file"),
    path("segments/<str:key>/sorting", SegmentSortingView.as_view(), name="segment_sorting"),
    path("segments/<str:key>/filling", SegmentFillingView.as_view(), name="segment_filling"),
    path("segments/<str:key>/removal", SegmentRemovalView.as_view(), name="segment_removal"),
    path("segments/<str:key>/archive", SegmentArchiveView.as_view(), name="segment_archive"),
]
