from django.apps import AppConfig


class NurtureConfig(AppConfig):
    name = "reif.nurture"
    label = "nurture"
