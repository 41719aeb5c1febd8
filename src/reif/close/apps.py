from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CloseConfig(AppConfig):
    name = "reif.close"
    label = "close"

    def ready(self) -> None:
        from reif.close.panels import draw_agenda, draw_next_step
        from reif.close.writers import WRITERS
        from reif.staff.nav import entry
        from reif.staff.panels import panel

        entry("deals", _("Deals"), "close:board", icon="square-kanban", order=30, group="sell", keys="g d")
        panel("inbox", "agenda", draw_agenda, WRITERS)
        panel("inbox.person", "next_step", draw_next_step, WRITERS)
