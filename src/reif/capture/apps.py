from django.apps import AppConfig


class CaptureConfig(AppConfig):
    name = "reif.capture"
    label = "capture"

    def ready(self) -> None:
        from reif.capture.forms.api import submissions
        from reif.capture.intake.fetch import CHANNEL as INTAKE
        from reif.capture.intake.fetch import drain
        from reif.capture.sources.panel import draw_way
        from reif.capture.web.ingest import pull
        from reif.log.outbox import channel
        from reif.log.worker import feed
        from reif.staff.panels import panel

        feed("capture.ingest", pull)
        panel("person.side", "way", draw_way)
        submissions.mount()
        channel(INTAKE, drain)
