from django.apps import AppConfig


class CaptureConfig(AppConfig):
    name = "reif.capture"
    label = "capture"

    def ready(self) -> None:
        from reif.capture.forms.api import submissions
        from reif.capture.intake.fetch import CHANNEL as INTAKE
        from reif.capture.intake.fetch import drain
        from reif.capture.web.ingest import pull
        from reif.log.outbox import channel
        from reif.log.worker import feed

        feed("capture.ingest", pull)
        submissions.mount()
        channel(INTAKE, drain)
