from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RouteConfig(AppConfig):
    name = "reif.route"
    label = "route"

    def ready(self) -> None:
        from reif.route.inbox import offers_for
        from reif.staff.nav import entry

        entry("inbox", _("Inbox"), "route:inbox", icon="inbox", order=10, group="sell", keys="g i", count=offers_for)
