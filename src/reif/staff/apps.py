from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    name = "reif.staff"
    label = "staff"

    def ready(self) -> None:
        from reif.staff.nav import entry

        entry("apikeys", _("API keys"), "staff:apikeys", "key-round", {"admin"}, order=80, group="run")
