from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChannelsConfig(AppConfig):
    name = "reif.channels"
    label = "channels"

    def ready(self) -> None:
        from reif.channels.email.compose import CHANNEL
        from reif.channels.email.sender import drain
        from reif.channels.imap.poll import CHANNEL as IMAP
        from reif.channels.imap.poll import drain as look
        from reif.channels.law.house import our_house
        from reif.crm.law.house import answer_with
        from reif.log.outbox import channel
        from reif.staff.nav import entry

        channel(CHANNEL, drain)
        channel(IMAP, look)
        answer_with(our_house)
        entry("mailbox", _("Mailbox"), "channels:mailbox", icon="mail", order=80, group="run", keys="g x")
