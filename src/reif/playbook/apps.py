from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlaybookConfig(AppConfig):
    name = "reif.playbook"
    label = "playbook"

    def ready(self) -> None:
        from reif.staff.nav import entry

        entry("playbook", _("Playbook"), "playbook:playbook", "book-open-check", order=10, group="run", keys="g k")
