from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NurtureConfig(AppConfig):
    name = "reif.nurture"
    label = "nurture"

    def ready(self) -> None:
        from reif.staff.nav import entry

        roles = {"admin", "marketing", "manager", "analyst"}
        entry(
            "journeys", _("Journeys"), "nurture:journeys", icon="route", roles=roles, order=20, group="grow", keys="g j"
        )
