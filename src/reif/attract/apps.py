from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttractConfig(AppConfig):
    name = "reif.attract"
    label = "attract"

    def ready(self) -> None:
        from reif.attract.calls.uses import segments_of_calls
        from reif.attract.campaigns.api import campaigns
        from reif.attract.campaigns.roles import READERS
        from reif.attract.campaigns.spending import spending
        from reif.attract.content.shelf import find_item, find_seat
        from reif.kit.shelf import keep_items, keep_seats
        from reif.kit.spending import keep_spending
        from reif.rules.uses import using
        from reif.staff.nav import entry

        using("calls", segments_of_calls)
        keep_spending(spending)
        campaigns.mount()
        entry("campaigns", _("Campaigns"), "attract:campaigns", icon="flag", roles=READERS, order=34, group="grow")
        keep_items(find_item)
        keep_seats(find_seat)

        roles = {"admin", "marketing", "analyst"}
        entry("content", _("Content"), "attract:content", icon="newspaper", roles=roles, order=30, group="grow")
        entry("pages", _("Landing pages"), "attract:pages", icon="panels-top-left", roles=roles, order=31, group="grow")
        entry(
            "calls",
            _("Calls to action"),
            "attract:calls",
            icon="megaphone",
            roles=roles,
            order=33,
            group="grow",
            keys="g q",
        )
