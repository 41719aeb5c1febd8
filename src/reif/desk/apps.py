from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "reif.desk"
    label = "desk"

    def ready(self) -> None:
        from reif.desk.counts import stuck_count
        from reif.staff.nav import entry

        entry("home", _("Home"), "desk:home", "house", order=0, keys="g h")
        entry("people", _("People"), "desk:people", "users", order=20, keys="g p")
        entry("companies", _("Companies"), "desk:companies", "building-2", order=30, keys="g c")
        readers = {"admin", "marketing", "manager", "analyst"}
        entry("consents", _("Consent"), "desk:consents", "shield-check", readers, order=39, group="grow", keys="g a")
        entry(
            "stuck", _("Stuck"), "desk:stuck", "circle-alert", {"admin"}, order=90, group="run", keys="g e",
            count=stuck_count,
        )  # fmt: skip
