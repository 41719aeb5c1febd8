from django.apps import AppConfig


class CloseConfig(AppConfig):
    name = "reif.close"
    label = "close"
