from django.apps import AppConfig


class CaptureConfig(AppConfig):
    name = "reif.capture"
    label = "capture"

    def ready(self) -> None:
        from reif.capture.forms.api import submissions
        from reif.capture.web.ingest import pull
        from reif.log.worker import feed

        feed("capture.ingest", pull)
        submissions.mount()
