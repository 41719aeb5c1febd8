from django.apps import AppConfig


class AnalyseConfig(AppConfig):
    name = "reif.analyse"
    label = "analyse"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from reif.staff.nav import entry

        entry("funnel", _("Funnel"), "analyse:funnel", icon="funnel", order=10, group="learn", keys="g f")
