"""Addresses for visitors: forms, confirmations, downloads."""

from django.urls import path

from reif.capture.consents.confirm_pages import Confirmation, ConfirmationMails, DownloadPage, File
from reif.capture.forms.embed import Frame, Piece, Script
from reif.capture.forms.hubspot_views import HubspotSubmissions, SecureHubspotSubmissions
from reif.capture.forms.views import FormPage, Steps, Submissions, Thanks
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

app_name = "capture"
urlpatterns = [
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
]
