from django.apps import AppConfig


class LogConfig(AppConfig):
    name = "reif.log"
    label = "log"
