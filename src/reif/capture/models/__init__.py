"""The rows of capture, one file per idea."""

from reif.capture.models.forms import FormCount, Quarantined, Upload
from reif.capture.models.imports import Import, ImportedChange, ImportProblem, SavedMapping
from reif.capture.models.intake import Call, Connection
from reif.capture.models.submission import Asked, Download, Submission
from reif.capture.models.web import Alias, DailyCount, Seen, Visit

__all__ = [
    "Alias",
    "Asked",
    "Call",
    "Connection",
    "DailyCount",
    "Download",
    "FormCount",
    "Import",
    "ImportProblem",
    "ImportedChange",
    "Quarantined",
    "SavedMapping",
    "Seen",
    "Submission",
    "Upload",
    "Visit",
]
