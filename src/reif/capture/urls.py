"""Addresses for visitors: forms, confirmations, downloads."""

from django.urls import path

from reif.capture.consents.confirm_pages import Confirmation, ConfirmationMails, DownloadPage, File
from reif.capture.forms.views import FormPage, Submissions, Thanks
from reif.capture.intake.views import IntakeView

app_name = "capture"
urlpatterns = [
    path("f/<slug:slug>", FormPage.as_view(), name="form"),
    path("f/<slug:slug>/submissions", Submissions.as_view(), name="submissions"),
    path("f/<slug:slug>/submissions/<str:sealed>", Thanks.as_view(), name="thanks"),
    path("c/<str:sealed>", Confirmation.as_view(), name="confirm"),
    path("c/<str:sealed>/mails", ConfirmationMails.as_view(), name="confirm_mails"),
    path("d/<str:sealed>", DownloadPage.as_view(), name="download"),
    path("d/<str:sealed>/file", File.as_view(), name="file"),
    path("in/<slug:key>", IntakeView.as_view(), name="intake"),
]
