from django.apps import AppConfig


class AttractConfig(AppConfig):
    name = "reif.attract"
    label = "attract"
