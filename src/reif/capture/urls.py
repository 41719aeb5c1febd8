"""Addresses for visitors: forms, confirmations, downloads."""

from django.urls import path

from reif.capture.consents.confirm_pages import Confirmation, ConfirmationMails, DownloadPage, File
from reif.capture.forms.desk.editor import EditView, FormPreviewView
from reif.capture.forms.desk.embed import EmbedView, FillView
from reif.capture.forms.desk.held import DecisionView, HeldView
from reif.capture.forms.desk.pages import FormsView, FormView
from reif.capture.forms.desk.sent import CsvView, OneSentView, SentView, UploadView
from reif.capture.forms.embed import Frame, Piece, Script
from reif.capture.forms.hubspot_views import HubspotSubmissions, SecureHubspotSubmissions
from reif.capture.forms.views import FormPage, Steps, Submissions, Thanks
from reif.capture.imports.desk.decide import MappingView as ImportMapping
from reif.capture.imports.desk.decide import RehearsalView
from reif.capture.imports.desk.pages import (
    CancelView,
    ImportsView,
    ImportView,
    InformView,
    ProgressView,
    SkippedView,
    UndoView,
)
from reif.capture.intake.desk.calls import CallsView, CallView
from reif.capture.intake.desk.mapping import MappingView, PreviewView
from reif.capture.intake.desk.pages import (
    ConnectionsView,
    ConnectionView,
    NewConnectionView,
    PauseView,
    SecretsView,
    SettingsView,
)
from reif.capture.intake.views import IntakeView
from reif.capture.sources.correct_pages import Corrections, Way
from reif.capture.sources.tree_pages import SourcePeople, Sources
from reif.capture.traffic.desk import TrafficView

app_name = "capture"
urlpatterns = [
    path("traffic", TrafficView.as_view(), name="traffic"),
    path("sources", Sources.as_view(), name="sources"),
    path("sources/people", SourcePeople.as_view(), name="source_people"),
    path("people/<int:pk>/touches", Way.as_view(), name="way"),
    path("people/<int:pk>/touches/<int:number>/corrections", Corrections.as_view(), name="corrections"),
    path("f/<slug:slug>", FormPage.as_view(), name="form"),
    path("f/<slug:slug>/submissions", Submissions.as_view(), name="submissions"),
    path("f/<slug:slug>/submissions/<str:sealed>", Thanks.as_view(), name="thanks"),
    path("f/<slug:slug>/piece", Piece.as_view(), name="form_piece"),
    path("f/<slug:slug>/frame", Frame.as_view(), name="form_frame"),
    path("f.js", Script.as_view(), name="form_script"),
    path("submissions/v3/integration/submit/<str:portal>/<str:guid>", HubspotSubmissions.as_view(), name="hubspot"),
    path(
        "submissions/v3/integration/secure/submit/<str:portal>/<str:guid>",
        SecureHubspotSubmissions.as_view(),
        name="hubspot_secure",
    ),
    path("fp/<slug:slug>", Steps.as_view(), name="form_progress"),
    path("c/<str:sealed>", Confirmation.as_view(), name="confirm"),
    path("c/<str:sealed>/mails", ConfirmationMails.as_view(), name="confirm_mails"),
    path("d/<str:sealed>", DownloadPage.as_view(), name="download"),
    path("d/<str:sealed>/file", File.as_view(), name="file"),
    path("connections", ConnectionsView.as_view(), name="connections"),
    path("connections/new", NewConnectionView.as_view(), name="connection_new"),
    path("connections/<int:pk>", ConnectionView.as_view(), name="connection"),
    path("connections/<int:pk>/settings", SettingsView.as_view(), name="connection_settings"),
    path("connections/<int:pk>/secrets", SecretsView.as_view(), name="connection_secrets"),
    path("connections/<int:pk>/pause", PauseView.as_view(), name="connection_pause"),
    path("connections/<int:pk>/mapping", MappingView.as_view(), name="connection_mapping"),
    path("connections/<int:pk>/preview", PreviewView.as_view(), name="connection_preview"),
    path("connections/<int:pk>/calls", CallsView.as_view(), name="connection_calls"),
    path("connections/calls/<int:pk>", CallView.as_view(), name="connection_call"),
    path("in/<slug:key>", IntakeView.as_view(), name="intake"),
    path("imports", ImportsView.as_view(), name="imports"),
    path("imports/<int:pk>", ImportView.as_view(), name="import"),
    path("imports/<int:pk>/mapping", ImportMapping.as_view(), name="import_mapping"),
    path("imports/<int:pk>/rehearsal", RehearsalView.as_view(), name="import_rehearsal"),
    path("imports/<int:pk>/progress", ProgressView.as_view(), name="import_progress"),
    path("imports/<int:pk>/cancellation", CancelView.as_view(), name="import_cancel"),
    path("imports/<int:pk>/undo", UndoView.as_view(), name="import_undo"),
    path("imports/<int:pk>/skipped.csv", SkippedView.as_view(), name="import_skipped"),
    path("imports/<int:pk>/inform.csv", InformView.as_view(), name="import_inform"),
    path("forms", FormsView.as_view(), name="desk_forms"),
    path("forms/new", EditView.as_view(), name="desk_new"),
    path("forms/preview", FormPreviewView.as_view(), name="desk_preview"),
    path("forms/<slug:slug>", FormView.as_view(), name="desk_form"),
    path("forms/<slug:slug>/edit", EditView.as_view(), name="desk_edit"),
    path("forms/<slug:slug>/embed", EmbedView.as_view(), name="desk_embed"),
    path("forms/<slug:slug>/fill", FillView.as_view(), name="desk_fill"),
    path("forms/<slug:slug>/submissions", SentView.as_view(), name="desk_sent"),
    path("forms/<slug:slug>/submissions.csv", CsvView.as_view(), name="desk_csv"),
    path("forms/<slug:slug>/submissions/<int:pk>", OneSentView.as_view(), name="desk_one_sent"),
    path("forms/<slug:slug>/uploads/<int:pk>", UploadView.as_view(), name="desk_upload"),
    path("forms/<slug:slug>/quarantine", HeldView.as_view(), name="desk_held"),
    path("forms/<slug:slug>/quarantine/<int:pk>/decision", DecisionView.as_view(), name="desk_decision"),
]
