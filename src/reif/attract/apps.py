from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttractConfig(AppConfig):
    name = "reif.attract"
    label = "attract"

    def ready(self) -> None:
        from reif.staff.nav import entry

        roles = {"admin", "marketing", "analyst"}
        entry("content", _("Content"), "attract:content", icon="newspaper", roles=roles, order=30, group="grow")
