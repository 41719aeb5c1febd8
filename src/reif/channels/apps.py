from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "reif.channels"
    label = "channels"
