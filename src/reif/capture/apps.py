from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaptureConfig(AppConfig):
    name = "reif.capture"
    label = "capture"

    def ready(self) -> None:
        from reif.capture.forms.api import submissions
        from reif.capture.imports.work_off import work_off
        from reif.capture.intake.mount import mount as mount_intake
        from reif.capture.sources.mount import mount
        from reif.capture.web.mount import mount as mount_web
        from reif.log.worker import feed

        mount()
        mount_web()
        feed("capture.imports", work_off)
        submissions.mount()
        mount_intake()
        _show_in_navigation()


def _show_in_navigation() -> None:
    from reif.capture.forms.desk.pages import READERS
    from reif.staff.nav import entry

    entry(
        "imports", _("Imports"), "capture:imports", icon="file-input", roles=READERS, order=36, group="grow",
        keys="g m",
    )  # fmt: skip
    entry(
        "forms", _("Forms"), "capture:desk_forms", icon="text-cursor-input", roles=READERS, order=32, group="grow",
        keys="g o",
    )  # fmt: skip
